"""The one table of what people type, and the form in which it is kept."""

import unicodedata
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake import text

PERSON = "pirkko.saranevala@savonkoski.example"
NOVEMBER = date(2026, 11, 24)
TYPED = {
    text.mail_address: {
        PERSON: PERSON,
        f" {PERSON}\u200b": PERSON,
        f"\u2068{PERSON}\u2069": PERSON,
        f"\ufeff{PERSON}\u00a0": PERSON,
        "pirkko.sarane\u00advala@savonkoski.example": PERSON,
        f"Pirkko Saranevala <{PERSON}>": PERSON,
        f'"Saranevala, Pirkko" <{PERSON}>;': PERSON,
        f"<{PERSON}>": PERSON,
        f"mailto:{PERSON}": PERSON,
        f"MAILTO:{PERSON}?subject=Hei": PERSON,
        "ｐｉｒｋｋｏ.saranevala＠savonkoski．example": PERSON,
        "Matti@PIEKSÄMÄKI.Example": "Matti@pieksämäki.example",
        "matti@xn--pieksmki-4zab.example": "matti@pieksämäki.example",
        unicodedata.normalize("NFD", "matti@pieksämäki.example"): "matti@pieksämäki.example",
        "two@a.fi, three@b.fi": "two@a.fi, three@b.fi",
        "x <a@b.fi> <c@d.fi>": "x <a@b.fi> <c@d.fi>",
        "a@b.fi\nBcc: c@d.fi": "a@b.fi\nBcc: c@d.fi",
        "no address": "no address",
        "": "",
    },
    text.mail_sent: {
        "matti@pieksämäki.example": "matti@xn--pieksmki-4zab.example",
        "matti@straße.example": "matti@xn--strae-oqa.example",
        PERSON: PERSON,
    },
    text.mail_fault: {
        "matti@pieksämäki.example": "",
        "mäki@savonkoski.example": "letters",
        "matti@": "form",
        "matti savonkoski.example": "form",
    },
    text.mail_domain: {
        "@Savonkoski.Example.": "savonkoski.example",
        "xn--pieksmki-4zab.example": "pieksämäki.example",
        "xn--\u200b": "xn--",
    },
    text.code: {
        "Koodi: C7TK-PMZS-AYGT-2N4B": "C7TK-PMZS-AYGT-2N4B",
        "c7tk\u2013pmzs\u2013aygt\u20132n4b\u200b": "C7TK-PMZS-AYGT-2N4B",
        "Ｃ７ＴＫ－ＰＭＺＳ－ＡＹＧＴ－２Ｎ４Ｂ": "C7TK-PMZS-AYGT-2N4B",
        "Viite: vi-7k2m9p": "VI-7K2M9P",
        "VP \u2013 2026 \u2013 031": "VP-2026-031",
    },
    text.phone: {
        "040 123 4567": "+358 40 1234567",
        "040-1234567": "+358 40 1234567",
        "+358 (0)40 123 4567": "+358 40 1234567",
        "358401234567": "+358 40 1234567",
        "00358 40 123 4567": "+358 40 1234567",
        "tel:+358401234567": "+358 40 1234567",
        "０４０ １２３ ４５６７": "+358 40 1234567",
        "(015) 788 411": "+358 15 788411",
        "+46 70 123 45 67": "+46 70 123 45 67",
        "116 117": "116117",
        "call me": None,
        "040 123 4567 evenings": None,
        "1" * 30: None,
    },
    text.day: {
        "24.11.2026": NOVEMBER,
        "24.11.26": NOVEMBER,
        "24/11/2026": NOVEMBER,
        "24\u201311\u20132026": NOVEMBER,
        "24. 11. 2026": NOVEMBER,
        "2026-11-24": NOVEMBER,
        "2026/11/24": NOVEMBER,
        "20261124": NOVEMBER,
        "24112026": NOVEMBER,
        "ti 24.11.2026": NOVEMBER,
        "24. marraskuuta 2026": NOVEMBER,
        "24 nov. 2026": NOVEMBER,
        "tisdag 24. november 2026": NOVEMBER,
        "November 24, 2026": NOVEMBER,
        "24 mars 2026": date(2026, 3, 24),
        "5.5.2026": date(2026, 5, 5),
        "２４．１１．２０２６": NOVEMBER,
        "0026-11-24": None,
        "24.11.": None,
        "31.2.2026": None,
        "11/24/2026": None,
        "1.1.1999": None,
        "yesterday": None,
    },
    text.time_of_day: {
        "14.30": "14:30",
        "14:30": "14:30",
        "14:30:05": "14:30",
        "klo 14.30": "14:30",
        "Kl. 14.30": "14:30",
        "1430": "14:30",
        "930": "09:30",
        "9": "09:00",
        "14h30": "14:30",
        "2:30 pm": "14:30",
        "12 a.m.": "00:00",
        "１４：３０": "14:30",
        "24.00": None,
        "14.3": None,
        "13 pm": None,
        "noon": None,
    },
    text.name: {
        "  Sami\u00a0 M\u0061\u0308kinen\u200b": "Sami Mäkinen",
        "\u202eSami\u202c Mäkinen": "Sami Mäkinen",
        "Anna\tLiisa": "Anna Liisa",
        "Conan O\u2019Brien": "Conan O\u2019Brien",
        "👩\u200d🚒": "👩\u200d🚒",
    },
    text.password: {
        unicodedata.normalize("NFD", "Häkkyrä lumppu"): "Häkkyrä lumppu",
        "Häkkyrä\u00a0lumppu": "Häkkyrä lumppu",
        "  kept  ": "  kept  ",
    },
}
CASES = [
    pytest.param(form, typed, kept, id=f"{form.__name__}-{place}")
    for form, rows in TYPED.items()
    for place, (typed, kept) in enumerate(rows.items())
]


@pytest.mark.parametrize(("form", "typed", "kept"), CASES)
def test_what_is_typed_has_one_form(form, typed, kept):
    assert form(typed) == kept


FORMS = [form for form in TYPED if form not in (text.mail_fault, text.day)]


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.__name__)
@given(typed=st.text(max_size=60))
def test_a_form_is_its_own_form_and_nothing_typed_breaks_it(form, typed):
    once = form(typed)
    assert once is None or form(once) == once


@given(typed=st.text(max_size=60))
def test_nothing_typed_breaks_a_date_or_an_address(typed):
    text.day(typed)
    text.mail_fault(typed)
    assert text.password(typed) in text.password_forms(typed)


def test_a_domain_is_the_towns_in_either_of_its_forms():
    town = ("xn--pieksmki-4zab.example",)
    assert text.in_domains("matti@pieksämäki.example", town)
    assert text.in_domains("matti@edu.Pieksämäki.example", town)
    assert not text.in_domains("matti@evilpieksämäki.example", town)
    assert not text.in_domains("matti@pieksamaki.example", town)
