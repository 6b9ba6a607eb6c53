"""How long everything is kept, and what happens then (P7): one table, which the privacy notice is
printed from, keepers adjust within limits, and a job obeys every night."""

from flask import Flask
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from intake import ports
from intake.engine import jobs, legal_hold, tracks, witness
from intake.people.models import Role
from intake.retention import clock_guard, job, views, words
from intake.retention.models import Period, Run
from intake.web import templating

KEEPING = {Role.KEEPER.value, Role.ADMINISTRATOR.value}


def init_app(app: Flask) -> None:
    """Register the job, the pages, the letters, and what the chain vouches for."""
    witness.register(app, job.WITNESSES)
    app.register_blueprint(views.room)
    jobs.add(app, jobs.Job("retention", "day", job.run))
    jobs.add(app, jobs.Job("old_copies", "day", job.forget_copies))
    jobs.add(app, jobs.Job("disclosures", "day", job.forget_disclosures))
    ports.of(app).upkeep.append(
        templating.Entry(
            "retention.table",
            _l("How long data is kept"),
            75,
            about=_l("What is erased when, what is held back, and what is known of one person."),
            may=lambda person: bool(person.roles & KEEPING),
            news=clock_guard.news,
        )
    )
    app.jinja_env.globals["hold_of"] = legal_hold.of
    with app.app_context():
        tracks.tell_history("retention", words.HISTORY)
        tracks.register_notice(
            tracks.Notice(
                "retention_changed",
                Period,
                title=lambda _row: _("How long data is kept"),
                address=lambda _row: "/retention",
            )
        )
        tracks.register_notice(
            tracks.Notice(
                clock_guard.NOTICE,
                Run,
                title=lambda _row: _("Nothing is erased until somebody has looked at the clock"),
                address=lambda _row: "/retention/clock",
                stands=lambda run, _now: run.refused_at is not None,
            )
        )
