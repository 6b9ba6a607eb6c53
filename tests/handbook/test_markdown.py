"""A text that somebody writes is shown as text: nothing in it runs or leads astray."""

import pytest

from intake.handbook import markdown

HOSTILE = {
    "raw HTML": "<script>alert(1)</script> <b onclick='x()'>b</b>",
    "a style": "<style>p{}</style><p style='color:red'>x</p>",
    "a frame": "<iframe src='https://evil.example'></iframe>",
    "a script link": "[x](javascript:alert(1))",
    "a script link in capitals": "[x](JaVaScRiPt:alert(1))",
    "a script link with a tab": "[x](java&Tab;script:alert(1))",
    "a script link with an entity": "[x](&#106;avascript:alert(1))",
    "a data link": "[x](data:text/html;base64,PHNjcmlwdD4=)",
    "a vbscript link": "[x](vbscript:msgbox(1))",
    "a link without a scheme": "[x](//evil.example/a)",
    "a link with backslashes": "[x](\\\\\\\\evil.example)",
    "a picture from elsewhere": "![x](https://evil.example/pixel.png)",
    "a bare script": "<javascript:alert(1)>",
    "a reference": "[x][1]\n\n[1]: javascript:alert(1)",
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_a27_nothing_hostile_survives(text):
    html = str(markdown.render(text).html)
    for forbidden in ("<script", "<style", "<iframe", "<img", "<b ", 'href="java', 'href="data'):
        assert forbidden not in html.lower()
    assert "href=" not in html


def test_a27_genuine_markup_is_kept():
    html = str(
        markdown.render(
            "# Otsikko\n\n- **tärkeä** [sivu](https://a.example/x?y=1)\n"
            "- [me](mailto:a@b.example)\n- [oma](/guidelines)\n\n> lainaus\n\n`koodi`"
        ).html
    )
    assert "<strong>tärkeä</strong>" in html
    assert '<a href="https://a.example/x?y=1" rel="noopener noreferrer">sivu</a>' in html
    assert 'href="mailto:a@b.example"' in html
    assert 'href="/guidelines"' in html
    assert "<blockquote>" in html
    assert "<code>koodi</code>" in html
    assert html.startswith('<h2 id="section-1">Otsikko</h2>')


def test_the_page_keeps_its_only_first_heading():
    text = markdown.render("# A\n\n### B *c*\n\n###### D\n\n## E", "part")
    assert "<h1" not in text.html
    assert [(line.level, line.id, line.text) for line in text.headings] == [
        (2, "part-1", "A"),
        (3, "part-2", "B c"),
        (4, "part-3", "D"),
        (2, "part-4", "E"),
    ]
    assert [(part.text, [below.text for below in rest]) for part, rest in text.contents] == [
        ("A", ["B c"]),
        ("E", []),
    ]


def test_what_is_new_is_told_by_paragraphs_however_the_lines_are_broken():
    old = "## A\n\nYksi\nkaksi.\n\nKolme."
    new = "## A\n\nYksi kaksi.\n\nNeljä.\n\nViisi."
    assert markdown.news(old, new) == "Neljä.\n\nViisi."
    assert markdown.news(new, old) == "Kolme."
    assert markdown.news(new, new) == ""
