"""A database of before: stored keys of whole hosts are read anew from what was typed."""

from flask_migrate import downgrade
from sqlalchemy import select, text

from intake.data.base import db
from intake.data.write import write
from intake.engine import audit_trail, replay
from intake.engine.outbox import Message
from intake.fakes.matching import related_cases
from intake.fakes.models import Case, CaseKey, ReportAddress
from intake.fakes.states import CaseState as C
from intake.ops import migrate
from intake.people.models import Person
from intake.profiles.models import Address, AddressMark
from intake.profiles.states import ProfileState as P
from intake.register import check
from intake.register import queries as register
from tests.browser import Browser
from tests.fakes.making import make_case
from tests.faults import without_witness
from tests.profiles.making import make_profile

BEFORE = "0010"  # the revision before keys could meet
TABLES = {
    "address": "key",
    "case_key": "key",
    "address_mark": "key",
    "report_address": "key",
    "profile": "decided_key",
}


def as_it_was(keys: dict[str, str]) -> None:
    """The database as the program before had it: keys of whole hosts, and its revision."""
    with write():
        for table, column in TABLES.items():
            for new, old in keys.items():
                db.session.execute(
                    text(f"UPDATE {table} SET {column} = :old WHERE {column} = :new"),
                    {"old": old, "new": new},
                )
        db.session.execute(text("DELETE FROM setting WHERE name = 'key_rules'"))
    without_witness()
    db.session.remove()
    downgrade(directory=str(migrate.FOLDER), revision=BEFORE)
    db.session.remove()


def verdict(asked: str) -> check.Verdict:
    return check.answer(asked, register.known()).verdict


def test_keys_of_whole_hosts_become_those_of_pages_and_marks_are_narrowed(app, cast):
    profile = make_profile(cast, P.ACTIVE, key="web:page:sites.google.com/view/savonkoski")
    case = make_case(cast, C.CONFIRMED, "https://www.twitch.tv/savonkoski_feikki")
    ids, handler = [profile.id, case.id], cast.handler.id
    as_it_was(
        {
            "web:page:sites.google.com/view/savonkoski": "web:host:sites.google.com",
            "web:page:twitch.tv/savonkoski_feikki": "web:host:twitch.tv",
        }
    )
    migrate.run()
    (line,) = db.session.scalars(select(Address)).all()
    assert (line.key, line.profile.decided_key) == (
        "web:page:sites.google.com/view/savonkoski",
        "web:page:sites.google.com/view/savonkoski",
    )
    assert db.session.scalars(select(CaseKey.key)).all() == ["web:page:twitch.tv/savonkoski_feikki"]
    assert db.session.scalars(select(ReportAddress.key)).all() == [
        "web:page:twitch.tv/savonkoski_feikki"
    ]
    marks = db.session.scalars(select(AddressMark.key).where(AddressMark.until.is_(None))).all()
    assert marks == ["web:page:twitch.tv/savonkoski_feikki"]
    assert verdict("https://sites.google.com/view/savonkoski/a") is check.Verdict.OFFICIAL
    assert verdict("https://sites.google.com/view/muu") is check.Verdict.UNKNOWN
    assert verdict("twitch.tv/savonkoski_feikki") is check.Verdict.FAKE
    assert verdict("twitch.tv/muu") is check.Verdict.UNKNOWN
    rows = [
        (entry.step, entry.actor, entry.detail()["row"])
        for entry, _words in audit_trail.history(ids)
        if entry.track == "stored_key"
    ]
    assert sorted(rows) == [
        ("narrow", "CLOCK", "address"),
        ("narrow", "CLOCK", "address_mark"),
        ("narrow", "CLOCK", "case_key"),
        ("narrow", "CLOCK", "profile"),
    ]
    assert not replay.verify()
    told = db.session.scalars(select(Message).where(Message.template == "stored_keys")).all()
    assert [message.person_id for message in told] == [handler]
    page = Browser(app).signs_in(db.session.get_one(Person, handler)).opens("/cases/addresses")
    assert db.session.get_one(Case, ids[1]).reference in page.main
    assert "twitch.tv/savonkoski_feikki" in page.main


def test_a_second_start_changes_nothing(app, cast):
    make_case(cast, C.RECEIVED, "https://www.twitch.tv/savonkoski_feikki")
    as_it_was({"web:page:twitch.tv/savonkoski_feikki": "web:host:twitch.tv"})
    migrate.run()
    length = audit_trail.head()
    migrate.run()
    assert audit_trail.head() == length


def test_keys_that_meet_stay_apart_until_a_person_decides(app, cast):
    first = make_case(cast, C.RECEIVED, "https://pahis.example/a")
    second = make_case(cast, C.CONFIRMED, "https://pahis.example/b")
    with write():
        row = db.session.scalars(select(CaseKey).where(CaseKey.case_id == second.id)).one()
        row.shown = "http://www.pahis.example//a/?utm_source=x"
    ids, handler = [first.id, second.id], cast.handler.id
    as_it_was({"web:page:pahis.example/b": "web:host:pahis.example"})
    migrate.run()
    rows = dict(db.session.execute(select(CaseKey.key, CaseKey.meets)).all())
    assert rows == {
        "web:page:pahis.example/a": None,
        "web:host:pahis.example": "web:page:pahis.example/a",
    }
    assert verdict("pahis.example/a") is check.Verdict.FAKE
    found = related_cases.related(
        db.session.get_one(Case, ids[0]), db.session.get_one(Person, handler)
    )
    assert [one.case.id for one in found] == [ids[1]]
    assert "Sama osoite: pahis[.]example/a" in found[0].alike


def test_two_official_addresses_that_meet_stay_apart(app, cast):
    one = make_profile(cast, P.ACTIVE, key="web:page:linktr.ee/savonkoski", name="Yksi")
    two = make_profile(cast, P.ACTIVE, key="web:page:linktr.ee/nuoret", name="Kaksi")
    with write():
        row = db.session.scalars(select(Address).where(Address.profile_id == two.id)).one()
        row.typed, row.url = "https://linktr.ee/savonkoski/", None
    ids, keepers = [one.id, two.id], [cast.keeper.id, cast.other_keeper.id]
    as_it_was({"web:page:linktr.ee/nuoret": "web:host:linktr.ee"})
    migrate.run()
    rows = dict(db.session.execute(select(Address.profile_id, Address.meets)).all())
    assert rows == {ids[0]: None, ids[1]: "web:page:linktr.ee/savonkoski"}
    assert verdict("https://linktr.ee/muu") is check.Verdict.UNKNOWN
    told = db.session.scalars(select(Message).where(Message.template == "addresses_meet")).all()
    assert {row.subject_id for row in told} == {ids[1]}
    assert {row.person_id for row in told} == set(keepers)
    keeper = db.session.get_one(Person, keepers[0])
    page = Browser(app).signs_in(keeper).opens(f"/profiles/{ids[1]}")
    assert "Tämä osoite on myös toisella" in page.main
