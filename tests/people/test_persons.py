"""Persons: found, added, changed, moved; what the pages show to whom."""

import pytest
from sqlalchemy import delete, select

from intake import clock
from intake.data import full_text
from intake.data.base import db
from intake.data.full_text.tables import DOCUMENT, STATE
from intake.data.write import write
from intake.engine import outbox
from intake.engine.outbox import Message
from intake.people import finding, seeing
from intake.people.models import LinkPurpose, LinkToken, Person, Role, Session, Unit
from intake.refusals import NotAllowed, Unready, WrongState
from tests.browser import Browser
from tests.mail_server import MailServer
from tests.people.doing import again, do, steps_of, told
from tests.people.mailbox import letters


def found(cast, seen_by="administrator", **narrowed) -> set[str]:
    page = seeing.page(again(getattr(cast, seen_by)), clock.today(), **narrowed)
    return {person.name for person in page.people}


def add(cast, email="uusi.ihminen@savonkoski.example", name="Uusi Ihminen", title=""):
    return do("add_person", email, name, title, cast.youth, by=cast.administrator)


def test_a_person_is_added_with_a_folded_address_and_cannot_sign_in_yet(cast):
    person = add(cast, email=" Uusi.Ihminen@SAVONKOSKI.example ")
    assert person.email == "uusi.ihminen@savonkoski.example"
    assert person.password_hash is None
    assert steps_of(person.id) == ["add"]


@pytest.mark.parametrize(
    ("email", "name", "wrong"),
    [
        ("", "Uusi", "email"),
        ("not an address", "Uusi", "email"),
        ("uusi@elsewhere.example", "Uusi", "email"),
        ("uusi@xsavonkoski.example", "Uusi", "email"),
        ("Noora.Lepoharjula@savonkoski.example", "Uusi", "email"),
        ("ilkka@savonkoski.example", "Uusi", "email"),  # of somebody who has left
        ("uusi@savonkoski.example", " ", "name"),
        ("uusi@savonkoski.example", "a\r\nBcc: b", "name"),
        ("uusi@savonkoski.example", "x" * 121, "name"),
    ],
)
def test_a_person_has_a_name_and_a_free_address_of_the_town(cast, email, name, wrong):
    with pytest.raises(Unready) as refusal:
        add(cast, email=email, name=name)
    assert {problem.field for problem in refusal.value.problems} == {wrong}


def test_a_subdomain_of_the_town_is_the_towns(cast):
    assert add(cast, email="uusi@edu.savonkoski.example")


def test_the_same_address_added_in_the_same_moment_is_a_field_error(cast, monkeypatch):
    from intake.people import rules

    monkeypatch.setattr(rules, "person_problems", lambda *_given, **_more: [])
    with pytest.raises(Unready) as refusal:
        add(cast, email=cast.requester.email)
    assert refusal.value.problems[0].field == "email"


def test_people_are_found_by_words_of_name_title_and_address(cast):
    with write():
        again(cast.stranger).title = "Vesihuoltoinsinööri"
    assert found(cast, q="emma") == {"Emma Karhulehtola"}
    assert found(cast, q="KARHU emm") == {"Emma Karhulehtola"}
    assert found(cast, q="vesihuoltoinsinoori") == {"Emma Karhulehtola"}
    assert found(cast, q="ilkka") == set()
    assert found(cast, q="ilkka", left=True) == {"Ilkka Särkijoutsela"}
    assert found(cast, q="%") == set()


def test_people_of_an_older_database_are_found_too(cast):
    with write():
        full_text.forget("p", *db.session.scalars(select(DOCUMENT.c.subject_id)))
        db.session.execute(delete(STATE))
    assert found(cast, q="emma") == set()
    with write():
        full_text.settle(clock.now())
        finding.complete(clock.now())
    assert found(cast, q="emma") == {"Emma Karhulehtola"}
    assert all(db.session.scalars(select(Unit.code)))


