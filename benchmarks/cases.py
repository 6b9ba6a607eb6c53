"""Many cases of fakes, filled in by bulk as the services would have left them, and their pages.

Each case has one report with one address; of ten cases one waits to be looked at, the others have
been dismissed. One case in a thousand is handled by the first handler.
"""

import time
from collections.abc import Callable
from datetime import timedelta
from itertools import count
from random import Random

from flask import Flask

from benchmarks.filling import CHUNK, Filling
from benchmarks.pages import TOKEN, Page, cookie_of
from benchmarks.servers import Client
from intake import addresses
from intake.fakes.matching.name_index import CaseName
from intake.fakes.models import Case, CaseKey, CaseReport, Follow, Report, ReportAddress
from intake.fakes.reporter import code_hash
from intake.fakes.reporting import follow_session
from intake.fakes.states import CaseState
from intake.people.models import Role, RoleGrant

WORDS = "arvonta voitto tuki palvelu virallinen info lahja uutiset apu vastaus".split()
ANSWERS = {
    "target_kind": "official",
    "acts": ["pretends"],
    "description": "Tili esiintyy kaupunkina ja lähettää viestejä.",
    "seen_at": "2026-11-22",
    "harm": "no",
    "reporter_role": "bystander",
    "good_faith": "y",
}
TOKENS = 200  # browsers that follow a report


def fill(filling: Filling, number: int) -> list[str]:
    """So many cases; their ids, newest last. The first of the people handles them."""
    handler = filling.people[0]["id"]
    filling.add(RoleGrant, person_id=handler, role=Role.HANDLER)
    made = []
    for place in range(number):
        made.append(_case(filling, place, handler))
        filling.flush(CHUNK)
    return made


def _case(filling: Filling, place: int, handler: str) -> str:
    waits, at = place % 10 == 0, filling.now - (place % 300 + 1) * timedelta(hours=1)
    handle = f"{WORDS[place % 10]}_{WORDS[place // 10 % 10]}_{place}"
    case_id = filling.add(
        Case,
        state=CaseState.RECEIVED if waits else CaseState.NOT_FAKE,
        state_since=at,
        due_at=at + timedelta(days=2) if waits else None,
        name=handle,
        platform_code="instagram",
        priority="normal",
        held=False,
        acts=["pretends"],
        handler_id=handler if place % 1000 == 0 else None,
        looks_private=False,
        no_warning_reason="",
        police="not_considered",
        reference=f"VP-{place}",
        revision=1,
        created_at=at,
    )["id"]
    url, key = f"https://www.instagram.com/{handle}/", f"instagram:handle:{handle}"
    report_id = filling.add(
        Report,
        reference=f"VI-B{place:06}",
        code_hash=code_hash(f"BENCH{place:011}"),
        answers=ANSWERS,
        language="fi",
        created_at=at,
    )["id"]
    filling.add(CaseReport, case_id=case_id, report_id=report_id, created_at=at)
    filling.add(CaseKey, key=key, case_id=case_id, shown=url, created_at=at)
    filling.add(ReportAddress, report_id=report_id, place=0, typed=url, key=key, case_id=case_id)
    folded, looks = addresses.fold(handle), addresses.skeleton(handle)
    near = {"text": handle, "skeleton": looks, "folded": folded, "size": len(folded)}
    filling.add(CaseName, case_id=case_id, created_at=at, **near)
    filling.note("case", case_id, "open", "ANYONE", at, new="received")
    if place < TOKENS:
        filling.add(
            Follow,
            hash=follow_session._hash(token_of(place)),
            report_id=report_id,
            ends_at=filling.now + timedelta(days=2),
        )
    return str(case_id)


def token_of(place: int) -> str:
    """The cookie of a browser that follows the report of a case."""
    return f"benchmark-{place}"


def reading(app: Flask, cases: list[str], session: str) -> list[Page]:
    """The pages of handlers and of reporters."""
    chance = Random(1)  # noqa: S311 -- the same choice at each run
    few = min(TOKENS, len(cases))

    def of_handler(path: Callable[[], str]) -> Callable[[Client], None]:
        def ask(client: Client) -> None:
            client.cookie = cookie_of(app, session)
            client.get(path())

        return ask

    def follow(client: Client) -> None:
        client.cookie = f"{follow_session.NAME}={token_of(chance.randrange(few))}"
        client.get("/follow/status")

    filters = ("state=received", "platform=instagram", "state=received&platform=instagram")
    return [
        Page("queue of cases", of_handler(lambda: "/cases")),
        Page("queue, filtered", of_handler(lambda: f"/cases?{chance.choice(filters)}")),
        Page("queue, searched", of_handler(lambda: f"/cases?q={chance.choice(WORDS)}")),
        Page("case page, another each time", of_handler(lambda: f"/cases/{chance.choice(cases)}")),
        Page("follow, another each time", follow),
    ]


def submission() -> Page:
    """Sending a report of a new address: report, case, trail and messages are durable when its
    receipt comes. Only the POST counts."""
    turn = count()

    def ask(client: Client) -> float:
        client.cookie = ""
        form: dict[str, str] = {}
        for name, value in TOKEN.findall(client.get("/report")):
            form.setdefault(name, value)
        fields = {**ANSWERS, "acts": "pretends", "urls": f"instagram.com/mittaus_{next(turn)}"}
        start = time.perf_counter()
        client.post("/report", {**form, **fields}, status=200)
        return time.perf_counter() - start

    return Page("report, POST", ask)
