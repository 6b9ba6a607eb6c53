"""Signing in and out."""

import json
from collections.abc import Callable
from functools import partial
from typing import Any

from flask import Response, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _

from intake import clock
from intake.data.write import write
from intake.people import passwords, queries, sign_in
from intake.people.forms.own import SignInForm, SignOutForm
from intake.people.throttle import Throttle
from intake.people.views.room import room
from intake.web import access
from intake.web.forms import BaseForm


def ask_to_sign_in() -> Any:
    """What a page answers to somebody who is not signed in."""
    return sign_in.ask(_sign_in_page)


def _sign_in_page(carried: str) -> str:
    form = SignInForm(target=("people.sign_in", {}), formdata=None)
    form.carried.data = carried
    return render_template("people/sign_in.html", form=form)


@room.route("/sign-in", methods=["GET", "POST"], endpoint="sign_in")
@access.public()
def sign_in_view() -> Any:
    """Sign in; the answer to an unknown address and to a wrong password is the same."""
    form = SignInForm()
    if request.method == "GET":
        form.next.data = request.args.get("next", "")
    if not form.validate_on_submit():
        return render_template("people/sign_in.html", form=form), form.status
    person = queries.by_email(form.email.data or "")
    stored = person.password_hash if person is not None and person.is_active else None
    throttle = Throttle(form.email.data or "", stored)
    if not throttle.is_paid(form.altcha.data or ""):
        return _asked_to_work(form, throttle)
    if not passwords.matches(stored, form.password.data or ""):
        throttle.failed()
        form.problems.append(_("The address or the password is wrong."))
        return render_template("people/sign_in.html", form=form), form.status
    return _signed_in(form, str(person.id), throttle)  # type: ignore[union-attr]


def _asked_to_work(form: SignInForm, throttle: Throttle) -> Response:
    """The answer to a try that costs work: the page again, and the work in it."""
    form.altcha.data = ""
    work = json.dumps(throttle.challenge())
    page = partial(render_template, "people/sign_in.html", form=form, work=work)
    return held_up(form, throttle.wait(), page)


def held_up(form: BaseForm, seconds: int, page: Callable[[], str]) -> Response:
    """The answer to too many tries: the page, and how long to wait."""
    form.problems.append(
        _("Too many tries. Wait %(minutes)d minutes and try again.", minutes=-(-seconds // 60))
    )
    answer = make_response(page(), 429)
    answer.headers["Retry-After"] = str(seconds)
    return answer


def _signed_in(form: SignInForm, person_id: str, throttle: Throttle) -> Any:
    place = sign_in.safe_next(form.next.data or "")
    with write(form) as done:
        person = queries.active_person(person_id)
        if person is None:
            return redirect(url_for("people.sign_in"))
        sign_in.begin(person, clock.now())
        done.leads_to = place
    content = sign_in.carried(form.carried.data or "", person)
    if content is None:
        answer = make_response(redirect(place, 303))
    else:
        answer = make_response(render_template("people/go_on.html", content=content))
    throttle.remember(answer)
    return answer


@room.route("/sign-out", methods=["GET", "POST"], endpoint="sign_out")
@access.staff
def sign_out_view() -> Any:
    """Sign out: a GET shows a button, only a POST ends the session."""
    form = SignOutForm()
    if not form.validate_on_submit():
        return render_template("people/sign_out.html", form=form), form.status
    with write(form) as done:
        sign_in.end(clock.now())
        done.leads_to = url_for("site.start")
    answer = make_response(redirect(done.leads_to, 303))
    answer.headers["Clear-Site-Data"] = '"cache", "storage"'
    return answer