def test_the_list_is_narrowed_by_unit_and_role(cast):
    assert found(cast, unit=cast.library.id) == {"Antti Muurainvaara"}
    assert "Antti Muurainvaara" in found(cast, unit=cast.sector.id)
    assert found(cast, role="keeper") == {"Eero Kivihalla", "Aune Lumivuo"}
    assert found(cast, unit="nonsense") == set()


def test_a_list_goes_on_where_the_page_ended(cast, make, monkeypatch):
    monkeypatch.setattr(seeing, "PAGE", 4)
    seen, after = [], ""
    while after is not None:
        page = seeing.page(again(cast.keeper), clock.today(), after=after)
        seen += [person.name for person in page.people]
        after = page.after
    everybody = db.session.scalars(select(Person.name).where(Person.ended_at.is_(None)))
    assert seen == sorted(everybody)


def test_a41_a_head_sees_their_own_people_and_others_themselves(cast, make):
    assert found(cast, "head") == {
        *("Kaisa Ruskotuulela", "Helka Vuorivirtanen", "Noora Lepoharjula"),
        *("Joonas Metsäpurola", "Riitta Kirkasojala", "Antti Muurainvaara"),
    }
    assert found(cast, "chief") == {"Antti Muurainvaara"}
    assert found(cast, "stranger") == {"Emma Karhulehtola"}
    assert "Kaisa Ruskotuulela" in found(cast, "director")
    assert "Noora Lepoharjula" not in found(cast, "director")  # Kaisa answers for her people


def test_details_change_and_say_so(cast):
    by = cast.administrator
    assert not do("change_person", cast.admin, by=by, name=cast.admin.name)
    assert do("change_person", cast.admin, by=by, name="Joonas Koski", title="ohjaaja")
    assert again(cast.admin).name == "Joonas Koski"
    assert found(cast, q="joonas koski") == {"Joonas Koski"}
    assert do("change_person", by, by=by, title="päällikkö")  # one's own title one may


def test_a33_a_new_address_ends_sessions_and_links(app, cast):
    browser = Browser(app).signs_in(cast.admin)
    link = LinkToken(purpose=LinkPurpose.RESET, hash="x", ends_at=clock.now())
    with write():
        link.person_id = cast.admin.id
        db.session.add(link)
    do("change_person", cast.admin, by=cast.administrator, email="joonas@savonkoski.example")
    assert browser.opens("/desk").path == "/sign-in"
    assert db.session.get_one(LinkToken, link.id, populate_existing=True).used_at is not None


def test_a06_all_administrators_are_told_of_another_address(cast, make):
    other = make.person("Toinen Ylläpito", cast.town, Role.ADMINISTRATOR)
    do("change_person", cast.keeper, by=cast.administrator, title="viestintäpäällikkö")
    assert told("work_address") == []
    do("change_person", cast.keeper, by=cast.administrator, email="eero.k@savonkoski.example")
    assert set(told("work_address")) == {cast.keeper.id, cast.administrator.id, other.id}
    (letter,) = letters(other, "work_address")
    assert letter.subject == "Eero Kivihalla: toinen työsähköposti"
    assert "kirjautuu nyt osoitteella eero.k@savonkoski.example" in " ".join(letter.plain.split())
    assert f"/people/{cast.keeper.id}" in letter.plain
    addresses = {letter.to for letter in letters(cast.keeper, "work_address")}
    assert addresses == {"eero.k@savonkoski.example", "eero.kivihalla@savonkoski.example"}


def test_a06_the_former_address_is_told_too_and_then_forgotten(app, cast):
    do("change_person", cast.keeper, by=cast.administrator, email="eero.k@savonkoski.example")
    server = MailServer()
    server.start()
    app.config["MAIL_URL"] = server.url
    outbox.deliver()
    server.stop()
    assert [line for line in server.lines if line.startswith("To: eero.kivihalla@")]
    assert set(db.session.scalars(select(Message.address))) == {None}


def test_a06_nobody_changes_their_own_address_or_unit(cast):
    by = cast.administrator
    with pytest.raises(NotAllowed):
        do("change_person", by, by=by, email="timo@savonkoski.example")
    with pytest.raises(NotAllowed):
        do("move_person", by, cast.youth, by=by)


