"""What has happened in Savonkoski until today."""

from datetime import timedelta
from typing import Any

from intake import clock
from intake.data.base import db
from intake.demo import organisation
from intake.demo.life import write_acts as write_life
from intake.demo.stage import Stage, last_day, next_day
from intake.demo.wishes import LISTED, REQUESTS, SETUP
from intake.handbook import queries as handbook
from intake.handbook.models import Channel, GuidelineVersion
from intake.handbook.service import routes
from intake.people import service as people
from intake.profiles import service as profiles
from intake.site import onboarding

# days before today on which each profile came into the register
LISTED_AGO = {
    "facebook_town": 420,
    "instagram_town": 400,
    "facebook_library": 390,
    "x_town": 450,
    "youtube_town": 350,
    "linkedin_town": 300,
    "instagram_library": 260,
    "expert_riitta": 240,
    "mastodon_town": 200,
    "facebook_festival": 150,
    "expert_noora": 90,
}


def write_acts(stage: Stage) -> None:
    """Fill the stage with everything that is to happen."""
    stage.at(495, lambda: onboarding.take("platforms", stage.person("timo"), clock.now()))
    stage.at(491, _first_guidelines)
    stage.at(490, lambda: _train(stage, old=True))
    stage.at(60, lambda: _new_guidelines())
    stage.at(58, lambda: _train(stage, old=False))
    stage.at(220, lambda: _try_routes(stage, "bluesky", "x"))
    stage.at(40, lambda: _try_routes(stage, "facebook", "instagram", "x"))
    for story, days in LISTED_AGO.items():
        _list(stage, story, days)
    _set_up(stage)
    _close(stage)
    stage.at(100, lambda: _leave(stage, "instagram_library", "kaisa"))
    write_life(stage, LISTED_AGO)
    _decided(stage)
    _waiting(stage)


def _train(stage: Stage, *, old: bool) -> None:
    """Everybody reads the guidelines and is trained; one has not read the newest version."""
    readers = {key: stage.person(key) for key in stage.people}
    if not old:
        readers = {
            key: one for key, one in readers.items() if key not in organisation.OLD_GUIDELINES
        }
    organisation.train(readers, clock.now(), trainings=old)


def _first_guidelines() -> None:
    """What was shipped came into force when the town began."""
    if first := handbook.guidelines(1):
        first.in_force_on = clock.today()


def _new_guidelines() -> None:
    """A second version comes into force: so somebody can have read only the first."""
    first = handbook.guidelines(1)
    if first is None:
        return
    texts = {f"text_{code}": first.text(code) for code in ("fi", "sv", "en")}
    db.session.add(GuidelineVersion(number=2, in_force_on=clock.today(), **texts))


def _try_routes(stage: Stage, *codes: str) -> None:
    """A keeper finds out that the report routes of some services work."""
    for code in codes:
        route = routes.get(code, Channel.RULES.value)
        routes.check(route, stage.person("eero"), clock.now())


def _list(stage: Stage, story: str, days: int) -> None:
    wish = LISTED[story]
    stage.at(days + 30, lambda: stage.ask(story, wish))
    stage.at(days + 28, lambda: stage.send(story, wish))
    stage.at(days + 24, lambda: stage.approve(story))
    stage.at(days + 5, lambda: stage.set_up(story, wish))
    stage.at(days, lambda: stage.list_it(story, wish))


def _set_up(stage: Stage) -> None:
    """A profile that is being set up: its text is not in the profile yet."""
    stage.at(16, lambda: stage.ask("setup", SETUP))
    stage.at(15, lambda: stage.send("setup", SETUP))
    stage.at(11, lambda: stage.approve("setup", ("Kommentit pidetään auki arkisin klo 8–16.",)))
    stage.at(4, lambda: stage.set_up("setup", SETUP, but=("text_in_profile", "condition")))


def _close(stage: Stage) -> None:
    """One profile has been closed, another is going to be."""
    was_closed, will_close = last_day(6, 30), next_day(12, 31)  # as of today, not of the act
    closed = (clock.today() - was_closed).days

    def announce(story: str, by: str, **answers: Any) -> None:
        profiles.take(
            stage.profile(story), "announce_closing", stage.person(by), clock.now(), **answers
        )

    stage.at(
        closed + 45,
        lambda: announce(
            "x_town",
            "aune",
            reason="Palvelun käyttö on vähentynyt, ja työaika riittää muihin palveluihin.",
            closes_on=was_closed,
            successor="Savonkosken kaupunki Mastodonissa: @savonkoski@some.example",
            short_notice_reason="",
        ),
    )
    stage.at(closed, lambda: _close_it(stage, "x_town", "eero"))
    stage.at(
        20,
        lambda: announce(
            "expert_riitta",
            "kaisa",
            reason="Riitta Kirkasojala siirtyy toisiin tehtäviin.",
            closes_on=will_close,
            successor="Savonkosken kansalaisopiston verkkosivut",
            short_notice_reason="",
        ),
    )


