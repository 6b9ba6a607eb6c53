"""The public report form: anybody, from any page, with everything they typed kept (P5)."""

import io
import json
import re

import pytest
from sqlalchemy import func, select

from intake import clock, ports
from intake.data.base import db
from intake.engine.outbox import Message
from intake.fakes import queries, reporter
from intake.fakes.models import Case, Contact, Evidence, Report
from intake.fakes.reporting import flood_control
from intake.fakes.states import CaseState, Held, Priority
from intake.profiles.states import ProfileState
from intake.web.forms import UsedToken
from tests.browser import Browser
from tests.fakes import making
from tests.fakes.making import told_of
from tests.profiles.making import make_profile

FAKE = "instagram.com/savonkosken_kaupunkl?igsh=MWZqZ2tkZQ=="
WHOLE = {
    "urls": FAKE,
    "target_kind": "official",
    "acts": ["phishing", "draw"],
    "harm": "no",
    "reporter_role": "bystander",
    "good_faith": True,
}
CODE = re.compile(r"[0-9A-Z]{4}(-[0-9A-Z]{4}){3}")


def opened(visitor, still, path="/report"):
    """The form, read for a minute."""
    page = visitor.opens(path, status=200)
    still.shift(60)
    return page


def code_on(page) -> str:
    """The code of a receipt."""
    found = CODE.search(page.main)
    assert found, page.main
    return found.group()


def reports() -> list[Report]:
    db.session.expire_all()
    return list(db.session.scalars(select(Report).order_by(Report.created_at, Report.id)))


def test_a_report_is_sent_and_its_receipt_shows_reference_and_code(visitor, still):
    page = opened(visitor, still).fills(**WHOLE).presses("Lähetä ilmoitus")
    assert page.heading == "Kiitos, saimme ilmoituksesi"
    made = reports()[0]
    assert made.reference in page.main
    assert reporter.by_code(code_on(page)).id == made.id
    assert made.answers["urls"] == FAKE
    assert made.answers["platform"] == "instagram"
    assert made.answers["acts"] == ["phishing", "draw"]
    assert made.answers["seen_at"] == "2026-11-23"
    assert made.held is None
    case = queries.cases_of(made)[0]
    assert case.priority is Priority.URGENT  # phishing
    assert "Käsittelijä lukee ilmoituksen viimeistään" in page.main


def test_the_receipt_leads_nowhere_but_to_keeping_the_code(visitor, still):
    page = opened(visitor, still).fills(**WHOLE).presses("Lähetä ilmoitus")
    links = [link.get("href") for link in page.tree.iter("a")]
    assert links == ["#main", "/"]
    assert page.buttons() == ["Tulosta", "Tallenna tiedostoksi"]
    assert page.response.headers["Cache-Control"] == "no-store"
    assert page.response.headers["Referrer-Policy"] == "no-referrer"
    assert code_on(page) not in page.path


def test_the_receipt_can_be_saved_as_a_file_for_half_an_hour(visitor, still):
    page = opened(visitor, still).fills(**WHOLE).presses("Lähetä ilmoitus")
    saved = page.presses("Tallenna tiedostoksi")
    assert saved.response.mimetype == "text/plain"
    assert reports()[0].reference in saved.response.headers["Content-Disposition"]
    assert code_on(page) in saved.html
    assert "/follow" in saved.html
    still.shift(31 * 60)
    late = page.presses("Tallenna tiedostoksi")
    assert late.is_html
    assert not CODE.search(late.main)


@pytest.mark.policy("P5")
def test_everything_typed_survives_a_mistake(visitor, still):
    page = opened(visitor, still).fills(
        urls="moi mikä tää on", description="Pyytää rahaa ä😀", reporter_name="Aino", acts=["other"]
    )
    page = page.presses("Lähetä ilmoitus")
    assert page.status == 422
    assert "Valitse, mitä profiili esittää." in page.errors
    assert "Kerro, oletko antanut tietoja tai rahaa." in page.errors
    assert "Valitse palvelu tai kirjoita koko osoite." in page.errors
    assert "Pyytää rahaa ä😀" in page.html
    assert "moi mikä tää on" in page.html
    assert 'value="Aino"' in page.html
    assert "Muut vastauksesi ja kuvasi ovat tallessa." in page.main
    done = page.fills(**WHOLE).presses("Lähetä ilmoitus")
    assert done.heading == "Kiitos, saimme ilmoituksesi"
    assert len(reports()) == 1


