"""Profiilivahti: a town's official social-media profiles, from request to public register."""

import os
from collections.abc import Mapping
from pathlib import Path

from flask import Flask

from intake import (
    config,
    establishment,
    fakes,
    handbook,
    logs,
    people,
    ports,
    profiles,
    register,
    retention,
)
from intake.data import engine, full_text
from intake.engine import audit_trail, history, jobs, outbox, step_view, witness
from intake.fakes.guard import Guard
from intake.fakes.service import used_address
from intake.ops import cli, key_mark, migrate
from intake.people import queries, town
from intake.people.views import signing
from intake.retention import clock_guard
from intake.security import keys
from intake.site import (
    admin_pages,
    desk,
    morning,
    onboarding,
    staff_changes,
    start_page,
    trail_check,
    well_known,
)
from intake.web import (
    access,
    assets,
    catalogues,
    error_pages,
    forms,
    locale,
    loose_paths,
    page_cache,
    templating,
    unicode_controls,
)

CHECKOUT = Path(__file__).parent.parent


def create_app(given: Mapping[str, str] | None = None, instance: Path | None = None) -> Flask:
    """The application: settings, then the flat files, then the rooms from the lowest up."""
    instance = instance or Path(os.environ.get("INTAKE_INSTANCE", CHECKOUT / "instance"))
    app = logs.House(__name__, instance_path=str(instance), template_folder=str(_templates()))
    app.config.update(config.load(instance, given))
    config.refuse_unsafe(app.config)
    key_mark.refuse_lost(instance, app.config["DATABASE_URL"])
    app.config.update(ROOT_KEY=config.root_key(instance), **config.flask_settings(app.config))
    config.field_keys(instance / config.KEYS)  # a list that cannot be read is said now
    with app.app_context():
        app.secret_key = keys.derive("session")
    app.extensions["ports"] = ports.Ports(
        town=town.current,
        names=queries.people,
        active_person=queries.active_person,
        readers=[queries.reader],
        ask_to_sign_in=signing.ask_to_sign_in,
        event=history.event,
        duty=desk.duty_on,
        staff=staff_changes,
        guard=Guard(),
        is_clock_trusted=clock_guard.is_trusted,
        address_is_used=used_address.report,
        finishing=[full_text.finish, outbox.tell_effects, audit_trail.append],
    )
    for part in (logs, templating, locale, assets, error_pages):
        part.init_app(app)
    engine.init_app(app, instance)
    migrate.init_app(app)
    catalogues.init_app(app, instance)
    witness.init_app()
    for room in (people, handbook, profiles, establishment, fakes, register):
        room.init_app(app)
    for above in (start_page, well_known, onboarding, desk, admin_pages, staff_changes):
        above.init_app(app)
    ports.of(app).shipped.append(full_text.settle)
    jobs.add(app, jobs.Job("search", jobs.ALWAYS, full_text.go_on))
    for above in (jobs, trail_check, morning, retention, cli):
        above.init_app(app)
    access.init_app(app)  # so late that its headers are the first thing on every answer
    loose_paths.init_app(app)
    app.before_request(forms.follow_repeat)
    page_cache.init_app(app)  # but for what is kept of it
    step_view.refuse_unoffered(app)
    unicode_controls.init_app(app)  # and for the text itself, which the ETag is made of
    return app


def _templates() -> Path:
    beside = CHECKOUT / "templates"
    return beside if beside.is_dir() else Path(__file__).parent / "templates"
