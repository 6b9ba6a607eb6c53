"""The follow page: a code opens the status of one report, ways to add, and nothing else."""

import re
from contextlib import contextmanager
from datetime import timedelta

import pytest
from sqlalchemy import event, select

from intake import clock
from intake.data.base import db
from intake.data.write import write
from intake.engine import jobs
from intake.engine.outbox import Message, letter
from intake.fakes import queries, reporter
from intake.fakes.models import Addition, Contact, Follow, Question, Report
from intake.fakes.reporter import LETTERS, Told
from intake.fakes.reporting import follow_session
from intake.fakes.states import CaseState as C
from intake.security import keys
from tests.browser import Browser
from tests.dump import rows_of
from tests.fakes import making
from tests.fakes.following import SECOND, asked, at_status, coded
from tests.fakes.making import FAKE, again, case_of, make_case, make_lead, report, take, told_of
from tests.profiles.making import take as on_profile
from tests.test_logs import log  # noqa: F401 -- a fixture

MARKERS = {
    "description": "Zuqvatmerkki-kuvaus",
    "target": "Zuqvatmerkki-kohde",
    "visible_name": "Zuqvatmerkki-nimi",
}
CONTACT = Told(
    "Zuqvatmerkki Henkilo", "zuqvatmerkki@posti.example", "040 7654321", True, "Zuqvatmerkki-syy"
)
WRONG = "7KTR-9MWQ-4HXA-P3ND"


def settled(html: str, *typed: str) -> str:
    """A page without its form token and what was typed."""
    html = re.sub(r'(name="csrf_token" value=")[^"]*', r"\1", html)
    for text in typed:
        html = html.replace(f' value="{text}"', "")
    return html


def sent_token(page) -> str:
    return next(one for one in page.tree.iter("input") if one.get("name") == "csrf_token").get(
        "value"
    )


@contextmanager
def counted():
    """The statements that are sent meanwhile."""
    found = []

    def note(_connection, _cursor, statement, *_rest):
        found.append(statement)

    event.listen(db.engine, "before_cursor_execute", note)
    yield found
    event.remove(db.engine, "before_cursor_execute", note)


@pytest.mark.policy("P5")
def test_a_reporter_sees_how_the_report_stands(app, cast):
    made, code = coded()
    page = at_status(app, code)
    assert page.path == "/follow/status"
    assert page.heading == "Saimme ilmoituksesi"
    assert "<title>Ilmoituksesi tilanne – " in page.html
    assert made.reference in page.main
    assert "Käsittelijä lukee ilmoituksen ti 24.11. mennessä." in page.main
    take(case_of(made), "take", cast.handler)
    page = page.browser.opens("/follow/status")
    assert page.heading == "Käsittelemme ilmoitustasi"
    assert "to 26.11. mennessä" in page.main


def test_a_code_is_read_however_it_is_typed(app, cast):
    _made, code = coded()
    for typed in (code.lower(), code.replace("-", ""), f" {code.replace('-', ' ')} "):
        assert at_status(app, typed).path == "/follow/status", typed


def test_a_code_that_no_report_has_opens_nothing(app, cast):
    page = at_status(app, WRONG)
    assert page.status == 422
    assert page.errors == ["Koodi ei kelpaa. Tarkista merkit ja yritä uudelleen."]
    assert db.session.scalars(select(Follow)).all() == []


def test_a60_nothing_handed_in_is_shown_back(app, cast, still):
    lead = None
    for state in C:
        if state in (C.RECOVERING, C.RECOVERED):
            continue
        made, code = coded(
            f"https://www.instagram.com/zuqvatmerkki.{state.value}", told=CONTACT, **MARKERS
        )
        lead = lead or make_lead(cast)
        _walk(made, state, cast, lead, still)
        for language in ("fi", "sv", "en"):
            page = at_status(app, code, language)
            assert page.path == "/follow/status", state
            for path in ("/follow/add", "/follow/contact", "/follow/withdraw", "/follow/answer"):
                _holds_no_marker(page.browser.opens(path).html)
            _holds_no_marker(page.html)


