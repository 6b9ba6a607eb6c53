"""Roles: granted and withdrawn by another administrator, and all administrators are told (A6)."""

import threading

import pytest

from intake import clock
from intake.data.base import db
from intake.data.write import write
from intake.engine import outbox
from intake.engine.outbox import Message
from intake.engine.table import EFFECT
from intake.people import queries, service
from intake.people.models import Person, Role
from intake.refusals import NotAllowed, Refused, Unready, WrongState
from tests.browser import Browser
from tests.people.doing import again, do, steps_of, told


@pytest.fixture
def second(cast, make) -> Person:
    """Another administrator."""
    return make.person("Toinen Valvoja", cast.sector, Role.ADMINISTRATOR)


def test_a06_a_grant_and_its_end_are_written_to_the_person_and_all_administrators(cast, second):
    grant = do("grant", cast.admin, Role.HANDLER, by=cast.administrator)
    everybody = {cast.admin.id, cast.administrator.id, second.id}
    assert set(told("role")) == everybody
    assert again(cast.admin).roles == {"handler"}
    do("withdraw", cast.admin, Role.HANDLER, by=second)
    assert len(told("role")) == 2 * len(everybody)
    assert again(cast.admin).roles == set()
    assert steps_of(grant.id) == ["grant", "withdraw"]


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_a06_the_letter_names_role_and_person_and_leads_to_their_page(cast, language):
    with write():
        again(cast.admin).language = language
    do("grant", cast.admin, Role.KEEPER, by=cast.administrator)
    message = db.session.query(Message).filter_by(person_id=cast.admin.id).one()
    letter = outbox.letter(message)
    words = {"fi": "luettelon hoitaja", "sv": "registerförare", "en": "register keeper"}
    assert words[language] in letter.plain
    assert cast.admin.name in letter.plain
    assert "Timo Rantapajula" in letter.plain
    assert f"/people/{cast.admin.id}" in letter.plain


@pytest.mark.parametrize("who", ["keeper", "other_keeper", "handler", "head", "requester"])
def test_a06_only_an_administrator_grants(cast, who):
    with pytest.raises(NotAllowed):
        do("grant", cast.colleague, Role.HANDLER, by=getattr(cast, who))
    with pytest.raises(NotAllowed):
        do("withdraw", cast.handler, Role.HANDLER, by=getattr(cast, who))


@pytest.mark.parametrize("role", Role)
def test_a06_nobody_gives_or_takes_a_role_of_their_own(cast, second, role):
    for verb in ("grant", "withdraw"):
        with pytest.raises(NotAllowed):
            do(verb, cast.administrator, role, by=cast.administrator)


def test_a_role_is_held_once_and_by_somebody_in_service(cast):
    with pytest.raises(WrongState):
        do("grant", cast.keeper, Role.KEEPER, by=cast.administrator)
    with pytest.raises(WrongState):
        do("withdraw", cast.keeper, Role.HANDLER, by=cast.administrator)
    with pytest.raises(Unready):
        do("grant", cast.leaver, Role.KEEPER, by=cast.administrator)


def test_a06_the_last_administrator_neither_leaves_nor_loses_the_role(cast):
    for verb, *given in (("withdraw", Role.ADMINISTRATOR), ("end_service",)):
        with pytest.raises(Unready):
            do(verb, cast.administrator, *given, by=EFFECT)
    assert again(cast.administrator).roles == {"administrator"}


