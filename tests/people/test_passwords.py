"""A37, A38: which passwords are good enough, and that hashing cannot drown the server."""

import pytest
from argon2 import PasswordHasher, extract_parameters
from hypothesis import given, settings
from hypothesis import strategies as st

from intake.data.write import write
from intake.people import passwords, town
from tests.browser import Browser

NAMES = ["Savonkoski", "Savonkosken", "Town of Savonkoski", "Savonkoski stad", "Päivi Mäkelä-Aho"]
NAMES += ["paivi.makela@savonkoski"]
SHORT, LONG = "Salasanassa on oltava vähintään 12", "Salasanassa saa olla enintään 256"
NAMED, EASY = "Jätä pois oma nimesi", "Tämä salasana on helppo arvata"


@pytest.fixture
def finnish(app):
    with app.test_request_context("/?lang=fi"):
        yield


@pytest.mark.parametrize(
    ("password", "begins"),
    [
        ("", SHORT),
        ("😀" * 11, SHORT),
        ("x" * 257, LONG),
        ("demo-Savonkoski-2026", NAMED),
        ("SAVONKOSKI kurki 4", NAMED),
        ("savonkoskella asuu karhu", NAMED),
        ("mäkelän talon takana", NAMED),
        ("MAKELA99999999", NAMED),
        ("päivi vispaa vispilää", NAMED),
        ("paiviäää999999", NAMED),
        ("passwordpassword", EASY),
        ("P@ssw0rd1234", EASY),
        ("aaaaaaaaaaaaaa", EASY),
        ("salasana1234567", EASY),
        ("Salasana!!!!!!", EASY),
        ("Kesäloma2026!", EASY),
        ("kesaloma 2027 !!", EASY),
        ("Talvi2026Talvi2026", EASY),
        ("!!Jyväskylä2025??", EASY),
        ("sommarlov2026", EASY),
        ("qwertyuiopå123", EASY),
        ("minärakastan12", EASY),
        ("Summer2026!!!", EASY),
        ("Profiilivahti1", EASY),
        ("valeprofiili 2026!", EASY),
    ],
)
def test_a37_what_is_tried_first_is_no_password(finnish, password, begins):
    (problem,) = passwords.problems(password, NAMES)
    assert problem.startswith(begins)


@pytest.mark.parametrize(
    "password",
    [
        "vispilä kaarna lumme 81",
        "hevonen paristo nitoja oikein",
        "correct horse battery staple",
        "  ä😀 väli sävel",
        "x7kQ9wPz2mLr",
        "downtown-pizza-lobster",  # a town's name may hold "town": it is everybody's word
        "ahosuo karpalo lumipuro",  # so short a name as Aho is chance
        "karpalo " * 32,
    ],
)
def test_what_is_hard_to_guess_is_taken_whatever_its_signs(finnish, password):
    assert passwords.problems(password, NAMES) == []


def test_a37_no_spelling_saves_a_password_with_a_name(finnish):
    around = st.text(max_size=20)

    @settings(max_examples=60, deadline=None, database=None)
    @given(around, st.sampled_from(["savonkoski", "mäkelä", "makela", "päivi"]), around)
    def refused(before, name, after):
        for spelled in (name, name.upper(), name.title()):
            assert passwords.problems(f"{before} {spelled}{after}" + "1" * 12, NAMES)

    refused()


def test_any_text_gets_a_verdict(finnish):
    @settings(max_examples=60, deadline=None, database=None)
    @given(st.text(max_size=300), st.lists(st.text(max_size=30), max_size=3))
    def judged(password, names):
        found = passwords.problems(password, names)
        assert len(found) <= 1
        assert found or passwords.LEAST <= len(password) <= passwords.MOST

    judged()


def test_a35_nobodys_hash_costs_what_others_cost_and_fits_nothing(app, monkeypatch):
    monkeypatch.setitem(app.config, "ARGON2_COST", "default")
    hasher = passwords._hasher()
    nobody = passwords._nobody(hasher)
    assert extract_parameters(nobody) == extract_parameters(PasswordHasher().hash("x"))
    assert not passwords.matches(None, "")
    assert not passwords.matches(nobody, "A" * 43)


def test_too_many_hashes_at_once_wait_and_are_then_asked_to_come_again(app, cast, monkeypatch):
    monkeypatch.setattr(passwords, "PATIENCE", 0.01)
    page = Browser(app).opens("/sign-in").fills(email=cast.head.email, password="x" * 12)
    for _ in range(passwords.AT_ONCE):
        assert passwords._turns.acquire(blocking=False)
    try:
        busy = page.presses("Kirjaudu sisään")
    finally:
        passwords._turns.release(passwords.AT_ONCE)
    assert busy.status == 503
    assert busy.response.headers["Retry-After"] == str(passwords.RETRY)
    assert page.presses("Kirjaudu sisään").status == 422


def test_a48_the_password_of_the_demo_opens_nothing_elsewhere(app, cast):
    stored = passwords.hashed(passwords.DEMO)
    assert not passwords.matches(stored, passwords.DEMO)
    with write():
        town.store(is_demo=True)
    assert passwords.matches(stored, passwords.DEMO)