def _walk(made, state, cast, lead, still):
    case = case_of(made)
    for step in making.ROADS[state]:
        actor = lead if step in ("escalate", "close_unresolved") else cast.handler
        answers = making.ANSWERS_OF.get(step, lambda *_: {})(case, made, cast)
        still.shift(timedelta(minutes=1))
        if step == "merge":
            answers = {"main_case": case_of(report(f"https://x.com/paa_{made.id}")).id}
        case = take(case, step, actor, **answers)


def _holds_no_marker(html: str) -> None:
    assert "zuqvatmerkki" not in html.lower()
    assert "7654321" not in html


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_a60_what_was_added_is_not_shown_back(app, cast, language):
    _made, code = coded()
    browser = at_status(app, code, language).browser
    button = {"fi": "Lähetä tiedot", "sv": "Skicka uppgifterna", "en": "Send information"}
    page = browser.opens("/follow/add").fills(text="zuqvatmerkki-lisäys").presses(button[language])
    assert page.path == "/follow/status"
    _holds_no_marker(page.html)
    assert [row.text for row in db.session.scalars(select(Addition))] == ["zuqvatmerkki-lisäys"]


def test_a61_the_code_is_in_a_body_and_nowhere_else(app, cast, log):  # noqa: F811
    _made, code = coded()
    browser = Browser(app)
    page = browser.opens("/follow")
    field = next(one for one in page.tree.iter("input") if one.get("name") == "code")
    assert field.get("autocomplete") == "off"
    assert field.get("maxlength") is None
    assert field.get("value") is None
    answer = browser.client.post(
        "/follow",
        data={"code": code, "csrf_token": sent_token(page)},
        headers={"Sec-Fetch-Site": "same-origin"},
    )
    assert (answer.status_code, answer.location) == (303, "/follow/status")
    cookie = answer.headers["Set-Cookie"]
    assert re.match(r"follow=[\w-]{43}; HttpOnly; Path=/; SameSite=Strict$", cookie)
    status = browser.client.get("/follow/status")
    for one in (answer, status):
        assert one.headers["Cache-Control"] == "no-store"
        assert one.headers["Referrer-Policy"] == "no-referrer"
    everywhere = log.text + cookie + status.get_data(as_text=True) + str(rows_of(db.session))
    for form in (code, code.replace("-", ""), code.lower(), code.replace("-", "").lower()):
        assert form not in everywhere


def test_a61_in_production_the_cookie_belongs_to_this_host_alone(app, cast, monkeypatch):
    _made, code = coded()
    monkeypatch.setitem(app.config, "SESSION_COOKIE_SECURE", True)
    browser = Browser(app)
    page = browser.opens("/follow")
    answer = browser.client.post("/follow", data={"code": code, "csrf_token": sent_token(page)})
    assert answer.headers["Set-Cookie"].startswith("__Host-follow=")
    assert "Secure" in answer.headers["Set-Cookie"]


def test_a61_a77_after_done_going_back_shows_nothing(app, cast):
    _made, code = coded()
    page = at_status(app, code)
    left = page.presses("Lopeta seuraaminen")
    assert left.path == "/follow"
    assert db.session.scalars(select(Follow)).all() == []
    back = page.browser.opens("/follow/status")
    assert back.path == "/follow"
    assert "Saimme" not in back.html
    assert code not in back.html


def test_a61_a_follow_ends_by_itself_and_its_row_is_swept(app, cast, still):
    _made, code = coded()
    browser = at_status(app, code).browser
    still.shift(follow_session.AGE - timedelta(seconds=1))
    assert browser.opens("/follow/status").path == "/follow/status"
    still.shift(timedelta(seconds=1))
    assert browser.opens("/follow/status").path == "/follow"
    assert browser.opens("/follow/add").path == "/follow"
    still.shift(timedelta(days=1))
    assert "follows" in jobs.tick()
    assert db.session.scalars(select(Follow)).all() == []


def test_a_form_sent_in_time_lets_the_reporter_go_on(app, cast, still):
    _made, code = coded()
    browser = at_status(app, code).browser
    still.shift(timedelta(minutes=10))
    browser.opens("/follow/add").fills(text="Lisää.").presses("Lähetä tiedot")
    still.shift(timedelta(minutes=10))
    assert browser.opens("/follow/status").path == "/follow/status"


