"""Does a text repeat what a reporter wrote or who they are? A platform may hand a notice to the one
it is about (A68)."""

import re
from collections.abc import Iterator

from sqlalchemy import select

from intake.data.base import db
from intake.fakes import queries, reporter
from intake.fakes.models import Addition, Case, Report

IN_A_ROW = 5  # words that nobody hits upon by chance
LEAST_DIGITS = 5
WORD = re.compile(r"\S*\w\S*")
EDGES = re.compile(r"^\W+|\W+$")


def repeated(case: Case, text: str) -> list[str]:
    """What of its reporters a text gives away: names, addresses, numbers, words in a row; each as
    it stands in the report."""
    words = _words(text)
    known = {" ".join(words[at : at + IN_A_ROW]) for at in range(len(words) - IN_A_ROW + 1)}
    allowed = _of_the_town(case)
    found: list[str] = []
    for report in queries.reports_of(case):
        found += _identity(report, text, set(words) - allowed)
        found += [run for written in _written(report) if (run := _run(written, known))]
    return list(dict.fromkeys(found))


def _words(text: str) -> list[str]:
    """The words of a text, folded; an address is one word."""
    folded = (EDGES.sub("", word) for word in WORD.findall(text.casefold()))
    return [word for word in folded if word]


def _of_the_town(case: Case) -> set[str]:
    """Words of the genuine profile's own name give nobody away."""
    return set(_words(case.profile.name)) if case.profile is not None else set()


def _identity(report: Report, text: str, words: set[str]) -> Iterator[str]:
    told = reporter.contact(report.id)
    if told.name and (parts := set(_words(told.name)) & words):
        yield from sorted(part for part in parts if len(part) > 2)
    if told.email and told.email.casefold() in text.casefold():
        yield told.email
    number = _digits(told.phone).removeprefix("358").lstrip("0")
    if len(number) >= LEAST_DIGITS and number in _digits(text):
        yield told.phone


def _digits(text: str) -> str:
    """The digits of a text, joined where only blanks, dashes and brackets part them."""
    return re.sub(r"[^\d]+", "|", re.sub(r"[\s()+-]", "", text)).strip("|")


def _written(report: Report) -> Iterator[str]:
    """Every text of a report and of what was added to it."""
    for name, answer in report.answers.items():
        if isinstance(answer, str) and name != "urls":
            yield answer
    query = select(Addition.text).where(Addition.report_id == report.id)
    yield from db.session.scalars(query)


def _run(written: str, known: set[str]) -> str:
    """The first words in a row that stand in both."""
    words = _words(written)
    runs = (" ".join(words[at : at + IN_A_ROW]) for at in range(len(words) - IN_A_ROW + 1))
    return next((run for run in runs if run in known), "")