def test_an_address_that_cannot_be_read_is_a_note_and_kept_as_typed(visitor, still):
    typed = "https://www.facebook.com/share/1Ab2Cd/"
    page = opened(visitor, still).fills(**{**WHOLE, "urls": typed, "harm": ""})
    page = page.presses("Lähetä ilmoitus")
    assert page.errors == ["Kerro, oletko antanut tietoja tai rahaa."]
    assert "Emme pysty lukemaan tästä jakolinkistä" in page.main
    page.fills(harm="no").presses("Lähetä ilmoitus")
    made = reports()[0]
    assert [line.typed for line in made.addresses] == [typed]
    assert made.answers["platform"] == "facebook"


def test_a_service_that_was_chosen_is_never_overridden(visitor, still):
    page = opened(visitor, still).fills(**WHOLE, platform="other").presses("Lähetä ilmoitus")
    assert page.heading == "Kiitos, saimme ilmoituksesi"
    assert reports()[0].answers["platform"] == "other"


def test_without_an_address_a_name_will_do(visitor, still):
    without = {**WHOLE, "urls": ""}
    page = opened(visitor, still).fills(**without).presses("Lähetä ilmoitus")
    assert "Kirjoita valeprofiilin osoite tai valitse, ettei sinulla ole sitä." in page.errors
    page = page.fills(**without, no_url=True).presses("Lähetä ilmoitus")
    assert "Kirjoita profiilin nimi tai numero." in page.errors
    page = page.fills(visible_name="Savonkosken arvonta", platform="whatsapp")
    assert page.presses("Lähetä ilmoitus").heading == "Kiitos, saimme ilmoituksesi"
    assert queries.cases_of(reports()[0])[0].name == "Savonkosken arvonta"


def test_several_addresses_each_have_their_case(visitor, still):
    several = "x.com/savonkoskii\n\ninstagram.com/savonkosken_kaupunkl\nx.com/savonkoskii"
    opened(visitor, still).fills(**{**WHOLE, "urls": several}).presses("Lähetä ilmoitus")
    assert [line.key for line in reports()[0].addresses] == [
        "x:handle:savonkoskii",
        "instagram:handle:savonkosken_kaupunkl",
    ]
    assert len(queries.cases_of(reports()[0])) == 2


def test_more_addresses_or_longer_ones_than_fit_are_said_and_kept(visitor, still):
    many = "\n".join(f"x.com/vale{number}" for number in range(12))
    page = opened(visitor, still).fills(**{**WHOLE, "urls": many}).presses("Lähetä ilmoitus")
    assert page.errors == ["Osoitteita on 2 liikaa. Kirjoita enintään 10."]
    assert "x.com/vale11" in page.html
    page = page.fills(urls="x.com/" + "a" * 2050).presses("Lähetä ilmoitus")
    assert page.errors == ["Osoite on 8 merkkiä liian pitkä."]


def test_repeated_parameters_are_read_as_lines(visitor, still):
    page = opened(visitor, still)
    token = next(one for one in page.tree.iter("input") if one.get("name") == "csrf_token")
    answers = {**WHOLE, "urls": ["x.com/yksi_vale", "x.com/kaksi_vale"], "good_faith": "y"}
    sent = {**answers, "csrf_token": token.get("value"), "seen_at": "2026-11-23"}
    assert visitor.posts("/report", sent).heading == "Kiitos, saimme ilmoituksesi"
    assert len(reports()[0].addresses) == 2


def test_the_day_may_not_lie_ahead_and_the_time_is_read_either_way(visitor, still):
    page = opened(visitor, still).fills(**WHOLE, seen_at="2026-11-24", seen_at_time="25:00")
    page = page.presses("Lähetä ilmoitus")
    assert "Anna päivä, joka on jo ollut tai on tänään." in page.errors
    assert "Kirjoita kellonaika, esimerkiksi 14.30." in page.errors
    page.fills(seen_at="su 22.11.26", seen_at_time="klo 9.05").presses("Lähetä ilmoitus")
    assert reports()[0].answers["seen_at"] == "2026-11-22"
    assert reports()[0].answers["seen_at_time"] == "09:05"


