"""What was answered: read for the program, judged by the form's own rules, shown to people.

Answers are {page: {field: [as typed]}}, of a draft or of a version that was sent.
"""

import hashlib
import json
import textwrap
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal
from typing import Any

from flask_babel import gettext as _

from intake.establishment import known
from intake.establishment.forms import Context, PageForm, pages
from intake.establishment.forms.base import value_of
from intake.establishment.forms.showing import Row, rows
from intake.establishment.models import Request
from intake.profiles.models import ProfileKind
from intake.web.forms import Problem

Typed = Mapping[str, Mapping[str, list[str]]]
TASK_LIMIT = 80  # characters of an admin's task
NAMED = {  # what a field is called here, where it is not called like its question
    "name": "profile_name",
    "name_reason": "profile_name_reason",
    "unit_id": "org_unit",
    "rhythm": "update_rhythm",
    "languages": "content_languages",
    "supervisor_id": "supervisor",
    "subject_id": "subject",
}


@dataclass(frozen=True)
class AdminAnswer:
    """One admin: task, hours a week, and whether they lead."""

    person_id: str
    task: str
    hours_update: Decimal
    hours_interaction: Decimal
    lead: bool


@dataclass(frozen=True)
class Answers:
    """The answers by which the program goes on; None or empty where nothing readable was given.

    `key` is the address that handle or address name; `work_email` is of the expert's account. An
    expert profile has one admin, the expert, whose task is their role.
    """

    kind: ProfileKind
    platform: str | None = None
    platform_reason: str = ""
    name: str = ""
    name_reason: str = ""
    handle: str = ""
    profile_url: str = ""
    key: str | None = None
    unit_id: str | None = None
    org_level: str | None = None
    purpose: str = ""
    audience: str = ""
    rhythm: str | None = None
    languages: tuple[str, ...] = ()
    answering: str = ""
    answering_days: int | None = None
    private_messages: str | None = None
    private_messages_text: str = ""
    private_messages_reason: str = ""
    terms_by: str | None = None
    terms_on: date | None = None
    terms_version: str = ""
    start_date: date | None = None
    end_date: date | None = None
    supervisor_id: str | None = None
    supervisor_reason: str = ""
    represents: str | None = None
    represents_text: str = ""
    shared_mailbox: str = ""
    admins: tuple[AdminAnswer, ...] = ()
    subject_id: str | None = None
    role_defined: str = ""
    separation: str = ""
    work_email: str = ""
    absence_cover: str | None = None
    absence_cover_text: str = ""


@dataclass(frozen=True)
class Change:
    """An answer that differs between two versions, named and worded as the form does."""

    page: str
    field: str
    label: str
    before: str
    after: str


def read(kind: ProfileKind, answers: Typed) -> Answers:
    """The typed answers, whatever was typed: what cannot be read or does not exist is left out."""
    context = known.reading(kind, answers)
    forms = _forms(context)
    found = {
        field.name: value_of(field, context) for form in forms.values() for field in form.drawn()
    }
    plain = {
        line.name: value
        for line in fields(Answers)
        if (value := found.get(NAMED.get(line.name, line.name))) not in (None, "")
    }
    subject = context.somebody(plain.get("subject_id"))
    return Answers(
        kind=kind,
        key=context.address.key,
        admins=tuple(_admins(found, plain)),
        work_email=subject.email if subject else "",
        **plain,
    )


def _admins(found: dict[str, Any], plain: dict[str, Any]) -> Iterable[AdminAnswer]:
    """The persons named, each once, in order."""
    if plain.get("subject_id"):
        task = textwrap.shorten(plain.get("role_defined", ""), TASK_LIMIT, placeholder="…")
        yield AdminAnswer(plain["subject_id"], task, *_hours(found, ""), lead=True)
    met: set[str] = set()
    for name in found:
        prefix, _dash, part = name.rpartition("-")
        person_id = found[name]
        if part == "person" and person_id and person_id not in met:
            met.add(person_id)
            yield AdminAnswer(
                person_id,
                found[f"{prefix}-task"] or "",
                *_hours(found, f"{prefix}-"),
                lead=bool(found[f"{prefix}-lead"]),
            )


