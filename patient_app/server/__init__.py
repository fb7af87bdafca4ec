"""The server: how the app is put on a port, with limits that no morning and no single laptop break."""