@pytest.mark.parametrize("verb", ["withdraw", "end_service"])
def test_a06_two_administrators_who_remove_each_other_leave_one(app, cast, second, verb):
    pairs = [(cast.administrator.id, second.id), (second.id, cast.administrator.id)]
    given = (Role.ADMINISTRATOR,) if verb == "withdraw" else ()
    barrier, outcomes = threading.Barrier(2), []
    db.session.rollback()

    def run(whom: str, by: str) -> None:
        with app.app_context():
            assert db.session.get_one(Person, by).roles == {"administrator"}
            barrier.wait()
            try:
                with write():
                    rows = [db.session.get_one(Person, one) for one in (whom, by)]
                    held = rows[1].roles  # as the page looks before the service does
                    assert held <= {"administrator"}
                    getattr(service, verb)(rows[0], *given, rows[1], clock.now())
                outcomes.append("done")
            except Refused as refusal:
                outcomes.append(type(refusal))
            finally:
                db.session.remove()

    threads = [threading.Thread(target=run, args=pair) for pair in pairs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert outcomes.count("done") == 1
    assert len(queries.holders(Role.ADMINISTRATOR)) == 1


# the pages


def test_a_role_is_granted_and_withdrawn_after_a_page_that_asks(app, cast):
    browser = Browser(app).signs_in(cast.administrator)
    page = browser.opens(f"/people/{cast.admin.id}/roles")
    page = browser.opens(page.link("Anna luettelon hoitaja"))
    assert page.heading == "Anna rooli: luettelon hoitaja"
    assert again(cast.admin).roles == set()
    page = page.presses("Anna rooli")
    assert "antaja Timo Rantapajula" in page.main
    assert again(cast.admin).roles == {"keeper"}
    page = browser.opens(page.link("Poista luettelon hoitaja")).presses("Poista rooli")
    assert again(cast.admin).roles == set()
    assert "Luettelon hoitaja" in browser.opens(f"/people/{cast.admin.id}").main  # its history


def test_a_role_that_somebody_else_has_granted_meanwhile_is_told(app, cast, second):
    page = (
        Browser(app)
        .signs_in(cast.administrator)
        .opens(f"/people/{cast.admin.id}/roles/keeper/grant")
    )
    do("grant", cast.admin, Role.KEEPER, by=second)
    assert page.presses("Anna rooli").status == 409


@pytest.mark.parametrize(
    "path",
    ["roles/keeper/grant", "roles/administrator/withdraw", "unit", "leave", "return"],
)
def test_a06_no_page_and_no_post_changes_oneself(app, cast, second, path):
    browser = Browser(app).signs_in(cast.administrator)
    address = f"/people/{cast.administrator.id}/{path}"
    assert browser.opens(address).status == 403
    other = browser.opens(f"/people/{cast.admin.id}/roles/keeper/grant")
    token = next(
        one.get("value") for one in other.tree.iter("input") if one.get("name") == "csrf_token"
    )
    assert browser.posts(address, {"csrf_token": token, "unit": cast.far.id}).status == 403
    assert again(cast.administrator).roles == {"administrator"}


@pytest.mark.parametrize(
    ("who", "role", "path"),
    [
        ("keeper", Role.KEEPER, "/trail"),
        ("second", Role.ADMINISTRATOR, "/messages"),
        ("second", Role.ADMINISTRATOR, "/people/new"),
    ],
)
def test_a43_a_role_that_is_withdrawn_opens_nothing_any_more(app, cast, second, who, role, path):
    person = second if who == "second" else getattr(cast, who)
    browser = Browser(app).signs_in(person)
    assert browser.opens(path).status == 200
    do("withdraw", person, role, by=cast.administrator)
    assert browser.opens(path).status == 403


def test_the_trail_says_who_got_which_role_and_which_unit_was_changed(app, cast):
    do("grant", cast.admin, Role.KEEPER, by=cast.administrator)
    do("change_unit", cast.youth, by=cast.administrator, name_sv="Ungdom")
    day = clock.today()
    do("enter_absence", cast.head, day, day, None, by=cast.administrator)
    page = Browser(app).signs_in(cast.keeper).opens("/trail")
    assert "antoi roolin. Joonas Metsäpurola Luettelon hoitaja" in page.main
    assert "muutti yksikköä. Nuorisopalvelut" in page.main
    assert page.link("Joonas Metsäpurola") == f"/people/{cast.admin.id}"
    assert page.link("Nuorisopalvelut") == f"/people/units/{cast.youth.id}"
    assert cast.head.name not in page.main  # that they are away is not for everybody


def test_a43_a_form_opened_before_the_role_was_withdrawn_is_refused(app, cast, second):
    page = Browser(app).signs_in(second).opens(f"/people/{cast.admin.id}/roles/keeper/grant")
    do("withdraw", second, Role.ADMINISTRATOR, by=cast.administrator)
    assert page.presses("Anna rooli").status == 403
    assert again(cast.admin).roles == set()
