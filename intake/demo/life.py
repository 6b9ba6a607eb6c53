"""What has happened to the profiles of Savonkoski since they were listed: reviews, absences,
changes."""

from collections.abc import Mapping
from datetime import timedelta
from decimal import Decimal
from typing import Any

from intake import clock
from intake.demo.stage import Stage
from intake.demo.wishes import LISTED
from intake.profiles import service as profiles

EVERY = 170  # days between reviews that are made in time
NEGLECTED = ("facebook_festival", "linkedin_town")  # the review of one is late, of one is due
CLOSED = ("x_town", "expert_riitta")


def write_acts(stage: Stage, listed_ago: Mapping[str, int]) -> None:
    """Fill the stage with the reviews in their turn, and what waits for somebody today."""
    for story, days in listed_ago.items():
        if story in (*NEGLECTED, *CLOSED):
            continue
        for ago in range(days - EVERY, 0, -EVERY):
            stage.at(ago, lambda story=story: _review(stage, story))  # type: ignore[misc]
    stage.at(270, lambda: _review(stage, "linkedin_town"))
    stage.at(19, lambda: _posted(stage))
    stage.at(2, lambda: _away(stage), hour=13)
    stage.at(5, lambda: _propose(stage), hour=14)


def _review(stage: Stage, story: str) -> None:
    said: dict[str, Any] = {
        "last_post_on": clock.today() - timedelta(days=2),
        "questions_received": 14,
        "questions_answered": 14,
        "longest_days": 2,
        "outlook": "goes_on",
    }
    lead = stage.person(LISTED[story].admins[0])
    profiles.take(stage.profile(story), "review", lead, clock.now(), **said)


def _posted(stage: Stage) -> None:
    expert = stage.person("riitta")
    profile, day = stage.profile("expert_riitta"), clock.today()
    profiles.take(profile, "note_posted", expert, clock.now(), posted_on=day)


def _away(stage: Stage) -> None:
    days: dict[str, Any] = {
        "away_from": clock.today(),
        "away_until": clock.today() + timedelta(days=25),
    }
    profile, noora = stage.profile("expert_noora"), stage.person("noora")
    profiles.take(profile, "announce_absence", noora, clock.now(), away_cover="", **days)


def _propose(stage: Stage) -> None:
    """The library lost an admin: its head names another, who has not answered yet."""
    profile, head = stage.profile("instagram_library"), stage.person("kaisa")
    change = profiles.new_change(profile, "admin", head)
    profiles.propose_change(
        change,
        head,
        clock.now(),
        person=stage.person("saara").email,
        task="kirjastonhoitaja",
        hours_update=Decimal(1),
        hours_interaction=Decimal("0.5"),
        reason="Kirjaston profiililla on oltava kaksi hallinnoijaa.",
    )
