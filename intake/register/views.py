"""The public pages: list, profile, check; the same bytes for everybody."""

from typing import Any
from urllib.parse import urlencode

from flask import Blueprint, redirect, render_template, request, url_for
from flask_babel import gettext as _

from intake import ports
from intake.register import check, queries
from intake.register.forms import CheckForm, FilterForm
from intake.web import access, locale, templating

room = Blueprint("register", __name__)


@room.context_processor
def _town_page() -> dict[str, str]:
    """The page of the town's own site that leads here (P4), where it is a web address."""
    return {"town_page": templating.followable(ports.here().town().register_page)}


@room.app_template_global()
def report_url(query: str, target: str | None = None) -> str:
    """The report form with an address filled in, and the profile (its slug) that it imitates, in
    the language that was asked for."""
    spoken = locale.asked()
    given = {"q": query, "target": target, "lang": spoken}
    return "/report?" + urlencode({name: value for name, value in given.items() if value})


@room.get("/register")
@access.public(access.FRESH)
def index() -> Any:
    """The list of official profiles, with search and filters (P4, O6, E6)."""
    form = FilterForm(formdata=request.args)
    filters = queries.Filters.of(request.args)
    form.offer(queries.choices())
    fits = form.q.validate(form)
    listing = queries.listing(
        filters if fits else queries.Filters(),
        after=request.args.get("after", ""),
        before=request.args.get("before", ""),
    )
    page = render_template(
        "register/index.html",
        form=form,
        filters=filters,
        listing=listing,
        removals=_removals(form, filters),
        is_address=fits and queries.is_address(filters.q),
        previous=_page(filters, before=listing.before),
        next=_page(filters, after=listing.after),
        warnings=queries.warnings(),
    )
    return page, 200 if fits else 422


def _page(filters: queries.Filters, **cursor: str | None) -> str:
    """The address of a neighbouring page, empty where there is none."""
    if not all(cursor.values()):
        return ""
    values: dict[str, Any] = {**filters.active, **cursor}
    return url_for("register.index", **values)


def _removals(form: FilterForm, filters: queries.Filters) -> list[tuple[str, str, None, bool]]:
    """Each filter in use, and the address of the list without it."""
    named = {"q": filters.q[:60]}
    for field in form.selects:
        labels = {value: label for value, label, *_more in field.iter_choices()}
        named[field.name] = str(labels.get(field.data, field.data))
    return [
        (_("Remove: %(filter)s", filter=named[name]), _without(filters, name), None, False)
        for name in filters.active
    ]


def _without(filters: queries.Filters, dropped: str) -> str:
    kept: dict[str, Any] = {
        name: value for name, value in filters.active.items() if name != dropped
    }
    return url_for("register.index", **kept)


@room.get("/register/<slug>")
@access.public(access.FRESH)
def profile(slug: str) -> Any:
    """The page of one listed profile (P4, P8, O9, E5)."""
    entry = queries.by_slug(slug)
    return render_template(
        "register/profile.html", entry=entry, warnings=queries.warnings(entry.id)
    )


@room.get("/check")
@access.public(access.FRESH)
def check_page() -> Any:
    """Is a profile the town's own? A verdict for each thing that the text asks about."""
    form = CheckForm(formdata=check.asked(request.args))
    fits = form.validate()
    text = "\n".join(form.lines)
    answers = check.answer(text, queries.known()).every if fits and text else ()
    several = len(form.lines) > 1 or "several" in request.args
    page = render_template("register/check.html", form=form, answers=answers, several=several)
    return page, 200 if fits else 422


@room.get("/rekisteri")
@access.public(access.FRESH)
def short_register() -> Any:
    """The list's address on Finnish print."""
    return redirect(url_for("register.index", **_carried("platform", "unit", "kind")))


@room.get("/tarkista")
@access.public(access.FRESH)
def short_check() -> Any:
    """The check's address on Finnish print."""
    return redirect(url_for("register.check_page", **_carried()))


@room.get("/kontrollera")
@access.public(access.FRESH)
def short_check_in_swedish() -> Any:
    """The check's address on Swedish print."""
    spoken: dict[str, Any] = (
        {"lang": "sv"} if "sv" in locale.offered() and not locale.asked() else {}
    )
    return redirect(url_for("register.check_page", **_carried(), **spoken))


def _carried(*names: str) -> dict[str, Any]:
    return {name: request.args[name] for name in ("q", *names) if name in request.args}
