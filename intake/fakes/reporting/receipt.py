"""The receipt of a report: the answer of the very POST that sent it, and of the same POST again
for half an hour. The code stands in no address and is stored nowhere (A62, A114)."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from intake.fakes import reporter
from intake.fakes.effects import triage
from intake.fakes.matching import report_keys

AGAIN = timedelta(minutes=30)


@dataclass(frozen=True)
class Receipt:
    """What a reporter is shown: the code only while it may be shown, `by` when somebody has looked
    at the report, `mailed` whether a letter goes out."""

    reference: str
    code: str
    by: datetime
    harm: str
    mailed: bool

    @property
    def in_groups(self) -> list[str]:
        """The code as it is read aloud."""
        return self.code.split("-")


def of(content: dict[str, Any] | None, purpose: str, now: datetime) -> Receipt | None:
    """The receipt of the report that a form's token has sent, None where it has sent none. What is
    told is the same for a first report and for any other (A81)."""
    if content is None or content["for"] != purpose or content["who"]:
        return None
    code = reporter.code_of(content["nonce"])
    report = reporter.by_code(code)
    if report is None:
        return None
    is_fresh = abs(now - report.created_at) <= AGAIN
    return Receipt(
        reference=report.reference,
        code=code if is_fresh else "",
        by=triage.due_at(report_keys.is_urgent(report.answers), report.created_at),
        harm=str(report.answers.get("harm") or ""),
        mailed=reporter.has_email(report),
    )
