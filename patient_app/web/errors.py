"""Error pages that cannot fail: no database, no session, no clinic. Each says what to do and whom to call."""

from urllib.parse import urlsplit

from flask import Flask, Response, abort, g, make_response, redirect, render_template, request
from werkzeug.exceptions import HTTPException, NotFound
from werkzeug.routing import RequestRedirect

from patient_app.web.languages import LANGUAGES, SWEDISH
from patient_app.web.logs import LOGGER
from patient_app.web.routing import COMMON, UnknownClinic, absolute

PAGES = (400, 403, 404, 405, 413, 421, 429, 500, 503)

FIELDS_MOST = 1_000  # in a query or a form; a clinic's form in twenty languages has some six hundred

# Shown when even our own error page cannot be rendered; needs nothing but itself.
LAST_RESORT = """<!doctype html><html lang="sv" dir="ltr"><meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Något gick fel hos oss</title><body data-page="errors.last"><main><h1>Något gick fel hos oss</h1>
<p>Det är inget du har gjort. Försök igen om en stund.
Är besöket snart? Ring mottagningen, numret står i kallelsen.</p>
<p lang="en">Something went wrong on our side. Try again in a while.
Is the visit soon? Call the clinic, the number is in the letter.</p>
</main></body></html>"""


def _language_of_address() -> None:
    g.lang = LANGUAGES.get(request.path.split("/")[1], SWEDISH)
    g.clinic, g.profile, g.policy, g.view_args = None, COMMON, "plain", {}


def error_page(status: int, kind: str | None = None) -> Response:
    """Our page for that status in the address's language; if that fails too, the last resort."""
    try:
        _language_of_address()
        body = render_template(
            f"errors/{kind or status}.html", page_id=f"errors.{kind or status}", status=status
        )
    except Exception as error:
        LOGGER.error("error page", exc_info=error)
        g.policy = "plain"
        body = LAST_RESORT
    response = make_response(body, status)
    response.headers["Cache-Control"] = "no-store"
    return response


def _with_query(path: str) -> str:
    """The full address of a path, with what was asked after it: an answer typed in a form is not lost."""
    query = request.query_string.decode("ascii", "replace")
    return absolute(path) + (f"?{query}" if query else "")


def plain_answer(app: Flask, status: int) -> tuple[str, list[tuple[str, str]], bytes]:
    """An error answer with all our headers and no request behind it, for the server's own refusals: status
    line, headers, body."""
    shown = status if status in PAGES else 500 if status >= 500 else 400
    with app.test_request_context("/sv/"):
        response = error_page(shown)
        response.status_code = status
        if status == 503:
            response.headers["Retry-After"] = "5"
        response = app.process_response(response)
        headers = [(name, value) for name, value in response.headers if name != "Content-Length"]
        return response.status, [*headers, ("Content-Length", str(len(response.data)))], response.data


def _is_there(app: Flask, path: str) -> bool:
    """Whether a page answers at exactly that path."""
    adapter = app.create_url_adapter(request)
    try:
        return adapter is not None and adapter.match(path) is not None
    except (HTTPException, RequestRedirect):  # a redirect would lead back here
        return False


def init_app(app: Flask) -> None:
    """One handler for HTTP errors, one for everything else, one for a clinic that is not there."""

    @app.before_request
    def refuse_thousands_of_fields() -> None:
        form = request.mimetype == "application/x-www-form-urlencoded"
        if request.query_string.count(b"&") > FIELDS_MOST or (
            form and request.get_data(cache=True).count(b"&") > FIELDS_MOST
        ):
            abort(413)

    @app.before_request
    def mend_the_slash() -> Response | None:
        asked = request.environ["PATH_INFO"]
        if asked.startswith("//") and request.method in ("GET", "HEAD"):
            # Werkzeug reads it as one slash: a page would have a second name, in caches and in our own store.
            return redirect(_with_query("/" + asked.lstrip("/")), 308)  # type: ignore[return-value]
        missing = request.routing_exception
        if isinstance(missing, RequestRedirect):
            # Werkzeug's own redirect names the Host that was asked for, and Flask shows it to no error
            # handler.
            return redirect(_with_query(urlsplit(missing.new_url).path), 308)  # type: ignore[return-value]
        if (
            isinstance(missing, NotFound)
            and request.method in ("GET", "HEAD")
            and request.path.endswith("/")
            and _is_there(app, request.path.rstrip("/"))
        ):
            return redirect(_with_query(request.path.rstrip("/")), 308)  # type: ignore[return-value]
        return None

    @app.errorhandler(HTTPException)
    def http_error(error: HTTPException) -> Response:
        code = error.code or 500
        response = error_page(code if code in PAGES else 500 if code >= 500 else 400)
        response.status_code = code
        for name, value in error.get_headers():
            if name == "Allow":
                response.headers[name] = value
        return response

    @app.errorhandler(UnknownClinic)
    def unknown_clinic(error: UnknownClinic) -> Response:
        return error_page(404, "clinic")

    @app.errorhandler(Exception)
    def anything(error: Exception) -> Response:
        app.log_exception((type(error), error, error.__traceback__))  # type: ignore[arg-type]
        return error_page(500)
