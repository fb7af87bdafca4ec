"""What differs between clinics: one row a setting, how a visit opens, and the published file that families'
pages read."""
