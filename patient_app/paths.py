"""Where the files are that no Python is in: at the top of a checkout, or inside the installed package (the
wheel maps them there)."""

from pathlib import Path

PACKAGE = Path(__file__).resolve().parent
_TOP = PACKAGE if (PACKAGE / "templates").is_dir() else PACKAGE.parent

TEMPLATES = _TOP / "templates"
STATIC = _TOP / "static"
TRANSLATIONS = _TOP / "translations"
MIGRATIONS = PACKAGE / "migrations"
SHIPPED_CLINICS = PACKAGE / "clinics" / "shipped"
