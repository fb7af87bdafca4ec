# A browser for e2e/: Chromium on PATH, else Playwright's own, else Debian's package. Skipped for "./test tests".
set -eu
[ "${1:-}" = tests ] && exit 0
# Firefox, for the good case of the device check. Without it that one test says why it was not run.
if ! command -v firefox-esr >/dev/null 2>&1 && ! command -v firefox >/dev/null 2>&1 && command -v apt-get >/dev/null 2>&1; then
  { apt-get update -qq && apt-get install -y -qq --no-install-recommends firefox-esr; } >/dev/null 2>&1 || true
fi
# WebKitGTK, for a smoke run of the device check in the engine nearest to an iPhone's. Likewise.
if ! { command -v xvfb-run && /usr/bin/python3 -c "import gi; gi.require_version('WebKit2', '4.1')"; } >/dev/null 2>&1 && command -v apt-get >/dev/null 2>&1; then
  { apt-get update -qq && apt-get install -y -qq --no-install-recommends xvfb xauth python3-gi gir1.2-webkit2-4.1 gstreamer1.0-plugins-base gstreamer1.0-plugins-good; } >/dev/null 2>&1 || true
fi
# The same Chromium without windows of its own: a third of the work for every page. Without it the tests take the one with windows.
if command -v apt-get >/dev/null 2>&1 && ! command -v chromium-headless-shell >/dev/null 2>&1; then
  { apt-get update -qq && apt-get install -y -qq --no-install-recommends chromium-headless-shell; } >/dev/null 2>&1 || true
fi
# Two families of letters: layout and prints are proved with each, whatever else a machine has.
if command -v apt-get >/dev/null 2>&1 && ! { [ -d /usr/share/fonts/truetype/dejavu ] && [ -d /usr/share/fonts/truetype/liberation ]; }; then
  { apt-get update -qq && apt-get install -y -qq --no-install-recommends fonts-dejavu-core fonts-liberation; } >/dev/null 2>&1 || true
fi
command -v chromium >/dev/null 2>&1 && exit 0
.venv/bin/python -m playwright install --with-deps chromium >/dev/null 2>&1 && exit 0
if command -v apt-get >/dev/null 2>&1; then
  apt-get update -qq >/dev/null && apt-get install -y -qq --no-install-recommends chromium >/dev/null && exit 0
fi
echo "No browser: install Chromium, or run ./test tests for the fast part." >&2
exit 1