def _close_it(stage: Stage, story: str, by: str) -> None:
    answers: dict[str, Any] = {
        "final_post": "Kiitos seuraajille.",
        "ended_how": "handle_kept",
        "access_removed": True,
        "copied_on": clock.today(),
    }
    profiles.take(stage.profile(story), "close", stage.person(by), clock.now(), **answers)


def _leave(stage: Stage, story: str, who: str) -> None:
    profiles.take(stage.profile(story), "leave", stage.person(who), clock.now())


def _decided(stage: Stage) -> None:
    """Requests that have come to an end, one of each kind."""
    rejected, withdrawn, lapsed = (REQUESTS[key] for key in ("rejected", "withdrawn", "lapsed"))
    stage.at(75, lambda: stage.ask("rejected", rejected))
    stage.at(74, lambda: stage.take("rejected", "submit", rejected.requester))
    stage.at(
        70,
        lambda: stage.take(
            "rejected",
            "reject",
            reason="Palvelua ei ole hyväksytty työkäyttöön. Nuoret tavoitetaan muualla.",
            contact_person="Kaisa Ruskotuulela",
        ),
    )
    stage.at(66, lambda: stage.ask("withdrawn", withdrawn))
    stage.at(65, lambda: stage.take("withdrawn", "submit", withdrawn.requester))
    stage.at(63, lambda: stage.take("withdrawn", "withdraw", withdrawn.requester))
    stage.at(57, lambda: stage.ask("lapsed", lapsed))
    stage.at(56, lambda: stage.take("lapsed", "submit", lapsed.requester))
    stage.at(52, lambda: _return(stage, "lapsed", "admins", "Kuka vastaa kesällä?", days=14))
    stage.at(30, lambda: stage.take("lapsed", "lapse", reason="Pyyntöä ei täydennetty ajassa."))


def _return(stage: Stage, story: str, page: str, text: str, *, days: int) -> None:
    until = clock.today() + timedelta(days=days)
    stage.take(story, "return", remarks={page: text}, complete_by=until)


def _waiting(stage: Stage) -> None:
    """Requests that wait for somebody today."""
    wishes = REQUESTS
    stage.at(3, lambda: stage.ask("draft", wishes["draft"], pages=4))
    stage.at(2, lambda: stage.ask("awaiting_consent", wishes["awaiting_consent"]))
    stage.at(2, lambda: stage.take("awaiting_consent", "ask_consent", "jarmo"), hour=11)
    stage.at(21, lambda: _send(stage, "water"))
    stage.at(12, lambda: _send(stage, "courses"))
    stage.at(
        9,
        lambda: _return(
            stage, "courses", "purpose", "Miten kurssilaiset voivat osallistua?", days=14
        ),
    )
    stage.at(1, lambda: _complete_courses(stage))
    stage.at(6, lambda: _send(stage, "library_tiktok"))
    stage.at(5, lambda: _send(stage, "culture_weeks"))
    stage.at(8, lambda: _send(stage, "returned"))
    stage.at(
        4,
        lambda: _return(stage, "returned", "content", "Miten lasten kuvaluvat hoidetaan?", days=14),
    )
    stage.at(4, lambda: _away(stage, "elina", "kaisa", days=20), hour=11)
    stage.at(4, lambda: _away(stage, "antti", "kaisa", days=12), hour=12)


def _send(stage: Stage, story: str) -> None:
    wish = REQUESTS[story]
    stage.ask(story, wish)
    stage.take(story, "submit", wish.requester)


def _complete_courses(stage: Stage) -> None:
    wish = REQUESTS["courses"]
    purpose = f"{wish.purpose} Kysymme kurssitoiveita kyselyillä ja vastaamme kommentteihin."
    stage.save("courses", wish, "purpose", purpose=purpose, audience=wish.audience)
    stage.take("courses", "submit", wish.requester)


def _away(stage: Stage, who: str, deputy: str, *, days: int) -> None:
    person, today = stage.person(who), clock.today()
    until = today + timedelta(days=days)
    people.enter_absence(person, today, until, stage.person(deputy), person, clock.now())
