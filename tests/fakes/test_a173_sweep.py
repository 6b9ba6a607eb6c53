"""Who reported, planted in every field and file name of a citizen's and of a colleague's report,
and looked for on every page, in every letter, file, log and row: administrators first."""

import html
import logging
import re
from datetime import timedelta
from io import BytesIO, StringIO
from types import SimpleNamespace
from zipfile import ZipFile

import pytest
from sqlalchemy import select

from intake import clock, logs
from intake.data import file_store
from intake.data.base import db
from intake.data.write import write
from intake.engine import outbox
from intake.engine.outbox import Message
from intake.fakes.matching import search
from intake.fakes.models import Case
from intake.fakes.reporter import Told
from intake.fakes.reporting import uploads
from intake.people.models import Person, Role
from tests.browser import Browser
from tests.dump import rows_of
from tests.fakes import corpus, making
from tests.profiles.making import make_profile

PHONE = "0449876501"
SEALED = {
    "name": "Reavatmerkki Portterimerkki",
    "email": "postivatmerkki@sahkoposti.example",
    "phone": PHONE,
    "secrecy_reason": "Salausvatmerkki on syyni tähän",
    "file": "Tiedostovatmerkki-0449876501.png",
}
COLLEAGUE = "Kollegavatmerkki Sukunimimerkki"
NAMES = ("reavatmerkki", "portterimerkki", "postivatmerkki", "salausvatmerkki")
UNTOLD = ("portterimerkki", "salausvatmerkki")  # stands in no word of the reports
FILES = ("tiedostovatmerkki", "kollegakuvavatmerkki")
STAFF = ("kollegavatmerkki", "sukunimimerkki")
WORDS = ("kuvausvatmerkki", "lisaysvatmerkki", "kohdevatmerkki")
NUMBER = re.compile(r"44[\W_]?987[\W_]?65[\W_]?01")
OWN_PAGES = ("/people", "/me", "/handbook/trainings", "/sign-out")  # a colleague stands there
DESCRIPTION = (
    f"Kuvausvatmerkki: olen Reavatmerkki, soittakaa +358 44 987 65 01 tai {SEALED['email']}."
)


def staged(name: str, mark: str) -> list:
    form = SimpleNamespace(token_held=True, token_hash=mark * 64)
    assert uploads.stage(form, [corpus.upload(name, corpus.png(ord(mark)))]) == []
    return uploads.staged(form.token_hash)


class Planted:
    """One case of two reports, led through its steps; the log of it all."""

    def __init__(self, app, cast, still, log: StringIO) -> None:
        self.app, self.cast, self.log = app, cast, log
        self.colleague = cast.make.person(COLLEAGUE, cast.youth)
        self.lead = making.make_lead(cast)
        sealed = {name: value for name, value in SEALED.items() if name != "file"}
        made = making.report(
            told=Told(**sealed, secrecy=True),
            files=staged(SEALED["file"], "a"),
            description=DESCRIPTION,
            target="Kohdevatmerkki on kunnan tili",
            reported_reference=PHONE,
            seen_at_time="10.15",
            reporter_role="impersonated",
        )
        self._reports_at_the_page(still)
        second = making.report(
            by=db.session.get_one(Person, self.colleague.id),
            files=staged("Kollegakuvavatmerkki-2026.png", "b"),
            reporter_role="impersonated",
        )
        self.case = making.case_of(made)
        assert {making.case_of(second).id} == {self.case.id}
        odd = f"Soita {PHONE}, kertoo Reavatmerkki"
        self.odd = making.case_of(making.report(odd, platform="other", told=Told(**sealed)))
        self._handled(making.case_of(made))

    def _reports_at_the_page(self, still) -> None:
        person = db.session.get_one(Person, self.colleague.id)
        page = Browser(self.app).signs_in(person).opens("/report")
        still.shift(timedelta(seconds=60))
        answers = {"urls": making.FAKE, "target_kind": "official", "acts": ["pretends"]}
        answers |= {"harm": "no", "reporter_role": "impersonated", "good_faith": True}
        page = page.fills(**answers).presses("Lähetä ilmoitus")
        assert page.heading == "Kiitos, saimme ilmoituksesi"

    def _handled(self, case: Case) -> None:
        profile, handler = make_profile(self.cast), self.cast.handler
        with write():
            db.session.get_one(Case, case.id).profile_id = profile.id
        making.take(making.again(case), "take", handler)
        making.look(case, handler)
        making.take(case, "confirm", handler, unit_answer="not_ours")
        case = making.again(case)
        making.take(case, "notify", handler, **making.notice(case))
        genuine = "Aito on https://www.instagram.com/savonkosken_nuoret/"
        making.take(case, "warn_public", handler, warning_text=genuine, ends_on=clock.today())
        answers = making.ANSWERS_OF["escalate"]()
        making.take(case, "escalate", self.lead, **answers)