def test_a06_the_only_administrator_of_a_new_town_says_once_where_they_work(cast, make):
    by = cast.administrator
    with write():
        again(by).unit_id = cast.town.id
    assert do("move_person", by, cast.sector, by=by)
    with pytest.raises(NotAllowed):
        do("move_person", by, cast.town, by=by)
    with write():
        again(by).unit_id = None
    make.person("Toinen Valvoja", cast.town, Role.ADMINISTRATOR)
    with pytest.raises(NotAllowed):
        do("move_person", by, cast.sector, by=by)


def test_a43_offices_that_do_not_fit_the_new_unit_end_with_a_move(cast, make):
    make.head(cast.far, cast.head)
    do("move_person", cast.head, cast.youth, by=cast.administrator)
    assert again(cast.area).head_id == cast.head.id  # above the new unit
    assert again(cast.far).head_id is None
    do("move_person", cast.head, cast.far, by=cast.administrator)
    assert again(cast.area).head_id is None
    assert again(cast.area).deputy_id == cast.deputy.id
    assert steps_of(cast.head.id) == ["move", "move"]


def test_who_comes_back_has_neither_password_nor_roles(cast):
    with write():
        again(cast.leaver).password_hash = None
    do("take_back", cast.leaver, by=cast.administrator)
    person = again(cast.leaver)
    assert person.is_active
    assert (person.roles, person.password_hash) == (set(), None)
    with pytest.raises(WrongState):
        do("take_back", cast.leaver, by=cast.administrator)


# the pages


def test_an_administrator_adds_changes_and_moves_somebody(app, cast):
    browser = Browser(app).signs_in(cast.administrator)
    page = browser.opens(browser.opens("/people").link("Lisää henkilö"))
    page = page.fills(name="Uusi Ihminen", email="uusi@savonkoski.example", unit=cast.youth.id)
    page = page.presses("Lisää")
    assert page.heading == "Uusi Ihminen"
    assert "Ei voi vielä kirjautua" in page.main
    place = page.path
    page = browser.opens(f"{place}/change").fills(title="ohjaaja", language="sv")
    assert "ohjaaja" in page.presses("Tallenna").main
    page = browser.opens(f"{place}/unit").fills(unit=cast.library.id).presses("Siirrä")
    assert page.path == place
    assert "Kirjasto" in page.main
    assert "Timo Rantapajula siirsi henkilön toiseen yksikköön." in page.main


def test_a_wrong_address_is_said_beside_the_field(app, cast):
    page = Browser(app).signs_in(cast.administrator).opens("/people/new")
    page = page.fills(name="Uusi", email="uusi@elsewhere.example", unit=cast.youth.id)
    refused = page.presses("Lisää")
    assert refused.status == 422
    assert "savonkoski.example" in refused.errors[0]
    assert 'value="uusi@elsewhere.example"' in refused.html


def test_a_move_that_ends_an_office_asks_first(app, cast):
    browser = Browser(app).signs_in(cast.administrator)
    path = f"/people/{cast.head.id}/unit"
    page = browser.opens(path)
    assert "Kulttuuri ja vapaa-aika" in page.main
    refused = page.fills(unit=cast.far.id).presses("Siirrä")
    assert refused.status == 422
    assert "Kulttuuri ja vapaa-aika" in refused.errors[0]
    assert again(cast.area).head_id == cast.head.id
    done = refused.fills(sure=True).presses("Siirrä")
    assert done.path == f"/people/{cast.head.id}"
    assert again(cast.area).head_id is None


def test_a06_ones_own_page_offers_nothing_that_is_anothers(app, cast):
    browser = Browser(app).signs_in(cast.administrator)
    page = browser.opens(f"/people/{cast.administrator.id}")
    assert "muuttaa toinen pääkäyttäjä" in page.main
    for word in ("Siirrä", "Päätä palvelus"):
        assert word not in page.main
    assert 'name="email"' not in browser.opens(f"/people/{cast.administrator.id}/change").html
    assert "Anna" not in browser.opens(f"/people/{cast.administrator.id}/roles").main


