"""The task list: what is done, what is under way, what is missing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from intake.engine.tracks import Tag
from intake.establishment.forms import FormPage, PageForm, pages
from intake.profiles.models import ProfileKind

DONE = Tag(_l("Done"), "ok", "check")
UNDER_WAY = Tag(_l("In progress"), "wait", "half")
NOT_BEGUN = Tag(_l("Not started"), "calm", "dot")
OPTIONAL = Tag(_l("Optional"), "calm", "dot")
NOT_YET = Tag(_l("Not yet"), "calm", "dot")
READY = Tag(_l("Ready to send"), "ok", "check")
MISSING = Tag(_l("Missing"), "warn", "warning")


@dataclass(frozen=True)
class Task:
    """A page of the form as the task list shows it, with what the supervisor remarked on it."""

    page: FormPage
    tag: Tag
    text: str
    remarks: tuple[str, ...]

    @property
    def counts(self) -> bool:
        """Must it be done before the request is sent?"""
        return self.tag is not OPTIONAL

    @property
    def is_done(self) -> bool:
        """Is nothing missing or wrong there?"""
        return self.tag in (DONE, OPTIONAL)


def tasks(
    kind: ProfileKind,
    begun: Mapping[str, Any],
    forms: Mapping[str, PageForm],
    remarks: Sequence[Any] = (),
) -> list[Task]:
    """A task for each page, in order."""
    return [
        Task(
            page=line,
            tag=_tag(line.slug in begun, forms[line.slug]),
            text=_text(forms[line.slug]) if line.slug in begun else "",
            remarks=tuple(remark.text for remark in remarks if remark.page == line.slug),
        )
        for line in pages(kind)
    ]


def grouped(found: Sequence[Task]) -> list[tuple[Any, list[Task]]]:
    """Tasks under their headings, in order."""
    groups: dict[Any, list[Task]] = {}
    for task in found:
        groups.setdefault(task.page.group, []).append(task)
    return list(groups.items())


def _tag(begun: bool, form: PageForm) -> Tag:
    if form.summary():
        return UNDER_WAY if begun else NOT_BEGUN
    return DONE if begun else OPTIONAL


def _text(form: PageForm) -> str:
    missing: list[str] = []
    wrong: list[str] = []
    for field in (*form.drawn(), *form.doubts):
        if field.errors:
            label = str(field.label.text).rstrip("?")
            nothing = not any(str(value).strip() for value in field.raw_data or ())
            (missing if nothing else wrong).append(label)
    told = [_("Missing: %(what)s.", what=_listed(missing))] if missing else []
    told += [_("To correct: %(what)s.", what=_listed(wrong))] if wrong else []
    return " ".join(told)


def _listed(labels: list[str]) -> str:
    return ", ".join(label[:1].lower() + label[1:] for label in dict.fromkeys(labels))
