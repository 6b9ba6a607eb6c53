"""Messy reports go in as they were typed and come out unhurt, on either database."""

from uuid import uuid4

import pytest
from sqlalchemy import select

from intake import clock
from intake.data.base import db
from intake.data.write import write
from intake.demo.reports import BLUESKY, chatter
from intake.engine import replay
from intake.fakes import queries, service
from intake.fakes.matching import report_keys
from intake.fakes.models import Case, CaseKey, Report
from intake.fakes.service import Sent
from intake.fakes.states import CaseState, Priority
from intake.text import clean
from tests.fakes.making import take
from tests.fakes.messy import OWN, REPORTS, Messy
from tests.profiles.making import make_profile


def send(messy: Messy) -> Report:
    """Send it as the form does."""
    answers = messy.answers
    with write():
        lines = report_keys.lines(
            clean(answers["urls"]), answers["platform"], answers["no_url"], answers["visible_name"]
        )
        made = service.receive(Sent(answers, lines, uuid4().hex, "fi"), clock.now())
        report_id = made.id
    db.session.expire_all()
    return db.session.get_one(Report, report_id)


def cases_of(report: Report) -> list[Case]:
    return [db.session.get_one(Case, line.case_id) for line in report.addresses]


@pytest.mark.policy("P5")
@pytest.mark.parametrize("name", REPORTS)
def test_it_is_kept_as_typed_and_leads_to_the_cases_of_its_keys(app, name):
    messy = REPORTS[name]
    report = send(messy)
    assert report.answers == messy.answers
    assert [line.key or "" for line in report.addresses] == messy.keys
    for line in report.addresses:
        assert (
            line.typed in clean(messy.answers["urls"])
            or line.typed == messy.answers["visible_name"]
        )
    for key, case in zip(messy.keys, cases_of(report), strict=True):
        assert case.state is CaseState.RECEIVED
        assert report in queries.reports_of(case)
        assert [row.key for row in queries.keys_of(case)] == ([key] if key else [])
    assert replay.verify() == []


@pytest.mark.parametrize("name", REPORTS)
def test_it_can_be_sent_again_and_meets_itself_where_it_can_be_read(app, name):
    messy = REPORTS[name]
    first, second = cases_of(send(messy)), cases_of(send(messy))
    for key, one, other in zip(messy.keys, first, second, strict=True):
        assert (one.id == other.id) == bool(key)


def test_there_are_more_than_the_fifteen():
    assert len(REPORTS) - len(OWN) == 15
    assert len(OWN) >= 25


@pytest.mark.policy("P5")
def test_all_of_them_together_make_one_case_for_each_key(cast):
    for messy in REPORTS.values():
        send(messy)
    keys = {key for messy in REPORTS.values() for key in messy.keys if key}
    rows = db.session.execute(select(CaseKey.key, CaseKey.case_id)).all()
    assert {row.key for row in rows} == keys
    assert len({row.case_id for row in rows}) == len(keys)
    for case in db.session.scalars(select(Case)):
        related = report_keys.related(case, cast.handler)
        assert case not in [one.case for one in related]
        assert len(related) <= 5
    assert replay.verify() == []


def test_what_each_of_the_fifteen_says_of_itself_is_seen(app):
    found = {name: send(messy) for name, messy in list(REPORTS.items())[:15]}
    notes = {name: report.addresses[0].note for name, report in found.items()}
    assert (notes["2"], notes["4"], notes["9"]) == ("lookalike_host", "share_link", "share_link")
    assert found["8"].addresses[0].deep_link == (
        "https://x.com/SavonkoskiCity/status/1830000000000000001"
    )
    assert found["11"].addresses[2].key.endswith("/suomi.fi/tunnistaudu")
    assert cases_of(found["1"]) == cases_of(found["3"])
    urgent = [name for name, one in found.items() if cases_of(one)[0].priority is Priority.URGENT]
    assert urgent == ["1", "3", "7", "8", "9", "11"]


def test_report_5_resembles_the_genuine_profile_and_report_10_another_case(cast):
    profile = make_profile(cast, key="instagram:handle:savonkosken_kaupunki")
    fifth = cases_of(send(REPORTS["5"]))[0]
    (found,) = report_keys.related(fifth, cast.handler)
    assert found.profile.id == profile.id
    latin = send(Messy({**REPORTS["10"].answers, "urls": "youtube.com/@savonkoski"}, []))
    tenth = cases_of(send(REPORTS["10"]))[0]
    assert [one.case for one in report_keys.related(tenth, cast.handler)] == cases_of(latin)


@pytest.mark.policy("P7")
def test_a99_report_14_is_kept_as_text_and_never_a_link(cast):
    report = send(REPORTS["14"])
    assert report.addresses[0].note == "bad_address"
    assert report.addresses[0].deep_link is None
    assert [line.keys[0] for line in report_keys.offered(report)] == ["web:site:x.example"]


@pytest.mark.policy("P5")
def test_report_15_offers_the_address_that_is_in_its_text(cast):
    full = chatter(6200, 5600)
    assert (len(full), full.index(BLUESKY)) == (6200, 5600)
    report = send(REPORTS["15"])
    key = "bluesky:handle:savonkosken-kaupunki.bsky.social"
    assert len(report.answers["description"]) == 5000
    assert [line.keys for line in report_keys.offered(report)] == [(key,)]
    case = cases_of(report)[0]
    assert key not in [row.key for row in queries.keys_of(case)]
    (line,) = report_keys.offered(report)
    take(case, "add_key", cast.handler, key=line.typed)
    assert report_keys.offered(report) == []
    assert queries.of_key(key).id == case.id
