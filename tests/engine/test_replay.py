"""The register is what the trail says: whatever somebody writes past the program is named."""

import json
import threading

import pytest
from sqlalchemy import delete, select, text, update
from sqlalchemy import insert as insert_rows

from intake import ports
from intake.data.base import db, insert, is_postgresql
from intake.data.write import write
from intake.engine import audit_trail, jobs, outbox, replay, witness
from intake.engine.audit_trail import Entry
from intake.engine.witness import Salt, Witness
from intake.establishment.states import RequestState
from intake.fakes.states import CaseState
from intake.people import town
from intake.people.models import Person, Role, RoleGrant, Setting, Unit
from intake.profiles.models import Address, AddressMark, Profile
from intake.site import trail_check
from tests.browser import Browser
from tests.establishment.making import make_request
from tests.fakes import making as fakes
from tests.faults import guard_trail, unguard_trail, without_witness
from tests.profiles import making as profiles


def raw(statement: str, **values: object) -> None:
    """What somebody does who has the database, and not the program."""
    with write():
        db.session.execute(text(statement), values)


def named(found: list[str], *words: str) -> list[str]:
    return [line for line in found if all(word in line for word in words)]


@pytest.fixture
def listed(cast) -> Profile:
    """A profile in the register, and a request that waits."""
    make_request(cast)
    made = profiles.make_profile(cast)
    assert replay.verify() == []
    return made


COPY_GRANT = (
    "INSERT INTO role_grant (id, person_id, role, created_at)"
    " SELECT 'inserted', id, 'administrator', created_at FROM person WHERE name LIKE 'Emma%'"
)
NEW_HOST = (
    "INSERT INTO platform_host (host, platform_code, created_at)"
    " VALUES ('evil.example', 'mastodon', '2026-11-23 08:00')"
)
ATTACKS = [  # what is done, what is named: table and field
    ("UPDATE address SET key = 'instagram:handle:evil' WHERE state = 'current'", "address", "key"),
    ("UPDATE address SET state = 'current', profile_id = profile_id || ''", "", ""),
    ("UPDATE address SET url = 'https://evil.example/'", "address", "url"),
    ("UPDATE address SET confirmed_by_id = NULL", "address", "confirmed_by_id"),
    ("UPDATE profile SET state = 'closed'", "profile", "state"),
    ("UPDATE profile SET name = 'Muu'", "profile", "name"),
    ("UPDATE profile SET texts = '{}'", "profile", "texts"),
    ("UPDATE profile SET alarm = 'hijacked'", "profile", "alarm"),
    ("UPDATE request SET state = 'rejected' WHERE state = 'submitted'", "request", "state"),
    ("UPDATE request SET decider_id = requester_id", "request", "decider_id"),
    ("UPDATE request_version SET answers = '{}'", "request_version", "answers"),
    ("DELETE FROM request_conflict", "request_conflict", "is gone"),
    (COPY_GRANT, "role_grant inserted", "no line"),
    ("UPDATE role_grant SET role = 'administrator' WHERE role = 'handler'", "role_grant", "role"),
    ("UPDATE role_grant SET ended_at = NULL, role = role", "", ""),
    ("UPDATE role_grant SET confirmed_by_id = person_id", "role_grant", "confirmed_by_id"),
    ("DELETE FROM role_grant", "role_grant", "is gone"),
    ("UPDATE person SET email = 'evil@evil.example' WHERE name LIKE 'Timo%'", "person", "email"),
    ("UPDATE person SET password_hash = 'x' WHERE name LIKE 'Timo%'", "person", "password_hash"),
    ("UPDATE person SET ended_at = NULL WHERE ended_at IS NOT NULL", "person", "ended_at"),
    ("UPDATE unit SET head_id = deputy_id WHERE deputy_id IS NOT NULL", "unit", "head_id"),
    ("UPDATE setting SET value = '\"x@evil.example\"' WHERE name = 'contact_email'", "setting", ""),
    ("INSERT INTO setting VALUES ('alarm_hours', '999', '2026-11-23 08:00')", "setting", "no line"),
    ("DELETE FROM setting WHERE name = 'mail_domains'", "setting", "is gone"),
    ("UPDATE report_route SET address = 'https://evil.example'", "report_route", "address"),
    (
        NEW_HOST,
        "platform_host evil.example",
        "no line",
    ),
]