@pytest.fixture
def planted(app, cast, still, monkeypatch, tmp_path) -> Planted:
    monkeypatch.setattr(file_store, "folder", lambda: tmp_path / "evidence")
    stream = StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(logs.JsonLines())
    root = logging.getLogger()
    monkeypatch.setattr(root, "handlers", [*root.handlers, handler])
    monkeypatch.setattr(root, "level", logging.INFO)
    root.manager._clear_cache()
    yield Planted(app, cast, still, stream)
    monkeypatch.undo()
    root.manager._clear_cache()


def holds(text: str, *markers: str) -> list[str]:
    """Which markers stand in a text, however it writes them."""
    plain = html.unescape(text).casefold()
    found = [marker for marker in markers if marker in plain]
    return found + (["number"] if NUMBER.search(plain) or PHONE in plain else [])


def walked(browser: Browser, planted: Planted) -> dict[str, str]:
    """Every page that somebody reaches by links, from all the doors of the house."""
    adapter = planted.app.url_map
    doors = [
        rule.rule for rule in adapter.iter_rules() if "GET" in rule.methods and not rule.arguments
    ]
    case, odd = f"/cases/{planted.case.id}", f"/cases/{planted.odd.id}"
    doors += [case, f"{case}?all=1", f"{case}/packet", f"{case}/notify", f"{case}/reveal", odd]
    doors += [f"/messages/{row}" for row in db.session.scalars(select(Message.id))]
    doors += [
        f"/cases?q={word}" for word in ("kuvausvatmerkki", "reavatmerkki", "kollegavatmerkki")
    ]
    seen: dict[str, str] = {}
    waiting = [door for door in doors if not door.startswith("/sign-out")]
    while waiting:
        path = waiting.pop()
        bare = path.partition("#")[0]
        if bare in seen or bare.startswith(("/static", "/handbook/platforms", "/handbook/routes")):
            continue
        answer = browser.client.get(bare, follow_redirects=True)
        seen[bare] = answer.get_data(as_text=True) if _is_text(answer) else ""
        if answer.mimetype == "text/html" and answer.status_code == 200:
            links = re.findall(r'href="(/[^"/][^"]*)"', seen[bare])
            waiting += [html.unescape(one) for one in links if "lang=" not in one]
    return seen


def _is_text(answer) -> bool:
    return answer.mimetype.startswith(("text/", "application/json", "application/problem"))


@pytest.mark.policy("P7")
@pytest.mark.parametrize(
    "role", ["administrator", "keeper", "handler", "lead", "head", "admin", ""]
)
def test_a173_no_page_tells_who_reported(app, cast, planted, role):
    browser = Browser(app)
    if role:
        person = planted.lead if role == "lead" else getattr(cast, role)
        browser.signs_in(db.session.get_one(Person, person.id))
    pages = walked(browser, planted)
    assert len(pages) > 20
    handles = role in ("handler", "lead")
    found = {}
    for path, text in pages.items():
        if "q=" in path:  # says what was looked for; nobody but handlers finds anything
            assert handles or "VP-2026" not in text
            continue
        if handles and path.startswith("/cases/"):  # they read reports, never who sent them
            names = [one for one in (*UNTOLD, *FILES, *STAFF) if one in html.unescape(text).lower()]
        else:
            names = holds(text, *NAMES, *FILES, *STAFF, *(() if handles else WORDS))
        if path.startswith(OWN_PAGES):
            names = [one for one in names if one not in STAFF]
        if names:
            found[path] = names
    assert found == {}


