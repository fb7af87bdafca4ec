"""The front door: start page, short links, about pages."""
