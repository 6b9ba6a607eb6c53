from datetime import datetime
from types import SimpleNamespace

import html5lib
import pytest
from flask import Flask, render_template
from flask_babel import force_locale

from tests.look.sheets import LETTER

WORDS = {
    "fi": ("Mitä teet: Päätä", "Miksi sinä: Johdat yksikköä", "Viimeistään: "),
    "sv": ("Vad du gör: Päätä", "Varför du: Johdat yksikköä", "Senast: "),
    "en": ("What to do: Päätä", "Why you: Johdat yksikköä", "At the latest: "),
}


def letter(kind: str, language: str, now: datetime, duty: bool = True) -> str:
    with force_locale(language):
        return render_template(
            f"mail/letter.{kind}",
            title="Päätettävää: <Koskijuhlat>",
            paragraphs=["Noora Lepoharjula lähetti pyynnön.", "Se on <b>nimetty</b>."],
            link="https://profiilit.example/establishment/abc?lang=fi&x=1",
            reader=SimpleNamespace(language=language, name="Kaisa Ruskotuulela"),
            duty=SimpleNamespace(verb="Päätä", why="Johdat yksikköä", until=now) if duty else None,
        )


@pytest.mark.parametrize("language", WORDS)
@pytest.mark.parametrize("kind", ["html", "txt"])
def test_a_letter_says_what_why_and_until_when(app: Flask, now, language: str, kind: str):
    text = letter(kind, language, now)
    for words in WORDS[language]:
        assert words in text
    assert "Noora Lepoharjula lähetti pyynnön." in text


def test_a_letter_writes_its_link_out(app: Flask, now):
    assert "https://profiilit.example/establishment/abc?lang=fi&x=1\n" in letter("txt", "fi", now)
    assert letter("html", "fi", now).count("https://profiilit.example/establishment/abc") == 3


def test_a_letter_is_sound_html_in_which_words_stay_words(app: Flask, now):
    text = letter("html", "fi", now)
    parser = html5lib.HTMLParser(namespaceHTMLElements=False)
    parser.parse(text)
    assert not parser.errors
    assert "<b>" not in text
    assert "<Koskijuhlat>" not in text
    assert "&lt;b&gt;" not in letter("txt", "fi", now)


def test_a_letter_that_asks_nothing_has_no_duty(app: Flask, now):
    assert "Miksi sinä" not in letter("txt", "fi", now, duty=False)
    assert "Avaa sivu" in letter("html", "fi", now, duty=False)


def test_a_letter_fetches_nothing(app: Flask):
    source = LETTER.read_text()
    assert not [word for word in ("src=", "url(", "<link", "<script") if word in source]
