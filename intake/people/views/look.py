"""The town's colour and logo: setting them, and serving what comes of them."""

from typing import Any

from flask import Response, abort, redirect, render_template, request, url_for
from flask_babel import gettext as _

from intake import clock
from intake.people import images, look, settings, town
from intake.people.forms.look import IMAGES, ColourForm, ImageForm
from intake.people.models import Role
from intake.people.views.room import room
from intake.people.views.town import fresh, overtaken, seen, stored
from intake.refusals import Stale, Unready
from intake.web import access

ADMINISTRATOR = Role.ADMINISTRATOR.value
MOST = 8 * 1024 * 1024  # bytes: larger than a picture may be, so that the form can say so


@room.route("/town/look", methods=["GET", "POST"], endpoint="town_look")
@access.roles(ADMINISTRATOR)
def look_page() -> Any:
    """The town's colour, seen by day and by night before it is saved."""
    form = fresh(ColourForm)
    if request.method == "GET":
        asked = _asked()
        form.colour.data = form.colour.data if asked is None else asked
        return _drawn(form)
    if not form.validate_on_submit():
        return _drawn(form), form.status
    if "preview" in request.form:
        return redirect(url_for("people.town_look", colour=form.colour.data), 303)
    try:
        return stored(
            form, lambda by: settings.change(form.values(), by, clock.now(), seen=seen(form))
        )
    except Stale:
        overtaken(form)
        return _drawn(form), 409


def _asked() -> str | None:
    """The colour that a preview asks for, empty for the product's; None where it may be none."""
    colour = request.args.get("colour")
    return colour if colour == "" or look.may_be(colour or "") else None


def _drawn(form: Any) -> str:
    current = town.current().colour
    colour = form.colour.offered or current if form.errors else form.colour.data or ""
    return render_template(
        "people/town_look.html",
        form=form,
        images=IMAGES,
        sample=look.address("sample.css", colour),
        is_new=colour != current,
    )


@room.route(
    "/town/look/<any(logo, logo_dark):name>", methods=["GET", "POST"], endpoint="town_image_form"
)
@access.roles(ADMINISTRATOR, files=MOST)
def image_page(name: str) -> Any:
    """A logo to send or take away."""
    form = ImageForm()
    if request.method == "GET":
        form.seen.data = str(town.current().revision)
    form.image.is_optional = "remove" in request.form
    if not form.validate_on_submit():
        return _image(name, form), form.status
    try:
        sent = None if "remove" in request.form else form.image.data
        picture = None if sent is None else images.read(sent.content)
        return stored(form, lambda by: images.put(name, picture, by, clock.now(), seen=seen(form)))
    except Unready as refusal:
        form.refuse(refusal.problems)
    except Stale:
        form.problems = [_("Somebody else has changed the picture since you opened this page.")]
        form.seen.data = str(town.current().revision)
        return _image(name, form), 409
    return _image(name, form), form.status


def _image(name: str, form: ImageForm) -> str:
    return render_template("people/town_image.html", form=form, name=name, heading=IMAGES[name])


@room.get("/town/<any(logo, logo_dark):name>", endpoint="town_image")
@access.public(access.FOREVER)
def image(name: str) -> Response:
    """A logo in the asked version; any other is 404, so that none is cached as another."""
    found = images.find(name, request.args.get("v", ""))
    if found is None:
        abort(404)
    return Response(found.content, content_type=found.media_type)


@room.get("/<any('town.css', 'sample.css'):name>", endpoint="town_sheet")
@access.public(access.FOREVER)
def sheet(name: str) -> Response:
    """The town's colours as a stylesheet, made from the colour in the address alone."""
    colour = f"#{request.args.get('colour', '')}".rstrip("#")
    if colour and not look.may_be(colour):
        abort(404)
    if request.args.get("v") != look.version(name, colour):
        abort(404)
    return Response(look.SHEETS[name](colour), content_type="text/css; charset=utf-8")
