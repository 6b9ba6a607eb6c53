"""The town's own settings: every one is edited in the browser, checked, told of, and kept."""

import threading
from dataclasses import fields
from datetime import timedelta

import pytest
from sqlalchemy import select

from intake import clock
from intake.data.base import db
from intake.data.cache import transaction_cache
from intake.data.write import write
from intake.engine import audit_trail, jobs, outbox, replay, tracks
from intake.engine.outbox import Message
from intake.establishment.models import Request
from intake.establishment.states import RequestState as S
from intake.people import settings, town
from intake.people.forms.look import IMAGES, ColourForm
from intake.people.forms.town import GROUPS
from intake.people.models import Person, Role, Unit
from intake.people.town import Town
from intake.refusals import NotAllowed, Stale
from tests.browser import Browser
from tests.establishment import making as requests

NEW = {
    "name_fi": "Uusikoski",
    "name_sv": "Nyforsen",
    "name_en": "Newfalls",
    "genitive_fi": "Uusikosken",
    "genitive_sv": "Nyforsens",
    "genitive_en": "Newfalls's",
    "languages": "sv fi",
    "mail_domains": "Uusikoski.FI\n\nkoulu.uusikoski.fi",
    "own_sites": "Uusikoski.FI, uusikoskinyt.example",
    "register_page": "https://www.uusikoski.fi/some",
    "contact_email": "tieto@uusikoski.fi",
    "dpo_contact": "suoja@uusikoski.fi",
    "it_contact": "tuki@uusikoski.fi",
    "postal_address": "Koskitie 1, 12345 Uusikoski",
    "phone": "+358 9 123456",
    "draft_days": "120",
    "consent_days": "31",
    "decision_working_days": "11",
    "completion_days": "15",
    "setup_days": "32",
    "tick_days": "33",
    "address_days": "16",
    "closing_notice_days": "34",
    "expert_closing_notice_days": "17",
    "alarm_hours": "2",
    "lost_days": "8",
    "answering_days": "6",
    "office_review_days": "90",
    "expert_review_days": "91",
    "review_grace_days": "45",
    "continuation_days": "15",
    "change_days": "16",
    "handover_days": "6",
    "quiet_days": "21",
    "low_hours": "1,25",
    "urgent_hours": "3",
    "triage_working_days": "2",
    "review_working_days": "4",
    "info_days": "15",
    "answer_days": "5",
    "no_answer_days": "3",
    "refusal_days": "6",
    "recovery_days": "2",
    "police_working_days": "7",
    "flood_cases": "30",
}
STORED = NEW | {
    "languages": ("sv", "fi"),
    "mail_domains": ("uusikoski.fi", "koulu.uusikoski.fi"),
    "own_sites": ("uusikoski.fi", "uusikoskinyt.example"),
    "low_hours": 1.25,
}
COUNTS = ("_days", "_hours", "_cases")
URLS = {
    "javascript:alert(1)": False,
    "JaVaScRiPt://x.fi/%0aalert(1)": False,
    "data:text/html,<script>": False,
    "vbscript:x": False,
    "//evil.example": False,
    "/register": False,
    "www.savonkoski.fi": False,
    "ftp://savonkoski.fi/some": False,
    "https://": False,
    "https:///some": False,
    "https://localhost/some": False,
    "https://savonkoski.fi@evil.example/": False,
    "https://user:secret@savonkoski.fi/": False,
    "https://savonkoski.fi:99999/": False,
    "https://savonkoski.fi/a b": False,
    'https://savonkoski.fi/"onmouseover=': False,
    "https://savonkoski.fi\\evil.example": False,
    "https://[::1": False,
    "https://savonkoski.fi/\u202eemos": False,
    "https://www.savonkoski.fi/some?a=1#b": True,
    "https://savonkoski.fi:8080/": False,
    "http://savonkoski.fi": True,
    "HTTPS://SAVONKOSKI.FI/": True,
    "https://www.pieksämäki.fi/": True,
}


def group_of(name: str) -> str:
    return next(group for group, form in GROUPS.items() if hasattr(form, name))


def at_work(app, cast, language: str = "fi") -> Browser:
    browser = Browser(app)
    browser.language = language
    return browser.signs_in(cast.administrator)


def now_stored(name: str):
    db.session.rollback()
    transaction_cache().clear()
    return getattr(town.current(), name)


def change(by: Person, seen: int = 0, **values) -> bool:
    with write():
        return settings.change(values, db.session.get_one(Person, by.id), clock.now(), seen=seen)


