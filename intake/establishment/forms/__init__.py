"""The pages of the request form, in the order of the task list."""

from dataclasses import dataclass
from typing import Any

from flask_babel import lazy_gettext as _l

from intake.establishment.forms.activity import ClosingPage, ContentPage, QuestionsPage, TermsPage
from intake.establishment.forms.base import PageForm, names_of, typed
from intake.establishment.forms.context import Address, Context
from intake.establishment.forms.decision import DeciderPage
from intake.establishment.forms.people import AbsencePage, AdminsPage, ExpertPage, MailboxPage
from intake.establishment.forms.profile import ProfilePage, PurposePage, UnitPage
from intake.profiles.models import ProfileKind

__all__ = [
    "PAGES",
    "Address",
    "Context",
    "FormPage",
    "PageForm",
    "names_of",
    "page",
    "pages",
    "typed",
]

BOTH = (ProfileKind.OFFICE, ProfileKind.EXPERT)
OFFICE = (ProfileKind.OFFICE,)
EXPERT = (ProfileKind.EXPERT,)


@dataclass(frozen=True)
class FormPage:
    """A page of the form: its place in addresses and drafts, heading, form and kinds."""

    slug: str
    group: Any
    title: Any
    form: type[PageForm]
    kinds: tuple[ProfileKind, ...] = BOTH
    lead: Any = ""
    template: str = "form_page"


PROFILE = _l("Profile")
PEOPLE = _l("People and working time")
ACTIVITY = _l("Activity")
SENDING = _l("Sending")

# fmt: off
PAGES = (
    FormPage("profile",   PROFILE,  _l("Service and name"),                    ProfilePage),
    FormPage("unit",      PROFILE,  _l("Unit and what the profile represents"), UnitPage),
    FormPage("purpose",   PROFILE,  _l("Purpose and audience"),                PurposePage),
    FormPage("admins",    PEOPLE,   _l("Admins and working time"),             AdminsPage,  OFFICE,
        _l("An office profile has at least two admins. Names and tasks are published, working "
           "time is not. No profile is set up without working time."), "form_admins"),
    FormPage("mailbox",   PEOPLE,   _l("Shared e-mail"),                       MailboxPage, OFFICE),
    FormPage("expert",    PEOPLE,   _l("Expert and working time"),             ExpertPage,  EXPERT,
        _l("Only the expert can give consent, in their own sign-in, before the request goes to "
           "the supervisor. No profile is set up without working time."), "form_expert"),
    FormPage("absence",   PEOPLE,   _l("Absences"),                            AbsencePage, EXPERT),
    FormPage("content",   ACTIVITY, _l("Content and update rhythm"),           ContentPage),
    FormPage("questions", ACTIVITY, _l("Questions and private messages"),      QuestionsPage),
    FormPage("terms",     ACTIVITY, _l("Terms of use"),                        TermsPage,
             template="form_terms"),
    FormPage("closing",   ACTIVITY, _l("If the profile is closed"),            ClosingPage),
    FormPage("decider",   SENDING,  _l("Who decides"),                         DeciderPage,
             template="form_decider"),
)
# fmt: on


def pages(kind: ProfileKind) -> list[FormPage]:
    """The pages of a kind of profile."""
    return [line for line in PAGES if kind in line.kinds]


def page(kind: ProfileKind, slug: str) -> FormPage | None:
    """A page by its slug, None where this kind has none."""
    return next((line for line in pages(kind) if line.slug == slug), None)