def test_a62_the_database_holds_no_code_and_another_key_finds_none(app, cast, monkeypatch):
    made, code = coded()
    assert len(LETTERS) ** 16 == 2**80
    assert not {"I", "L", "O", "U"} & set(LETTERS)
    assert reporter.code_hash(code) == made.code_hash
    assert code not in str(rows_of(db.session))
    codes = {reporter.code_of(f"{number:032x}") for number in range(500)}
    assert len(codes) == 500
    assert {sign for one in codes for sign in one} - {"-"} == set(LETTERS)
    monkeypatch.setitem(app.config, "ROOT_KEY", bytes(range(1, 33)))
    assert reporter.by_code(code) is None


def test_a63_every_wrong_code_gets_the_same_answer(app, cast):
    coded()
    pages, queries_of = set(), set()
    for typed in (WRONG, "", "x", "0" * 300, "<b>", "å😀", "a\nb"):
        browser = Browser(app)
        page = browser.opens("/follow")
        data = {"code": typed, "csrf_token": sent_token(page)}
        with counted() as asked_of:
            answer = browser.client.post("/follow", data=data)
        assert answer.status_code == 422
        html = answer.get_data(as_text=True)
        pages.add(re.sub(r'(id="code"[^>]*type="text") value="[^"]*"', r"\1", settled(html)))
        queries_of.add(len(asked_of))
    assert len(pages) == 1
    assert len(queries_of) == 1


def test_a63_wrong_codes_are_throttled_by_network_and_right_ones_are_not_counted(app, cast, still):
    _made, code = coded()
    for _ in range(31):
        assert at_status(app, code).path == "/follow/status"
    for _ in range(30):
        assert at_status(app, WRONG).status == 422
    page = at_status(app, code)
    assert page.status == 429
    assert 0 < int(page.response.headers["Retry-After"]) <= 61
    still.shift(timedelta(seconds=62))
    assert at_status(app, code).path == "/follow/status"


def test_a63_the_limit_is_off_for_measuring(app, cast, monkeypatch):
    monkeypatch.setitem(app.config, "LIMITS", "off")
    for _ in range(32):
        assert at_status(app, WRONG).status == 422


def test_a66_what_fails_leaves_no_code_in_the_log(app, cast, log, monkeypatch):  # noqa: F811
    _made, code = coded()

    def fails(typed):
        raise ValueError(typed)

    monkeypatch.setattr(reporter, "by_code", fails)
    browser = Browser(app)
    page = browser.opens("/follow")
    answer = browser.client.post("/follow", data={"code": code, "csrf_token": sent_token(page)})
    assert answer.status_code == 500
    assert "ValueError" in log.text
    assert code not in log.text
    assert code not in answer.get_data(as_text=True)


@pytest.mark.policy("P5", "P7")
def test_a_handler_asks_and_the_reporter_answers(app, cast):
    made, code = coded(told=Told(email="sirpa@posti.example"))
    case = asked(case_of(made), made, cast.handler)
    message = db.session.scalars(
        select(Message).where(Message.person_id == made.id, Message.step == "ask_reporter")
    ).one()
    assert "zuqvatmerkki" not in letter(message).plain
    page = at_status(app, code)
    assert page.heading == "Tarvitsemme lisätietoja"
    assert "Mitä profiili pyysi sinua tekemään" in page.main
    refused = page.fills(text="").presses("Lähetä vastaus")
    assert refused.status == 422
    page = page.fills(text="Pyysi pankkitunnuksia.").presses("Lähetä vastaus")
    assert "Saimme vastauksesi." in page.main
    assert page.heading == "Käsittelemme ilmoitustasi"
    assert again(case).state is C.UNDER_REVIEW
    row = db.session.scalars(select(Addition)).one()
    assert (row.kind, row.text, row.case_id) == ("text", "Pyysi pankkitunnuksia.", case.id)
    assert db.session.scalars(select(Question)).one().answered_at == clock.now()


@pytest.mark.parametrize(("said", "kind"), [("there", "there"), ("gone", "gone")])
def test_whether_it_is_still_there_is_answered_with_a_choice(app, cast, said, kind):
    made, code = coded()
    case = asked(case_of(made), made, cast.handler, "still_there")
    at_status(app, code).fills(there=said).presses("Lähetä vastaus")
    assert again(case).state is C.UNDER_REVIEW
    assert [row.kind for row in db.session.scalars(select(Addition))] == [kind]


