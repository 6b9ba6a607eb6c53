"""An import from stage to stage: brought, checked, confirmed, written, forgotten.

Checking and writing belong to the server's own thread, or to `flask tick`. A stage that was cut
off is begun anew: nothing is written but in one transaction, and that one ends the stage. Only
invitations go out some at a time, each lot once: thousands in that transaction would hold up
everybody.
"""

import hashlib
import json
import time
from datetime import datetime, timedelta
from typing import Any

from flask import Flask, current_app
from sqlalchemy import select, update
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import defer

from intake.data.base import db, lots
from intake.data.write import write
from intake.engine import audit_trail, jobs, outbox
from intake.people import accounts, finding, queries
from intake.people.importing import cells, checking, layout, words, writing
from intake.people.importing.present import present
from intake.people.importing.reading import Fault, Sheet, read
from intake.people.models import Import, ImportFile, ImportStage, Person, Role
from intake.people.service import common
from intake.refusals import Busy, NotAllowed, Stale, Unseen, WrongState
from intake.web.forms import Upload

UNDER_WAY = (ImportStage.CHECKING, ImportStage.WRITING, ImportStage.INVITING)
INVITED = 100  # people in one transaction
MOST_FAULTS = 5_000  # that are kept and listed; the others are counted
MOST_ABSENT = 200
LISTED = 20
PAUSE = 1  # seconds between two notes of the progress
KEPT = timedelta(days=1)
LASTING = ("counts", "count", "unchanged", "why")  # of a report, when the files are gone


def init_app(app: Flask) -> None:
    """Register the jobs."""
    jobs.add(app, jobs.Job("imports", jobs.ALWAYS, advance))
    jobs.add(app, jobs.Job("old_imports", "hour", forget))


# what a person does


def bring(files: list[Upload], by: Person, now: datetime) -> Import:
    """Take files in, to be checked: nothing else is stored."""
    common.organises(by)
    made = Import(by_id=by.id)
    db.session.add(made)
    db.session.flush()
    for number, file in enumerate(files):
        digest = hashlib.sha256(file.content).hexdigest()
        db.session.add(
            ImportFile(
                import_id=made.id,
                number=number,
                name=" ".join(file.name.split()),
                sha256=digest,
                content=file.content,
            )
        )
    db.session.flush()
    audit_trail.record(by, now, made, "import", "bring", facts={"sha256": _digests(made)})
    return made


def confirm(made: Import, seen: str, by: Person, *, invite: bool = False) -> None:
    """Let the changes that somebody saw be made; only who brought the files may (A6).

    `seen` is the digest of what they saw; raises Stale where it is another now. `invite` sends
    an invitation to everybody who is new.
    """
    db.session.refresh(made, with_for_update={"of": Import})
    common.organises(by)
    if made.by_id != by.id:
        raise NotAllowed
    if made.stage is not ImportStage.CHECKED:
        raise WrongState
    report = report_of(made)
    if report["digest"] != seen:
        raise Stale
    made.report = json.dumps(report | {"invite": invite})
    made.stage, made.done = ImportStage.WRITING, 0


def find(import_id: str) -> Import:
    """An import; raises Unseen where there is none."""
    found = db.session.get(Import, import_id)
    if found is None:
        raise Unseen
    return found


def files_of(made: Import) -> list[ImportFile]:
    """The files of an import, in their order."""
    of = ImportFile.import_id == made.id
    return list(db.session.scalars(select(ImportFile).where(of).order_by(ImportFile.number)))


def report_of(made: Import) -> dict[str, Any]:
    """What came of the last stage."""
    found: dict[str, Any] = json.loads(made.report)
    return found


def title(made: Import) -> str:
    """What an import is called: its files."""
    return ", ".join(file.name for file in files_of(made))


def newest() -> list[tuple[Import, str]]:
    """The newest imports, each with its title."""
    made = select(Import).options(defer(Import.report)).order_by(Import.created_at.desc())
    found = list(db.session.scalars(made.limit(LISTED)))
    names: dict[str, list[str]] = {}
    wanted = ImportFile.import_id.in_([one.id for one in found])
    for file in db.session.scalars(select(ImportFile).where(wanted).order_by(ImportFile.number)):
        names.setdefault(file.import_id, []).append(file.name)
    return [(one, ", ".join(names[one.id])) for one in found]


def told(made: Import, faults: list[list[Any]]) -> list[tuple[str, int, str, str]]:
    """Faults as a report holds them, in words: (file, line, column, what is wrong)."""
    names = [file.name for file in files_of(made)]
    return [
        (names[number], line, words.column(column), words.sentence(code, values))
        for number, line, column, code, values in faults
    ]


def _digests(made: Import) -> list[str]:
    return [file.sha256 for file in files_of(made)]


# what the server does


def advance(now: datetime) -> bool:
    """Take every import that waits for it one stage further; says whether one did."""
    waits = select(Import.id, Import.stage).where(Import.stage.in_(UNDER_WAY))
    waiting = db.session.execute(waits.order_by(Import.created_at)).all()
    for import_id, stage in waiting:
        try:
            for take in TAKEN[stage]:
                take(import_id, now)
        except (Busy, OperationalError):  # the database is away or busy: the stage is begun anew
            current_app.logger.exception("import %s is tried again", import_id)
            db.session.rollback()
        except Exception:  # nothing was written, and trying again would not help
            current_app.logger.exception("import %s failed", import_id)
            db.session.rollback()
            if stage is not ImportStage.INVITING:
                _end(import_id, stage, ImportStage.FAILED, {"why": "error"}, now)
    if waiting:
        finding.catch_up()
    return bool(waiting)