def test_a221_contact_data_are_kept_in_the_form_in_which_they_are_used(visitor, still):
    given = {"reporter_email": "Matti M <matti@pieksämäki.example>", "reporter_phone": "soita"}
    page = opened(visitor, still).fills(**WHOLE, **given).presses("Lähetä ilmoitus")
    assert page.errors == ["Kirjoita puhelinnumero, esimerkiksi 040 123 4567."]
    page = page.fills(reporter_phone="358401234567", reporter_email="mäki@savonkoski.example")
    page = page.presses("Lähetä ilmoitus")
    assert "ennen @-merkkiä" in page.errors[0]
    page.fills(reporter_email=given["reporter_email"]).presses("Lähetä ilmoitus")
    told = reporter._told(reports()[0].id)
    assert (told.email, told.phone) == ("matti@pieksämäki.example", "+358 40 1234567")


def test_other_acts_are_told_of_in_words(visitor, still):
    page = opened(visitor, still).fills(**{**WHOLE, "acts": ["other"]}).presses("Lähetä ilmoitus")
    assert page.errors == ["Kerro, mitä profiili tekee."]


@pytest.mark.policy("P7")
def test_an_identity_code_is_warned_of_and_does_not_block(visitor, still):
    page = opened(visitor, still).fills(**WHOLE, description="Hetu 131052-308T näkyy.")
    page = page.presses("Lähetä ilmoitus")
    assert page.status == 422
    assert page.errors == []
    assert "Poista se." in page.main
    assert page.presses("Lähetä silti").heading == "Kiitos, saimme ilmoituksesi"


def test_contact_data_is_stored_encrypted_and_only_where_it_was_given(visitor, still):
    opened(visitor, still).fills(**WHOLE).presses("Lähetä ilmoitus")
    assert db.session.scalar(select(func.count()).select_from(Contact)) == 0
    told = {
        "reporter_name": "Aino Ilmoittaja",
        "reporter_email": "aino@posti.example",
        "contact_secrecy": True,
        "contact_secrecy_reason": "Pelkään.",
    }
    opened(visitor, still).fills(**WHOLE, **told).presses("Lähetä ilmoitus")
    made = reports()[1]
    contact = told_of(made)
    assert (contact.name, contact.secrecy) == ("Aino Ilmoittaja", True)
    assert "Aino" not in json.dumps(made.answers)
    assert "Aino" not in db.session.get_one(Contact, made.id).encrypted


@pytest.mark.policy("P5", "G8")
def test_an_official_address_is_told_of_and_may_be_sent_as_hijacked(cast, visitor, still):
    profile = make_profile(cast)
    url = profile.current[0].url
    page = opened(visitor, still).fills(**{**WHOLE, "urls": url}).presses("Lähetä ilmoitus")
    assert page.status == 422
    assert page.errors == []
    assert "Tämä on kaupungin virallinen profiili" in page.main
    assert "Lähetä ilmoitus" not in page.buttons()
    assert 'aria-invalid="true"' not in page.html
    assert reports() == []
    done = page.presses("Lähetä silti")
    assert done.heading == "Kiitos, saimme ilmoituksesi"
    assert queries.cases_of(reports()[0])[0].profile_id == profile.id


def test_a_closed_profile_says_so(cast, visitor, still):
    profile = make_profile(cast, ProfileState.CLOSED)
    url = next(line.url for line in profile.addresses)
    page = opened(visitor, still).fills(**{**WHOLE, "urls": url}).presses("Lähetä ilmoitus")
    assert page.status == 422
    assert "joka lopetettiin" in page.main


def _answers_of(browser, still, url: str) -> list[str]:
    """Form, refusal and receipt for an address, without what is random."""
    page = opened(browser, still)
    refused = page.fills(**{**WHOLE, "urls": url, "harm": ""}).presses("Lähetä ilmoitus")
    receipt = refused.fills(harm="no").presses("Lähetä ilmoitus")
    return [re.sub(r"VI-\w{6}|" + CODE.pattern, "", one.main) for one in (page, refused, receipt)]


