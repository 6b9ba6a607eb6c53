"""A7, A8, A19-A21: what is posted besides, after, from an old tab, at once, or twice."""

import threading
from datetime import date

import pytest
from sqlalchemy import select
from werkzeug.datastructures import MultiDict

from intake import clock
from intake.data.base import db
from intake.data.write import write
from intake.engine import audit_trail, replay
from intake.establishment import forms, service
from intake.establishment.models import Request
from intake.establishment.states import RequestState as S
from intake.people.models import Person
from intake.profiles.models import Profile
from intake.refusals import NotAllowed, Refused, Stale, WrongState
from tests.browser import Browser, Filled
from tests.dump import dump
from tests.establishment import making
from tests.establishment.making import EXPERT
from tests.form_tokens import token_of

TODAY = date(2026, 11, 23)


def sent(page, label: str, **values) -> MultiDict:
    """What pressing a button would send."""
    filled = Filled(page).fills(**values)
    return filled._data(filled._button(label)[0])


def test_a07_what_a_form_does_not_name_is_not_taken(app, cast):
    request = making.make_request(cast)
    browser = Browser(app).signs_in(cast.head)
    page = browser.opens(f"/establishment/{request.id}/hand_on")
    data = sent(page, "Siirrä toiselle", new_decider=cast.far_head.id, reason=making.REASON)
    for name, value in {
        "state": "approved",
        "requester_id": cast.head.id,
        "decider_id": cast.head.id,
        "key": "x:y",
        "role": "keeper",
        "version_number": "9",
    }.items():
        data.add(name, value)
    browser.posts(f"/establishment/{request.id}/hand_on", data)
    found = making.again(request)
    assert (found.state, found.requester_id) == (S.SUBMITTED, cast.requester.id)
    assert found.decider_id == cast.far_head.id
    assert found.key == request.key


@pytest.mark.parametrize("state", [state for state in S if state not in (S.DRAFT, S.RETURNED)])
def test_a08_what_was_sent_is_not_edited(cast, state):
    request = making.make_request(cast, state, EXPERT)
    before = making.again(request).revision
    with pytest.raises(WrongState):
        making.save(request, cast.requester, "purpose", purpose="Jotain aivan muuta kuin ennen.")
    assert making.again(request).revision == before


@pytest.mark.parametrize("state", [state for state in S if state not in (S.DRAFT, S.RETURNED)])
def test_a08_no_page_of_the_form_is_saved_after_sending(app, cast, state):
    """With a good token for each page, so that only the state stands in the way."""
    request = making.make_request(cast, state, EXPERT)
    browser = Browser(app).signs_in(cast.requester)
    before = dump()
    for slug in [line.slug for line in forms.pages(EXPERT)] + ["type"]:
        path = f"/establishment/{request.id}/form/{slug}"
        endpoint = "establishment.type" if slug == "type" else "establishment.page"
        sent = token_of(app, cast.requester.id, endpoint, path)
        data = {"csrf_token": sent, "seen": str(request.revision), "later": "yes"}
        data |= {"purpose": "Jotain aivan muuta.", "profile_type": "office", "sure": "y"}
        assert browser.posts(path, data).status == 409, slug
    assert dump() == before


def test_a08_only_the_requester_edits_a_draft(cast):
    request = making.make_request(cast, S.RETURNED)
    with pytest.raises(NotAllowed):
        making.save(request, cast.head, "purpose", purpose="Jotain aivan muuta kuin ennen.")


def test_a08_the_profile_says_what_was_decided(cast):
    request = making.make_request(cast, S.APPROVED)
    profile = db.session.scalars(select(Profile)).one()
    assert profile.texts["purpose"] == request.draft["purpose"]["purpose"][0]
    with write():
        found = making.again(request)
        found.draft = {**found.draft, "purpose": {"purpose": ["Muuta."]}}
    profile = db.session.scalars(select(Profile)).one()
    assert profile.texts["purpose"].startswith("Kerromme nuorille")


def test_a19_an_old_tab_decides_nothing_and_shows_the_difference(app, cast):
    request = making.make_request(cast)
    browser = Browser(app).signs_in(cast.head)
    old = browser.opens(f"/establishment/{request.id}/reject")
    making.take(request, "return", cast.head)
    making.save(request, cast.requester, "purpose", purpose="Kerromme kesätöistä ja kerhoista.")
    making.take(request, "submit", cast.requester)
    refused = old.fills(reason="Tämä ei riitä perusteeksi.").presses("Hylkää")
    assert refused.status == 409
    assert "Tämä on muuttunut sen jälkeen, kun avasit sen." in refused.main
    assert "aiemmin: Kerromme nuorille" in refused.main
    assert "Kerromme kesätöistä ja kerhoista." in refused.main
    assert making.again(request).state == S.SUBMITTED
    refused.presses("Hylkää")  # what was typed was kept
    assert making.again(request).state == S.REJECTED
    assert audit_trail.history([request.id])[-1][1]["reason"] == "Tämä ei riitä perusteeksi."


