"""Every step that has a form of its own, through that form: what it changes, what the reporter is
told of it, and that a mistake stores nothing and loses nothing that was typed."""

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import pytest

from intake.data.base import db
from intake.fakes import queries
from intake.fakes.models import Look, Question
from intake.fakes.reporter import Told
from intake.fakes.states import CaseState as C
from intake.fakes.states import Ground, Outcome, PoliceState, Priority
from intake.people.models import Person
from tests.browser import Browser, Page, words
from tests.dump import rows_of
from tests.fakes.following import at_status, coded
from tests.fakes.making import FAKE, again, case_of, make_case, make_lead, report, take, walk
from tests.profiles.making import make_profile

WHY = "Kuvat ovat kaupungin tililtä."
HANDLED = "Käsittelemme ilmoitustasi"
NOT_FAKE = "Kyse ei ole valeprofiilista"


@dataclass(frozen=True)
class Form:
    """A step, from where, what is answered, where it leads and what the reporter then reads; `bad`
    are what is wrong: (answers, field beside which it is said, sentence)."""

    step: str
    start: C
    good: dict[str, Any]
    to: C
    follow: str
    bad: tuple[tuple[dict[str, Any], str, str], ...] = ()
    lead: bool = field(default=False)


FORMS = (
    Form("take", C.RECEIVED, {}, C.UNDER_REVIEW, HANDLED),
    Form("go_on", C.NEEDS_INFO, {}, C.UNDER_REVIEW, HANDLED),
    Form(
        "ask_reporter",
        C.UNDER_REVIEW,
        {"phrase": "screenshot"},
        C.NEEDS_INFO,
        "Tarvitsemme lisätietoja",
        (({"phrase": []}, "phrase", "Valitse yksi."),),
    ),
    Form(
        "confirm",
        C.UNDER_REVIEW,
        {"unit_answer": "not_ours", "looks_private": False},
        C.CONFIRMED,
        "Totesimme profiilin valeprofiiliksi",
        (
            ({"looks_private": True}, "unit_answer", "Valitse yksi."),
            ({"unit_answer": "not_ours", "looks_private": True}, "", "Toisen käsittelijän"),
        ),
    ),
    Form(
        "dismiss",
        C.UNDER_REVIEW,
        {"ground": "parody", "reason": WHY},
        C.NOT_FAKE,
        NOT_FAKE,
        (
            ({"reason": WHY}, "ground", "Valitse yksi."),
            ({"ground": "parody", "reason": "  "}, "reason", "Kerro syy."),
            ({"ground": "parody", "reason": "x" * 2001}, "reason", "yhden merkin liian pitkä"),
        ),
    ),
    Form(
        "note_takedown",
        C.CONFIRMED,
        {"outcome": "hidden_in_eu", "looked": True, "seen_text": "Sivua ei löydy."},
        C.TAKEN_DOWN,
        "Profiilia ei enää näe EU:ssa",
        (
            ({"looked": True, "seen_text": WHY}, "outcome", "Valitse yksi."),
            ({"outcome": "removed", "seen_text": WHY}, "looked", "Katso profiilia ensin itse"),
        ),
    ),
    Form(
        "recheck",
        C.TAKEN_DOWN,
        {"looked": True},
        C.TAKEN_DOWN,
        "Profiili on poistettu",
        (({}, "looked", "Katso profiilia ensin itse"),),
    ),
    Form(
        "reopen",
        C.TAKEN_DOWN,
        {"reason": "Profiili palasi eilen."},
        C.REOPENED,
        "Käsittelemme asiaa uudelleen",
        (({"reason": ""}, "reason", "Kerro syy."),),
    ),
    Form(
        "retract",
        C.CONFIRMED,
        {"ground": "other_body", "reason": WHY},
        C.NOT_FAKE,
        NOT_FAKE,
        (({"ground": "other_body", "reason": ""}, "reason", "Kerro syy."),),
        lead=True,
    ),
    Form(
        "close_unresolved",
        C.ESCALATED,
        {"reason": WHY, "no_warning_reason": "Harva näki sen."},
        C.CLOSED_UNRESOLVED,
        "Asia on päätetty, mutta profiilia ei poistettu",
        (
            ({"reason": WHY}, "no_warning_reason", "Kerro, miksi yleisöä ei varoitettu."),
            ({"no_warning_reason": "Harva näki sen."}, "reason", "Kerro syy."),
        ),
        lead=True,
    ),
    Form(
        "set_aside",
        C.UNDER_REVIEW,
        {},
        C.SPAM,
        "Asia on päätetty, eikä se aiheuta toimia",
    ),
    Form("restore", C.SPAM, {}, C.RECEIVED, "Käsittelemme asiaa uudelleen"),
)