@pytest.mark.parametrize(("attack", "where", "what"), [one for one in ATTACKS if one[1]])
def test_a210_what_is_changed_past_the_program_is_named(listed, attack, where, what):
    if "INSERT INTO setting" in attack:
        attack = attack.replace("setting VALUES", "setting (name, value, created_at) VALUES")
    raw(attack)
    assert named(replay.verify(), where, what)


@pytest.mark.parametrize(("attack", "where", "what"), [one for one in ATTACKS if not one[1]])
def test_what_changes_nothing_is_no_difference(listed, attack, where, what):
    raw(attack)
    assert replay.verify() == []


@pytest.mark.parametrize(
    ("attack", "where", "what"),
    [
        ("UPDATE \"case\" SET state = 'closed', police = 'told'", "case", "police"),
        ('UPDATE "case" SET main_case_id = id', "case", "main_case_id"),
        ("DELETE FROM address_mark", "address_mark", "is gone"),
        ("UPDATE address_mark SET mark = 'held'", "address_mark", "mark"),
        ("UPDATE case_key SET key = 'x:handle:other'", "case_key", "key"),
    ],
)
def test_a210_cases_and_marks_too(cast, attack, where, what):
    fakes.make_case(cast, CaseState.CONFIRMED)
    assert replay.verify() == []
    raw(attack)
    assert named(replay.verify(), where, what)


def test_a210_a_forged_decision_is_named(cast):
    make_request(cast, RequestState.APPROVED)
    assert replay.verify() == []
    raw("UPDATE decision SET reason = 'Muu.', by_id = :by", by=cast.stranger.id)
    found = replay.verify()
    assert named(found, "decision", "reason")
    assert named(found, "decision", "by_id")


def test_a211_an_emptied_trail_is_a_fault(listed):
    unguard_trail()
    for table in ("trail_words", "trail", "trail_head"):
        raw(f"DELETE FROM {table}")
    guard_trail()
    found = replay.verify()
    assert len(found) == 1
    assert found[0].startswith("the trail is empty, but there are rows: ")
    assert replay.settle(db.session.get(Unit, listed.unit_id).created_at) == 0  # nor at a start
    assert named(replay.verify(), "the trail is empty")
    with write():  # nor by what is done next
        town.store(phone="09 1")
    assert named(replay.verify(), "person", "no line of the trail tells of it")


def test_a211_a_trail_without_head_or_beginning_is_a_fault(listed, now):
    unguard_trail()
    raw("DELETE FROM trail_head")
    assert named(replay.verify(), "its head says 0")
    assert replay.settle(now) == 0
    raw("DELETE FROM trail_words")
    raw("DELETE FROM trail WHERE seq = 1")
    assert named(replay.verify(), "does not say what it vouches for")


def test_a212_guards_that_were_taken_away_are_named(listed):
    unguard_trail()
    found = replay.verify()
    assert len(named(found, "the guard", "is missing")) == len(found) == 3
    guard_trail()
    assert replay.verify() == []


def test_a212_guards_that_guard_nothing_are_named(listed):
    unguard_trail()
    if is_postgresql():
        raw(
            "CREATE FUNCTION nothing() RETURNS trigger LANGUAGE plpgsql"
            " AS $$ BEGIN RETURN NEW; END $$"
        )
        does = "FOR EACH ROW EXECUTE FUNCTION nothing()"
    else:
        does = "BEGIN SELECT 1; END"
    raw(f"CREATE TRIGGER trail_no_update BEFORE UPDATE ON trail {does}")
    raw(f"CREATE TRIGGER trail_no_delete BEFORE DELETE ON trail {does}")
    raw(f"CREATE TRIGGER trail_words_no_update BEFORE UPDATE ON trail_words {does}")
    assert len(named(replay.verify(), "the guard", "was changed")) == 3


