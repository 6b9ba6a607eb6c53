"""The stored keys of cases and reports, read anew from what reporters and handlers typed."""

import json
from datetime import datetime
from typing import Any

from sqlalchemy import select

from intake.data.base import db
from intake.engine import outbox
from intake.engine.audit_trail import Entry, Words
from intake.fakes import parties, queries
from intake.fakes.matching import report_keys, search
from intake.fakes.models import Case, CaseKey, Report, ReportAddress
from intake.handbook.service import stored_keys
from intake.people.models import Person
from intake.profiles.models import AddressMark
from intake.profiles.service import mark

NOTICE = "stored_keys"
SHOWN = 200  # on the page of what was read anew


def read_anew(by: Any, now: datetime) -> None:
    """Give the addresses of cases and reports the keys that their texts have today, and the marks
    with them; the handlers learn in one message that cases meet or a mark was narrowed."""
    noted: list[str] = []
    changed: dict[str, Case] = {}
    rows = select(CaseKey, Case).join(Case, Case.id == CaseKey.case_id)
    for row, case in db.session.execute(rows.order_by(CaseKey.created_at, CaseKey.id)).all():
        key = _today(row.key, row.shown, case.platform_code)
        if key not in (row.key, row.meets):
            changed[case.id] = case
            noted += _change(row, case, key, by, now)
            if row.meets and (other := queries.of_key(key)):
                changed[other.id] = other
    for line, report in db.session.execute(
        select(ReportAddress, Report).join(Report, Report.id == ReportAddress.report_id)
    ).all():
        _read_report(line, report, by, now)
    db.session.flush()
    for case in changed.values():
        search.remember(case)
    if noted:
        for person in parties.all_handlers():
            outbox.notify(NOTICE, person, person, now, noted[0])


def _today(key: str, typed: str, platform: str) -> str:
    """The key that a text has today; the one it has where the text says no other."""
    if key.startswith(("text:", "name:")):
        return key
    found = report_keys.read(typed, platform).keys if typed.strip() else ()
    if not found and key.startswith("web:host:"):
        return f"web:site:{key.removeprefix('web:host:')}"
    is_address = found and not found[0].startswith(("text:", "name:"))
    return found[0] if is_address and key not in found else key


def _change(row: CaseKey, case: Case, key: str, by: Any, now: datetime) -> list[str]:
    """The entries of the trail that a handler should look at."""
    was = row.key
    meets = queries.of_key(key) is not None
    if meets:
        row.meets = key
    else:
        row.key, row.meets = key, None
    db.session.flush()
    noted = [stored_keys.note(by, now, case, row, was, key, meets=meets)]
    is_marked = False
    marks = select(AddressMark).where(AddressMark.key == was, AddressMark.until.is_(None))
    for one in db.session.scalars(marks).all():
        is_marked = True
        one.until = now  # the new key carries it on
        mark((key,), one.mark, now)
        noted.append(stored_keys.note(by, now, case, one, was, key, meets=False))
    narrowed = is_marked and was.startswith("web:host:") and key.startswith("web:page:")
    return noted if meets or narrowed else []


def _read_report(line: ReportAddress, report: Report, by: Any, now: datetime) -> None:
    if not line.key:
        return
    found = report_keys.read(line.typed, str(report.answers.get("platform") or ""))
    is_address = found.keys and not found.keys[0].startswith(("text:", "name:"))
    if is_address and line.key not in found.keys:
        was, line.key = line.key, found.keys[0]
        line.deep_link, line.note = found.deep_link, found.note
        stored_keys.note(by, now, report, line, was, line.key, meets=False)


def looked_at(person: Person) -> list[tuple[Entry, Case, str]]:
    """What a handler should look at of the cases they may see, with its new key (empty where that
    was erased), the newest first."""
    query = (
        select(Entry, Case, Words)
        .join(Case, Case.id == Entry.subject_id)
        .outerjoin(Words, Words.entry == Entry.entry)
        .where(
            Entry.track == stored_keys.TRACK,
            Entry.step.in_(("meet", "narrow")),
            queries.visible_to(person),
        )
        .order_by(Entry.seq.desc())
        .limit(SHOWN)
    )
    return [
        (entry, case, json.loads(words.text)["key"] if words else "")
        for entry, case, words in db.session.execute(query)
    ]
