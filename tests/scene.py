"""One prepared town for the tests that cut across rooms: something in every state, everybody
signed in. Made once for a module; who changes it takes care of what follows."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from types import SimpleNamespace

import time_machine
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from intake import clock, ports
from intake.addresses import Stated
from intake.data import file_store
from intake.data.base import db
from intake.data.write import write
from intake.engine.outbox import Message
from intake.establishment.models import Request
from intake.establishment.states import RequestState as S
from intake.fakes.models import Case, Watch
from intake.fakes.reporter import Told
from intake.fakes.reporting import uploads
from intake.fakes.states import CaseState as C
from intake.handbook import service as handbook
from intake.handbook.models import (
    AddressRule,
    Approval,
    HostKind,
    Platform,
    PlatformHost,
    PlatformKind,
    SpecialHost,
    Training,
)
from intake.people import links
from intake.people import service as people
from intake.people.models import LinkPurpose, Person, Role
from intake.profiles.change.models import Change, Handover
from intake.profiles.models import Neighbour, Profile
from intake.profiles.states import ProfileState as P
from intake.retention import person_data
from intake.retention.models import Run
from tests.browser import Browser
from tests.conftest import MONDAY
from tests.establishment import making as requests
from tests.factories import Cast, Make
from tests.fakes import corpus, following
from tests.fakes import making as fakes
from tests.people import importing, towns
from tests.profiles import making as profiles

EXPERT = requests.EXPERT
CHANGING = re.compile(
    r'(name="csrf_token" value=")[^"]*|[45]\d\d-[0-9a-f]{8}|(carried" value=")[^"]*'
)


class Scene:
    """The town: `cast`, `ids` of subjects by name, a signed-in client for everybody."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        with write():
            handbook.ensure_shipped(clock.now())
        self.cast = Cast.found(Make(), app.cast)
        self.ids: dict[str, str] = {}
        self._requests()
        self._profiles()
        self._cases()
        self._accounts()
        self._organisation()
        self._handbook()
        self._evidence()
        case = fakes.case_of(fakes.report(told=Told(name="Aino Ilmoittaja")))
        fakes.look(case, self.cast.handler)
        self.ids["case"] = case.id
        self.ids["message"] = db.session.scalars(select(Message.id).order_by(Message.id)).first()
        files = towns.file(towns.units()), towns.file(towns.people())
        self.ids["import"] = importing.checked(self.cast.administrator, *files).id
        with write():  # a keeper looks somebody up; and the clock is to be looked at
            keeper = db.session.get_one(Person, self.cast.keeper.id)
            address = self.cast.requester.email
            row = person_data.look_up(address, "card", keeper, clock.now())
            self.ids["disclosure"] = row.id
            db.session.add(Run(id="retention", at=clock.now(), refused_at=clock.now()))
        self.people = {name: person.id for name, person in self.cast.everyone().items()}
        self.ids |= {name: self.people[name] for name in ("requester", "admin")}
        self.clients: dict[str, FlaskClient] = {"nobody": app.test_client()}
        self._sign_in()
        self._follow()
        self.cookies = {who: dict(client._cookies) for who, client in self.clients.items()}

    def _organisation(self) -> None:
        cast, make = self.cast, Make()
        for name in ("requester", "keeper", "head", "administrator"):
            self.ids[name] = getattr(cast, name).id
        self.ids["gone"], self.ids["youth"] = cast.leaver.id, cast.youth.id
        self.ids["spare"] = make.person("Sulo Varanen", cast.far).id
        parted = make.person("Lyyli Varanen", cast.far)
        make.leave(parted)
        self.ids["parted"] = parted.id
        self.ids["empty"] = make.unit("Tyhjä yksikkö", cast.far_sector).id
        with write():
            whom, by = (
                db.session.get_one(Person, one.id) for one in (cast.chief, cast.administrator)
            )
            self.ids["grant"] = people.grant(whom, Role.HANDLER, by, clock.now()).id
        day = clock.today() + timedelta(days=30)
        self.ids["absence"] = make.absence(cast.head, day, day, deputy=cast.chief).id
        day += timedelta(days=30)
        self.ids["other absence"] = make.absence(cast.head, day, day).id

    def _requests(self) -> None:
        for number, state in enumerate(S):
            kind = EXPERT if state is S.AWAITING_CONSENT else requests.OFFICE
            if state is S.APPROVED:
                continue
            made = requests.make_request(
                self.cast, state, kind, profile={"handle": [f"nuoret.{number}"]}
            )
            self.ids[state.value] = made.id
        made = requests.make_request(self.cast, S.SUBMITTED, EXPERT)
        self.ids["consented"] = made.id
        made = requests.make_request(self.cast, S.APPROVED, profile={"handle": ["nuoret.setup"]})
        self.ids["approved"] = made.id
        self.ids["setup"] = db.session.scalars(select(Profile.id)).one()

    def _profiles(self) -> None:
        for state in (P.ACTIVE, P.CLOSING_ANNOUNCED, P.CLOSED):
            made = profiles.make_profile(
                self.cast, state, key=f"instagram:handle:nuoret.{state.value.replace('_', '.')}"
            )
            self.ids[state.value] = made.id
            self.ids[f"{state.value} slug"] = profiles.again(made).slug
        setup = db.session.get_one(Profile, self.ids["setup"])
        line = profiles.type_address(setup, self.cast.requester)
        self.ids["typed"] = line.id
        self.ids["foreign"] = profiles.addresses_of(made)[0].id
        other = db.session.get_one(Profile, self.ids["active"])
        line = profiles.type_address(
            other, self.cast.requester, "https://www.instagram.com/toinen.osoite/"
        )
        self.ids["typed of active"] = line.id
        self._changes()
        setup = db.session.get_one(Profile, self.ids["setup"])
        self.ids["item"] = setup.checklist[0].id

    def _changes(self) -> None:
        """A profile of which an admin has gone, to be checked off, while others come: one asked,
        one who agreed; a text and another unit proposed; the other admin is away."""
        cast = self.cast
        run_by = (cast.requester, cast.admin, cast.deputy)
        parts = tuple(profiles.admin(one, lead=one is cast.requester) for one in run_by)
        changed = profiles.make_profile(cast, key="instagram:handle:nuoret.muuttuva", admins=parts)
        self.ids["changed"], day = changed.id, clock.today()
        for name, what, typed in (
            ("coming", "admin", {"person": cast.colleague.email, "task": "ohjaaja"}),
            ("agreed", "admin", {"person": cast.chief.email, "task": "johtaja"}),
            ("moving", "unit", {"unit": cast.far.id}),
            ("text", "text", {"field": "audience", "text": "Kaikille nuorille."}),
        ):
            self.ids[name] = profiles.propose(changed, what, cast.requester, **typed).id
        agreed = db.session.get_one(Change, self.ids["agreed"])
        profiles.take(agreed, "accept_part", cast.chief)
        profiles.take(changed, "leave", cast.admin)
        asked = {"closes_on": day, "successor": "Verkkosivut", "reason": "Kukaan ei ehdi."}
        profiles.take(changed, "ask_closing", cast.keeper, **asked)
        self.ids["handover"] = db.session.scalars(select(Handover.id)).one()
        away = {"away_from": day, "away_until": day + timedelta(days=9), "away_cover": "Kirjasto."}
        profiles.take(changed, "announce_absence", cast.requester, **away)

    def _cases(self) -> None:
        """A fake of which the service was told, and a profile that is being got back."""
        genuine = profiles.make_profile(self.cast, key="instagram:handle:nuoret.aito")
        case = fakes.make_case(self.cast, C.CONFIRMED, "https://www.instagram.com/nuoret.aitto/")
        with write():
            db.session.get_one(Case, case.id).profile_id = genuine.id
        case = fakes.again(case)
        fakes.take(case, "notify", self.cast.handler, **fakes.notice(case))
        self.ids["fake"] = case.id
        self.ids["watch"] = db.session.scalars(select(Watch.id).order_by(Watch.due_on)).first()
        lone = fakes.case_of(fakes.report("https://x.com/savonkoski_oma"))  # is the keepers' to see
        fakes.take(lone, "exclude", self.cast.handler, person=self.cast.handler.id, reason="Itse.")
        self.ids["recovering"] = fakes.make_case(self.cast, C.RECOVERING).id
        spam = "Osta halpoja kelloja meiltä, toimitus parissa päivässä."
        sent = [fakes.report(f"https://x.com/kellot_{place}", description=spam) for place in (1, 2)]
        self.ids["same"] = fakes.case_of(sent[0]).same_text

    def _accounts(self) -> None:
        newcomer = Make().person("Aada Kuusimäki", email="aada.kuusimaki@savonkoski.example")
        self.ids["newcomer"] = newcomer.id
        self.ids["signs in"] = self.cast.requester.id
        with write():
            db.session.get_one(Person, newcomer.id).password_hash = None
            for purpose, name in (("invitation", "colleague"), ("reset", "stranger")):
                person = getattr(self.cast, name)
                token = links.make(LinkPurpose(purpose), person, clock.now())
                self.ids[purpose] = links.secret(token)

    def _handbook(self) -> None:
        mine = select(Training.id).where(Training.person_id == self.cast.requester.id)
        self.ids["training"], self.ids["mistake"] = db.session.scalars(mine).all()[:2]
        with write():
            for host in ("old-name.example", "older-name.example"):
                db.session.add(PlatformHost(host=host, platform_code="youtube"))
            for name in ("special host", "older special host"):
                host = f"{name.replace(' ', '-')}.example"
                row = SpecialHost(host=host, kind=HostKind.SHORT_LINKS)
                db.session.add(row)
                db.session.flush()
                self.ids[name] = row.id
            for name in ("neighbour", "older neighbour"):
                row = Neighbour(text=name, shape=name.replace(" ", ""), note="Kirjaston ystävät.")
                db.session.add(row)
                db.session.flush()
                self.ids[name] = row.id
            for code in ("paikka", "paikat"):
                db.session.add(_own_service(code))
                db.session.flush()
                stated = Stated(code, (f"{code}.example",)).as_json()
                db.session.add(AddressRule(platform_code=code, statement=stated))

    def _follow(self) -> None:
        """A report of two addresses: a handler asks about one, the other was taken down; the
        browser of nobody has shown its code."""
        made, code = following.coded(following.FIRST, following.SECOND)
        self.ids["code"] = code
        following.asked(fakes.case_of(made), made, self.cast.handler)
        second = fakes.take(fakes.case_of(made, 1), "take", self.cast.handler)
        fakes.look(second, self.cast.handler)
        fakes.take(second, "confirm", self.cast.handler, unit_answer="not_ours")
        fakes.look(second, self.cast.handler, there=False)
        taken = {"outcome": "removed", "seen_at": clock.now()}
        fakes.take(second, "note_takedown", self.cast.handler, **taken)
        browser = Browser(self.app)
        browser.client = self.clients["nobody"]
        browser.opens("/follow").fills(code=code).presses("Näytä tilanne")

    def _evidence(self) -> None:
        waiting = SimpleNamespace(token_held=True, token_hash="e" * 64)
        uploads.stage(waiting, [corpus.upload()])
        (file,) = uploads.staged(waiting.token_hash)
        self.ids["evidence"] = file.id
        digests = (file.sha256, *(page.sha256 for page in file.pictures))
        self.files = [file_store.read(digest) for digest in digests]
        made = fakes.report("https://x.com/savonkoski_kuva", files=[file])
        self.ids["evidence case"] = fakes.case_of(made).id
        other = fakes.report("https://x.com/savonkoski_toinen_kuva")
        self.ids["other evidence case"] = fakes.case_of(other).id

    def _sign_in(self) -> None:
        self._leaver_in_service(True)
        for name, person_id in self.people.items():
            browser = Browser(self.app)
            browser.signs_in(db.session.get_one(Person, person_id))
            self.clients[name] = browser.client
        self._leaver_in_service(False)

    def _leaver_in_service(self, still: bool) -> None:
        with write():
            leaver = db.session.get_one(Person, self.people["leaver"])
            leaver.ended_at = None if still else clock.now() - timedelta(days=1)

    def __getitem__(self, name: str) -> str:
        return self.ids[name]

    def window(self, who: str) -> FlaskClient:
        """Another window of somebody's browser: what it signs out of leaves the first signed in."""
        window = self.app.test_client()
        window._cookies = dict(self.clients[who]._cookies)
        return window

    def request(self, name: str) -> Request:
        """A request as it stands now."""
        return db.session.get_one(Request, self.ids[name])