@pytest.mark.policy("P5")
def test_a81_a_reported_address_is_answered_as_an_unknown_one_until_it_is_confirmed(
    cast, visitor, still
):
    first = _answers_of(visitor, still, "x.com/savonkoski_vale")
    again = _answers_of(Browser(visitor.app), still, "x.com/savonkoski_vale")
    assert first == again
    assert len(reports()) == 2
    case = queries.cases_of(reports()[0])[0]
    making.look(making.take(case, "take", cast.handler), cast.handler)
    assert _answers_of(Browser(visitor.app), still, "x.com/savonkoski_vale") == first
    making.take(case, "confirm", cast.handler, unit_answer="not_ours")
    told = {**WHOLE, "urls": "x.com/savonkoski_vale"}
    page = opened(visitor, still).fills(**told).presses("Lähetä ilmoitus")
    assert page.status == 422
    assert "Tämä ei ole kaupungin profiili. Selvitämme asiaa." in page.main
    assert page.presses("Lähetä silti").heading == "Kiitos, saimme ilmoituksesi"


def test_a81_a_profile_in_set_up_is_not_told_of(cast, visitor, still):
    profile = make_profile(cast, ProfileState.SETUP)
    url = next((line.url for line in profile.addresses), "https://www.instagram.com/nuoret/")
    page = opened(visitor, still).fills(**{**WHOLE, "urls": url}).presses("Lähetä ilmoitus")
    assert page.heading == "Kiitos, saimme ilmoituksesi"


def test_a_link_fills_in_address_service_and_target(cast, visitor, still):
    profile = make_profile(cast)
    page = visitor.opens(f"/report?q={FAKE}&target={profile.slug}", status=200)
    assert FAKE.replace("&", "&amp;") in page.html
    assert f"{profile.name}, Instagram" in page.html
    still.shift(60)
    page.fills(acts=["pretends"], harm="no", reporter_role="bystander", good_faith=True).presses(
        "Lähetä ilmoitus"
    )
    made = reports()[0]
    assert made.answers["target_kind"] == "official"
    assert queries.cases_of(made)[0].profile_id == profile.id


def test_a_unit_that_was_chosen_is_the_cases_unit(cast, visitor, still):
    unit = cast.youth
    opened(visitor, still).fills(**WHOLE, target=unit.name_fi).presses("Lähetä ilmoitus")
    assert queries.cases_of(reports()[0])[0].unit_id == unit.id


def test_a_profiles_name_is_enough_and_of_two_that_bear_it_their_unit(cast, visitor, still):
    profile = make_profile(cast)
    opened(visitor, still).fills(**WHOLE, target=profile.name.upper()).presses("Lähetä ilmoitus")
    assert queries.cases_of(reports()[0])[0].profile_id == profile.id
    make_profile(cast, key="facebook:vanity:savonkoskinuoret")
    form = opened(Browser(visitor.app), still)
    form.fills(**{**WHOLE, "urls": "x.com/aivan_muu"}, target=profile.name).presses("Lähetä")
    case = queries.cases_of(reports()[-1])[0]
    assert (case.profile_id, case.unit_id) == (None, profile.unit_id)


@pytest.mark.policy("P5")
def test_staff_report_with_one_step_fewer(cast, app, still):
    noora = Browser(app).signs_in(cast.requester)
    page = noora.opens("/desk").follows("Ilmoita valeprofiilista")
    still.shift(1)
    mine = {name: WHOLE[name] for name in ("urls", "target_kind", "acts", "harm", "good_faith")}
    assert "reporter_email" not in page.html
    done = page.fills(**mine).presses("Lähetä ilmoitus")
    assert done.heading == "Kiitos, saimme ilmoituksesi"
    made = reports()[0]
    assert made.is_colleague
    assert made.held is None
    assert made.answers["reporter_role"] == "unit"
    assert told_of(made).email == cast.requester.email


def test_the_form_sets_no_cookie_whoever_asks(cast, app, visitor):
    for browser in (visitor, Browser(app).signs_in(cast.requester)):
        for path in ("/report?lang=sv", "/report/proof", "/ilmoita", "/anmal"):
            answer = browser.client.get(path, follow_redirects=False)
            assert "Set-Cookie" not in answer.headers, path


