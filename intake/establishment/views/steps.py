"""The steps of a request: GET shows what a step asks, POST takes it."""

from typing import Any

from flask import url_for

from intake.engine import step_view
from intake.engine.step_form import Occasion, StepForm
from intake.engine.step_view import StepPages
from intake.establishment import consents, queries, words
from intake.establishment.models import Request
from intake.establishment.service import TRACK
from intake.establishment.step_forms import RequestStepForm
from intake.establishment.views.requests import changes
from intake.establishment.views.room import room
from intake.handbook import queries as handbook
from intake.web import access


@room.route("/<id>/<step>", methods=["GET", "POST"], endpoint="act")
@access.staff
def act(id: str, step: str) -> Any:
    """Show a step's form, or take the step."""
    return step_view.view(PAGES, id, step)


def _around(occasion: Occasion, _form: StepForm) -> dict[str, Any]:
    found: Request = occasion.subject
    told = {
        "back": (words.title(found), words.address(found)),
        "kicker": found.reference or "",
    }
    return told | _consented(found) if occasion.row.name == "consent" else told


def _consented(found: Request) -> dict[str, Any]:
    """What the expert agrees to."""
    guidelines = handbook.current_guidelines()
    return {
        "text": consents.text_of(found),
        "answers": queries.present_answers(found),
        "guidelines": guidelines.number if guidelines else 0,
        "decline": words.WORDS.buttons["decline_consent"],
    }


def _leads_to(occasion: Occasion, _form: StepForm) -> str:
    gone = occasion.row.to is None
    return url_for("establishment.index") if gone else words.address(occasion.subject)


def _changes(found: Request, form: StepForm) -> list[Any]:
    """What differs from the version that the person saw; the form says the present one now."""
    field: Any = form["version"]
    version, field.data = str(field.data or ""), str(found.version)
    before = int(version) if version.isdecimal() and len(version) < 6 else found.version
    return changes(found, found.version, before)


PAGES = StepPages(
    tracks=lambda: (TRACK,),
    load=queries.get,
    around=_around,
    leads_to=_leads_to,
    changes=_changes,
    button=RequestStepForm,
)
