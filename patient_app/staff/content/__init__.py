"""What staff change: clinics, what is published of them, the log of changes, validity."""