def stored() -> dict[str, list[Any]]:
    """All that there is, but for who is signed in and when they came."""
    db.session.rollback()
    rows = rows_of(db.session)
    return {name: rows[name] for name in rows if name not in ("session", "login_attempt")}


def beside(page: Page, name: str) -> str:
    """What is said of a mistake at a field; "" names the summary, for no field of its own."""
    if not name:
        return " ".join(page.errors)
    found = [one for one in page.tree.iter() if one.get("id") == f"{name}-error"]
    assert found, f"nothing beside {name}: {page.errors}"
    return words(found[0])


def typed(page: Page) -> dict[str, Any]:
    """What the controls of the form hold: text, or the values that are ticked."""
    held: dict[str, Any] = {}
    for one in page.tree.iter():
        name, kind = one.get("name"), one.get("type")
        if not name or one.tag not in ("input", "textarea", "select"):
            continue
        if kind in ("radio", "checkbox"):
            held.setdefault(name, [])
            held[name] += [one.get("value")] if one.get("checked") is not None else []
        elif one.tag == "select":
            chosen = [each.get("value") for each in one.iter("option") if "selected" in each.attrib]
            held[name] = chosen[0] if chosen else ""
        else:
            held[name] = one.get("value") or "".join(one.itertext()).removeprefix("\n")
    return held


def is_kept(page: Page, answers: dict[str, Any]) -> None:
    """Everything that was answered stands in the form that was refused."""
    held = typed(page)
    for name, value in answers.items():
        many = value if isinstance(value, list) else ["y" if value is True else value.strip()]
        kept = held[name] if isinstance(held[name], list) else [held[name]]
        assert set(kept) - {""} == set(many) - {""}, name


def refused(page: Page, answers: dict[str, Any], name: str, sentence: str) -> Page:
    """The form comes again: 422, the sentence beside the field, all kept, nothing stored."""
    before = stored()
    page = page.fills(**answers).presses(page.heading)
    assert page.status == 422, page.main
    assert sentence in beside(page, name)
    is_kept(page, answers)
    assert stored() == before
    return page


@pytest.fixture
def lead(cast) -> Person:
    return make_lead(cast)


@pytest.mark.policy("P5")
@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.step)
def test_a_step_is_taken_by_its_form_and_the_reporter_reads_of_it(app, cast, lead, still, form):
    made, code = coded(FAKE, description=WHY)
    case = walk(cast, made, form.start, lead)
    if form.step == "confirm":
        take_look(app, cast, case)
    still.shift(timedelta(minutes=1))
    browser = Browser(app).signs_in(lead if form.lead else cast.handler)
    page = browser.opens(f"/cases/{case.id}/{form.step}")
    for answers, name, sentence in form.bad:
        page = refused(browser.opens(page.path), answers, name, sentence)
        assert again(case).state is form.start
    page = page.fills(**form.good).presses(page.heading)
    assert page.path == f"/cases/{case.id}", page.main
    assert page.status == 200
    assert again(case).state is form.to
    assert at_status(app, code).heading == form.follow


def take_look(app, cast, case) -> None:
    """A handler's own look is evidence, noted by its own form."""
    page = Browser(app).signs_in(cast.handler).opens(f"/cases/{case.id}/confirm")
    page = page.fills(unit_answer="not_ours").presses(page.heading)
    assert page.status == 422
    assert again(case).state is C.UNDER_REVIEW
    page = page.follows("Kirjaa oma havaintosi")
    page = refused(page, {"text": WHY}, "there", "Valitse yksi.")
    page = page.fills(there="yes").presses(page.heading)
    assert WHY in page.main
    assert queries.latest_look(case).there


def test_what_a_takedown_was_is_kept_with_the_look_that_saw_it(app, cast):
    case = make_case(cast, C.CONFIRMED)
    page = Browser(app).signs_in(cast.handler).opens(f"/cases/{case.id}/note_takedown")
    page = page.fills(outcome="renamed", looked=True, seen_text="Nimi on nyt Arvontapaikka.")
    page = page.presses("Kirjaa poistetuksi")
    look = db.session.query(Look).order_by(Look.seen_at.desc()).first()
    assert (again(case).outcome, look.there) == (Outcome.RENAMED, True)
    assert "Nimi on nyt Arvontapaikka." in page.main