def test_every_setting_stands_in_one_form_and_is_tried_here():
    shown = [field for form in (*GROUPS.values(), ColourForm) for field in names(form)]
    assert len(shown) == len(set(shown))
    assert set(shown) == {line.name for line in fields(Town)} - {*IMAGES, "is_demo", "revision"}
    assert set(shown) == {*NEW, "colour"}


def names(form) -> list[str]:
    return [name for name in dir(form) if name in town.NAMES]


@pytest.mark.parametrize("name", NEW)
def test_a_setting_is_changed_in_the_browser_and_shown(app, cast, name):
    page = at_work(app, cast).opens("/upkeep").follows("Kunnan asetukset")
    page = page.browser.opens(f"/town/{group_of(name)}")
    page = page.fills(**{name: NEW[name]}).presses("Tallenna")
    assert (page.status, page.path) == (200, "/town")
    expected = STORED[name]
    assert now_stored(name) == (
        int(expected) if name.endswith(COUNTS) and name != "low_hours" else expected
    )
    again = page.browser.opens(f"/town/{group_of(name)}").presses("Tallenna")
    assert "Mitään ei muutettu." in again.main
    assert now_stored("revision") == 1


def test_what_is_stored_is_what_the_pages_say(app, cast):
    told = {name: NEW[name] for name in ("dpo_contact", "postal_address", "phone")}
    change(cast.administrator, name_fi="Uusikoski", contact_email="tieto@uusikoski.fi", **told)
    page = Browser(app).opens("/check?q=nobody.knows.this")
    assert "Uusikoski" in page.text
    assert "tieto@uusikoski.fi" in page.text
    page = Browser(app).opens("/privacy")
    for value in told.values():
        assert value in page.main


def test_the_first_language_is_that_of_whoever_has_chosen_none(app, cast):
    change(cast.administrator, languages=("sv", "en"))
    visitor = Browser(app)
    visitor.language = "de"
    page = visitor.opens("/register")
    assert 'lang="sv"' in page.html
    assert "?lang=fi" not in page.html


def test_the_town_and_the_root_of_its_organisation_have_one_name(app, cast):
    assert change(cast.administrator, name_fi="Uusikoski", name_sv="Nyforsen")
    db.session.rollback()
    root = db.session.get_one(Unit, cast.town.id)
    assert (root.name_fi, root.name_sv) == ("Uusikoski", "Nyforsen")
    assert audit_trail.history([root.id])[-1][0].step == "change"
    assert change(cast.administrator, seen=1, phone="1")
    assert len(audit_trail.history([root.id])) == 1


BAD = [
    ("name_fi", "", {"fi": "Täytä tämä kohta.", "sv": "Fyll i det här", "en": "Fill in"}),
    (
        "name_fi",
        "x" * 61,
        {"fi": "yhden merkin liian pitkä", "sv": "ett tecken för lång", "en": "one char"},
    ),
    ("mail_domains", "", {"fi": "ainakin yksi", "sv": "minst en", "en": "at least one"}),
    ("mail_domains", "ok.fi\nei ole", {"fi": "ei ei ole", "sv": "ei är inget", "en": "ei is not"}),
    (
        "mail_domains",
        "x@ok.fi",
        {"fi": "x@ok.fi ei ole", "sv": "inget domännamn", "en": "is not a"},
    ),
    ("mail_domains", "fi", {"fi": "fi ei ole", "sv": "fi är inget", "en": "fi is not a domain"}),
    ("contact_email", "tieto", {"fi": "sähköpostiosoite", "sv": "e-postadress", "en": "an e-mail"}),
    ("decision_working_days", "0", {"fi": "5–60", "sv": "5–60", "en": "from 5 to 60"}),
    ("decision_working_days", "2000", {"fi": "5", "sv": "60", "en": "from 5 to 60"}),
    ("decision_working_days", "10,5", {"fi": "5", "sv": "60", "en": "from 5 to 60"}),
    ("draft_days", "30", {"fi": "97", "sv": "730", "en": "from 97 to 730"}),
    (
        "decision_working_days",
        "pian",
        {"fi": "kokonaisluku, esimerkiksi 5", "sv": "heltal, till exempel 5", "en": "whole number"},
    ),
    ("low_hours", "paljon", {"fi": "luku", "sv": "tal", "en": "Write a number"}),
    ("low_hours", "0", {"fi": "0,25", "sv": "0,25", "en": "from 0,25 to 20"}),
    (
        "register_page",
        "www.x.fi",
        {"fi": "koko osoite", "sv": "hela adress", "en": "whole address"},
    ),
]


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
@pytest.mark.parametrize(("name", "typed", "told"), BAD)
def test_what_cannot_be_is_said_beside_the_field_and_kept(app, cast, name, typed, told, language):
    before = now_stored(name)
    with write():
        db.session.get_one(Person, cast.administrator.id).language = language
    browser = Browser(app).signs_in(cast.administrator)
    save = {"fi": "Tallenna", "sv": "Spara", "en": "Save"}[language]
    page = browser.opens(f"/town/{group_of(name)}").fills(**{name: typed}).presses(save)
    assert page.status == 422
    assert any(told[language].split("–")[0] in error for error in page.errors), page.errors
    assert typed in page.html
    assert now_stored(name) == before


