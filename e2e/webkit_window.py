"""A window of WebKitGTK, for the engine of every iPhone: run by a Python that has PyGObject, told what to do
by lines of JSON on its input.

`{"go": address}` opens a page and answers when it is loaded; `{"ask": function body}` runs it in the page and
answers with what it returns (a promise is waited for). Every question for camera or microphone is allowed.
With the argument "mock" the engine's own drawn camera and tone stand in for devices; without it there are
none.
"""

import json
import sys
import threading

import gi

gi.require_version("Gtk", "3.0")
gi.require_version("WebKit2", "4.1")
from gi.repository import GLib, Gtk, WebKit2  # noqa: E402

settings = WebKit2.Settings(
    enable_media_stream=True,
    enable_mock_capture_devices="mock" in sys.argv,
    enable_write_console_messages_to_stdout=False,
)
view = WebKit2.WebView(web_context=WebKit2.WebContext.new_ephemeral(), settings=settings)
waiting_for_page = False


def answer(value: object) -> None:
    print(json.dumps(value), flush=True)


def loaded(_view: WebKit2.WebView, event: WebKit2.LoadEvent) -> None:
    global waiting_for_page
    if event == WebKit2.LoadEvent.FINISHED and waiting_for_page:
        waiting_for_page = False
        answer({"said": view.get_uri()})


def failed(_view: WebKit2.WebView, _event: WebKit2.LoadEvent, address: str, error: GLib.Error) -> bool:
    global waiting_for_page
    waiting_for_page = False
    answer({"error": f"{address}: {error.message}"})
    return False


def allowed(_view: WebKit2.WebView, request: WebKit2.PermissionRequest) -> bool:
    request.allow()
    return True


def asked(_view: WebKit2.WebView, result: object) -> None:
    try:
        answer({"said": json.loads(view.call_async_javascript_function_finish(result).to_json(0) or "null")})
    except GLib.Error as error:
        answer({"error": error.message})


def told(line: str) -> bool:
    global waiting_for_page
    wish = json.loads(line)
    if "go" in wish:
        waiting_for_page = True
        view.load_uri(wish["go"])
    else:
        view.call_async_javascript_function(wish["ask"], -1, None, None, None, None, asked)
    return False


def listen() -> None:
    for line in sys.stdin:
        GLib.idle_add(told, line)
    GLib.idle_add(Gtk.main_quit)


view.connect("load-changed", loaded)
view.connect("load-failed", failed)
view.connect("permission-request", allowed)
window = Gtk.Window(default_width=390, default_height=844)
window.add(view)
window.show_all()
threading.Thread(target=listen, daemon=True).start()
answer({"said": f"{WebKit2.get_major_version()}.{WebKit2.get_minor_version()}"})
Gtk.main()
