"""Who may come in: sessions, accounts, the identity provider."""
