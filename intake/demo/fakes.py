"""Fakes of Savonkoski's profiles: the fifteen reports, and a case in every state there is."""

from collections.abc import Callable
from datetime import date, timedelta
from secrets import token_hex
from typing import Any

from intake import clock
from intake.addresses import canonical_url
from intake.data.base import db
from intake.demo.organisation import TOWN
from intake.demo.reports import SAMPLES
from intake.demo.stage import Stage
from intake.fakes import queries, service
from intake.fakes.matching import report_keys
from intake.fakes.models import Case, Report
from intake.fakes.reporter import Told
from intake.fakes.service import Sent, incoming, recovery
from intake.fakes.states import Held
from intake.handbook import queries as handbook
from intake.profiles import queries as profile_queries
from intake.profiles import service as profiles

GENUINE = {  # what the reports are about, by the story of the profile
    1: "facebook_town",
    2: "facebook_town",
    3: "facebook_town",
    4: "facebook_town",
    5: "instagram_town",
    10: "youtube_town",
    15: "facebook_town",
}
BY = {6: "annika", 12: "oona", 13: "ville"}  # colleagues who reported signed in
TOLD = {
    3: Told(email="aila.esimerkki@savonkoski.example"),
    7: Told(name="Gunvor Exempelberg", phone="+358 40 000 0001"),
    8: Told(email="student@savonkoski.example", secrecy=True, secrecy_reason="They know me."),
}
SPAM = "Ilmaisia seuraajia kaikille profiileille, tilaa heti!"