def test_the_short_addresses_lead_to_the_form(visitor):
    assert visitor.opens("/ilmoita?q=x.com/vale", status=200).path == "/report"
    page = visitor.opens("/anmal", status=200)
    assert page.heading == "Anmäl en falsk profil"


@pytest.mark.parametrize("language", ["sv", "en"])
def test_a_report_is_kept_in_the_language_of_the_page(visitor, still, language):
    page = opened(visitor, still, f"/report?lang={language}")
    button = {"sv": "Skicka anmälan", "en": "Send report"}[language]
    done = page.fills(**WHOLE).presses(button)
    assert done.tree.get("lang") == language
    assert reports()[0].language == language


@pytest.mark.policy("G8")
def test_whoever_lost_money_is_told_first_what_to_do(visitor, still):
    page = opened(visitor, still)
    assert "Soita heti pankkiisi" in page.main
    page = page.fills(**{**WHOLE, "harm": "money"}).presses("Lähetä ilmoitus")
    assert page.main.index("pankkiisi") < page.main.index("Kiitos, saimme ilmoituksesi")
    assert queries.cases_of(reports()[0])[0].priority is Priority.URGENT


# the same form again


def test_f17_a_report_sent_twice_is_one_report_with_one_receipt(visitor, still):
    filled = opened(visitor, still).fills(**WHOLE)
    first = filled.presses("Lähetä ilmoitus")
    again = filled.presses("Lähetä ilmoitus")
    assert first.main == again.main
    assert len(reports()) == 1


def test_a114_a_connection_that_broke_shows_the_same_receipt_for_half_an_hour(visitor, still):
    filled = opened(visitor, still).fills(**WHOLE)
    code = code_on(filled.presses("Lähetä ilmoitus"))
    still.shift(29 * 60)
    assert code_on(filled.presses("Lähetä ilmoitus")) == code
    still.shift(2 * 60)
    late = filled.presses("Lähetä ilmoitus")
    assert not CODE.search(late.main)
    assert "sitä voi näyttää uudelleen" in late.main
    still.shift(26 * 3600)
    assert "sitä voi näyttää uudelleen" in filled.presses("Lähetä ilmoitus").main
    assert len(reports()) == 1


def test_a113_a_form_that_has_expired_comes_back_with_everything_typed(visitor, still):
    filled = visitor.opens("/report").fills(
        **WHOLE, description="Kirjoitin tätä kauan.", evidence=("kuva.png", b"x")
    )
    still.shift(25 * 3600)
    page = filled.presses("Lähetä ilmoitus")
    assert page.status == 400
    assert "Kirjoitin tätä kauan." in page.html
    assert "Valitse tiedosto uudelleen: kuva.png" in page.errors
    still.shift(60)
    assert page.presses("Lähetä ilmoitus").heading == "Kiitos, saimme ilmoituksesi"


def test_a113_a_report_needs_no_cookie(app, still):
    browser = Browser(app)
    browser.client = app.test_client(use_cookies=False)
    done = opened(browser, still).fills(**WHOLE).presses("Lähetä ilmoitus")
    assert done.heading == "Kiitos, saimme ilmoituksesi"


# what floods and robots do


def test_a95_the_trap_and_haste_hold_a_report_apart_and_discard_nothing(visitor, still):
    trapped = opened(visitor, still).fills(**WHOLE, website="https://spam.example")
    assert trapped.presses("Lähetä ilmoitus").heading == "Kiitos, saimme ilmoituksesi"
    page = visitor.opens("/report")
    still.shift(1)
    other = {**WHOLE, "urls": "x.com/toinen_vale"}
    assert page.fills(**other).presses("Lähetä ilmoitus").heading == "Kiitos, saimme ilmoituksesi"
    assert [made.held for made in reports()] == [Held.TRAP, Held.FAST]
    assert all(queries.cases_of(made)[0].held for made in reports())


