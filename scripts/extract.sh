#!/bin/sh
# Extracts both catalogues and updates every language's .po: words new since last time are there to be translated.
set -eu
cd "$(dirname "$0")/.."
bin=.venv/bin
$bin/pybabel -q extract -F babel.cfg -c "Translators:" --add-location=never --no-wrap --sort-output --omit-header \
  --no-default-keywords -k _ -k _l -k N_ -k gettext -k ngettext:1,2 -o translations/messages.pot .
$bin/pybabel -q extract -F babel.cfg -c "Translators:" --add-location=never --no-wrap --sort-output --omit-header \
  --no-default-keywords -k _s -k _sl -k S_ -o translations/staff.pot .
$bin/python scripts/update_catalogues.py
