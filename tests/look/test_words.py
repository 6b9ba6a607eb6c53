import pytest
from babel.messages.extract import extract_from_dir
from flask import Flask, render_template_string
from flask_babel import force_locale

from intake.web import catalogues
from tests.look.sheets import HOUSE


@pytest.mark.parametrize("language", catalogues.TRANSLATED)
def test_every_sentence_of_the_components_is_translated(language: str):
    folder = HOUSE / "templates" / "_macros"
    found = extract_from_dir(str(folder), [("**", "jinja2")], {}, catalogues.KEYWORDS)
    sentences = {one[2][0] if isinstance(one[2], tuple) else one[2] for one in found}
    catalogue = catalogues.joined(language)
    missing = {one for one in sentences if not catalogue.get(one) or not catalogue.get(one).string}
    assert len(sentences) > 15
    assert not missing


@pytest.mark.parametrize(
    ("language", "number", "heading"),
    [
        ("fi", 1, "Korjaa yksi kohta"),
        ("fi", 2, "Korjaa kaksi kohtaa"),
        ("fi", 10, "Korjaa kymmenen kohtaa"),
        ("fi", 11, "Korjaa 11 kohtaa"),
        ("sv", 1, "Rätta en punkt"),
        ("sv", 2, "Rätta två punkter"),
        ("en", 3, "Fix three things"),
    ],
)
def test_the_summary_counts_in_words(hall: Flask, language: str, number: int, heading: str):
    source = '{% from "_macros/error_summary.html" import error_summary %}{{ error_summary(form) }}'

    class Refused:
        is_turned = False

        def summary(self) -> list[tuple[str, str]]:
            return [("", "x")] * number

    with hall.test_request_context("/"), force_locale(language):
        assert heading in render_template_string(source, form=Refused())