def test_a213_a_change_is_not_washed_by_the_next_step(listed, cast):
    """What the program writes later in the same row vouches for nothing but what it wrote."""
    line = profiles.addresses_of(listed)[0]
    raw("UPDATE address SET key = 'instagram:handle:evil' WHERE id = :id", id=line.id)
    raw(COPY_GRANT)
    with write():
        db.session.get_one(Address, line.id).kind = "page"
        db.session.get_one(RoleGrant, "inserted").by_id = cast.keeper.id
    found = replay.verify()
    assert named(found, f"address {line.id}", "key is not what the trail says")
    assert not named(found, f"address {line.id}", "kind")
    assert named(found, "role_grant inserted", "no line of the trail tells of its role")


@pytest.mark.parametrize("salts", ["{}", "x", '{"key": 1}', "[]", "null"])
def test_a213_salts_that_were_changed_prove_nothing(listed, salts):
    raw("UPDATE trail_salt SET salts = :salts WHERE table_name = 'address'", salts=salts)
    assert named(replay.verify(), "address", "key")
    raw("DELETE FROM trail_salt")
    assert named(replay.verify(), "person", "email cannot be compared")


def test_a214_whatever_stands_there_it_is_said_in_a_sentence(listed):
    """What cannot be read is a fault like any other: no traceback, and the rest is still read."""
    unguard_trail()
    seq = audit_trail.head()[0]
    nullable = [] if is_postgresql() else ["facts = '{'"]
    for place, change in enumerate(
        [*nullable, "witness = '{'", "witness = '[1]'", "witness = '{\"rows\": 7}'", "facts = 'x'"]
    ):
        raw(f"UPDATE trail SET {change} WHERE seq = {seq - place}")
    raw("UPDATE profile SET name = ''")
    found = replay.verify()
    assert named(found, f"entry {seq}: was changed")
    assert len(named(found, "cannot be read")) == 3
    assert named(found, "profile", "name")


@pytest.mark.embedded
@pytest.mark.parametrize(
    "change",
    [
        "UPDATE trail SET at = 'eilen' WHERE seq = 3",
        "UPDATE trail SET revision = 'x' WHERE seq = 3",
        "UPDATE trail SET witness = X'ff00' WHERE seq = 3",
        "UPDATE trail SET step = CAST(X'ff' AS TEXT) WHERE seq = 3",
        "UPDATE trail_head SET seq = 'x'",
        "UPDATE profile SET listed_at = 'eilen', closes_on = 'x', texts = '{'",
        "UPDATE profile SET state = 'no such state'",
        "UPDATE address SET lasting = 'x', until = 3",
        "UPDATE setting SET value = X'00ff'",
        "DROP TABLE trail_words",
        "DROP TABLE trail_salt",
        "DROP TABLE trail_head",
        "DELETE FROM trail_words; DROP TABLE trail",
        "DROP TABLE address_mark",
    ],
)
def test_a214_values_that_no_column_holds_are_no_traceback(app, listed, change):
    unguard_trail()
    for statement in change.split("; "):
        raw(statement)
    found = app.test_cli_runner().invoke(args=["trail", "verify"])
    assert found.exit_code == 1
    assert found.exception is None or isinstance(found.exception, SystemExit)
    assert "Traceback" not in found.output
    faults = [line for line in found.output.splitlines() if "guard" not in line]
    assert len(faults) > 2, found.output


def test_a215_erased_words_are_counted_and_change_nothing(app, cast, now):
    make_request(cast, RequestState.APPROVED)
    entry = db.session.scalars(select(audit_trail.Words.entry)).first()
    with write():
        audit_trail.erase_words(entry)
    found = replay.examine()
    assert (found.faults, found.erased) == ([], 1)
    assert "the words of 1 erased" in app.test_cli_runner().invoke(args=["trail", "verify"]).output


