"""The room's blueprint, and what the pages of those who look after the handbook share."""

from collections.abc import Callable
from typing import Any

from flask import Blueprint
from flask_babel import gettext as _
from flask_login import current_user

from intake.data.write import write
from intake.handbook import queries
from intake.handbook.models import Platform
from intake.people import queries as people
from intake.people.models import Person, Role
from intake.refusals import Stale, Unready, Unseen
from intake.web import access
from intake.web.forms import BaseForm, Problem

room = Blueprint("handbook", __name__)
KEEPING = (Role.ADMINISTRATOR.value, Role.KEEPER.value)
keeping = access.roles(*KEEPING)


def looks_after(person: Any) -> bool:
    """May a person change the handbook?"""
    return bool(person.roles & set(KEEPING))


def me() -> Person:
    """The person at work, read in this transaction."""
    person = people.active_person(current_user.id)
    if person is None:
        raise Unseen
    return person


def platform_of(code: str) -> Platform:
    """A platform, retired or not; raises Unseen where there is none."""
    found = queries.platform(code)
    if found is None:
        raise Unseen
    return found


class Attempt:
    """What became of a form that was sent: `leads_to` where it led, or why it was refused."""

    def __init__(self) -> None:
        self.leads_to: str | None = None
        self.refusal: Unready | Stale | None = None

    @property
    def is_stale(self) -> bool:
        """Had somebody changed it meanwhile?"""
        return isinstance(self.refusal, Stale)


def attempt(form: BaseForm, act: Callable[[], str]) -> Attempt:
    """Send a form that may have been sent: do what it asks in a write, or let it say why not."""
    done = Attempt()
    if not form.validate_on_submit():
        return done
    try:
        with write(form) as written:
            written.leads_to = act()
            done.leads_to = written.leads_to
    except Unready as refusal:
        done.refusal = refusal
        form.refuse(refusal.problems)
    except Stale as refusal:
        done.refusal = refusal
        sentence = _("Somebody has changed this since you opened it. Look at what differs.")
        form.refuse([Problem(sentence)])
    return done


def status(form: BaseForm, done: Attempt) -> int:
    """The status of the page that shows the form again."""
    return 409 if done.is_stale else form.status