def _solved(browser) -> str:
    import altcha

    asked = json.loads(browser.client.get("/report/proof").text)
    challenge = altcha.Challenge.from_dict(asked)
    return altcha.Payload(challenge, altcha.solve_challenge(challenge)).to_base64()


def _flood(visitor, still, count: int) -> None:
    for number in range(count):
        told = {**WHOLE, "urls": f"x.com/tulva{number}"}
        opened(visitor, still).fills(**told).presses("Lähetä ilmoitus")
        still.shift(-59)


@pytest.fixture
def light(monkeypatch):
    """Work that a test can do."""
    monkeypatch.setattr(flood_control, "ROUNDS", 10)


def test_a90_beyond_five_reports_work_is_asked_and_nothing_is_refused(visitor, still, light):
    assert visitor.client.get("/report/proof").json == {}
    _flood(visitor, still, 5)
    assert all(made.held is None for made in reports())
    still.shift(1)
    without = opened(visitor, still).fills(**WHOLE).presses("Lähetä ilmoitus")
    assert without.heading == "Kiitos, saimme ilmoituksesi"
    assert reports()[-1].held is Held.FLOOD
    still.shift(1)
    proof = _solved(visitor)
    opened(visitor, still).fills(**WHOLE, altcha=proof).presses("Lähetä ilmoitus")
    assert reports()[-1].held is None
    still.shift(1)
    opened(visitor, still).fills(**WHOLE, altcha=proof).presses("Lähetä ilmoitus")
    assert reports()[-1].held is Held.FLOOD  # a solved challenge is good once


HERE = {"REMOTE_ADDR": "127.0.0.1"}


def test_a90_work_grows_and_what_was_too_easy_is_not_enough(app, light):
    with app.test_request_context("/report", environ_base=HERE):
        for _ in range(5):
            flood_control.count()
        assert flood_control.work() == 1
    easy = _solved(Browser(app))
    with app.test_request_context("/report", environ_base=HERE):
        assert flood_control.solved(easy)
        for _ in range(5):
            flood_control.count()
        assert flood_control.work() == 2
        assert not flood_control.solved(easy)
        for _ in range(30):
            flood_control.count()
        assert flood_control.work() == 8


def test_a90_many_networks_at_once_cost_everybody_a_little(app):
    for number in range(60):
        with app.test_request_context("/report", environ_base={"REMOTE_ADDR": f"10.0.0.{number}"}):
            flood_control.count()
    with app.test_request_context("/report", environ_base={"REMOTE_ADDR": "10.0.9.9"}):
        assert flood_control.work() == 1


@pytest.mark.parametrize("nonsense", ["", "x", "e30=", "bnVsbA==", "[]", "ä" * 99])
def test_a90_a_proof_that_is_none_is_no_fault(app, nonsense):
    with app.test_request_context("/report"):
        assert flood_control.solved(nonsense) == ""


def test_a90_one_letter_tells_the_handlers_of_a_flood(cast, visitor, still, monkeypatch):
    monkeypatch.setattr(flood_control, "work", lambda: 0)
    _flood(visitor, still, 25)
    letters = select(Message.person_id).where(Message.template == "flood")
    told = list(db.session.scalars(letters))
    assert told
    assert len(told) == len(set(told))
    single = select(func.count()).where(Message.template == "step", Message.step == "open")
    assert db.session.scalar(single) <= 20 * len(told)


def test_a78_no_network_address_is_kept(app, still):
    browser = Browser(app)
    browser.client.environ_base["REMOTE_ADDR"] = "203.0.113.77"
    opened(browser, still).fills(**WHOLE).presses("Lähetä ilmoitus")
    from tests.dump import dump

    assert "203.0.113.77" not in str(dump())
    kept = str(vars(ports.of(app).limiter.storage))
    assert "203.0.113.77" not in kept
    assert "reports" in kept


@pytest.mark.policy("P5")
def test_a53_five_hundred_reports_change_nothing_public(cast, app, visitor):
    profile = make_profile(cast)
    url = profile.current[0].url
    paths = (f"/register/{profile.slug}", f"/api/v1/check?q={url}", "/register")
    before = [visitor.client.get(path).data for path in paths]
    with_money = {"harm": "money"}
    from intake.data.write import write
    from intake.fakes import service

    with write():
        for _ in range(500):
            service.receive(making.sent(url, **with_money), clock.now())
    assert [visitor.client.get(path).data for path in paths] == before
    assert db.session.scalars(select(Case)).one().state is CaseState.RECEIVED


