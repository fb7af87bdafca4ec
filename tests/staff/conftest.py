from staff_room import (
    database_settings,
    postgres,
    quick_hasher,
    real_hasher,
    sqlite_settings,
    sqlite_staff,
    sqlite_template,
    staff,
    staff_dir,
)

__all__ = [
    "database_settings",
    "postgres",
    "quick_hasher",
    "real_hasher",
    "sqlite_settings",
    "sqlite_staff",
    "sqlite_template",
    "staff",
    "staff_dir",
]
