"""Reporters: whoever holds the code of a report. They are no persons of the house and have no
rights but their own report; letters reach them where they left an address.

Who they are is sealed. It is opened for a handler by a `Reveal`, which leaves a line, for the mail
server by the row of the letter, and by the guard of what leaves, which shows it to nobody.
"""

import json
import re
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property

from cryptography.fernet import InvalidToken
from sqlalchemy import Select, func, select

from intake import text
from intake.data.base import db, lots
from intake.data.write import write
from intake.engine import outbox
from intake.fakes.models import CaseReport, Contact, Evidence, Report, Reveal
from intake.refusals import NotAllowed
from intake.security import field_encryption, keys
from intake.security.outgoing import PLACEHOLDER
from intake.security.sealed import Sealed

LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford's: none is taken for another
LOOKALIKE = str.maketrans("OIL", "011")
REFERENCE = re.compile(r"VI[0-9A-Z]{6}")
SIGNS, GROUP = 16, 4  # 80 bits
ROWS = 100  # sealed again in one write
LETTERS_A_DAY = 3  # to one address (A75)


def new_reference() -> str:
    """A report's own reference, to quote: random, so it tells nobody how many there are."""
    return "VI-" + "".join(secrets.choice(LETTERS) for _ in range(6))


def code_of(nonce: str) -> str:
    """The code to follow a report with, made from the nonce of the form it came by: the same form
    sent again shows the same code (A114)."""
    number = int.from_bytes(keys.derive(f"code:{nonce}")[:10])
    signs = [LETTERS[number >> 5 * place & 31] for place in range(SIGNS)]
    return "-".join("".join(signs[at : at + GROUP]) for at in range(0, SIGNS, GROUP))


def code_hash(typed: str) -> str:
    """What is stored of a code, however it is typed: a hash under a key that the database does
    not hold (A62)."""
    return keys.keyed_hash("code", _signs(typed)[-SIGNS:].translate(LOOKALIKE))


def is_reference(typed: str) -> bool:
    """Has a text the form of a report's reference, whether or not there is such a report?"""
    return REFERENCE.fullmatch(_signs(typed)) is not None


def _signs(typed: str) -> str:
    return re.sub(r"[^0-9A-Z]", "", text.code(typed))


def by_code(typed: str) -> Report | None:
    """The report of a code: one hash and one look-up, whatever was typed (A63)."""
    return db.session.scalars(select(Report).where(Report.code_hash == code_hash(typed))).first()


@dataclass(frozen=True)
class Told:
    """What a reporter told of themselves, all of it optional."""

    name: str = ""
    email: str = ""
    phone: str = ""
    secrecy: bool = False  # asks that the contact data be kept secret
    secrecy_reason: str = ""

    def __bool__(self) -> bool:
        return self != Told()

    def __repr__(self) -> str:
        return f"<told {PLACEHOLDER}>"


def keep_contact(report: Report, told: Told) -> None:
    """Store a reporter's contact data, encrypted; nothing where none was given."""
    forget_contact(report)
    if told:
        row = Contact(
            report_id=report.id,
            encrypted=field_encryption.encrypted(json.dumps(vars(told), ensure_ascii=False)),
            mail_hash=mail_hash(told.email) if told.email else None,
        )
        db.session.add(row)
        db.session.flush()


def forget_contact(report: Report) -> None:
    """Erase a reporter's contact data: letters that wait find nobody any more."""
    if row := db.session.get(Contact, report.id):
        db.session.delete(row)
        db.session.flush()


def add_contact(report: Report, told: Told) -> None:
    """Store more contact data: what is given takes the place of what was given before, the rest
    stays."""
    given = {name: value for name, value in vars(told).items() if value}
    keep_contact(report, Told(**{**vars(_told(report.id)), **given}))


def _told(report_id: str) -> Told:
    """What a reporter told of themselves; empty where they told nothing or withdrew it."""
    row = db.session.get(Contact, report_id)
    return _opened(row.encrypted) if row else Told()


def _opened(token: str) -> Told:
    return Told(**json.loads(field_encryption.decrypted(token)))


def revealed(report: Report, line: Reveal, now: datetime) -> Told:
    """What a reporter told of themselves, by the line that a handler's step has left; raises
    NotAllowed where it is of something else, or over (A80)."""
    if line.what != f"contact:{report.id}" or line.until <= now:
        raise NotAllowed
    return _told(report.id)


