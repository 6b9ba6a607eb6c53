"""Finding cases by their words: handle, addresses, what reporters wrote, references."""

from intake import search
from intake.database import db
from intake.fakes import queries
from intake.fakes.models import Case

INDEX = "case"
TEXTS = ("description", "visible_name", "target")


def remember(case: Case) -> None:
    """Let a case be found by what it holds now; never by who reported it."""
    db.session.flush()
    texts = [case.name, case.reference or ""]
    for key in queries.keys_of(case):
        texts += [key.key, key.shown]
    for report in queries.reports_of(case):
        texts += [report.reference, *(line.typed for line in report.addresses)]
        texts += [str(report.answers.get(name) or "") for name in TEXTS]
    entries = {word for text in texts for word in search.words(text)}
    search.replace(db.session.connection(), INDEX, case.id, entries)