def test_a215_what_was_there_before_can_be_guessed_from_no_digest(cast):
    """A digest says nothing once its value has gone: its salt goes with it."""
    old = cast.stranger.email
    for new in ("uusi@savonkoski.example", None):
        salts = kept("person", cast.stranger.id)
        digest = witness.digest(salts["email"], f"={old}")
        chain = [line or "" for line in db.session.scalars(select(Entry.witness))]
        assert [line for line in chain if digest in line]
        with write():
            person = db.session.get_one(Person, cast.stranger.id)
            if new:
                person.email = new
            else:
                db.session.execute(delete(RoleGrant).where(RoleGrant.person_id == person.id))
                db.session.delete(person)
        assert kept("person", cast.stranger.id).get("email") != salts["email"]
        assert replay.verify() == []
        old = new
    assert kept("person", cast.stranger.id) == {}


def kept(name: str, row: str) -> dict[str, str]:
    db.session.rollback()
    found = db.session.get(Salt, (name, row))
    return json.loads(found.salts) if found else {}


def test_what_is_changed_without_a_line_gets_one(cast):
    before = audit_trail.head()[0]
    with write():
        town.store(phone="09 310 1000")
    last = db.session.get(Entry, audit_trail.head()[0])
    assert audit_trail.head()[0] == before + 1
    assert (last.actor, last.track, last.step) == ("EFFECT", "trail", "witness")
    assert "setting" in last.witness
    assert "310" not in last.witness
    with write():  # the same again is no change
        town.store(phone="09 310 1000")
    assert audit_trail.head()[0] == before + 1


def test_statements_are_watched_as_objects_are(cast, now):
    person, other = cast.stranger.id, cast.colleague.id
    values = {"id": "a" * 16, "person_id": person, "role": Role.KEEPER, "created_at": now}
    with write():
        db.session.execute(insert(RoleGrant.__table__).values(**values).on_conflict_do_nothing())
        db.session.execute(update(Person).where(Person.id == other).values(email="a@b.example"))
        several = [{**values, "id": letter * 16} for letter in "bc"]
        db.session.execute(insert_rows(RoleGrant), several)
    assert replay.verify() == []
    with write():
        db.session.execute(delete(RoleGrant).where(RoleGrant.id == "b" * 16))
    assert replay.verify() == []
    raw(
        "INSERT INTO role_grant (id, person_id, role, created_at)"
        " SELECT 'met', person_id, role, created_at FROM role_grant WHERE id = 'aaaaaaaaaaaaaaaa'"
    )
    with write():  # what an INSERT meets is not what it made
        values["id"] = "met"
        db.session.execute(insert(RoleGrant.__table__).values(**values).on_conflict_do_nothing())
    assert named(replay.verify(), "role_grant met", "no line")


def test_what_an_upsert_sets_in_a_row_is_watched(cast, now):
    row = insert(Setting.__table__).values(name="phone", created_at=now)
    for number in ('"1"', '"2"'):
        with write():
            made = row.values(value=number)
            made = made.on_conflict_do_update(index_elements=["name"], set_={"value": number})
            db.session.execute(made)
        assert replay.verify() == []
    raw("UPDATE setting SET value = '3' WHERE name = 'phone'")
    assert named(replay.verify(), "setting phone", "value")


def test_an_insert_that_does_not_name_its_row_is_refused(cast, now):
    values = {"person_id": cast.stranger.id, "role": Role.KEEPER, "created_at": now}

    def careless() -> None:
        with write():
            db.session.execute(insert(RoleGrant.__table__).values(**values))

    with pytest.raises(RuntimeError, match="does not name its row"):
        careless()


# at the upgrade


@pytest.fixture
def old(listed):
    """The same town as an older program left it: a chain that vouches for nothing yet."""
    without_witness()
    return listed


