"""An empty installation becomes a town's own: first administrator, settings, an import, people who
are invited by mail, and a first office profile in the register."""

import re
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.handlers import Sink

from tests.journeys.filling import CONTENT, QUESTIONS, TERMS
from tests.journeys.person import Person
from tests.people import towns
from tests.server import Server, free_port

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("journeys")]

PASSWORD = "vispilä kaarna lumme 81"
UNIT = 20  # of the invented town: its head, and two who work in it
HEAD, REQUESTER, SECOND = UNIT, UNIT + 40, UNIT + 80
NAME = "Keksityn palvelun uutiset"
HANDLE = "keksityn_palvelun_uutiset"


class Post(Sink):
    """A mail server that keeps what it is given."""

    def __init__(self) -> None:
        self.letters: list[tuple[str, str]] = []

    async def handle_DATA(self, _server, _session, envelope) -> str:
        self.letters.append((envelope.rcpt_tos[0], envelope.content.decode()))
        return "250 taken"

    def link(self, address: str, page: str) -> str:
        """The path of the newest link to a page that somebody was sent."""
        end = time.monotonic() + 30
        while time.monotonic() < end:
            for to, text in reversed(self.letters):
                if to == address and (found := re.search(rf"/{page}/[\w-]+", text)):
                    return found[0]
            time.sleep(0.2)
        raise AssertionError(f"no letter to {address}: {[to for to, _text in self.letters]}")


@pytest.fixture
def post() -> Iterator[Post]:
    handler = Post()
    server = Controller(handler, hostname="127.0.0.1", port=free_port())
    server.start()
    handler.url = f"smtp://127.0.0.1:{server.port}"
    yield handler
    server.stop()


@pytest.fixture
def house(tmp_path: Path, post: Post) -> Iterator[Server]:
    server = Server(tmp_path, MAIL_URL=post.url).start()
    yield server
    assert server.stop() == 0, server.said()


@pytest.mark.policy("O3", "P1", "P4")
def test_a_town_takes_it_into_use_by_itself(chromium, house, post):
    timo = _is_begun(chromium, house)
    _is_told_of_the_town(timo)
    _refuses_a_broken_file(timo)
    _imports_the_town(timo)
    _gives_roles(timo)
    folk = {who: _invited(chromium, house, post, timo, who) for who in (HEAD, REQUESTER, SECOND)}
    request = _asks(folk[REQUESTER])
    folk[HEAD].opens(request).follows("Hyväksy").fills(
        training_reason="Koulutus on ensi viikolla."
    ).presses("Hyväksy").sees("Hyväksytty")
    _is_listed(folk[REQUESTER], folk[SECOND], request)
    citizen = Person(chromium, house)
    citizen.opens(f"/check?q=https://instagram.com/{HANDLE}")
    assert citizen.heading.startswith("Tämä on kaupungin virallinen profiili")
    timo.opens("/desk").misses("Ilmoita ensimmäinen profiili")
    verified = house.flask("trail", "verify")
    assert verified.returncode == 0, verified.stdout + verified.stderr
    for person in (timo, citizen, *folk.values()):
        person.context.close()


def _is_begun(chromium, house: Server) -> Person:
    path = re.search(rf"{house.base}(/first/[\w-]+)", house.said())[1]
    timo = Person(chromium, house)
    timo.opens(path).fills(name_fi="Savonkoski", name_sv="Savonkoski stad", name="Timo Rantapajula")
    timo.fills(email=f"timo.rantapajula@{towns.DOMAIN}", language="fi", password=PASSWORD)
    assert timo.presses("Ota käyttöön").path == "/desk"
    return timo


def _is_told_of_the_town(timo: Person) -> None:
    timo.opens("/town/names").fills(genitive_fi="", genitive_sv="Savonkoskis")
    timo.presses("Tallenna", status=422)
    timo.fills(genitive_fi="Savonkosken", name_en="Savonkoski", genitive_en="Savonkoski's")
    timo.presses("Tallenna")
    timo.opens("/town/addresses").fills(register_page="javascript:alert(1)")
    timo.presses("Tallenna", status=422)
    timo.fills(register_page="https://savonkoski.example/some").presses("Tallenna")
    timo.opens("/town/contacts").fills(dpo_contact=f"tietosuoja@{towns.DOMAIN}")
    timo.presses("Tallenna")
    timo.opens("/register").sees("ei ole vielä profiileja")


def _refuses_a_broken_file(timo: Person) -> None:
    organisation, folk, faults = towns.broken()
    _brings(timo, organisation, folk).sees(f"Tiedostoissa on {len(faults)} virhettä")
    for file, line, _column, _fault in faults:
        timo.sees(f"{('units', 'people')[file]}.csv {line} ")
    timo.opens("/people").misses("Aino Aaltolampi")


