"""Every public address there is: rooms enrol their pages by `url_map`, and by the data below where a rule has
parts."""

from patient_app.web.languages import LANGUAGES, STAFF_CODES

COMMON_AND_CLINICS = ("", "m/D3M0/", "m/V3ST/", "m/N0RR/")


def arguments(endpoint: str) -> list[dict]:
    """The values of a rule's parts for an endpoint; one empty dict where it has none."""
    from patient_app import room_addresses

    return room_addresses.ARGUMENTS.get(endpoint, lambda: [{}])()


def public_paths(app, languages=tuple(LANGUAGES), prefixes=("",)) -> list[str]:
    """Addresses of every public GET page in those languages, on common pages and/or clinics' (prefixes like
    "m/D3M0/")."""
    paths = []
    adapter = app.url_map.bind("localhost")
    for rule in app.url_map.iter_rules():
        if "lang" not in rule.arguments or "clinic" in rule.arguments or "GET" not in (rule.methods or ()):
            continue
        if rule.endpoint in NOT_PAGES:
            continue
        for values in arguments(rule.endpoint):
            if not set(rule.arguments) - {"lang"} <= set(values):
                continue
            for language in STAFF_CODES if rule.endpoint.startswith("support.") else languages:
                path = adapter.build(rule.endpoint, {**values, "lang": language})
                paths += [path.replace(f"/{language}/", f"/{language}/{prefix}", 1) for prefix in prefixes]
    return sorted(set(paths))


NOT_PAGES = {"front.code", "support.clinics"}