@pytest.mark.policy("P7")
def test_a173_no_letter_tells_who_reported_and_each_goes_where_it_should(app, cast, planted):
    rows = db.session.scalars(select(Message)).all()
    letters = [letter for row in rows if (letter := outbox.letter(row)) is not None]
    assert len(letters) > 5
    for letter in letters:
        text = "\n".join((letter.subject, letter.plain, letter.html, *letter.paragraphs))
        assert holds(f"{letter.to}\n{text}", *NAMES, *FILES, *STAFF, *WORDS) == []
    assert planted.colleague.id not in {row.person_id for row in rows}


@pytest.mark.policy("P7")
def test_a173_no_row_tells_who_reported_but_the_words_of_the_report(app, cast, planted):
    db.session.rollback()
    told = (
        "report",
        "report_address",
        "case_key",
        "address_mark",
        "search_document",
        "search_term",
        "case_name",
    )  # words and addresses
    theirs = ("person", "session", "login_attempt", "trail_salt")  # the colleague as a colleague
    for table, rows in rows_of(db.session).items():
        own = table.startswith("search")  # people are found by their names, cases by no reporter's
        # a line of the trail that only vouches for a person's own row is about them as a colleague
        told_of = [row for row in rows if table != "trail" or "witness" not in row]
        text = str([row for row in told_of if not own or search.CASES in row]).casefold()
        assert [one for one in (*UNTOLD, *FILES) if one in text] == [], table
        if table not in theirs:
            assert [one for one in (*STAFF, planted.colleague.id) if one in text] == [], table
        if not table.startswith(told):
            assert holds(text, *NAMES) == [], table


@pytest.mark.policy("P7")
def test_a173_no_packet_and_no_log_tells_who_reported(app, cast, planted):
    browser = Browser(app).signs_in(db.session.get_one(Person, cast.handler.id))
    page = browser.opens(f"/cases/{planted.case.id}").presses("Kokoa aineisto poliisille")
    with ZipFile(BytesIO(page.response.data)) as packed:
        names = packed.namelist()
        texts = [packed.read(name).decode("latin-1") for name in names]
        summary = packed.read("summary.html").decode()
    for text in (*texts, summary, str(names), str(page.response.headers)):
        assert holds(text, *NAMES, *FILES, *STAFF) == []
    assert "Kuvausvatmerkki: olen •••, soittakaa ••• tai •••." in html.unescape(summary)
    assert holds(planted.log.getvalue(), *NAMES, *FILES, *STAFF, *WORDS) == []
    assert planted.colleague.id not in planted.log.getvalue()


@pytest.mark.policy("P7")
def test_a173_a_handler_learns_who_it_was_by_the_step_that_leaves_a_line(app, cast, planted):
    browser = Browser(app).signs_in(db.session.get_one(Person, cast.handler.id))
    page = browser.opens(f"/cases/{planted.case.id}")
    assert "kollega" in page.main
    made = next(one for one in making.again(planted.case).reports if one.is_colleague)
    making.take(planted.case, "reveal", cast.handler, what=f"contact:{made.id}")
    assert COLLEAGUE in browser.opens(f"/cases/{planted.case.id}").main
    other = Browser(app).signs_in(db.session.get_one(Person, planted.lead.id))
    assert COLLEAGUE not in other.opens(f"/cases/{planted.case.id}").main


def test_roles_of_the_sweep_are_those_of_the_house():
    assert {"administrator", "keeper", "handler", "lead"} == {role.value for role in Role}