class Fakes:
    """What happened to the reports, each known by its number."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        self.reports: dict[int, str] = {}

    def send(self, number: int, held: Held | None = None) -> None:
        """Somebody sends a report."""
        sample, now = SAMPLES[number], clock.now()
        answers = sample.answers(clock.today(now).isoformat())
        story = GENUINE.get(number)
        lines = report_keys.lines(
            sample.urls, answers["platform"], answers["no_url"], answers["visible_name"]
        )
        self.reports[number] = service.receive(
            Sent(
                answers=answers,
                lines=lines,
                nonce=token_hex(16),
                language=sample.language,
                told=TOLD.get(number),
                held=held,
                by=self.stage.person(BY[number]) if number in BY else None,
                profile_id=self.stage.profile(story).id if story else None,
            ),
            now,
        ).id

    def spam(self) -> None:
        """A report that a machine sent: it is held apart."""
        answers = SAMPLES[4].answers(clock.today().isoformat())
        answers |= {"urls": "https://seuraajat.example/", "description": SPAM, "no_url": False}
        lines = report_keys.lines(answers["urls"], "", False, "")
        service.receive(Sent(answers, lines, token_hex(16), "fi", held=Held.TRAP), clock.now())

    def report(self, number: int) -> Report:
        """A report that was sent."""
        return db.session.get_one(Report, self.reports[number])

    def case(self, number: int, place: int = 0) -> Case:
        """The case of an address of a report."""
        line = self.report(number).addresses[place]
        return db.session.get_one(Case, line.case_id)

    def take(self, number: int, step: str, by: str = "pirkko", place: int = 0, **more: Any) -> None:
        """Somebody takes a step of a case."""
        case = self.case(number, place)
        service.take(case, step, self.stage.person(by), clock.now(), **more)

    def look(self, number: int, place: int = 0, *, by: str = "pirkko", there: bool = True) -> None:
        """A handler looks at the reported profile."""
        case = self.case(number, place)
        service.take(case, "look", self.stage.person(by), clock.now(), there=there)

    def confirm(self, number: int, place: int = 0, answer: str = "not_ours") -> None:
        """A handler finds that it is a fake, in one sitting."""
        self.take(number, "take", place=place)
        self.look(number, place)
        self.take(number, "confirm", place=place, unit_answer=answer)

    def notify(self, number: int, channel: str = "rules", place: int = 0) -> None:
        """The notice to the service, as the town sends it."""
        case, now = self.case(number, place), clock.now()
        self.take(
            number,
            "notify",
            place=place,
            channel=channel,
            route=f"https://{case.platform_code}.example/report",
            sent_at=now,
            text=notice(case),
            reference=f"{now:%y%m%d}-{number}",
        )


def notice(case: Case) -> str:
    """What the town writes to a service."""
    genuine = (
        [] if case.profile is None else [line.url or line.typed for line in case.profile.current]
    )
    own = f" Aitoon profiiliin {genuine[0]} ei saa koskea." if genuine else ""
    keys, known = queries.keys_of(case), handbook.known()
    places = {
        place for key in keys for place in (canonical_url(key.key, known), key.shown) if place
    }
    return (
        f"Profiili {', '.join(sorted(places))} esiintyy Savonkosken kaupunkina luvatta."
        f"{own} Pyydämme poistamaan sen. Tämä ilmoitus on tehty vilpittömässä mielessä: tiedot "
        f"ovat käsityksemme mukaan oikein ja täydelliset (rikoslaki 38 luku 9 a §)."
        f" {TOWN['name_fi']}, Savonkosken kaupunki, {TOWN['contact_email']}"
    )


def write_acts(stage: Stage) -> None:
    """Fill the stage with what is to happen to the fakes of Savonkoski."""
    fakes = Fakes(stage)
    for acts in (_removed, _on_the_way, _taken_further, _ended, _waiting, _own):
        acts(fakes)


def _play(fakes: Fakes, *acts: tuple[int, int, Callable[[], None]]) -> None:
    for days, hour, act in acts:
        fakes.stage.at(days, act, hour)


def _day(days: int) -> date:
    return clock.today() + timedelta(days=days)


def _removed(fakes: Fakes) -> None:
    """One that is gone and was looked at since, one that came back."""

    def gone(number: int) -> None:
        fakes.look(number, there=False)
        fakes.take(number, "note_takedown", outcome="removed", seen_at=clock.now())

    _play(
        fakes,
        (50, 9, lambda: fakes.send(5)),
        (50, 11, lambda: fakes.confirm(5)),
        (50, 12, lambda: fakes.notify(5)),
        (46, 10, lambda: gone(5)),
        (46, 11, lambda: fakes.take(5, "decide_not_needed", reason="Vahinkoa ei tullut.")),
        (39, 10, lambda: fakes.take(5, "recheck", seen_at=clock.now())),
        (16, 10, lambda: fakes.take(5, "recheck", seen_at=clock.now())),
        (30, 9, lambda: fakes.send(12)),
        (30, 13, lambda: fakes.confirm(12, answer="not_reached")),
        (30, 14, lambda: fakes.notify(12)),
        (27, 10, lambda: gone(12)),
        (
            1,
            8,
            lambda: incoming.add(fakes.report(12), "back", "Nu är den tillbaka!", [], clock.now()),
        ),
    )


def _on_the_way(fakes: Fakes) -> None:
    """Confirmed ones, as far as they have got."""

    def refused() -> None:
        filing = queries.filings_of(fakes.case(10))[-1]
        text = "We did not find that the account goes against our rules."
        fakes.take(10, "note_refusal", filing=filing.id, decided_at=_day(0), decision_text=text)

    def warn() -> None:
        profile = fakes.stage.profile("facebook_town")
        url = next(line.url for line in profile.current if line.url)
        text = f"Kaupunki ei järjestä arvontaa eikä kysy pankkitunnuksia. Aito sivumme on {url}"
        fakes.take(1, "warn_public", warning_text=text, ends_on=_day(21))

    _play(
        fakes,
        (2, 8, lambda: fakes.send(1)),
        (2, 9, lambda: fakes.confirm(1)),
        (2, 11, lambda: fakes.notify(1)),
        (2, 12, lambda: fakes.notify(1, "art16")),
        (2, 13, warn),
        (1, 9, lambda: fakes.send(3)),
        (14, 8, lambda: fakes.send(8)),
        (14, 9, lambda: fakes.confirm(8)),
        (14, 10, lambda: fakes.notify(8)),
        (14, 11, lambda: fakes.take(8, "advise_victim", whom="Ilmoittaja", advised_at=clock.now())),
        (1, 11, lambda: fakes.take(8, "note_no_answer")),
        (12, 8, lambda: fakes.send(10)),
        (12, 12, lambda: fakes.confirm(10)),
        (12, 13, lambda: fakes.notify(10)),
        (4, 9, refused),
        (1, 12, lambda: fakes.send(7)),
        (1, 13, lambda: fakes.confirm(7)),
    )


def _taken_further(fakes: Fakes) -> None:
    """A report of three addresses: a channel, its group, and a site that nobody takes down."""

    def escalate(number: int, place: int = 0) -> None:
        answers = {
            "route": "dsc",
            "next_check_on": _day(14),
            "text": notice(fakes.case(number, place)),
        }
        reason = "Palvelu ei ole vastannut kahteen ilmoitukseen."
        fakes.take(number, "escalate", "eero", place, reason=reason, **answers)

    _play(
        fakes,
        (20, 8, lambda: fakes.send(11)),
        (20, 9, lambda: fakes.confirm(11)),
        (20, 10, lambda: fakes.notify(11)),
        (20, 11, lambda: fakes.take(11, "take", place=1)),
        (20, 12, lambda: fakes.take(11, "merge", place=1, main_case=fakes.case(11).reference)),
        (12, 10, lambda: fakes.take(11, "note_no_answer")),
        (11, 10, lambda: escalate(11)),
        (20, 13, lambda: fakes.confirm(11, 2)),
        (20, 14, lambda: fakes.notify(11, place=2)),
        (20, 15, lambda: fakes.take(11, "decide_not_needed", place=2, reason="Ei uhreja.")),
        (11, 11, lambda: escalate(11, 2)),
        (9, 10, lambda: _give_up(fakes)),
    )


def _give_up(fakes: Fakes) -> None:
    reason = "Sivusto vaihtaa palvelinta aina, kun se suljetaan."
    fakes.take(11, "close_unresolved", "eero", 2, reason=reason, no_warning_reason="Varoitettu jo.")


def _ended(fakes: Fakes) -> None:
    """What was no fake, and what was no report."""
    parody = "Tili sanoo olevansa epävirallinen ja satiiria."
    _play(
        fakes,
        (25, 9, lambda: fakes.send(13)),
        (25, 13, lambda: fakes.take(13, "take")),
        (25, 14, lambda: fakes.take(13, "dismiss", ground="parody", reason=parody)),
        (15, 9, lambda: fakes.send(14)),
        (15, 13, lambda: fakes.take(14, "set_aside")),
    )


def _waiting(fakes: Fakes) -> None:
    """What waits for a handler, for a reporter, or apart."""

    def ask() -> None:
        fakes.take(2, "ask_reporter", report=fakes.report(2).id, phrase="screenshot")

    _play(
        fakes,
        (3, 9, lambda: fakes.send(2)),
        (3, 12, lambda: fakes.take(2, "take")),
        (3, 13, ask),
        (2, 15, lambda: fakes.send(6)),
        (1, 10, lambda: fakes.take(6, "take")),
        (1, 14, lambda: fakes.send(4)),
        (1, 15, lambda: fakes.send(15)),
        (1, 16, lambda: fakes.send(9)),
        (1, 17, fakes.spam),
    )


def _own(fakes: Fakes) -> None:
    """Two of the town's own profiles that somebody else had got hold of."""
    stage = fakes.stage
    cases: dict[str, str] = {}

    def lose(story: str, by: str, what_happened: str) -> None:
        answers = {"alarm": "hijacked", "what_happened": what_happened, "since": _day(0)}
        profile, person = stage.profile(story), stage.person(by)
        cases[story] = recovery.open_recovery(profile, person, clock.now(), **answers).id

    def win(story: str) -> None:
        profile, now = stage.profile(story), clock.now()
        checked = "Salasana, istunnot ja palautusosoite vaihdettiin."
        profiles.take(profile, "propose_clear", stage.person("eero"), now, what_was_checked=checked)
        second = profile_queries.supervisor(profile, now)
        profiles.take(profile, "clear", second, now, seen_today=True)
        case = db.session.get_one(Case, cases[story])
        service.take(case, "end_recovery", stage.person("pirkko"), now)

    hijacked = "Kirjautuminen ei onnistu, ja sivulla mainostetaan kryptovaluuttaa."
    _play(
        fakes,
        (80, 9, lambda: lose("facebook_library", "antti", "Salasana oli vaihdettu yöllä.")),
        (79, 15, lambda: win("facebook_library")),
        (1, 9, lambda: lose("facebook_festival", "kaisa", hijacked)),
    )