def _hours(found: dict[str, Any], prefix: str) -> tuple[Decimal, Decimal]:
    none = Decimal(0)
    return (
        found.get(f"{prefix}hours_update") or none,
        found.get(f"{prefix}hours_interaction") or none,
    )


def _forms(context: Context) -> dict[str, PageForm]:
    """Every page of the kind, fed with what was typed there, without a token."""
    return {
        line.slug: line.form(context, context.answers.get(line.slug, {}), meta={"csrf": False})
        for line in pages(context.kind)
    }


def judged(context: Context) -> dict[str, PageForm]:
    """Every page of the kind, judged by its own rules as things stand now."""
    forms = _forms(context)
    for form in forms.values():
        form.validate()
    return forms


def problems(request: Request) -> list[Problem]:
    """Everything that is missing or wrong in the draft today; `field` is the slug of the page."""
    return [
        Problem(_("%(question)s: %(problem)s", question=field.label.text, problem=error), slug)
        for slug, form in judged(known.of(request, to_advise=False)).items()
        for field in (*form.drawn(), *form.doubts)
        for error in field.errors
    ]


def answered(forms: Mapping[str, PageForm]) -> dict[str, list[Row]]:
    """The answers of each page as people read them."""
    return {slug: rows(form) for slug, form in forms.items()}


def digest(answers: Typed) -> str:
    """The hash of answers, whatever the order of their keys."""
    text = json.dumps(answers, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def changes(kind: ProfileKind, old: Typed, new: Typed) -> list[Change]:
    """What differs between two versions, answer by answer, in the order of the form."""
    before, after = _worded(kind, old), _worded(kind, new)
    found = []
    for place in dict.fromkeys([*after, *before]):
        label = (after.get(place) or before[place])[0]
        was, is_now = before.get(place, (label, ""))[1], after.get(place, (label, ""))[1]
        if was != is_now:
            found.append(Change(*place, label, was, is_now))
    return found


def _worded(kind: ProfileKind, answers: Typed) -> dict[tuple[str, str], tuple[str, str]]:
    """Label and words of each answer, by page and field."""
    forms = _forms(known.reading(kind, answers))
    return {
        (slug, row.name): (row.label, "\n".join(row.lines))
        for slug, form in forms.items()
        for row in rows(form)
    }


def public_texts(answers: Answers) -> dict[str, Any]:
    """What the register publishes of the answers."""
    return {
        "purpose": answers.purpose,
        "audience": answers.audience,
        "answering": answers.answering,
        "private_messages": answers.private_messages,
        "private_messages_text": answers.private_messages_text,
        "content_languages": list(answers.languages),
        "contact": answers.shared_mailbox or answers.work_email,
        "represents": answers.represents,
        "represents_text": answers.represents_text,
        "role_defined": answers.role_defined,
        "absence_cover": answers.absence_cover,
        "absence_cover_text": answers.absence_cover_text,
    }


def matter(answers: Answers) -> str:
    """The digest of what an expert consents to: a change of it asks again (E2)."""
    parts = [
        answers.platform,
        answers.name,
        answers.handle,
        answers.profile_url,
        answers.role_defined,
        answers.subject_id,
    ]
    return hashlib.sha256(json.dumps(parts, ensure_ascii=False).encode()).hexdigest()


def switched(kind: ProfileKind, answers: Typed) -> dict[str, Any]:
    """The answers that remain when the profile becomes of another kind."""
    office = kind is ProfileKind.OFFICE
    return {
        line.slug: {
            name: values
            for name, values in answers[line.slug].items()
            if office or name not in line.form.office_only
        }
        for line in pages(kind)
        if line.slug in answers
    }
