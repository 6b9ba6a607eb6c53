"""One's own page."""

from typing import Any

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_login import current_user

from intake import access, clock, trail
from intake.database import write
from intake.people import queries
from intake.people.forms.own import LanguageForm, SignOutForm
from intake.people.models import ROLES, Role
from intake.people.views.room import room


@room.route("/me", methods=["GET", "POST"])
@access.staff
def me() -> Any:
    """One's own page: who I am here, and the language I work in."""
    form = LanguageForm(obj=current_user)
    if not form.validate_on_submit():
        return _me_page(form), form.status
    chosen, person_id = form.language.data, current_user.id
    with write(form) as done:
        person = queries.active_person(person_id)
        if person is not None and person.language != chosen:
            trail.record(
                person,
                clock.now(),
                person,
                "person",
                "choose_language",
                old=person.language,
                new=chosen,
            )
            person.language = chosen
        done.place = url_for("people.me")
    flash(_("Saved."))
    return redirect(done.place, 303)


def _me_page(form: LanguageForm) -> str:
    roles = ", ".join(str(ROLES[Role(role)]) for role in sorted(current_user.roles))
    return render_template("people/me.html", form=form, sign_out=_sign_out_form(), roles=roles)


def _sign_out_form() -> SignOutForm:
    return SignOutForm(target=("people.sign_out", {}), formdata=None)