def test_what_is_wrong_in_several_fields_names_each(app, cast):
    page = at_work(app, cast).opens("/town/times")
    page = page.fills(alarm_hours="", lost_days="", tick_days="0").presses("Tallenna")
    assert page.errors == [
        "Kirjoita kokonaisluku väliltä 1–365.",
        "Kaapattuun profiiliin tarttuminen (tuntia): Täytä tämä kohta.",
        "Kadonneen profiilin katsominen uudelleen (päivää): Täytä tämä kohta.",
    ]


def test_domains_may_stand_on_one_line_with_commas(app, cast):
    page = at_work(app, cast).opens("/town/addresses")
    page.fills(mail_domains="savonkoski.example, Vesi.example;koulut.example,").presses("Tallenna")
    assert now_stored("mail_domains") == ("savonkoski.example", "vesi.example", "koulut.example")


def test_only_offered_languages_in_an_offered_order_are_taken(app, cast):
    browser = at_work(app, cast)
    for wanted in ("en", "en fi", "de", "fi fi", ""):
        page = browser.opens("/town/addresses")
        filled = page.fills()
        form, _button = filled._button("Tallenna")
        data = filled._data(form)
        data.setlist("languages", [wanted])
        assert browser.posts("/town/addresses", data).status == 422, wanted
    assert now_stored("languages") == ("fi", "sv", "en")


@pytest.mark.parametrize(("address", "good"), URLS.items())
def test_a28_the_link_to_the_register_leads_to_a_page_on_the_web(app, cast, address, good):
    page = at_work(app, cast).opens("/town/addresses")
    page = page.fills(register_page=address).presses("Tallenna")
    assert page.status == (200 if good else 422)
    assert now_stored("register_page") == (address if good else "")


def test_a28_an_address_that_came_in_otherwise_is_no_link(app, cast):
    with write():
        town.store(register_page="javascript:alert(1)")
    assert "javascript:" not in Browser(app).opens("/register").html


# who is told, and what is kept (A132)


def test_a132_a_change_is_in_the_trail_with_what_was_before(app, cast):
    assert change(cast.administrator, mail_domains=("evil.example",), draft_days=100)
    entry, words = audit_trail.history([settings.COUNTER])[-1]
    assert (entry.track, entry.step, entry.actor) == ("town", "change", cast.administrator.id)
    assert entry.detail() == {"settings": ["draft_days", "mail_domains"], "revision": 1}
    assert words == {
        "mail_domains": [["savonkoski.example"], ["evil.example"]],
        "draft_days": [104, 100],
    }
    assert not replay.verify()
    page = at_work(app, cast).opens("/town")
    assert "Sähköpostin verkkotunnukset: savonkoski.example → evil.example" in page.main
    assert "Luonnos, jota kukaan ei muokkaa (päivää): 104 → 100" in page.main


def test_a132_every_other_administrator_is_told(app, cast, make):
    second = make.person("Aili Uusitalo", None, Role.ADMINISTRATOR, language="sv")
    third = make.person("Arvo Uusitalo", None, Role.ADMINISTRATOR)
    gone = make.person("Asta Uusitalo", None, Role.ADMINISTRATOR)
    make.leave(gone)
    change(cast.administrator, phone="1")
    told = list(db.session.scalars(select(Message).where(Message.template == "settings_changed")))
    assert {message.person_id for message in told} == {second.id, third.id}
    letter = outbox.letter(next(line for line in told if line.person_id == second.id))
    assert letter.subject == "Kommunens inställningar ändrades"
    assert "Timo Rantapajula ändrade kommunens inställningar." in letter.plain
    assert "/town" in letter.plain
    change(cast.administrator, seen=1, phone="1")
    assert len(list(db.session.scalars(select(Message)))) == 2


