"""Reporters at the follow page."""

from datetime import timedelta

from intake import clock
from intake.data.base import db
from intake.data.write import write
from intake.fakes import reporter, service
from intake.fakes.models import Case, Report
from tests.browser import Browser, Page
from tests.fakes.making import sent, take

FIRST = "https://www.instagram.com/savonkosken_arvonta/"
SECOND = "https://www.facebook.com/savonkosken.kaupunkl"


def coded(*urls: str, **changes) -> tuple[Report, str]:
    """A report and its code."""
    made = sent(*urls, **changes)
    with write():
        report_id = service.receive(made, clock.now()).id
    return db.session.get_one(Report, report_id), reporter.code_of(made.nonce)


def at_status(app, code: str, language: str = "fi") -> Page:
    """A reporter's page, from typing the code on."""
    browser = Browser(app)
    browser.language = language
    label = {"fi": "Näytä tilanne", "sv": "Visa läget", "en": "Show how it stands"}[language]
    return browser.opens("/follow").fills(code=code).presses(label)


def asked(case: Case, report: Report, handler, phrase: str = "what_happened") -> Case:
    """A case in which a handler has asked a reporter."""
    case = take(case, "take", handler) if case.state == "received" else case
    return take(case, "ask_reporter", handler, report=report.id, phrase=phrase)


def later(still, **how) -> None:
    """Let time pass."""
    still.shift(timedelta(**how))
