# A second and a third checker of accessibility for "./test every", beside axe: HTML_CodeSniffer and IBM's engine, from npm.
# Where they cannot be installed, the tests that ask them say so and are left out.
set -u
FOLDER=.venv/checkers
CODESNIFFER=2.5.1
IBM=4.0.34
[ -d "$FOLDER/node_modules/html_codesniffer" ] && [ -d "$FOLDER/node_modules/accessibility-checker-engine" ] && exit 0
command -v npm >/dev/null 2>&1 || exit 0
mkdir -p "$FOLDER"
npm install --prefix "$FOLDER" --silent --no-fund --no-audit --ignore-scripts \
  "html_codesniffer@$CODESNIFFER" "accessibility-checker-engine@$IBM" >/dev/null 2>&1 || true
