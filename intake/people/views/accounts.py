"""The pages behind one-time links, and those that send them."""

from typing import Any

from flask import flash, make_response, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_login import current_user

from intake import clock
from intake.data.write import write
from intake.people import accounts, links, passwords, queries, sign_in
from intake.people.forms.accounts import FirstStartForm, InviteForm, NewPasswordForm, ResetForm
from intake.people.models import LinkPurpose, Person, Role
from intake.people.throttle import Throttle
from intake.people.views.room import room
from intake.refusals import Unready
from intake.web import access, locale


@room.route("/first/<secret>", methods=["GET", "POST"])
@access.public(referrer=access.UNSEEN)
def first_start(secret: str) -> Any:
    """Take the service into use: the town's name and its first administrator."""
    accounts.first_link(secret, clock.now())
    form = FirstStartForm(language=locale.current())
    if not form.validate_on_submit():
        return render_template("people/first.html", form=form, secret=secret), form.status
    stored, now = passwords.hashed(form.password.data or ""), clock.now()
    try:
        with write(form) as done:
            person = accounts.first_start(secret, form.called(), form.own(), stored, now)
            sign_in.begin(person, now)
            done.leads_to = url_for("desk.index")
    except Unready as refusal:
        form.refuse(refusal.problems)
        return render_template("people/first.html", form=form, secret=secret), 422
    return _signed_in(person, done.leads_to)


def _signed_in(person: Person, place: str) -> Any:
    answer = make_response(redirect(place, 303))
    Throttle(person.email, person.password_hash).remember(answer)
    return answer


@room.route("/people/<id>/invite", methods=["GET", "POST"])
@access.roles(Role.ADMINISTRATOR.value)
def invite(id: str) -> Any:
    """Send somebody, once more where need be, the link with which they choose a password."""
    invited, form, now = accounts.to_invite(id), InviteForm(), clock.now()
    if not form.validate_on_submit():
        token = accounts.invitation_of(invited, now)
        page = render_template("people/invite.html", form=form, invited=invited, token=token)
        return page, form.status
    by_id = current_user.id
    with write(form) as done:
        accounts.invite(accounts.to_invite(id), queries.active_person(by_id), now)
        done.leads_to = url_for("people.person", id=id)
    flash(_("The invitation is on its way."))
    return redirect(done.leads_to, 303)


@room.route("/invitation/<secret>", methods=["GET", "POST"])
@access.public(referrer=access.UNSEEN)
def invitation(secret: str) -> Any:
    """Choose the first password and go to work."""
    person, form = _person_of(LinkPurpose.INVITATION, secret), NewPasswordForm()
    if person is None:
        return render_template("people/dead_link.html"), 404
    form.known = accounts.names(person)
    if not form.validate_on_submit():
        page = render_template("people/invitation.html", form=form, secret=secret, invited=person)
        return page, form.status
    stored, now = passwords.hashed(form.password.data or ""), clock.now()
    with write(form) as done:
        person = accounts.choose_password(LinkPurpose.INVITATION, secret, stored, now)
        sign_in.begin(person, now)
        done.leads_to = url_for("desk.index")
    return _signed_in(person, done.leads_to)


def _person_of(purpose: LinkPurpose, secret: str) -> Person | None:
    token = links.open_(purpose, secret, clock.now())
    return queries.active_person(token.person_id or "") if token is not None else None


@room.route("/reset", methods=["GET", "POST"])
@access.public(referrer=access.UNSEEN)
def reset() -> Any:
    """Ask for a new password; the answer is the same for every address (A35)."""
    form = ResetForm()
    if not form.validate_on_submit():
        return render_template("people/reset.html", form=form), form.status
    email, place = form.email.data or "", url_for("people.reset_sent")
    if sign_in.counts_reset(email):
        with write(form) as done:
            accounts.ask_reset(email, clock.now())
            done.leads_to = place
    return redirect(place, 303)


@room.get("/reset/sent")
@access.public(referrer=access.UNSEEN)
def reset_sent() -> Any:
    """What happens next, whoever asked."""
    return render_template("people/reset_sent.html")


@room.route("/reset/<secret>", methods=["GET", "POST"])
@access.public(referrer=access.UNSEEN)
def new_password(secret: str) -> Any:
    """Choose a new password by the link that was sent; only the POST uses it up (A34)."""
    person, form = _person_of(LinkPurpose.RESET, secret), NewPasswordForm()
    if person is None:
        return render_template("people/dead_link.html"), 404
    form.known = accounts.names(person)
    if not form.validate_on_submit():
        page = render_template("people/new_password.html", form=form, secret=secret, person=person)
        return page, form.status
    stored = passwords.hashed(form.password.data or "")
    with write(form) as done:
        accounts.choose_password(LinkPurpose.RESET, secret, stored, clock.now())
        done.leads_to = url_for("people.sign_in")
    flash(_("Your new password is in use. Sign in with it."))
    return redirect(done.leads_to, 303)
