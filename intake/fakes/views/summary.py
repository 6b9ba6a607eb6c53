"""What the police need to know of a case, on paper."""

from typing import Any

from flask import render_template

from intake import access, clock
from intake.fakes import evidence, notice_text, queries, sending
from intake.fakes.views.filing import AT_WORK, me
from intake.fakes.views.room import room


@room.get("/cases/<id>/summary")
@access.roles(*AT_WORK, referrer=access.UNSEEN)
def summary(id: str) -> Any:
    """The case on paper: what, where, since when, what was done; no reporter's identity (P7)."""
    case = queries.get(id, me())
    return render_template(
        "fakes/summary.html",
        case=case,
        made_at=clock.now(),
        made_by=me(),
        places=notice_text.places(case),
        genuine=sending.genuine_of(case),
        offences=[
            (notice_text.OFFENCES[one], notice_text.SECTIONS[one])
            for one in notice_text.likely(case)
        ],
        reports=queries.reports_of(case),
        looks=[look for look in queries.looks_of(case) if look.there],
        files=[
            (evidence.original_name(number, file), file) for number, file in evidence.numbered(case)
        ],
        sent=sending.filings_of(case),
        service=notice_text.service_of(case),
    )
