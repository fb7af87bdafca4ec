# Sourced by ./run and ./test: a virtual environment from the lock named in $LOCK, and compiled translations.
# The install is skipped while the lock and pyproject.toml are unchanged.
set -eu
cd "$(dirname "$0")"
PYTHON=${PYTHON:-python3}
VENV=${VENV:-.venv}
[ -x "$VENV/bin/python" ] || "$PYTHON" -m venv "$VENV"
stamp=$(cat "$LOCK" pyproject.toml | "$VENV/bin/python" -c 'import hashlib,sys; print(hashlib.sha256(sys.stdin.buffer.read()).hexdigest())')
if [ "$(cat "$VENV/.stamp-$LOCK" 2>/dev/null || true)" != "$stamp" ]; then
  "$VENV/bin/python" -m pip install --quiet --disable-pip-version-check --require-hashes -r "$LOCK"
  "$VENV/bin/python" -m pip install --quiet --disable-pip-version-check --no-deps -e .
  printf '%s' "$stamp" > "$VENV/.stamp-$LOCK"
fi
"$VENV/bin/python" scripts/compile_translations.py