def test_an_answer_that_comes_after_the_handler_went_on_is_kept(app, cast):
    made, code = coded()
    case = asked(case_of(made), made, cast.handler)
    page = at_status(app, code)
    take(case, "go_on", cast.handler)
    page.fills(text="Myöhästynyt vastaus.").presses("Lähetä vastaus")
    assert [row.text for row in db.session.scalars(select(Addition))] == ["Myöhästynyt vastaus."]


def test_an_answer_is_about_the_case_that_was_asked_of(app, cast, still):
    made, code = coded(FAKE, SECOND)
    first, second = case_of(made), case_of(made, 1)
    asked(first, made, cast.handler)
    still.shift(timedelta(minutes=1))
    asked(second, made, cast.handler, "when")
    page = at_status(app, code).fills(text="Vastaus ensimmäiseen.").presses("Lähetä vastaus")
    assert (again(first).state, again(second).state) == (C.UNDER_REVIEW, C.NEEDS_INFO)
    assert "Milloin näit profiilin" in page.main


def test_contact_data_is_asked_given_and_withdrawn(app, cast):
    made, code = coded(told=Told(phone="050 1112223"))
    case = asked(case_of(made), made, cast.handler, "contact")
    page = at_status(app, code).follows("Anna yhteystietosi")
    refused = page.presses("Tallenna yhteystiedot")
    assert refused.errors == ["Anna nimi, sähköpostiosoite tai puhelinnumero."]
    page = page.fills(reporter_email=CONTACT.email).presses("Tallenna yhteystiedot")
    assert "Tallensimme yhteystietosi." in page.main
    assert told_of(made) == Told(email=CONTACT.email, phone="050 1112223")
    assert again(case).state is C.UNDER_REVIEW
    assert CONTACT.email not in page.browser.opens("/follow/contact").html
    page = page.browser.opens("/follow/withdraw").presses("Poista")
    assert told_of(made) == Told()
    assert db.session.scalars(select(Contact)).all() == []
    assert "Meillä ei ole enää yhteystietojasi" in page.main


def test_giving_or_withdrawing_contact_data_opens_no_ended_case(app, cast):
    made, code = coded()
    case = take(case_of(made), "set_aside", cast.handler)
    browser = at_status(app, code).browser
    browser.opens("/follow/contact").fills(reporter_name="Aino").presses("Tallenna yhteystiedot")
    browser.opens("/follow/withdraw").presses("Poista")
    assert again(case).state is C.SPAM


def test_a74_a82_what_was_withdrawn_is_nowhere_and_waiting_letters_find_nobody(app, cast):
    made, code = coded(told=CONTACT)
    waiting = db.session.scalars(select(Message).where(Message.person_id == made.id)).all()
    assert waiting
    at_status(app, code).browser.opens("/follow/withdraw").presses("Poista")
    assert all(letter(db.session.get(Message, one.id)) is None for one in waiting)
    everything = str(rows_of(db.session))
    for value in (CONTACT.name, CONTACT.email, CONTACT.phone, reporter.mail_hash(CONTACT.email)):
        assert value not in everything
    kinds = [row.kind for row in db.session.scalars(select(Addition))]
    assert kinds == ["withdrawn"]


def test_a71_no_word_of_a_reporter_is_in_the_trail(app, cast):
    made, code = coded(told=CONTACT, **MARKERS)
    asked(case_of(made), made, cast.handler)
    page = at_status(app, code).fills(text="zuqvatmerkki-vastaus").presses("Lähetä vastaus")
    page.browser.opens("/follow/add").fills(text="zuqvatmerkki-lisäys").presses("Lähetä tiedot")
    tables = rows_of(db.session)
    chain = str({name: rows for name, rows in tables.items() if "trail" in name}).lower()
    assert "zuqvatmerkki" not in chain
    for value in (CONTACT.email, CONTACT.phone, "zuqvatmerkki-vastaus"):
        assert keys.keyed_hash("reporter mail", value) not in chain


