"""Changing how long data is kept, inside write()."""

from datetime import datetime

from flask_babel import gettext as _

from intake.data.base import db
from intake.engine import audit_trail, outbox
from intake.people import queries as people
from intake.people import town
from intake.people.models import Person, Role
from intake.refusals import NotAllowed, Stale, Unready
from intake.retention.models import Period
from intake.retention.periods import told
from intake.retention.table import Row
from intake.web.forms import Problem


def change(row: Row, length: int, reason: str, by: Person, now: datetime, *, seen: int) -> None:
    """Keep a type of data for another length of time.

    `seen` is the length that the person saw: Stale where it has changed since. The other keepers
    and the data protection officer are told. Raises NotAllowed for who is no keeper, and Unready
    beside `length` where it is outside the limits of its row, or no other.
    """
    if Role.KEEPER not in by.roles or not row.is_adjustable:
        raise NotAllowed
    stored = db.session.get(Period, row.code, with_for_update=True)
    before = stored.length if stored else row.length.number
    if before != seen:
        raise Stale
    limits = row.length
    if not limits.least <= length <= limits.most:
        least, most = (str(told(one, limits.unit)) for one in (limits.least, limits.most))
        sentence = _("Choose a time from %(least)s to %(most)s.", least=least, most=most)
        raise Unready([Problem(sentence, "length")])
    if length == before:
        raise Unready([Problem(_("That is the time already. Choose another one."), "length")])
    stored = stored or Period(code=row.code)
    stored.length = length
    db.session.add(stored)
    db.session.flush()
    facts = {"type": row.code, "unit": limits.unit, "before": before, "after": length}
    words = {"reason": reason}
    entry = audit_trail.record(by, now, stored, "retention", "change", facts=facts, words=words)
    for reader in (*people.holders(Role.KEEPER), town.contact("dpo_contact")):
        if reader is not None and reader != by:
            outbox.notify("retention_changed", stored, reader, now, entry)
