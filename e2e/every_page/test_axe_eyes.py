"""What axe.py remembers of colours: a class looked at under one sheet is looked at again under another."""

PAGE = """<html lang="sv"><head><title>Sida</title>
<style>.call {{ color: {ink}; background: #fff }}</style></head>
<body><main><h1>Sida</h1><p class="call">Ring mottagningen</p></main></body></html>"""


def test_equal_class_names_are_not_equal_colours_when_the_page_has_another_sheet(plain_chromium, eyes):
    page = plain_chromium.new_page()
    page.set_content(PAGE.format(ink="#000"))
    assert not [found for found in eyes.findings(page, "black") if "contrast" in found]
    page.set_content(PAGE.format(ink="#ccc"))
    assert [found for found in eyes.findings(page, "pale") if "contrast" in found]
    page.close()
