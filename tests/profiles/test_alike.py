"""Look-alikes in the database: when rows are filled, what is read, neighbours, expected fakes."""

from contextlib import contextmanager

import pytest
from sqlalchemy import event, select, update

from intake import clock
from intake.data.base import db
from intake.data.write import write
from intake.engine import jobs
from intake.engine.audit_trail import Entry
from intake.people.models import Unit
from intake.profiles import names
from intake.profiles.alike import likeness
from intake.profiles.models import LikelyFake, NearName
from intake.profiles.states import ProfileState as P
from intake.register import check, queries
from tests.browser import Browser
from tests.profiles.making import make_profile
from tests.register.listing import list_expert, list_profile

FAKE = "instagram.com/savonkoskenkirjasto_hopeanuoli"


@contextmanager
def statements():
    """What the database is asked meanwhile."""
    found: list[str] = []

    def note(_connection, _cursor, statement, *_rest):
        found.append(statement)

    event.listen(db.engine, "before_cursor_execute", note)
    try:
        yield found
    finally:
        event.remove(db.engine, "before_cursor_execute", note)


def verdict(text):
    return check.answer(text, queries.known()).verdict


def steps(track):
    return db.session.scalars(select(Entry.step).where(Entry.track == track)).all()


def test_a_listed_profile_is_resembled_and_one_that_is_set_up_never_shown(cast):
    profile = list_profile(cast)
    found = check.answer(FAKE, queries.known())
    assert found.verdict == "lookalike"
    assert [one.entry.id for one in found.similar] == [profile.id]
    assert found.as_json()["similar"][0]["why"] == "apart"
    with write():
        db.session.get_one(type(profile), profile.id).state = P.SETUP
    assert verdict(FAKE) == "unknown"


def test_an_expert_who_has_gone_is_named_nowhere(cast):
    list_expert(cast, state=P.CLOSED)
    found = check.answer("instagram.com/savonkoski.nuoriso.noora_virallinen", queries.known())
    assert "Lepoharjula" not in str(found.as_json())
    assert found.similar == []


def test_names_are_read_again_only_when_one_has_changed(cast):
    list_profile(cast)
    whole = "SELECT near_name.core, near_name.own"
    verdict(FAKE)
    with write():
        db.session.execute(update(Unit).values(code=None))  # somebody commits something else
    db.session.rollback()
    with statements() as asked:
        assert verdict(FAKE) == "lookalike"
    assert not [one for one in asked if one.startswith(whole)]
    list_profile(cast, key="instagram:handle:savonkoskenmuseo", name="Savonkosken museo")
    with statements() as asked:
        assert verdict("instagram.com/savonkoskenmuseo_hopeanuoli") == "lookalike"
    assert any(one.startswith(whole) for one in asked)


def test_a_hundred_texts_take_as_many_questions_as_one(cast):
    list_profile(cast)
    verdict(FAKE)
    counted = []
    for size in (1, 100):
        texts = [
            f"instagram.com/savonkoskenkirjasto_{'abcdefghij'[n % 10]}{n}x" for n in range(size)
        ]
        with statements() as asked:
            likeness.resembling(texts)
        counted.append(len(asked))
    assert counted[0] == counted[1] or abs(counted[0] - counted[1]) <= 1


def test_a_new_word_of_the_town_fills_the_rows_anew(cast):
    list_profile(cast, key="x:handle:robottipaja_savonkoski", name="Robottipajan kuulumisia")
    query = select(NearName.bag).where(NearName.text == "robottipaja_savonkoski")
    before = db.session.scalars(query).one()
    db.session.rollback()
    assert "near_names" not in jobs.tick(clock.now())
    with write():
        db.session.get_one(Unit, cast.library.id).name_fi = "Robottipaja"
    assert names.is_outdated()
    db.session.rollback()
    assert "near_names" in jobs.tick(clock.now())
    assert db.session.scalars(query).one() != before
    assert not names.is_outdated()


