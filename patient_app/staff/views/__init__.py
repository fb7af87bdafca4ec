"""The pages of the staff side, a module a kind."""
