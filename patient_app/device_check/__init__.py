"""Public. No session, no database. The device check; its only POST is the upload of the connection test,
which is dropped."""