def test_a_known_neighbour_is_no_lookalike_until_it_is_removed(app, cast):
    list_profile(cast)
    keeper = Browser(app).signs_in(cast.keeper)
    assert verdict(FAKE) == "lookalike"
    page = keeper.opens("/profiles").follows("Tunnetut naapurit")
    page = page.fills(text=FAKE, note="Kirjaston ystävien oma tili.").presses("Lisää luetteloon")
    assert "savonkoskenkirjasto_hopeanuoli" in page.main
    assert verdict(FAKE) == "unknown"
    again = page.fills(text=FAKE + "/", note="Sama tili.").presses("Lisää luetteloon")
    assert again.errors == ["Tämä on jo luettelossa."]
    assert "Sama tili." in again.html
    removed = page.follows(f"Poista {FAKE}").presses("Poista luettelosta")
    assert "Kaupunki ei vielä tunne yhtään." in removed.main
    assert verdict(FAKE) == "lookalike"
    assert steps("neighbour") == ["add", "remove"]


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("https://www.facebook.com/savonkoskenkirjasto", "Tämä on luettelossa olevan profiilin"),
        ("https://www.facebook.com/share/1AbCdEfGhI/", "Kirjoita profiilin nimi"),
        ("...", "Kirjoita profiilin nimi"),
    ],
)
def test_what_can_be_no_neighbour_is_said_beside_the_field(app, cast, text, error):
    list_profile(cast)
    page = Browser(app).signs_in(cast.keeper).opens("/profiles/neighbours")
    refused = page.fills(text=text, note="Jonkun muun.").presses("Lisää luetteloon")
    assert refused.errors[0].startswith(error)
    assert text in refused.html


def test_a_name_is_a_neighbour_too_in_every_spelling(app, cast):
    list_profile(cast)
    assert verdict("savonkoskenkirjasto kissat") == "lookalike"
    page = Browser(app).signs_in(cast.keeper).opens("/profiles/neighbours")
    page.fills(text="Savonkosken kirjasto kissat", note="Kerho.").presses("Lisää luetteloon")
    assert verdict("savonkoskenkirjasto kissat") == "name"  # whom else it may mean
    assert verdict("savonkosken_kirjasto_kissat") == "unknown"


def test_looks_for_expected_fakes_are_noted_with_their_day_and_in_the_trail(app, cast):
    profile = make_profile(cast, P.ACTIVE)
    keeper = Browser(app).signs_in(cast.keeper)
    page = keeper.opens(f"/profiles/{profile.id}").follows("Odotettavissa olevat valeprofiilit")
    assert page.html.count('name="looked"') == 50
    fake = f"{profile.handle}_official"
    done = page.fills(looked=[fake]).presses("Kirjaa katsotut")
    assert "Yksi katsominen kirjattiin." in done.html
    (row,) = db.session.scalars(select(LikelyFake)).all()
    assert (row.text, row.looked_on, row.by_id) == (fake, clock.today(), cast.keeper.id)
    assert steps("likely_fake") == ["look"]
    nothing = keeper.opens(f"/profiles/{profile.id}/likely_fakes").presses("Kirjaa katsotut")
    assert nothing.errors == ["Valitse ainakin yksi."]


def test_who_does_not_look_after_a_profile_only_reads_what_is_expected(app, cast):
    profile = make_profile(cast, P.ACTIVE)
    path = f"/profiles/{profile.id}/likely_fakes"
    page = Browser(app).signs_in(cast.far_head).opens(path, status=200)
    assert 'name="looked"' not in page.html
    token = page.html.partition('name="csrf_token"')[2].partition('value="')[2].partition('"')[0]
    sent = {"csrf_token": token, "looked": f"{profile.handle}_official"}
    page.browser.posts(path, sent, status=403)
    assert db.session.scalars(select(LikelyFake)).all() == []
