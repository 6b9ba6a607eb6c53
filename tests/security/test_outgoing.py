"""The guard of what leaves: what it finds however it is written, and what it leaves alone."""

import pytest

from intake.security.outgoing import Bar, Barred, Kind, found, masked

PHONE = Barred(Kind.PHONE, "040 123 4567")
SWEDISH = Barred(Kind.PHONE, "+46 70 123 45 67")
MAIL = Barred(Kind.MAIL, "Rea.Porter@Posti.example")
NAME = Barred(Kind.NAME, "Réa Porter-Ääpinen")
FILE = Barred(Kind.FILE, "Rea-Porter-0401234567.png")
WORDS = Barred(Kind.WORDS, "Serkkuni Eila antoi sille tunnuksensa eilen illalla")
FAKE = Barred(Kind.FAKE, "Savonkosken nuoriso tuki")
ADDRESS = Barred(Kind.FAKE, "https://www.instagram.com/savonkosken_nuoriso_tuki/")
SHORT = Barred(Kind.FAKE, "nuoret")
OWN = ("Savonkosken nuoriso", "https://www.instagram.com/savonkosken_nuoriso/")


@pytest.mark.parametrize(
    ("barred", "text"),
    [
        (PHONE, "Soita 0401234567."),
        (PHONE, "+358 40 123 4567"),
        (PHONE, "+358 (0)40-123 45 67"),
        (PHONE, "00358401234567"),
        (PHONE, "wa.me/358401234567"),
        (PHONE, "puh.040/123.4567"),
        (PHONE, "puh0401234567"),
        (PHONE, "０４０１２３４５６７"),
        (PHONE, "040\u200b123\u00a04567"),
        (PHONE, "040 – 123 – 4567"),
        (SWEDISH, "070-123 45 67"),
        (SWEDISH, "0046701234567"),
        (MAIL, "REA.PORTER@POSTI.EXAMPLE"),
        (MAIL, "rea.porter(at)posti(dot)example"),
        (MAIL, "rea.porter [at] posti [piste] example"),
        (MAIL, "mailto:rea.porter@posti.example"),
        (NAME, "Kertoi REA."),
        (NAME, "Rean mukaan"),
        (NAME, "Portérille"),
        (NAME, "aapinen"),
        (NAME, "R\u00adea"),
        (FILE, "kuva rea_porter_0401234567.PNG"),
        (WORDS, "Eila  antoi\nsille, tunnuksensa: EILEN"),
        (WORDS, "eila–antoi–sille–tunnuksensa–eilen"),
        (FAKE, "Savonkosken nuoriso tuki on huijaus"),
        (FAKE, "@savonkosken_nuoriso_tuki"),
        (FAKE, "savonkoskennuorisotuki"),
        (ADDRESS, "hxxps://instagram[.]com/savonkosken_nuoriso_tuki"),
        (ADDRESS, "instagram(dot)com/savonkosken_nuoriso_tuki"),
        (SHORT, "Varokaa tiliä nuoret!"),
        (SHORT, "@nuoret:n"),
    ],
)
def test_a172_what_is_barred_is_found_however_it_is_written(barred, text):
    bar = Bar([barred], OWN)
    assert [hit.kind for hit in found(text, bar)] == [barred.kind]
    assert found(masked(text, bar), bar) == []


@pytest.mark.parametrize(
    ("barred", "text"),
    [
        (PHONE, "04012345678"),
        (PHONE, "a" * 20 + "0401234567" + "b" * 34),  # a hash
        (PHONE, "2026-11-23"),
        (Barred(Kind.PHONE, "112"), "Soita 112"),
        (MAIL, "viestinta@posti.example"),
        (NAME, "Reaktio, alue ja Porterhouse"),
        (FILE, "kuva.png"),
        (WORDS, "Eila antoi sille tunnuksensa"),
        (FAKE, "Aito on Savonkosken nuoriso, https://www.instagram.com/savonkosken_nuoriso/"),
        (FAKE, "Savonkosken nuoriso. Tukea saa kaupungista."),
        (Barred(Kind.FAKE, "savonkosken"), "Aito on Savonkosken nuoriso"),
        (SHORT, "Nuoretkin"),
        (Barred(Kind.NAME, ""), ""),
    ],
)
def test_what_is_not_barred_is_left_alone(barred, text):
    bar = Bar([barred], OWN)
    assert found(text, bar) == []
    assert masked(text, bar) == text


def test_a_name_may_stand_in_one_of_the_towns_own_and_nowhere_else():
    bar = Bar([Barred(Kind.NAME, "Pirkko Kettunen")], own=["Pirkko Saranevala"])
    assert masked("Pirkko Saranevala, Pirkko", bar) == "Pirkko Saranevala, •••"


def test_a_name_of_the_profile_excuses_a_name_and_never_a_number():
    bar = Bar([NAME, PHONE], shown=["Rea Porter 0401234567"])
    assert masked("Rea Porter 0401234567", bar) == "Rea Porter •••"


def test_what_is_barred_prints_nothing_of_itself():
    assert "Rea" not in f"{NAME} {Bar([NAME])!r} {found('Rea', Bar([NAME]))!r}"
