"""Symbols one can say on the phone, short links and support codes. Pure."""