def test_a06_nothing_but_settings_is_set_and_by_nobody_but_an_administrator(app, cast):
    browser = at_work(app, cast)
    filled = browser.opens("/town/names").fills(name_fi="Uusi")
    data = filled._data(filled._button("Tallenna")[0])
    for name, value in {"is_demo": "y", "revision": "9", "logo": "x", "roles": "keeper"}.items():
        data.add(name, value)
    assert browser.posts("/town/names", data).path == "/town"
    assert now_stored("name_fi") == "Uusi"
    assert (now_stored("is_demo"), now_stored("revision"), now_stored("logo")) == (False, 1, ())
    for other in (cast.keeper, cast.head):
        with pytest.raises(NotAllowed):
            change(other, seen=1, phone="1")


# two at once


def test_two_who_change_the_same_see_each_other(app, cast, make):
    second = make.person("Aili Uusitalo", None, Role.ADMINISTRATOR)
    mine = at_work(app, cast).opens("/town/names")
    theirs = Browser(app).signs_in(second).opens("/town/names")
    assert theirs.fills(name_fi="Heidän").presses("Tallenna").status == 200
    page = mine.fills(name_fi="Minun", name_sv="Min").presses("Tallenna")
    assert page.status == 409
    assert "Nyt se on: Heidän" in page.main
    assert 'value="Minun"' in page.html
    assert 'value="Min"' in page.html
    assert page.main.count("Nyt se on") == 1
    assert now_stored("name_fi") == "Heidän"
    assert page.presses("Tallenna").path == "/town"
    assert (now_stored("name_fi"), now_stored("name_sv")) == ("Minun", "Min")


def test_a_change_of_something_else_stands_in_nobodys_way(app, cast):
    assert change(cast.administrator, phone="1")
    assert change(cast.administrator, seen=0, name_fi="Uusi")
    with pytest.raises(Stale):
        change(cast.administrator, seen=0, phone="2")


def test_two_at_the_same_moment_wait_for_each_other(app, cast):
    barrier, outcomes = threading.Barrier(2), []
    by = cast.administrator.id
    db.session.rollback()

    def save(value: str) -> None:
        with app.app_context():
            barrier.wait()
            try:
                with write():
                    person = db.session.get_one(Person, by)
                    settings.change({"phone": value}, person, clock.now(), seen=0)
                outcomes.append("saved")
            except Stale:
                outcomes.append("stale")
            finally:
                db.session.remove()

    threads = [threading.Thread(target=save, args=(value,)) for value in ("1", "2")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert sorted(outcomes) == ["saved", "stale"]
    assert now_stored("revision") == 1


# deadlines


def test_a_deadline_that_runs_keeps_its_day_and_the_next_one_has_the_new(app, cast):
    old = requests.make_request(cast, S.SUBMITTED)
    due = old.due_at
    change(cast.administrator, decision_working_days=30)
    db.session.rollback()
    assert db.session.get_one(Request, old.id).due_at == due
    new = requests.make_request(cast, S.SUBMITTED, profile={"handle": ["nuoret.uudet"]})
    assert new.due_at == clock.due(clock.now(), 30, working=True)
    assert new.due_at > due


def test_every_limit_leaves_room_for_its_first_letter(app):
    """The first letter speaks of it before its day, not before its beginning."""
    seen = 0
    with app.test_request_context("/"):
        for track in tracks.tracks().values():
            for deadline in track.workflow.deadlines:
                if deadline.setting is None or deadline.setting == "draft_days":
                    continue
                days = [
                    max(task.told)
                    for task in track.tasks
                    if deadline.state in task.states and task.after is None and not task.due
                ]
                field = GROUPS[group_of(deadline.setting)](formdata=None)[deadline.setting]
                seen += 1
                assert field.least >= -min(days, default=0), deadline.setting
    assert seen >= 4


def test_letters_of_a_shorter_deadline_still_come(app, cast, still):
    change(cast.administrator, address_days=8, consent_days=24, draft_days=97)
    requests.make_request(cast, S.DRAFT)
    still.shift(timedelta(days=8))
    jobs.tick()
    told = select(Message.person_id).where(Message.template == "morning")
    assert cast.requester.id in db.session.scalars(told).all()


def test_an_unknown_group_is_no_page(app, cast):
    for group in ("look/x", "nothing", "names/x"):
        assert at_work(app, cast).opens(f"/town/{group}").status == 404
