"""A profile from set-up to closed, for staff (O4-O6, O8, E0-E6, P4)."""

from flask import Flask
from flask_babel import lazy_gettext as _l

from intake import ports
from intake.engine import jobs, step_view, tracks, witness
from intake.handbook import uses
from intake.profiles import models, names, queries, service, stored_keys, views, words
from intake.profiles.alike import views as alike_views
from intake.profiles.witnesses import WITNESSES
from intake.web import templating

__all__ = ["alike_views", "init_app", "models"]


def init_app(app: Flask) -> None:
    """Register pages, tracks and the entry in the navigation."""
    witness.register(app, WITNESSES)
    app.register_blueprint(views.room)
    step_view.register(app, views.PAGES)
    for pages in (
        views.ADDRESS_PAGES,
        views.PROPOSE_PAGES,
        views.CHANGE_PAGES,
        views.HANDOVER_PAGES,
    ):
        step_view.register(app, pages)
    with app.app_context():
        for track in (service.PROFILE, *service.BELOW.values(), *service.BESIDE):
            tracks.register(track)
        tracks.register_notice(
            tracks.Notice(stored_keys.NOTICE, models.Profile, words.title, words.path)
        )
    uses.register(app, "profiles", uses.Use(queries.running, queries.count_on, queries.held))
    names.init_app(app)
    ports.of(app).histories.update(words.HISTORY)
    ports.of(app).stored_keys.append(stored_keys.read_anew)
    ports.of(app).shipped.append(names.ensure_compared)
    jobs.add(app, jobs.Job("near_names", jobs.ALWAYS, names.compare_anew))
    ports.of(app).navigation.append(templating.Entry("profiles.index", _l("Profiles"), 20))