# letters


def _letters_to(app, address: str) -> list:
    from intake.engine import mail, outbox

    rows = db.session.scalars(select(Message)).all()
    found = [(row, letter) for row in rows if (letter := outbox.letter(row)) is not None]
    return [letter for row, letter in found if mail.envelope(row.id, letter)["To"] == address]


@pytest.mark.policy("P5", "P7")
def test_a75_a_letter_holds_the_reference_and_no_word_of_the_report(cast, app, visitor, still):
    typed = {"reporter_name": "Klikkaa evil.example", "reporter_email": "uhri@posti.example"}
    page = opened(visitor, still).fills(**WHOLE, **typed, description="MERKKI evil.example")
    receipt = page.presses("Lähetä ilmoitus")
    letters = _letters_to(app, "uhri@posti.example")
    assert len(letters) == 1
    whole = letters[0].subject + letters[0].plain + letters[0].html
    assert reports()[0].reference in whole
    assert "/follow" in whole
    for word in ("evil", "MERKKI", "Klikkaa", "kaupunkl", code_on(receipt), "VP-"):
        assert word not in whole, word


def test_a75_an_address_gets_three_letters_a_day_and_every_report_is_kept(
    cast, app, visitor, still, monkeypatch
):
    monkeypatch.setattr(flood_control, "work", lambda: 0)
    for number in range(12):
        told = {**WHOLE, "urls": f"x.com/pommi{number}", "reporter_email": "uhri@posti.example"}
        opened(visitor, still).fills(**told).presses("Lähetä ilmoitus")
    assert len(reports()) == 12
    assert len(_letters_to(app, "uhri@posti.example")) == 3


# files


def test_no_more_than_five_files_and_none_too_large(visitor, still):
    page = opened(visitor, still)
    token = next(one for one in page.tree.iter("input") if one.get("name") == "csrf_token")
    sent = {
        **WHOLE,
        "good_faith": "y",
        "seen_at": "2026-11-23",
        "csrf_token": token.get("value"),
        "evidence": [(io.BytesIO(b"x"), f"{number}.png") for number in range(6)],
    }
    many = visitor.posts("/report", sent)
    assert many.errors == ["Lähetä enintään 5 tiedostoa. Jätä osa pois."]
    large = page.fills(**WHOLE, evidence=("iso.png", b"x" * (10 * 1024 * 1024 + 1)))
    assert large.presses("Lähetä ilmoitus").errors == [
        "iso.png on yli 10 Mt. Valitse pienempi kuva."
    ]


def test_files_that_are_kept_are_named_and_can_be_left_out(visitor, still):
    from hashlib import sha256

    from intake.data.write import write

    page = opened(visitor, still)
    token = next(one for one in page.tree.iter("input") if one.get("name") == "csrf_token")
    waits_for = sha256(token.get("value").encode()).hexdigest()
    with write():
        for name in ("eka.png", "toka.png"):
            kept = Evidence(
                sha256="0" * 64, media_type="image/png", size=2048, name=name, staged_for=waits_for
            )
            db.session.add(kept)
    page = page.fills(urls=FAKE).presses("Lähetä ilmoitus")
    assert "eka.png" in page.main
    kept = {file.name.opened(): file.id for file in db.session.scalars(select(Evidence))}
    first = kept["eka.png"]
    page = page.fills(drop=[first]).presses("Lähetä ilmoitus")
    assert "eka.png" not in page.main
    assert "toka.png" in page.main
    page.fills(**WHOLE).presses("Lähetä ilmoitus")
    left = db.session.scalars(select(Evidence)).one()
    assert (left.name.opened(), left.report_id, left.staged_for) == (
        "toka.png",
        reports()[0].id,
        None,
    )


def test_a_used_token_says_nothing_of_the_report(visitor, still):
    opened(visitor, still).fills(**WHOLE).presses("Lähetä ilmoitus")
    assert all(row.leads_to == "" for row in db.session.scalars(select(UsedToken)))