def test_a_keeper_reads_and_changes_nothing(app, cast):
    browser = Browser(app).signs_in(cast.keeper)
    page = browser.opens(f"/people/{cast.requester.id}")
    assert "Noora Lepoharjula" in page.main
    for word in ("Muuta", "Siirrä", "Päätä palvelus"):
        assert word not in page.main
    assert "Lisää henkilö" not in browser.opens("/people").main


def test_the_list_keeps_its_narrowing_in_the_address(app, cast):
    browser = Browser(app).signs_in(cast.keeper)
    page = browser.opens("/people").fills(q="riitta").presses("Rajaa")
    assert "Riitta Kirkasojala" in page.main
    assert "Noora" not in page.main
    assert "Ketään ei löytynyt" in browser.opens("/people?q=zzz").main
    assert "Ilkka Särkijoutsela" in browser.opens(browser.opens("/people").link("Lähteneet")).main


def test_sessions_of_others_stay_when_one_address_changes(app, cast):
    Browser(app).signs_in(cast.requester)
    do("change_person", cast.admin, by=cast.administrator, email="joonas@savonkoski.example")
    assert db.session.scalars(select(Session)).one().ended_at is None


def test_two_who_change_a_person_at_once_see_what_stands_and_keep_what_they_typed(app, cast):
    path = f"/people/{cast.colleague.id}"
    browser = Browser(app).signs_in(cast.administrator)
    changing = browser.opens(f"{path}/change").fills(title="ohjaaja", language="sv")
    moving = browser.opens(f"{path}/unit").fills(unit=cast.far.id)
    do("change_person", cast.colleague, by=cast.administrator, title="nuorisotyöntekijä")
    do("move_person", cast.colleague, cast.library, by=cast.administrator)
    changed = changing.presses("Tallenna")
    assert changed.status == 409
    assert "Tallennettuna nyt: nuorisotyöntekijä" in changed.main
    assert "Tallennettuna nyt: Suomeksi" in changed.main
    assert 'value="ohjaaja"' in changed.html
    moved = moving.presses("Siirrä")
    assert (moved.status, "Tallennettuna nyt: Kirjasto" in moved.main) == (409, True)
    assert again(cast.colleague).title == "nuorisotyöntekijä"
    changed.presses("Tallenna")
    moved.presses("Siirrä")
    person = again(cast.colleague)
    assert (person.title, person.language, person.unit_id) == ("ohjaaja", "sv", cast.far.id)


def test_a_move_tells_which_absences_the_person_goes_on_to_be_deputy_for(app, cast, make):
    today = clock.today()
    make.absence(cast.chief, today, today, deputy=cast.colleague)
    browser = Browser(app).signs_in(cast.administrator)
    page = browser.opens(f"/people/{cast.colleague.id}/unit")
    assert f"Jää sijaiseksi poissaoloon: {cast.chief.name}." in page.main
    assert "Jää sijaiseksi" not in browser.opens(f"/people/{cast.stranger.id}/unit").main


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Uusi Tulija <uusi.tulija@savonkoski.example>", "uusi.tulija@savonkoski.example"),
        ("uusi.tulija@SAVONKOSKI.example\u200b", "uusi.tulija@savonkoski.example"),
        ("mäki@savonkoski.example", None),
        ("uusi.tulija@pieksämäki.example", None),  # no domain of this town
    ],
)
def test_a221_a_new_persons_address_is_kept_in_one_form(app, cast, typed, kept):
    page = Browser(app).signs_in(cast.administrator).opens("/people/new")
    page = page.fills(name="Uusi \u00a0Tulija", email=typed, unit=cast.youth.id).presses("Lisää")
    made = db.session.scalars(select(Person).where(Person.name == "Uusi Tulija")).first()
    assert (made.email if made else None) == kept
    assert kept or (page.status == 422 and page.errors)