def _check(import_id: str, now: datetime) -> None:
    sheets = _sheets(import_id)
    total = sum(sheet.count for sheet in sheets)
    if total > layout.ROWS:
        over = {"over": total - layout.ROWS, "most": layout.ROWS}
        outcome = checking.Outcome([Fault(0, 1, "", "too_many_rows", over)])
    else:
        cells.shape(sheets, _Progress(import_id, total))
        by = db.session.get_one(Person, find(import_id).by_id)
        outcome = checking.compare(sheets, present(by))
    _end(import_id, ImportStage.CHECKING, *_told(outcome), now)


def _write(import_id: str, now: datetime) -> None:
    sheets = _sheets(import_id)
    cells.shape(sheets)
    with write():
        made = db.session.get_one(Import, import_id, with_for_update={"of": Import})
        if made.stage is not ImportStage.WRITING:
            return
        by = queries.active_person(made.by_id)
        if by is None or Role.ADMINISTRATOR not in by.roles:
            _set(made, ImportStage.FAILED, {"why": "not_allowed"}, now)
            return
        town = present(by)
        outcome = checking.compare(sheets, town)
        stage, report = _told(outcome)
        seen = report_of(made)
        if report.get("digest") != seen["digest"]:
            _set(made, stage, report | {"stale": True}, now)
            return
        came = writing.carry_out(outcome.changes, town.ids, by, now)
        if came and seen["invite"]:
            _set(made, ImportStage.INVITING, report | {"came": came}, now)
            made.done, made.total = 0, len(came)
        else:
            _set(made, ImportStage.DONE, report, now)
        facts = {"sha256": _digests(made), **report["counts"]}
        entry = audit_trail.record(by, now, made, "import", "write", facts=facts)
        for person in queries.holders(Role.ADMINISTRATOR):
            outbox.notify("import", made, person, now, entry)


def _invite(import_id: str, now: datetime) -> None:
    """Invite who is new, as it was ordered with the import; nobody who has left again since."""
    made = find(import_id)
    report, done = report_of(made), made.done
    for ids in lots(report.get("came", [])[done:], INVITED):
        with write():
            made = db.session.get_one(Import, import_id, with_for_update={"of": Import})
            if made.stage is not ImportStage.INVITING or made.done != done:
                return
            by = db.session.get_one(Person, made.by_id)
            for person in queries.people(ids).values():
                if person.is_active:
                    accounts.invite(person, by, now)
            made.done = done = done + len(ids)
    _end(import_id, ImportStage.INVITING, ImportStage.DONE, report, now)


TAKEN = {
    ImportStage.CHECKING: (_check,),
    ImportStage.WRITING: (_write, _invite),
    ImportStage.INVITING: (_invite,),
}


def _sheets(import_id: str) -> list[Sheet]:
    """The rows of an import's files; nothing is held while they are looked at."""
    contents = [(file.content or b"", file.number) for file in files_of(find(import_id))]
    db.session.rollback()
    return [read(content, number) for content, number in contents]


class _Progress:
    """Notes how far checking has got, in writes of its own, now and then."""

    def __init__(self, import_id: str, total: int) -> None:
        self.import_id, self.total, self.last = import_id, total, time.monotonic()

    def __call__(self, done: int) -> None:
        if time.monotonic() - self.last < PAUSE:
            return
        still = (Import.id == self.import_id) & (Import.stage == ImportStage.CHECKING)
        with write():
            db.session.execute(update(Import).where(still).values(done=done, total=self.total))
        self.last = time.monotonic()


def _told(outcome: checking.Outcome) -> tuple[ImportStage, dict[str, Any]]:
    """The stage that an outcome leads to, and its report."""
    if outcome.faults:
        kept = [list(fault) for fault in outcome.faults[:MOST_FAULTS]]
        return ImportStage.FAULTY, {"faults": kept, "count": len(outcome.faults)}
    plan = json.dumps(outcome.changes, sort_keys=True)
    return ImportStage.CHECKED, {
        "changes": outcome.changes,
        "counts": counts(outcome.changes),
        "unchanged": outcome.unchanged,
        "absent": {
            kind: {"count": len(keys), "first": keys[:MOST_ABSENT]}
            for kind, keys in outcome.absent.items()
        },
        "digest": hashlib.sha256(plan.encode()).hexdigest(),
    }


def counts(changes: list[dict[str, Any]]) -> dict[str, int]:
    """How many changes there are of each part, those that are none left out."""
    found = dict.fromkeys(words.PARTS, 0)
    for change in changes:
        for part in words.parts(change):
            found[part] += 1
    return {part: number for part, number in found.items() if number}


def _end(
    import_id: str, old: ImportStage, new: ImportStage, report: dict[str, Any], now: datetime
) -> None:
    """Leave a stage, unless another worker has left it already."""
    with write():
        made = db.session.get_one(Import, import_id, with_for_update={"of": Import})
        if made.stage is old:
            _set(made, new, report, now)


def _set(made: Import, stage: ImportStage, report: dict[str, Any], now: datetime) -> None:
    made.stage, made.report, made.finished_at = stage, json.dumps(report), now


def forget(now: datetime) -> None:
    """Delete the files of what came to an end a day ago, and whom they named; the counts and the
    line in the trail stay."""
    held = select(ImportFile.import_id).where(ImportFile.content.is_not(None))
    old = select(Import).where(
        Import.finished_at < now - KEPT, Import.stage.not_in(UNDER_WAY), Import.id.in_(held)
    )
    if db.session.scalars(old).first() is None:
        return
    with write():
        for made in db.session.scalars(old.with_for_update()):
            if made.stage is ImportStage.CHECKED:
                made.stage, made.report = ImportStage.FAILED, json.dumps({"why": "late"})
            report = report_of(made)
            made.report = json.dumps({key: report[key] for key in LASTING if key in report})
            for file in files_of(made):
                file.content = None
