"""Fake profiles: reported by anyone, one case for each, followed until it is gone (P5, G8)."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from flask import Flask
from flask_babel import lazy_gettext as _l

from intake import ports
from intake.data.write import write
from intake.engine import jobs, step_view, tracks, witness
from intake.fakes import duties, models, queries, reporter, service, stored_keys, views, words
from intake.fakes.desk import disclosure_report, filing_page, period_letters
from intake.fakes.evidence import integrity_check
from intake.fakes.matching import search
from intake.fakes.reporting import follow_session, uploads
from intake.fakes.witnesses import WITNESSES
from intake.people.models import Person
from intake.web import templating

__all__ = ["init_app", "models"]

FOLLOWING = {
    "gone": _l("The reporter does not see the profile any more."),
    "contact": _l("The reporter gave contact data."),
    "withdrawn": _l("The reporter withdrew the contact data."),
}

NOTICES: tuple[tuple[str, Any, Any, str], ...] = (  # the messages that are no step of a case
    ("flood", models.Report, _l("Many reports are coming in"), "/cases?state=untaken"),
    (uploads.FULL, Person, _l("No room for evidence"), "/upkeep"),
    (integrity_check.DAMAGED, Person, _l("Evidence is missing or has changed"), "/upkeep"),
    (stored_keys.NOTICE, Person, _l("Addresses of cases were read anew"), "/cases/addresses"),
    (disclosure_report.NOTICE, Person, _l("Opened protected data"), "/cases/opened"),
)


def init_app(app: Flask) -> None:
    """Register pages, tracks and messages, and that letters may go to reporters."""
    witness.register(app, WITNESSES)
    app.register_blueprint(views.room)
    for pages in (views.cases.PAGES, views.cases.RECOVERY_PAGES, views.cases.OPENING_PAGES):
        step_view.register(app, pages)
    ports.of(app).navigation += [
        templating.Entry("fakes.report", _l("Report a fake"), 15, public=True),
        templating.Entry("fakes.follow", _l("Follow"), 30, public=True),
    ]
    jobs.add(app, jobs.Job("follows", "day", _sweep))
    with app.app_context():
        tracks.tell_history(service.FOLLOWING, FOLLOWING)
        tracks.register(service.CASE)
        tracks.register(service.POLICE)
        for name, sentences in words.HISTORY.items():
            tracks.tell_history(name, sentences)
        for name, model, title, address in NOTICES:
            tracks.register_notice(tracks.Notice(name, model, _always(title), _always(address)))
        for name in (period_letters.WARNING, period_letters.COMPLAINT):
            tracks.register_notice(tracks.Notice(name, models.Case, words.title, words.path))
    jobs.add(app, jobs.Job("periods", "day", period_letters.tell))
    jobs.add(app, jobs.Job(disclosure_report.NOTICE, "day", disclosure_report.tell))
    jobs.add(app, jobs.Job("evidence", "day", integrity_check.look))
    jobs.add(app, jobs.Job("unsent_files", "hour", uploads.sweep))
    app.cli.add_command(integrity_check.group)
    entry = templating.Entry(
        "fakes.queue", _l("Cases"), 30, may=lambda person: bool(person.roles & queries.HANDLING)
    )
    ports.of(app).navigation.append(entry)
    search.init_app(app)
    ports.of(app).stored_keys.append(stored_keys.read_anew)
    ports.of(app).beside_profile.append(filing_page.beside_profile)
    ports.of(app).calls.append(duties.watch_calls)
    ports.of(app).readers.append(reporter.by_id)


def _sweep(now: datetime) -> None:
    with write():
        follow_session.sweep(now)


def _always(said: Any) -> Callable[[Any], Any]:
    """The same of whatever it is about."""
    return lambda _subject: said
