"""Public, for support staff. No session, no database, no log-in; the only POST reads a support code and keeps
nothing."""
