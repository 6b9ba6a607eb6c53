"""A town with something long gone and something that lives on of every type: each text holds a
marker that is found nowhere else."""

from datetime import timedelta
from types import SimpleNamespace

from sqlalchemy import select

from intake import clock
from intake.data.base import db
from intake.data.write import write
from intake.engine.outbox import Message
from intake.establishment.models import Version
from intake.establishment.states import RequestState as S
from intake.fakes import queries as case_queries
from intake.fakes.models import Case, Report
from intake.fakes.reporter import Told
from intake.fakes.reporting import uploads
from intake.fakes.service import incoming
from intake.fakes.states import CaseState as C
from intake.handbook import service as handbook
from intake.people import links, settings, town
from intake.people import service as people
from intake.people.importing import running
from intake.people.models import LinkPurpose, Person, Role, Session
from intake.profiles.models import Profile, ProfileKind
from intake.profiles.states import ProfileState as P
from tests.establishment import making as requests
from tests.fakes import corpus
from tests.fakes import making as fakes
from tests.people import importing, towns
from tests.profiles import making as profiles

EXPERT = ProfileKind.EXPERT


def marker(name: str) -> str:
    """A word that stands nowhere else."""
    return f"qzx{name}qzx"


class Planted:
    """What was planted: `gone` are the markers that must vanish in time, `lives` those that stay;
    `files` the digests of what was handed in, by the same."""

    def __init__(self, cast) -> None:
        self.cast, self.gone, self.lives = cast, set(), set()
        self.files = {"gone": set(), "lives": set()}
        self.ids: dict[str, str] = {}

    def dies(self, name: str) -> str:
        """A marker that must vanish."""
        self.gone.add(marker(name))
        return marker(name)

    def stays(self, name: str) -> str:
        """A marker that must stay."""
        self.lives.add(marker(name))
        return marker(name)

    def all(self) -> "Planted":
        """Plant something of every type."""
        with write():
            handbook.ensure_shipped(clock.now())
        self.leaver()
        self.requests()
        self.profiles()
        self.cases()
        self.others()
        return self

    def leaver(self) -> None:
        """Somebody with roles, absences and sessions, who leaves."""
        make, cast = self.cast.make, self.cast
        one = make.person(f"Leena {self.dies('name')}", cast.far, Role.HANDLER)
        self.ids["leaver"] = one.id
        with write():
            person = db.session.get_one(Person, one.id)
            admin = db.session.get_one(Person, cast.administrator.id)
            title = self.dies("title")
            mail = f"{self.dies('mail')}@savonkoski.example"
            people.change_person(person, admin, clock.now(), title=title, email=mail)
            handbook.acknowledge(person, clock.now())
            people.grant(person, Role.KEEPER, admin, clock.now())
            day = clock.today() + timedelta(days=1)
            people.enter_absence(person, day, day + timedelta(days=3), None, person, clock.now())
            db.session.add(
                Session(
                    hash="a" * 64,
                    person_id=person.id,
                    ends_at=clock.now() + timedelta(hours=10),
                    browser=self.dies("browser"),
                )
            )
            links.make(LinkPurpose.RESET, person, clock.now())
        requests.train(one)
        with write():
            people.end_service(
                db.session.get_one(Person, one.id),
                db.session.get_one(Person, cast.administrator.id),
                clock.now(),
            )

    def requests(self) -> None:
        """Requests that were rejected, returned and sent; one draft."""
        cast = self.cast
        for state, sign in ((S.REJECTED, self.dies), (S.SUBMITTED, self.stays)):
            word = sign(f"request{state.value}")
            made = requests.make_request(
                cast,
                S.SUBMITTED,
                profile={
                    "profile_name": [f"Nuorisopalvelut {word}"],
                    "handle": [f"nuoret.{state.value}"],
                },
                purpose={
                    "purpose": [f"Kerromme {word} nuorille."],
                    "audience": ["Nuoret, kaikki."],
                },
            )
            self.ids[state.value] = made.id
        rejected = db.session.get_one(type(made), self.ids["rejected"])
        remark = {"purpose": self.dies("remark")}
        requests.take(rejected, "return", cast.head, remarks=remark)
        requests.take(rejected, "submit", cast.requester)
        requests.take(rejected, "reject", cast.head, reason=self.dies("rejection"))
        expert = requests.make_request(cast, S.SUBMITTED, EXPERT)
        consent = self.dies("withdrawal")
        requests.take(expert, "withdraw", cast.requester, reason_if_any=consent)

    def profiles(self) -> None:
        """Profiles: from request to closed, an expert's, one never opened, one in use."""
        cast = self.cast
        old = requests.make_request(
            cast,
            S.APPROVED,
            profile={
                "profile_name": [f"Nuorisopalvelut {self.stays('closedoffice')}"],
                "handle": ["nuoret.vanha"],
            },
            purpose={"purpose": [f"Kerromme {self.dies('purpose')} nuorille."]},
        )
        profile = self._of(old)
        profiles.take(profile, "accept_part", cast.admin)
        with write():
            profiles.again(profile).admins[0].task = self.dies("task")
        for step in ("list", "announce_closing", "close"):
            profiles.WALKS[step](cast, profile, step)
        self.ids["closed"] = profile.id
        expert = profiles.make_profile(
            cast,
            P.CLOSED,
            EXPERT,
            key=f"instagram:handle:{self.dies('experthandle')}",
            name=self.dies("expert"),
        )
        self.ids["expert"] = expert.id
        never = profiles.make_profile(
            cast,
            P.NEVER_OPENED,
            key=f"instagram:handle:{self.dies('neverhandle')}",
            name=self.dies("never"),
        )
        self.ids["never"] = never.id
        live = profiles.make_profile(
            cast, key=f"instagram:handle:{self.stays('livehandle')}", name=self.stays("live")
        )
        self.ids["live"] = live.id

    def _of(self, request) -> Profile:
        of = select(Version.id).where(Version.request_id == request.id)
        return db.session.scalars(select(Profile).where(Profile.decided.in_(of))).one()

    def cases(self) -> None:
        """Cases: taken down, dismissed, spam, merged, unresolved; one that is open."""
        cast, lead = self.cast, fakes.make_lead(self.cast)
        for number, state in enumerate(
            (C.TAKEN_DOWN, C.NOT_FAKE, C.SPAM, C.DUPLICATE, C.CLOSED_UNRESOLVED)
        ):
            sign = self.dies
            made = self._report(state.value, sign, number, "gone")
            self.ids[state.value] = fakes.walk(cast, made, state, lead).id
        main = fakes.case_of(fakes.report("https://x.com/savonkoski_paakaupunki"))
        fakes.take(
            fakes.take(main, "take", cast.handler),
            "dismiss",
            cast.handler,
            ground="parody",
            reason=self.dies("dismissal"),
        )
        case = db.session.get_one(Case, self.ids["taken_down"])
        fakes.take(case, "note", cast.handler, text=self.dies("note"))
        made = self._report("received", self.stays, 9, "lives")
        self.ids["received"] = fakes.case_of(made).id
        self.ids["open report"] = made.id

    def _report(self, name: str, sign, number: int, fate: str) -> Report:
        waiting = SimpleNamespace(token_held=True, token_hash=f"{number:064d}")
        uploads.stage(waiting, [corpus.upload(f"{name}.png", corpus.png(number))])
        files = uploads.staged(waiting.token_hash)
        for file in files:
            self.files[fate] |= {file.sha256, *(page.sha256 for page in file.pictures)}
        made = fakes.report(
            f"https://www.instagram.com/{sign(name + 'key')}/",
            description=f"Huijaus {sign(name + 'report')}.",
            told=Told(name=f"Aino {name}", email=f"{name}@posti.example"),
            files=files,
        )
        with write():
            report = db.session.get_one(Report, made.id)
            case = case_queries.cases_of(report)[0]
            incoming.add(report, "text", sign(name + "addition"), (), clock.now(), about=case)
        return made

    def others(self) -> None:
        """An import, a setting that was changed, staged files, letters."""
        cast = self.cast
        name = self.dies("import")
        importing.bring(cast.administrator, towns.file(towns.people(2)), name=name)
        running.advance(clock.now())
        with write():
            settings.change(
                {"phone": self.dies("phone")},
                db.session.get_one(Person, cast.administrator.id),
                clock.now(),
                seen=town.current().revision,
            )
        with write():
            settings.change(
                {"phone": "0100"},
                db.session.get_one(Person, cast.administrator.id),
                clock.now(),
                seen=town.current().revision,
            )
        assert db.session.scalars(select(Message.id)).first()
