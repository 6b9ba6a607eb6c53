"""What keepers and administrators look after: the trail, and the messages that left or wait."""

from itertools import pairwise
from typing import Any

from flask import Blueprint, Flask, current_app, render_template, request, url_for
from flask_babel import lazy_gettext as _l
from flask_login import current_user

from intake import ports
from intake.engine import audit_trail, history, outbox, tracks
from intake.engine.table import ANYONE, CLOCK, EFFECT
from intake.people import queries as people
from intake.people import words
from intake.people.models import Role
from intake.security.sealed import Sealed
from intake.site import trail_check
from intake.web import access, locale, templating

room = Blueprint("upkeep", __name__)
PAGE = 50


def init_app(app: Flask) -> None:
    """Register the pages and their entries in the navigation."""
    app.register_blueprint(room)
    ports.of(app).upkeep += [
        templating.Entry(
            "upkeep.trail_page",
            _l("Trail"),
            70,
            about=_l("Everything that was done, in order."),
            may=lambda person: bool(person.roles & KEEPING),
            news=trail_check.news,
        ),
        templating.Entry(
            "upkeep.messages",
            _l("Messages"),
            80,
            about=_l("What was written to whom, and what became of it."),
            may=lambda person: Role.ADMINISTRATOR in person.roles,
        ),
    ]
    upkeep = templating.Entry(
        "upkeep.upkeep",
        _l("Administration"),
        70,
        may=lambda person: bool(person.roles & KEEPING),
        covers=lambda: ports.of(app).upkeep,
    )
    ports.of(app).navigation.append(upkeep)


OF_ROLES = ("role_grant", "role_proposal")  # their lines say whom and which
KEEPING = {Role.KEEPER.value, Role.ADMINISTRATOR.value}


@room.get("/upkeep")
@access.roles(*sorted(KEEPING))
def upkeep() -> Any:
    """What keepers and administrators look after, each a page of its own."""
    return render_template("upkeep/upkeep.html", entries=templating.upkeep(current_user))


@room.get("/trail")
@access.roles(*sorted(KEEPING))
def trail_page() -> Any:
    """The newest entries, older ones by their number."""
    before = request.args.get("before", "")
    start = int(before) if before.isdecimal() and len(before) < 10 else None
    found = audit_trail.newest(PAGE + 1, start)
    entries = found[:PAGE]
    names = people.people([*(entry.actor for entry in entries), *map(_whom, entries)])
    units = people.units_of(entry.subject_id for entry in entries if entry.subject_type == "unit")
    rows = [
        (entry, history.sentence(entry, names), _about(entry, names, units), _moved(entry))
        for entry in entries
    ]
    return render_template(
        "upkeep/trail.html",
        rows=rows,
        names=names,
        machine={CLOCK.name, EFFECT.name},
        anyone=ANYONE.name,
        set_back={
            line.seq for line, earlier in pairwise(found) if audit_trail.set_back(line, earlier)
        },
        older=entries[-1].seq if len(found) > PAGE else None,
        check=trail_check.newest() if Role.ADMINISTRATOR in current_user.roles else None,
    )


def _whom(entry: Any) -> str:
    """The person a line is about, whoever did it; of an absence only those concerned know."""
    if entry.subject_type in OF_ROLES:
        return str(entry.detail()["person"])
    return str(entry.subject_id) if entry.subject_type == "person" else ""


def _about(entry: Any, names: Any, units: Any) -> list[tuple[Any, str]]:
    """What a line of people and units was about: words, and the page that tells more."""
    found: list[tuple[Any, str]] = []
    if (whom := _whom(entry)) != entry.actor and whom in names:
        found.append((names[whom].name, url_for("people.person", id=whom)))
    if entry.subject_id in units:
        unit = units[entry.subject_id]
        found.append((unit.name(locale.current()), url_for("people.unit", id=unit.id)))
    if entry.subject_type in OF_ROLES:
        found.append((words.about(entry.detail()), ""))
    return found


def _moved(entry: Any) -> str:
    """From which state to which, in the words of their tags; nothing where the state stayed."""
    if entry.old == entry.new:
        return ""
    track = tracks.tracks().get(entry.track)
    states: Any = track.words.states if track else {}
    old, new = (
        str(states[code].text) if code in states else code or "–" for code in (entry.old, entry.new)
    )
    return f"{old} → {new}"


@room.get("/messages")
@access.roles(Role.ADMINISTRATOR.value)
def messages() -> Any:
    """What was written to whom, and what became of it; read as it was meant."""
    found = outbox.waiting(before=request.args.get("before"), limit=PAGE)
    readers = people.people(message.person_id for message in found)
    older = found[-1].id if len(found) == PAGE else None
    return render_template(
        "upkeep/messages.html",
        messages=found,
        readers=readers,
        older=older,
        fates=outbox.FATES,
        sends=bool(current_app.config["MAIL_URL"]),
    )


@room.get("/messages/<id>")
@access.roles(Role.ADMINISTRATOR.value)
def message(id: str) -> Any:
    """One message as its reader gets it; of a reporter's not where it goes."""
    row = outbox.find(id)
    letter = outbox.letter(row, hide_secrets=True)
    is_sealed = letter is not None and isinstance(letter.to, Sealed)
    return render_template(
        "upkeep/message.html", message=row, letter=letter, is_sealed=is_sealed, fates=outbox.FATES
    )
