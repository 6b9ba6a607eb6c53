"""From the draft of a request to its decision (O1-O3, E1, E2)."""

from flask import Flask
from flask_babel import lazy_gettext as _l

from intake import ports
from intake.engine import jobs, step_view, tracks, witness
from intake.establishment import finding, models, queries, service, stored_keys, views
from intake.establishment.witnesses import WITNESSES
from intake.handbook import uses
from intake.web import templating

__all__ = ["init_app", "models"]


def init_app(app: Flask) -> None:
    """Register pages, track, job and the entry in the navigation."""
    witness.register(app, WITNESSES)
    app.register_blueprint(views.room)
    step_view.register(app, views.steps.PAGES)
    with app.app_context():
        tracks.register(service.TRACK)
    jobs.add(app, jobs.Job("reroute", "day", service.reroute_job))
    uses.register(app, "requests", uses.Use(queries.named, queries.count_on, queries.held))
    finding.init_app(app)
    ports.of(app).stored_keys.append(stored_keys.read_anew)
    ports.of(app).navigation.append(templating.Entry("establishment.index", _l("Requests"), 10))