def revealed_name(file: Evidence, line: Reveal | None, now: datetime) -> str:
    """What the sender called a file, by the line that opening its original has left; else the
    placeholder."""
    is_open = line is not None and line.what == f"original:{file.id}" and line.until > now
    return file.name.opened() if is_open else str(file.name)


def to_compare(reports: Iterable[Report]) -> dict[str, Told]:
    """What the reporters told of themselves, by the ids of their reports: for the guard of what
    leaves alone, which shows it to nobody."""
    ids = [report.id for report in reports]
    rows = [row for some in lots(ids, ROWS) for row in db.session.scalars(_contacts(some))]
    return {row.report_id: _opened(row.encrypted) for row in rows}


def _contacts(ids: Iterable[str]) -> Select[Contact]:
    return select(Contact).where(Contact.report_id.in_(list(ids)))


def seal_again() -> int:
    """Seal contact data and names of files under the newest key, some rows at a time while others
    write; how many there were (A164)."""
    number = 0
    for key, column in ((Contact.report_id, "encrypted"), (Evidence.id, "name")):
        ids = list(db.session.scalars(select(key).order_by(key)))
        number += len(ids)
        for some in lots(ids, ROWS):
            with write():
                chosen = select(key.class_).where(key.in_(some)).with_for_update()
                for row in db.session.scalars(chosen):
                    kept = getattr(row, column)
                    setattr(row, column, _again(kept))
    return number


def _again(kept: str) -> str:
    if isinstance(kept, Sealed):
        return Sealed(field_encryption.encrypted_again(kept.token))
    return field_encryption.encrypted_again(kept)


def unopened() -> int:
    """How many sealed rows no key opens."""
    tokens = [*db.session.scalars(select(Contact.encrypted))]
    tokens += [name.token for name in db.session.scalars(select(Evidence.name))]
    return sum(not _opens(token) for token in tokens)


def _opens(token: str) -> bool:
    try:
        field_encryption.decrypted(token)
    except InvalidToken:
        return False
    return True


def has_email(report: Report) -> bool:
    """Did a reporter leave an address?"""
    query = select(Contact.mail_hash).where(Contact.report_id == report.id)
    return db.session.scalar(query) is not None


def mail_hash(email: str) -> str:
    """How letters to one address are counted without knowing it."""
    return keys.keyed_hash("reporter mail", email.casefold())


@dataclass(frozen=True)
class Reporter:
    """The holder of a report's code, as parties and letters know them."""

    id: str  # the report's
    reference: str
    language: str
    name: str = ""
    is_active: bool = True
    roles: frozenset[str] = frozenset()
    template: str = "report"  # of their letters: no case, no typed text (A75)
    path: str = "/follow"  # where they follow it

    @cached_property
    def email(self) -> str:
        """The address they left, sealed; empty where they left none."""
        address = _told(self.id).email
        return Sealed.of(address) if address else ""


def of(report: Report) -> Reporter:
    """Who sent a report."""
    return Reporter(report.id, report.reference, report.language)


def by_id(report_id: str) -> Reporter | None:
    """Who sent the report of an id."""
    report = db.session.get(Report, report_id)
    return None if report is None else of(report)


def of_case(case_id: str) -> list[Reporter]:
    """Everybody who reported a case, the first one first."""
    rows = (
        select(Report)
        .join(CaseReport, CaseReport.report_id == Report.id)
        .where(CaseReport.case_id == case_id)
        .order_by(Report.created_at, Report.id)
    )
    return [of(report) for report in db.session.scalars(rows)]


def reachable(case_id: str, now: datetime) -> list[Reporter]:
    """Those who left an address that has not had its letters of the day (A75)."""
    rows = db.session.execute(
        select(Report, Contact.mail_hash)
        .join(CaseReport, CaseReport.report_id == Report.id)
        .join(Contact, Contact.report_id == Report.id)
        .where(CaseReport.case_id == case_id, Contact.mail_hash.is_not(None))
        .order_by(Report.created_at, Report.id)
    ).all()
    return [of(report) for report, hashed in rows if hashed and _may_have_letter(hashed, now)]


def _may_have_letter(hashed: str, now: datetime) -> bool:
    sent = (
        select(func.count())
        .select_from(outbox.Message)
        .join(Contact, Contact.report_id == outbox.Message.person_id)
        .where(Contact.mail_hash == hashed, outbox.Message.created_at > now - timedelta(days=1))
    )
    return (db.session.scalar(sent) or 0) < LETTERS_A_DAY
