"""JavaScript is served without comments and indentation, and otherwise as it stands in the repository."""

from patient_app.assets import STATIC, without_js_comments


def test_comments_are_left_out_and_code_is_kept():
    source = (
        "// a reason\n"
        "const A = 5; // five, because\n"
        'const B = "https://x // y"; // it\'s kept, for a quotation mark could end a string\n'
        "/**\n * @param {number} a\n */\n"
        "  // inside\n"
        "\n"
        "  const C = `a // b`;\n"
    )
    assert without_js_comments(source) == (
        "const A = 5;\n"
        'const B = "https://x // y"; // it\'s kept, for a quotation mark could end a string\n'
        "const C = `a // b`;\n"
    )


def test_the_spaces_of_a_text_over_several_lines_are_kept():
    source = "const A = `\n  two\n  lines`;\n"
    assert without_js_comments(source) == source


def test_the_served_copy_has_no_comments_and_the_same_exports(app):
    root = app.extensions["assets"].root / app.extensions["assets"].version
    for path in STATIC.rglob("*.js"):
        served = (root / path.relative_to(STATIC)).read_text()
        assert [line for line in served.splitlines() if line.lstrip().startswith("//")] == []
        assert served.count("export ") == without_js_comments(path.read_text()).count("export ")