@pytest.mark.policy("P5")
def test_looks_come_after_7_30_and_90_days_and_the_last_asks_about_the_police(app, cast, still):
    case = make_case(cast, C.TAKEN_DOWN, harm="money")
    for days in (7, 23, 61):  # the 90th is a Sunday: it is due on Monday
        still.shift(timedelta(days=days))
        browser = Browser(app).signs_in(cast.handler)
        assert case.reference in browser.opens("/desk").main
        page = browser.opens(f"/cases/{case.id}/recheck").fills(looked=True)
        page = page.presses("Kirjaa uusi tarkastus")
        if days == 61:
            assert page.status == 422
            assert "Päätä ensin, ilmoitetaanko poliisille." in page.errors
            path = f"/cases/{case.id}/decide_not_needed"
            page = browser.opens(path).fills(reason="Asianomistaja ei halua.")
            page = page.presses("Poliisia ei tarvita")
            assert again(case).police is PoliceState.NOT_NEEDED
            page = browser.opens(f"/cases/{case.id}/recheck").fills(looked=True)
            page = page.presses("Kirjaa uusi tarkastus")
        assert page.status == 200
    assert again(case).due_at is None


def test_an_opinion_is_another_handlers_and_lets_a_private_looking_fake_be_confirmed(
    app, cast, lead
):
    case = make_case(cast, C.UNDER_REVIEW)
    take_look(app, cast, case)
    mine = Browser(app).signs_in(cast.handler)
    assert mine.opens(f"/cases/{case.id}/second").status == 403
    page = Browser(app).signs_in(lead).opens(f"/cases/{case.id}/second")
    page = refused(page, {"opinion": " "}, "opinion", "Kerro näkemyksesi.")
    page = page.fills(opinion="Nimi ja kuva ovat kaupungin.").presses("Anna toinen arvio")
    assert "Nimi ja kuva ovat kaupungin." in page.main
    page = mine.opens(f"/cases/{case.id}/confirm").fills(unit_answer="not_ours", looks_private=True)
    page.presses("Totea valeprofiiliksi")
    assert again(case).state is C.CONFIRMED


def test_a_case_is_given_to_a_handler_and_to_nobody(app, cast, lead):
    case = case_of(report(FAKE))
    browser = Browser(app).signs_in(cast.handler)
    page = browser.opens(f"/cases/{case.id}/assign").fills(handler=lead.id)
    assert lead.name in page.presses("Osoita käsittelijälle").main
    assert again(case).handler_id == lead.id
    forged = {**typed(browser.opens(f"/cases/{case.id}/assign")), "handler": cast.head.id}
    before = stored()
    assert browser.posts(f"/cases/{case.id}/assign", forged).status == 422
    assert stored() == before
    page = browser.opens(f"/cases/{case.id}/assign").fills(handler="")
    page.presses("Osoita käsittelijälle")
    assert again(case).handler_id is None


def test_a_question_goes_to_the_report_that_was_chosen(app, cast):
    one, two = report(FAKE), report(FAKE, description=WHY)
    case = take(case_of(one), "take", cast.handler)
    page = Browser(app).signs_in(cast.handler).opens(f"/cases/{case.id}/ask_reporter")
    page = refused(page, {"phrase": "address"}, "report", "Valitse yksi.")
    page = page.fills(report=two.id).presses("Pyydä lisätietoja")
    assert "Kysymys odottaa ilmoittajan seurantasivulla." in page.main
    assert db.session.query(Question).one().report_id == two.id


def test_an_address_is_added_where_it_can_be_read_and_is_no_other_cases(app, cast):
    case, other = case_of(report(FAKE)), case_of(report("https://x.com/savonkoski_fi"))
    page = Browser(app).signs_in(cast.handler).opens(f"/cases/{case.id}/add_key")
    for key, sentence in (
        ("", "Kirjoita osoite tai tunnus."),
        ("?!", "Kirjoita osoite tai tunnus."),
        ("https://x.com/savonkoski_fi", f"Osoite kuuluu tapaukseen {other.reference}."),
        (FAKE, "Osoite on jo tässä tapauksessa."),
    ):
        page = refused(page, {"key": key}, "key", sentence)
    page = page.fills(key="https://www.facebook.com/savonkoski.arvonta").presses("Lisää osoite")
    assert "Osoite on lisätty." in page.main
    assert case_of(report("fb.com/savonkoski.arvonta", platform="facebook")).id == case.id


