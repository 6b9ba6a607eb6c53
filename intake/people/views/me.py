"""One's own page."""

from typing import Any

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_login import current_user

from intake import clock
from intake.data.write import write
from intake.engine import audit_trail
from intake.people import accounts, passwords, queries, sign_in
from intake.people.forms.own import ChangePasswordForm, LanguageForm, SessionsForm, SignOutForm
from intake.people.models import ROLES, Role
from intake.people.throttle import Throttle
from intake.people.views.room import room
from intake.people.views.signing import held_up
from intake.refusals import Unseen
from intake.web import access, locale


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
            audit_trail.record(
                person,
                clock.now(),
                person,
                "person",
                "choose_language",
                old=person.language,
                new=chosen,
            )
            person.language = chosen
        done.leads_to = url_for("people.me")
    locale.choose_anew()
    flash(_("Saved."))
    return redirect(done.leads_to, 303)


def _me_page(form: LanguageForm) -> str:
    roles = ", ".join(str(ROLES[Role(role)]) for role in sorted(current_user.roles))
    return render_template("people/me.html", form=form, sign_out=_sign_out_form(), roles=roles)


def _sign_out_form() -> SignOutForm:
    return SignOutForm(target=("people.sign_out", {}), formdata=None)


@room.route("/me/password", methods=["GET", "POST"])
@access.staff
def password() -> Any:
    """Change one's password; whoever sits at an open browser must know the present one."""
    form, person_id, here = ChangePasswordForm(), current_user.id, sign_in.here()
    form.known = accounts.names(current_user)
    if not form.validate_on_submit():
        return _password_page(form), form.status
    throttle = Throttle(current_user.email, current_user.password_hash, trusting=False)
    if seconds := throttle.wait():
        return held_up(form, seconds, lambda: _password_page(form))
    if not passwords.matches(current_user.password_hash, form.current_password.data or ""):
        throttle.failed()
        form.current_password.errors = [_("The password is wrong.")]
        return _password_page(form), form.status
    stored = passwords.hashed(form.password.data or "")
    with write(form) as done:
        person = queries.active_person(person_id)
        if person is None:
            raise Unseen
        accounts.set_password(person, stored, "own", clock.now(), keep=here)
        done.leads_to = url_for("people.me")
    flash(_("Your password was changed. Every other browser was signed out."))
    answer = redirect(done.leads_to, 303)
    Throttle(person.email, stored).remember(answer)
    return answer


def _password_page(form: ChangePasswordForm) -> str:
    return render_template("people/password.html", form=form)


@room.route("/me/sessions", methods=["GET", "POST"])
@access.staff
def sessions() -> Any:
    """Where I am signed in, and an end to it."""
    form, now, person_id = SessionsForm(), clock.now(), current_user.id
    if not form.validate_on_submit():
        found = accounts.sessions(current_user, now)
        page = render_template(
            "people/sessions.html", form=form, sessions=found, here=sign_in.here()
        )
        return page, form.status
    with write(form) as done:
        person = queries.active_person(person_id)
        if person is None:
            raise Unseen
        accounts.end_session(person, form.which.data or "", now)
        done.leads_to = url_for("people.sessions")
    flash(_("Signed out there."))
    return redirect(done.leads_to, 303)