def _imports_the_town(timo: Person) -> None:
    _brings(timo, towns.units(), towns.people()).sees("Tämä muuttuisi", "Mitään ei ole vielä")
    timo.presses("Tuo")
    _waits(timo).sees("Tuonti on valmis")
    timo.opens(f"/people?q=henkilo{HEAD}").sees(towns.name(HEAD))
    _brings(timo, towns.units(), towns.people()).sees("Mikään ei muuttuisi")


def _brings(timo: Person, organisation: towns.Rows, folk: towns.Rows) -> Person:
    files = {"units": towns.file(organisation), "people": towns.file(folk)}
    timo.opens("/people/import").brings(**files).presses("Tarkista tiedostot")
    return _waits(timo)


def _waits(timo: Person) -> Person:
    """Until the server has gone through the files: the page would refresh itself."""
    end = time.monotonic() + 60
    while time.monotonic() < end:
        timo.opens(f"{timo.path}?refresh=no")
        if not timo.shows("Katso, miten pitkällä"):
            return timo
        time.sleep(0.3)
    raise AssertionError(timo.main)


def _gives_roles(timo: Person) -> None:
    for who, role in ((5, "keeper"), (6, "keeper"), (7, "handler"), (8, "lead")):
        page = _at_page_of(timo, who).path
        timo.opens(f"{page}/roles/{role}/grant").presses("Anna rooli")
    timo.opens("/desk").misses("Anna kahdelle")


def _at_page_of(timo: Person, who: int) -> Person:
    return timo.opens(f"/people?q=henkilo{who}").follows(towns.name(who))


def _invited(chromium, house: Server, post: Post, timo: Person, who: int) -> Person:
    _at_page_of(timo, who).follows("Kutsu").presses("Lähetä kutsu")
    path = post.link(towns.address(who), "invitation")
    person = Person(chromium, house, language="sv" if who % 10 > 7 else "fi")
    person.opens(path).fills(password=towns.name(who)).presses("Tallenna", status=422)
    person.fills(password=PASSWORD).presses("Tallenna")
    assert person.path == "/desk"
    return person


def _asks(person: Person) -> str:
    person.follows("Pyydä uutta profiilia").fills(profile_type="office").presses("Aloita pyyntö")
    form = person.path
    person.follows("Palvelu ja nimi").fills(
        existing_profile="no", platform="Instagram", profile_name=NAME, handle=HANDLE
    )
    person.presses("Tallenna ja jatka")
    person.fills(org_level="Yksikkö", org_unit=f"Keksitty palvelu {UNIT}", represents="Yksikkö")
    person.presses("Tallenna ja jatka")
    person.fills(purpose="Kerromme palvelun uutiset kaikille asukkaille.")
    person.fills(audience="Kaikki asukkaat, jotka voivat kysyä mitä vain.")
    person.presses("Tallenna ja jatka")
    for number, who in enumerate((REQUESTER, SECOND)):
        person.fills(
            **{
                f"admins__{number}__person": towns.name(who),
                f"admins__{number}__task": "uutiset ja vastaukset",
                f"admins__{number}__hours_update": "1,5",
                f"admins__{number}__hours_interaction": "1",
            }
        )
    person.fills(admins__0__lead=True).presses("Tallenna ja jatka")
    person.fills(shared_mailbox=f"uutiset@{towns.DOMAIN}").presses("Tallenna ja jatka")
    person.fills(**CONTENT).presses("Tallenna ja jatka")
    person.fills(**QUESTIONS).presses("Tallenna ja jatka")
    person.fills(terms_by=towns.name(REQUESTER), **TERMS).presses("Tallenna ja jatka")
    person.opens(f"{form}/check").presses("Lähetä päätettäväksi").sees(towns.name(HEAD))
    return form.removesuffix("/form")


def _is_listed(first: Person, second: Person, request: str) -> None:
    profile = first.opens(request).follows("Siirry profiilin käyttöönottoon").path
    second.opens(f"{profile}/accept_part").presses("Ryhdyn hallinnoijaksi")
    for person in (first, second):
        person.opens(f"{profile}/state_rights")
        person.fills(rights="owner", two_step="on", recovery_shared="yes").presses(
            "Kerro oikeutesi"
        )
    first.opens(profile).presses_all("Merkitse tehdyksi")
    first.follows("Kerro tilanne").fills(done="done").presses("Tallenna")
    first.opens(f"{profile}/address/type").fills(address=f"https://www.instagram.com/{HANDLE}/")
    first.presses("Tallenna osoite")
    second.opens(f"{profile}/list").fills(seen_today=True)
    second.presses("Vahvista ja vie luetteloon").sees("Virallinen")