@pytest.mark.policy("P5")
def test_a_reporter_tells_whether_it_is_gone_and_that_it_is_back(app, cast, still):
    made, code = coded()
    _walk(made, C.TAKEN_DOWN, cast, None, still)
    case = case_of(made)
    page = at_status(app, code)
    assert page.heading == "Profiili on poistettu"
    page = page.fills(seen="gone").presses("Lähetä vastaus")
    assert again(case).state is C.TAKEN_DOWN
    assert "Kysymme sinulta" not in page.main
    still.shift(timedelta(days=2))
    page = at_status(app, code).follows("Kerro, että profiili on palannut")
    page = page.fills(seen="back").presses("Lähetä vastaus")
    assert again(case).state is C.REOPENED
    assert page.heading == "Käsittelemme asiaa uudelleen"
    assert [row.kind for row in db.session.scalars(select(Addition))] == ["gone", "back"]


def test_what_is_added_about_one_address_wakes_no_other_case(app, cast):
    made, code = coded(FAKE, SECOND)
    first = take(case_of(made), "set_aside", cast.handler)
    page = at_status(app, code)
    assert page.heading == "Ilmoituksesi tilanne"
    assert "Osoite 1" in page.main
    assert "kaupunkl" not in page.html
    page = page.browser.opens("/follow/add")
    page.fills(about="2", text="Toisesta.").presses("Lähetä tiedot")
    assert again(first).state is C.SPAM
    page.browser.opens("/follow/add").fills(about="1", text="Eka.").presses("Lähetä tiedot")
    assert again(first).state is C.REOPENED


def test_twenty_additions_a_day_are_enough(app, cast, still):
    made, code = coded()
    with write():
        for _ in range(20):
            db.session.add(Addition(report_id=made.id, kind="text", text="x"))
    page = at_status(app, code).browser.opens("/follow/add")
    refused = page.fills(text="Viimeinen pisara.").presses("Lähetä tiedot")
    assert refused.errors == [
        "Olet lisännyt tänään jo paljon tietoja. Voit lisätä niitä taas huomenna."
    ]
    assert "Viimeinen pisara." in refused.html
    still.shift(timedelta(days=1))
    page = at_status(app, code).browser.opens("/follow/add")
    assert page.fills(text="Uusi päivä.").presses("Lähetä tiedot").path == "/follow/status"


def test_a_reporter_follows_the_own_report_only(app, cast):
    _one, code = coded()
    other, _code = coded(SECOND)
    asked(case_of(other), other, cast.handler)
    question = db.session.scalars(select(Question)).one()
    browser = at_status(app, code).browser
    page = browser.opens("/follow/add")
    page = browser.posts(
        "/follow/answer",
        {"question": question.id, "text": "x", "csrf_token": sent_token(page)},
    )
    assert page.path == "/follow/status"
    assert queries.questions_to(db.session.get_one(Report, other.id)) != []


def test_nobody_without_a_code_sees_or_sends_anything(app, cast):
    browser = Browser(app)
    for path in ("status", "answer", "seen", "add", "contact", "withdraw"):
        assert browser.opens(f"/follow/{path}").path == "/follow"
        assert browser.posts(f"/follow/{path}", {}).status in (200, 405)


def test_short_addresses_lead_to_the_form(app):
    assert Browser(app).opens("/seuraa").path == "/follow"
    page = Browser(app).opens("/folj")
    assert page.path == "/follow"
    assert page.heading == "Följ din anmälan"


@pytest.mark.parametrize(
    ("state", "heading"),
    [(C.RECOVERING, "Profiili on kaupungin oma"), (C.RECOVERED, "Kaupunki hallitsee profiilia")],
)
def test_whoever_reported_a_profile_of_the_towns_own_is_told(app, cast, still, state, heading):
    case = make_case(cast, C.RECOVERING, lead=make_lead(cast))
    made, code = coded(queries.keys_of(case)[0].shown)
    assert case_of(made).id == case.id
    assert at_status(app, code).heading == "Saimme ilmoituksesi"
    still.shift(timedelta(minutes=1))
    take(case, "reveal", cast.handler, what=f"contact:{made.id}")
    if state is C.RECOVERED:
        on_profile(case.profile, "propose_clear", cast.other_keeper, what_was_checked="Kaikki.")
        on_profile(case.profile, "clear", cast.head, seen_today=True)
        take(case, "end_recovery", cast.handler)
    assert at_status(app, code).heading.startswith(heading)
