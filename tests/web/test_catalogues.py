"""Three languages: every sentence is translated, and says the same placeholders."""

import re
from pathlib import Path

import pytest

from intake.web import catalogues

TEMPLATES = Path(__file__).parents[2] / "templates"
PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]")


@pytest.mark.parametrize("code", catalogues.TRANSLATED)
def test_every_sentence_is_translated(code):
    assert catalogues.missing(code, TEMPLATES) == []


@pytest.mark.parametrize("code", catalogues.TRANSLATED)
def test_no_sentence_is_kept_that_nobody_says(code):
    said = {
        key if isinstance(key, str) else key[0]
        for key in catalogues.used(catalogues.PACKAGE, TEMPLATES)
    }
    kept = {
        message.id if isinstance(message.id, str) else message.id[0]
        for message in catalogues.joined(code)
        if message.id
    }
    assert kept - said == set()


@pytest.mark.parametrize("code", catalogues.TRANSLATED)
def test_a_translation_holds_the_placeholders_of_its_sentence(code):
    for message in catalogues.joined(code):
        if not message.id:
            continue
        sentences = message.id if isinstance(message.id, tuple) else (message.id,)
        wanted = {name for sentence in sentences for name in PLACEHOLDER.findall(sentence)}
        for translated in (
            message.string if isinstance(message.string, tuple) else (message.string,)
        ):
            assert set(PLACEHOLDER.findall(translated)) <= wanted, message.id
            if not isinstance(message.id, tuple):
                assert set(PLACEHOLDER.findall(translated)) == wanted, message.id