def test_a19_a_form_without_the_revision_is_an_old_one(app, cast):
    request = making.make_request(cast)
    browser = Browser(app).signs_in(cast.head)
    data = sent(browser.opens(f"/establishment/{request.id}/approve"), "Hyväksy")
    del data["seen"]
    assert browser.posts(f"/establishment/{request.id}/approve", data).status == 409


def test_a20_the_second_decider_is_told_who_was_first_and_keeps_the_text(app, cast, make):
    request = making.make_request(cast)
    make.absence(cast.head, TODAY, TODAY)
    browser = Browser(app).signs_in(cast.head)
    page = browser.opens(f"/establishment/{request.id}/reject")
    making.take(request, "approve", cast.deputy)
    refused = page.fills(reason="Tätä ei tarvita nyt.").presses("Hylkää")
    assert refused.status == 409
    assert refused.heading == "Joku ehti ensin"
    assert "Helka Vuorivirtanen hyväksyi pyynnön." in refused.main
    assert "Tätä ei tarvita nyt." in refused.main
    assert "Hylkää" not in refused.buttons()


PAIRS = [
    (("approve", "head"), ("approve", "deputy"), making.OFFICE),
    (("reject", "head"), ("approve", "deputy"), making.OFFICE),
    (("approve", "head"), ("withdraw", "requester"), making.OFFICE),
    (("approve", "head"), ("withdraw_consent", "colleague"), EXPERT),
    (("return", "head"), ("withdraw", "requester"), making.OFFICE),
]


@pytest.mark.parametrize(("one", "other", "kind"), PAIRS)
def test_a20_of_two_at_once_one_wins(app, cast, make, one, other, kind, race):
    request = making.make_request(cast, kind=kind)
    make.absence(cast.head, TODAY, TODAY)
    lines, revision = audit_trail.head()[0], making.again(request).revision
    request_id = request.id
    barrier, outcomes = threading.Barrier(2), []
    runs = [(step, getattr(cast, who).id) for step, who in (one, other)]
    db.session.rollback()

    def run(step: str, person_id: str) -> None:
        with app.app_context():
            barrier.wait()
            try:
                with write():
                    found = db.session.get(Request, request_id)
                    person = db.session.get(Person, person_id)
                    given = making.ANSWERS.get(step, {})
                    service.take(found, step, person, clock.now(), seen=revision, **given)
                outcomes.append(step)
            except Refused as refusal:
                outcomes.append(refusal)
            finally:
                db.session.remove()

    threads = [threading.Thread(target=run, args=args) for args in runs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    lost = [outcome for outcome in outcomes if isinstance(outcome, Refused)]
    won = [outcome for outcome in outcomes if isinstance(outcome, str)]
    assert (len(won), len(lost)) == (1, 1)
    assert isinstance(lost[0], WrongState | Stale)
    assert lost[0].status == 409
    steps = [entry.step for entry, _ in audit_trail.history([request_id]) if entry.seq > lines]
    assert steps == won
    assert replay.verify() == []


def test_a21_a_double_click_does_it_once_and_leads_to_the_same_page(app, cast):
    request = making.make_request(cast)
    browser = Browser(app).signs_in(cast.head)
    data = sent(browser.opens(f"/establishment/{request.id}/approve"), "Hyväksy")
    first = browser.posts(f"/establishment/{request.id}/approve", data)
    second = browser.posts(f"/establishment/{request.id}/approve", data)
    assert (first.path, first.status) == (second.path, second.status)
    assert making.steps_of(request).count("approve") == 1
    assert len(db.session.scalars(select(Profile)).all()) == 1


def test_a21_a_token_of_another_request_step_or_person_is_refused(app, cast):
    request = making.make_request(cast)
    other = making.make_request(cast, profile={"handle": ["toinen_tunnus"]})
    browser = Browser(app).signs_in(cast.head)
    typed = {"reason": "Tämä on perustelu, joka säilyy."}
    data = sent(browser.opens(f"/establishment/{request.id}/reject"), "Hylkää", **typed)
    foreign = browser.posts(f"/establishment/{other.id}/reject", data)
    assert foreign.status == 400
    assert typed["reason"] in foreign.html
    assert browser.posts(f"/establishment/{request.id}/lapse", data).status in (400, 409)
    with write():
        service.take(
            making.again(request),
            "hand_on",
            db.session.get(Person, cast.head.id),
            clock.now(),
            new_decider=cast.far_head.id,
            reason=making.REASON,
        )
    stranger = Browser(app).signs_in(cast.far_head)
    assert stranger.posts(f"/establishment/{request.id}/reject", data).status == 400
    assert making.again(request).state == making.again(other).state == S.SUBMITTED


def test_saving_the_same_twice_changes_nothing(cast):
    request = making.make_request(cast, S.DRAFT)
    making.save(request, cast.requester, "closing", exit_plan="Verkkosivuille.")
    before = (making.again(request).revision, audit_trail.head())
    making.save(request, cast.requester, "closing", seen=1, exit_plan="Verkkosivuille.")
    assert (making.again(request).revision, audit_trail.head()) == before


def test_an_older_tab_of_the_draft_does_not_overwrite(cast):
    request = making.make_request(cast, S.DRAFT)
    with pytest.raises(Stale):
        making.save(request, cast.requester, "closing", seen=1, exit_plan="Muualle.")