def _own_service(code: str) -> Platform:
    """A service that the town has added itself."""
    return Platform(
        code=code,
        stored_name=code.capitalize(),
        kind=PlatformKind.COMMUNITY,
        approval=Approval.APPROVED,
        has_messages=False,
        bio_limit=None,
    )


@contextmanager
def prepared(house: Flask, store) -> Iterator[Scene]:
    """The town as it was made first, on Monday morning, for the tests of one module."""
    with house.app_context(), time_machine.travel(MONDAY, tick=False):
        db.engine.dispose()
        made = house.extensions.get("scene")
        store.renew("scene" if made else "cast")
        ports.of(house).limiter.storage.reset()
        house.config["MAIL_URL"] = ""
        if made is None:
            made = house.extensions["scene"] = Scene(house)
            db.session.remove()
            db.engine.dispose()
            store.keep("scene")
        for who, client in made.clients.items():
            client._cookies = dict(made.cookies[who])
        for content in made.files:  # tests of other modules let jobs sweep what their rows lack
            file_store.put(content)
        made.cast = Cast.found(Make(), house.cast)
        try:
            yield made
        finally:
            db.session.remove()
            db.engine.dispose()


def settled(html: str) -> str:
    """An answer without what is random in each: form tokens and numbers of errors."""
    return CHANGING.sub("", html)
