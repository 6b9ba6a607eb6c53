"""A page of the form, judged over complete answers to all others."""

from intake import clock
from intake.data.write import write
from intake.establishment import answers, known, service
from intake.establishment.forms import PageForm
from intake.establishment.models import Request
from tests.establishment.making import EXPERT, OFFICE, complete_answers

__all__ = ["EXPERT", "OFFICE", "begun", "errors", "fields_of", "judged", "notes"]


def begun(cast, kind=OFFICE, requester=None) -> Request:
    """A new draft."""
    with write():
        return service.start(requester or cast.requester, kind, clock.now())


def fields_of(cast, kind, **pages) -> dict:
    """Complete answers with some fields typed otherwise; None takes a field away."""
    typed = complete_answers(kind, cast)
    for slug, fields in pages.items():
        for name, value in fields.items():
            name = name.replace("__", "-")
            values = [value] if isinstance(value, str) else value
            typed.setdefault(slug, {})[name] = values
            if value is None:
                del typed[slug][name]
    return typed


def judged(cast, slug, kind=OFFICE, also=None, **fields) -> PageForm:
    """The page as the form judges it; `also` types on other pages."""
    typed = fields_of(cast, kind, **{**(also or {}), slug: fields})
    request = begun(cast, kind)
    return answers.judged(known.of(request, typed))[slug]


def errors(form: PageForm) -> list[str]:
    """What is wrong, in Finnish."""
    return [str(message) for _place, message in form.summary()]


def notes(form: PageForm) -> list[str]:
    """What it warns of, in Finnish."""
    return [str(note) for field in form.drawn() for note in field.notes]