def test_the_upgrade_takes_what_is_there(old, now):
    assert named(replay.verify(), "does not say what it vouches for")
    assert replay.settle(now) > 50
    assert replay.verify() == []
    assert replay.settle(now) == 0
    raw("UPDATE address SET key = 'instagram:handle:evil'")
    assert replay.settle(now) == 0
    assert named(replay.verify(), "address", "key")


def test_a216_a_state_that_no_step_led_to_is_found_after_the_upgrade_too(old, now):
    raw("UPDATE profile SET state = 'closed'")
    replay.settle(now)
    assert named(replay.verify(), "profile", "its last step led to")


def test_a_new_program_vouches_for_more(listed, now, app, monkeypatch):
    """Of what the chain knows already nothing is taken anew."""
    known = ports.here().witnesses
    raw("UPDATE address SET key = 'instagram:handle:evil'")
    monkeypatch.setitem(known, "address", Witness(Address, ("state", "key", "typed"), "key"))
    monkeypatch.setitem(known, "address_mark", Witness(AddressMark, ("key", "mark"), edition=2))
    count = replay.settle(now)
    assert count == len(profiles.addresses_of(listed))
    found = replay.verify()
    assert len(found) == count
    assert named(found, "key is not what the trail says")
    raw("UPDATE address SET typed = 'x'")
    assert named(replay.verify(), "typed is not what the trail says")


def test_a_migration_that_rewrites_values_says_so(listed, now, monkeypatch):
    raw("UPDATE address SET key = 'page:' || key")
    known = ports.here().witnesses["address"]
    monkeypatch.setitem(
        ports.here().witnesses, "address", Witness(Address, known.fields, "key", known.edition + 1)
    )
    assert replay.settle(now) > 0
    assert replay.verify() == []


# every night


def test_a217_every_night_the_administrators_are_told(app, cast, listed, still):
    jobs.tick()
    check = trail_check.newest()
    assert (check.faults, check.differences) == (0, [])
    assert check.rows > 50
    browser = Browser(app).signs_in(cast.administrator)
    assert "ne vastaavat toisiaan" in browser.opens("/trail").main
    raw("UPDATE role_grant SET role = 'administrator' WHERE role = 'handler'")
    still.shift(24 * 3600)
    jobs.tick()
    letters = db.session.scalars(
        select(outbox.Message).where(outbox.Message.template == trail_check.NOTICE)
    ).all()
    assert cast.administrator.id in {letter.person_id for letter in letters}
    browser = Browser(app).signs_in(cast.administrator)
    page = browser.opens("/trail").main
    assert "role is not what the trail says" in page
    assert "yksi poikkeama" in page
    assert "poikkeaa lokista yhdessä kohdassa" in browser.opens("/upkeep").main
    assert "Selvitä" in browser.opens("/desk").main
    assert "Rekisteri poikkeaa lokista" in outbox.letter(letters[0], hide_secrets=True).subject
    still.shift(24 * 3600)
    jobs.tick()  # the same differences are told of once
    again = db.session.scalars(
        select(outbox.Message).where(outbox.Message.template == trail_check.NOTICE)
    ).all()
    assert len(again) == len(letters)
    keeper = Browser(app).signs_in(cast.keeper)
    assert "is not what the trail says" not in keeper.opens("/trail").main


def test_a217_the_time_for_it_can_be_bounded(listed):
    found = replay.examine(seconds=1e-9)
    assert not found.is_whole
    assert replay.examine(seconds=60).is_whole


def test_a_write_while_it_is_compared_is_no_difference(app, cast, listed, monkeypatch):
    """Chain and tables are read as they were at one moment."""
    real, done = replay.verification.guard_faults, []

    def meanwhile():
        def go() -> None:
            with app.app_context(), write():
                town.store(phone="09 2")
            done.append(1)

        thread = threading.Thread(target=go)
        thread.start()
        thread.join()
        return real()

    monkeypatch.setattr(replay.verification, "guard_faults", meanwhile)
    assert replay.verify() == []
    assert done == [1]
