"""Importing units and people: bring files, see what is wrong or would change, let it be written."""

from typing import Any

from flask import Response, make_response, redirect, render_template, request, url_for
from flask_babel import lazy_gettext as _l
from flask_login import current_user

from intake import clock
from intake.data.write import write
from intake.people import queries, town
from intake.people.forms.imports import ConfirmForm, ImportForm
from intake.people.importing import layout, running, words
from intake.people.importing.present import present
from intake.people.models import LEVELS, Import, Person, Role
from intake.people.views.room import room
from intake.refusals import Unseen
from intake.web import access, templating

ADMINISTRATOR = Role.ADMINISTRATOR.value
MOST = 5 * 1024 * 1024 + 512 * 1024  # bytes of the files, and room to say what is too much
PAGE = 100
REFRESH = 3  # seconds
KIND = "/<any(units, people):kind>.csv"
ENTRY = templating.Entry(
    "people.imports",
    _l("Import of units and people"),
    25,
    about=_l("New and changed units and people from a CSV file."),
    may=lambda person: ADMINISTRATOR in person.roles,
)


@room.route("/people/import", methods=["GET", "POST"])
@access.roles(ADMINISTRATOR, files=MOST)
def imports() -> Any:
    """Choose files; what they must look like; earlier imports."""
    form = ImportForm()
    if not form.validate_on_submit():
        earlier = running.newest()
        return render_template(
            "people/import.html",
            form=form,
            kinds=layout.KINDS,
            rows=layout.ROWS,
            megabytes=layout.MEGABYTES,
            earlier=earlier,
            people=queries.people(made.by_id for made, _title in earlier),
            stages=words.STAGES,
            levels=LEVELS,
            domain=town.current().mail_domains[0],
        ), form.status
    with write(form) as done:
        made = running.bring(form.files, _me(), clock.now())
        done.leads_to = url_for("people.import_page", id=made.id)
    return redirect(done.leads_to, 303)


@room.route("/people/import/<id>", methods=["GET", "POST"])
@access.roles(ADMINISTRATOR)
def import_page(id: str) -> Any:
    """How an import stands, and the one button that lets it be written."""
    made = running.find(id)
    form = ConfirmForm()
    if not form.validate_on_submit():
        return _page(made, form)
    with write(form) as done:
        seen, invite = form.seen.data or "", form.invite.data
        running.confirm(running.find(id), seen, _me(), invite=invite)
        done.leads_to = url_for("people.import_page", id=id)
    return redirect(done.leads_to, 303)


def _page(made: Import, form: ConfirmForm) -> Response:
    report = running.report_of(made)
    form.seen.data = report.get("digest", "")
    waiting = made.stage in running.UNDER_WAY and request.args.get("refresh") != "no"
    answer = make_response(
        render_template(
            "people/import_page.html",
            made=made,
            files=[file.name for file in running.files_of(made)],
            by=queries.people([made.by_id])[made.by_id],
            form=form,
            report=report,
            may=made.by_id == current_user.id,
            waiting=waiting,
            words=words,
            **(_faults(made, report) if "faults" in report else _changes(report)),
        ),
        form.status,
    )
    if waiting:
        answer.headers["Refresh"] = str(REFRESH)
    return answer


def _faults(made: Import, report: dict[str, Any]) -> dict[str, Any]:
    rows, number = _sliced(report["faults"])
    last = len(report["faults"])
    return {"rows": running.told(made, rows), "number": number, "last": last, "part": ""}


def _changes(report: dict[str, Any]) -> dict[str, Any]:
    part = request.args.get("part", "")
    changes = [
        change
        for change in report.get("changes", [])
        if part not in words.PARTS or part in words.parts(change)
    ]
    rows, number = _sliced(changes)
    return {"rows": rows, "number": number, "last": len(changes), "part": part}


def _sliced(rows: list[Any]) -> tuple[list[Any], int]:
    """The rows of the page that was asked for, and its number."""
    asked = request.args.get("page", "")
    number = int(asked) if asked.isascii() and asked.isdecimal() and len(asked) < 6 else 1
    number = min(max(number, 1), max(-(-len(rows) // PAGE), 1))
    return rows[(number - 1) * PAGE : number * PAGE], number


@room.get("/people/import/<id>/faults.csv")
@access.roles(ADMINISTRATOR)
def import_faults(id: str) -> Response:
    """Every fault of an import as a file."""
    made = running.find(id)
    rows = running.told(made, running.report_of(made).get("faults", []))
    return _csv("faults", layout.drawn(words.FAULT_HEADS, rows))


@room.get(f"/people/import/template{KIND}")
@access.roles(ADMINISTRATOR)
def import_template(kind: str) -> Response:
    """A file with nothing but headings."""
    return _csv(kind, layout.table(kind, []))


@room.get(f"/people/import/current{KIND}")
@access.roles(ADMINISTRATOR)
def import_current(kind: str) -> Response:
    """The units or people of today as a file: importing it changes nothing."""
    return _csv(kind, layout.table(kind, present().listed(kind)))


def _csv(name: str, content: bytes) -> Response:
    answer = Response(content, content_type="text/csv; charset=utf-8")
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return answer


def _me() -> Person:
    """The person at work, read in this transaction."""
    person = queries.active_person(current_user.id)
    if person is None:
        raise Unseen
    return person