def test_parting_leaves_something_and_asks_for_something(app, cast):
    first, second = report(FAKE), report(FAKE, description=WHY)
    case = case_of(first)
    page = Browser(app).signs_in(cast.handler).opens(f"/cases/{case.id}/split")
    page = refused(page, {}, "reports", "Valitse ilmoitukset tai osoitteet")
    every = {"reports": [first.id, second.id], "keys": [one.id for one in queries.keys_of(case)]}
    page = refused(page, every, "reports", "Jätä alkuperäiseen tapaukseen")
    page = page.fills(reports=[second.id], keys=[]).presses("Erota")
    assert "Erotetulla osalla on nyt oma tapaus." in page.main
    assert case_of(second).id != case.id


def test_a_merge_is_undone_with_a_reason(app, cast):
    case = make_case(cast, C.DUPLICATE)
    page = Browser(app).signs_in(cast.handler).opens(f"/cases/{case.id}").follows("Pura yhdist")
    page = refused(page, {"reason": ""}, "reason", "Kerro syy.")
    page = page.fills(reason="Eri tekijä.").presses(page.heading)
    assert again(case).state is C.UNDER_REVIEW
    assert "Yhdistäminen on purettu." in page.main


@pytest.mark.policy("P7")
def test_who_is_excluded_is_chosen_and_reasoned(app, cast, lead):
    case = case_of(report(FAKE))
    page = Browser(app).signs_in(lead).opens(f"/cases/{case.id}/exclude")
    page = refused(page, {"reason": WHY}, "person", "Valitse yksi.")
    page = refused(page, {"person": cast.handler.id, "reason": ""}, "reason", "Kerro syy.")
    page = page.fills(reason=WHY).presses("Sulje henkilö pois")
    assert "Henkilö ei enää näe tapauksesta mitään." in page.main
    assert [row.person_id for row in queries.exclusions_of(case)] == [cast.handler.id]


@pytest.mark.policy("P7")
def test_a_reporters_data_are_opened_for_ten_minutes_with_a_line_in_the_trail(app, cast, still):
    made = report(FAKE, told=Told(name="Aino Ilmoittaja", email="aino@example.org"))
    case = case_of(made)
    browser = Browser(app).signs_in(cast.handler)
    page = browser.opens(f"/cases/{case.id}")
    assert "Aino" not in page.main
    page = refused(browser.opens(f"/cases/{case.id}/reveal"), {"what": []}, "what", "Valitse yksi.")
    page = browser.opens(f"/cases/{case.id}").follows("Näytä ilmoittajan tiedot")
    page = page.presses("Näytä ilmoittajan tiedot")
    assert "aino@example.org" in page.main
    assert "avasi suojattuja tietoja" in page.main
    still.shift(timedelta(minutes=11))
    assert "aino@example.org" not in browser.opens(f"/cases/{case.id}").main


def test_urgency_and_whom_it_imitates_are_a_handlers_to_say(app, cast):
    case, profile = case_of(report(FAKE)), make_profile(cast)
    browser = Browser(app).signs_in(cast.handler)
    before = case.due_at
    browser.opens(f"/cases/{case.id}/prioritise").fills(priority="urgent").presses("Muuta kiireel")
    assert again(case).priority is Priority.URGENT
    assert again(case).due_at < before
    page = browser.opens(f"/cases/{case.id}/aim").fills(profile=profile.id, unit=cast.far.id)
    page.presses("Merkitse, ketä se esittää")
    assert (again(case).profile_id, again(case).unit_id) == (profile.id, cast.far.id)


@pytest.mark.policy("P5", "P8")
def test_a_retraction_reaches_the_check_at_once(app, cast, lead):
    case = make_case(cast, C.CONFIRMED)
    visitor = Browser(app)
    assert "ei ole kaupungin" in visitor.opens("/check", query={"q": FAKE}).main
    page = Browser(app).signs_in(lead).opens(f"/cases/{case.id}/retract")
    page.fills(ground="namesake", reason=WHY).presses("Kumoa toteamus")
    assert again(case).ground is Ground.NAMESAKE
    assert "ei ole kaupungin" not in visitor.opens("/check", query={"q": FAKE}).main


def test_a_step_on_a_case_that_changed_meanwhile_keeps_what_was_typed(app, cast, lead):
    case = make_case(cast, C.UNDER_REVIEW)
    page = Browser(app).signs_in(cast.handler).opens(f"/cases/{case.id}/dismiss")
    asked = queries.reports_of(case)[0].id
    take(case, "ask_reporter", lead, report=asked, phrase="address")
    take(case, "go_on", lead)
    answers = {"ground": "parody", "reason": WHY}
    page = page.fills(**answers).presses("Ei valeprofiili")
    assert page.status == 409
    is_kept(page, answers)
    assert again(case).state is C.UNDER_REVIEW
    page.presses("Ei valeprofiili")
    assert again(case).state is C.NOT_FAKE
