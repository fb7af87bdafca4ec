"""Staff. The one list of roles: who somebody is, and what it is called. What each may enter is the table in
tests/staff/test_staff_roles.py."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from patient_app.web.languages import staff_lazy as _sl

EDITOR, ADMIN = "editor", "admin"
ROLES: Mapping[str, Any] = MappingProxyType(
    {
        EDITOR: _sl("Redaktör: egna mottagningar"),
        ADMIN: _sl("Administratör: allt"),
    }
)
