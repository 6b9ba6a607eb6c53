"""Files on the follow page, and what is sent after the page has closed: neither is lost, and
neither is shown to anybody but whoever sends it."""

import io
from datetime import timedelta

import pytest
from sqlalchemy import select
from werkzeug.datastructures import MultiDict

from intake.data import file_store
from intake.data.base import db
from intake.data.write import write
from intake.fakes import queries
from intake.fakes.models import Addition, Evidence, Report
from intake.fakes.reporter import Told
from intake.fakes.reporting import follow_session
from intake.fakes.states import CaseState as C
from tests.browser import Browser, controls
from tests.fakes import corpus
from tests.fakes.following import SECOND, asked, at_status, coded
from tests.fakes.making import again, case_of, take, told_of

PICTURE = ("zuqvatmerkki-kuva.png", corpus.png(7))
TOO_MUCH = "Olet lisännyt tänään jo paljon tietoja. Voit lisätä niitä taas huomenna."
EITHER = "Kirjoita jotain tai valitse tiedosto."
SHORT = "Kaikkia tiedostoja ei voitu tallentaa."


@pytest.fixture(autouse=True)
def own_folder(tmp_path, monkeypatch):
    monkeypatch.setattr(file_store, "folder", lambda: tmp_path / "evidence")


def adding(app, code):
    return at_status(app, code).follows("Lisää tietoja")


def token(page) -> str:
    """The token of the page's own form."""
    form = next(one for one in page.tree.iter("form") if one.get("action") == page.path)
    return next(one.get("value") for one in controls(form) if one.get("name") == "csrf_token")


def sends(page, *numbers: int, **typed):
    """Send several files at once, which a form of the test browser cannot."""
    data = MultiDict({"csrf_token": token(page), **typed})
    for number in numbers:
        data.add("evidence", (io.BytesIO(corpus.png(number)), f"{number}.png"))
    return page.browser.posts(page.path, data)


def files_of(made: Report) -> list[str]:
    """What handlers of the report's first case have."""
    db.session.expire_all()
    return sorted(file.name.opened() for file in queries.evidence_of(case_of(made)))


def texts() -> list[str]:
    return [row.text for row in db.session.scalars(select(Addition))]


@pytest.mark.policy("P5")
def test_a_picture_alone_is_enough_and_reaches_the_case_page(app, cast):
    made, code = coded()
    page = adding(app, code).fills(evidence=PICTURE).presses("Lähetä tiedot")
    assert page.path == "/follow/status"
    assert "Saimme tiedot." in page.main
    assert texts() == [""]
    case = case_of(made)
    desk = Browser(app).signs_in(cast.handler).opens(f"/cases/{case.id}")
    (file,) = queries.evidence_of(case)
    assert (file.report_id, file.staged_for) == (made.id, None)
    assert any(file.id in (one.get("src") or "") for one in desk.tree.iter("img"))
    picture = desk.browser.client.get(f"/cases/{case.id}/evidence/{file.id}/1")
    assert picture.mimetype == "image/png"


def test_words_alone_are_enough_and_nothing_at_all_is_not(app, cast):
    _made, code = coded()
    page = adding(app, code).presses("Lähetä tiedot")
    assert page.status == 422
    assert page.errors == [EITHER]
    assert page.tree.find(".//*[@id='text-error']") is not None
    page = page.fills(text="Vain sanoja.").presses("Lähetä tiedot")
    assert texts() == ["Vain sanoja."]


def test_a_picture_answers_a_question_and_wakes_its_case(app, cast):
    made, code = coded()
    case = asked(case_of(made), made, cast.handler, "screenshot")
    page = at_status(app, code)
    refused = page.presses("Lähetä vastaus")
    assert refused.path == "/follow/answer"
    assert refused.errors == [EITHER]
    page = refused.fills(evidence=PICTURE).presses("Lähetä vastaus")
    assert "Saimme vastauksesi." in page.main
    assert again(case).state is C.UNDER_REVIEW
    assert files_of(made) == ["zuqvatmerkki-kuva.png"]


def test_a_file_outlives_a_mistake_in_another_field_and_can_be_left_out(app, cast):
    made, code = coded("https://x.com/yksi_savonkoski", SECOND)
    refused = adding(app, code).fills(evidence=PICTURE).presses("Lähetä tiedot")
    assert refused.errors == ["Valitse, mitä tiedot koskevat."]
    assert "zuqvatmerkki-kuva.png" in refused.main
    (kept,) = db.session.scalars(select(Evidence))
    assert (kept.report_id, kept.name.opened()) == (None, "zuqvatmerkki-kuva.png")
    left_out = refused.fills(drop=[kept.id]).presses("Lähetä tiedot")
    assert "zuqvatmerkki" not in left_out.html
    assert EITHER in left_out.errors
    refused = left_out.fills(evidence=("toka.png", corpus.png(2))).presses("Lähetä tiedot")
    page = refused.fills(about="all").presses("Lähetä tiedot")
    assert page.path == "/follow/status"
    assert files_of(made) == ["toka.png"]


def test_an_answer_to_a_question_that_is_settled_meanwhile_keeps_its_file(app, cast, still):
    made, code = coded()
    case = asked(case_of(made), made, cast.handler, "screenshot")
    page = at_status(app, code)
    take(case, "go_on", cast.handler)
    page.fills(evidence=PICTURE).presses("Lähetä vastaus")
    assert files_of(made) == ["zuqvatmerkki-kuva.png"]


def test_a60_only_the_refused_form_itself_names_its_files(app, cast):
    made, code = coded("https://x.com/yksi_savonkoski", SECOND)
    page = adding(app, code)
    sends(page, 1, about="1")
    refused = page.browser.opens("/follow/add").fills(evidence=PICTURE).presses("Lähetä tiedot")
    assert "zuqvatmerkki-kuva.png" in refused.main
    assert "1.png" not in refused.main
    for path in ("/follow/add", "/follow/status", "/follow/contact"):
        assert "zuqvatmerkki" not in page.browser.opens(path).html
    other = page.browser.opens("/follow/add").presses("Lähetä tiedot")
    assert other.status == 422
    assert "zuqvatmerkki" not in other.html
    another = at_status(app, code).browser.opens("/follow/add").presses("Lähetä tiedot")
    assert "zuqvatmerkki" not in another.html
    status = refused.fills(about="all").presses("Lähetä tiedot")
    assert "zuqvatmerkki" not in status.html
    assert files_of(made) == ["1.png", "zuqvatmerkki-kuva.png"]


def test_a60_a_file_that_the_report_has_already_is_answered_as_a_new_one(app, cast):
    made, code = coded()
    pages = []
    for seed in (1, 1, 2):
        sent = (f"{seed}.png", corpus.png(seed))
        page = adding(app, code).fills(evidence=sent, text="x" * 5001).presses("Lähetä tiedot")
        assert f"{seed}.png" in page.main
        pages.append(page.fills(text="").presses("Lähetä tiedot"))
    assert {page.response.request.query_string for page in pages} == {b"done=added"}
    assert files_of(made) == ["1.png", "2.png"]
    assert len(db.session.scalars(select(Evidence)).all()) == 2


def test_five_files_fit_a_form_and_twenty_five_a_report(app, cast):
    made, code = coded()
    six = sends(adding(app, code), *range(6))
    assert six.errors == ["Lähetä enintään 5 tiedostoa. Jätä osa pois."]
    assert six.status == 422
    five = sends(adding(app, code), *range(5))
    assert five.path == "/follow/status"
    _fill_up(made, 24)
    full = sends(adding(app, code), 50, 51)
    assert full.errors == ["Ilmoituksessa voi olla enintään 25 tiedostoa."]
    assert "50.png" in full.main
    assert "51.png" not in full.main
    page = full.presses("Lähetä tiedot")
    assert SHORT not in page.main
    assert len(files_of(made)) == 25


def _fill_up(made: Report, most: int) -> None:
    with write():
        for number in range(len(queries.evidence_of(case_of(made))), most):
            row = Evidence(sha256=f"{number:064}", media_type="image/png", size=1, name="x")
            row.report_id = made.id
            db.session.add(row)


def test_forms_filled_in_side_by_side_bring_no_more_than_twenty_five(app, cast):
    made, code = coded("https://x.com/yksi_savonkoski", SECOND)
    forms = [adding(app, code), adding(app, code)]
    forms = [sends(form, 10 * place + 1, 10 * place + 2) for place, form in enumerate(forms)]
    _fill_up(made, 22)
    pages = [form.fills(about="all").presses("Lähetä tiedot") for form in forms]
    assert [SHORT in page.main for page in pages] == [False, True]
    assert len(files_of(made)) == 25
    assert db.session.scalars(select(Evidence).where(Evidence.report_id.is_(None))).all() == []


@pytest.mark.parametrize(
    "content", [b"<svg xmlns='http://www.w3.org/2000/svg'/>", b"MZ\x90\x00", corpus.pixel_bomb()]
)
def test_a96_a97_a_hostile_file_is_refused_with_a_sentence_and_the_words_are_kept(
    app, cast, content
):
    made, code = coded()
    page = adding(app, code).fills(evidence=("paha.png", content), text="Tämä jää.")
    refused = page.presses("Lähetä tiedot")
    assert refused.status == 422
    assert len(refused.errors) == 1
    assert "paha.png" in refused.errors[0]
    assert refused.tree.find(".//*[@id='evidence-error']") is not None
    assert refused.presses("Lähetä tiedot").path == "/follow/status"
    assert texts() == ["Tämä jää."]
    assert files_of(made) == []


def test_f7_what_cannot_be_stored_is_told_on_the_status_page(app, cast, monkeypatch):
    made, code = coded()
    monkeypatch.setitem(app.config, "EVIDENCE_GB", "0")
    page = adding(app, code).fills(evidence=PICTURE, text="Sanat.").presses("Lähetä tiedot")
    assert page.path == "/follow/status"
    assert SHORT in page.main
    assert "zuqvatmerkki" not in page.html
    assert (texts(), files_of(made)) == (["Sanat."], [])
    page = adding(app, code).fills(evidence=PICTURE).presses("Lähetä tiedot")
    assert page.status == 422
    assert page.errors == [
        "Tiedostoille ei ole juuri nyt tilaa, joten yhtään niistä ei tallennettu."
    ]
    assert texts() == ["Sanat."]


def test_whoever_adds_without_end_has_no_file_stored(app, cast):
    made, code = coded()
    with write():
        for _ in range(20):
            db.session.add(Addition(report_id=made.id, kind="text", text="x"))
    page = adding(app, code).fills(evidence=PICTURE, text="Sanat.").presses("Lähetä tiedot")
    assert page.status == 422
    assert page.errors == [TOO_MUCH, "Valitse tiedosto uudelleen: zuqvatmerkki-kuva.png"]
    assert "Sanat." in page.html
    assert db.session.scalars(select(Evidence)).all() == []
    assert file_store.names() == []


@pytest.mark.parametrize("path", ["contact", "withdraw", "seen", "end"])
def test_only_forms_that_take_files_take_a_large_body(app, cast, path):
    _made, code = coded()
    client = at_status(app, code).browser.client
    large = b"x" * 300_000
    body = {"evidence": (io.BytesIO(large), "kuva.png")}
    assert client.post(f"/follow/{path}", data=body).status_code == 413
    body = {"evidence": (io.BytesIO(large), "kuva.png")}
    assert client.post("/follow/add", data=body).status_code == 400


# what is sent after the page has closed


def closed(page, still):
    """The page has closed by itself."""
    still.shift(follow_session.AGE + timedelta(minutes=1))
    return page


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_what_is_written_too_late_is_given_back_to_be_sent_again(app, cast, still, language):
    _made, code = coded()
    labels = {
        "fi": ("Lähetä tiedot", "Näytä tilanne", "tiedostot uudelleen"),
        "sv": ("Skicka uppgifterna", "Visa läget", "filerna på nytt"),
        "en": ("Send information", "Show how it stands", "files again"),
    }
    send, show, files = labels[language]
    browser = at_status(app, code, language).browser
    page = closed(browser.opens("/follow/add"), still)
    late = page.fills(text="Rivi <b>yksi</b>\nrivi kaksi", evidence=PICTURE).presses(send)
    assert late.status == 403
    assert late.response.headers["Cache-Control"] == "no-store"
    area = next(late.tree.iter("textarea"))
    assert area.text == "Rivi <b>yksi</b>\nrivi kaksi"
    assert area.get("readonly") is not None
    assert area.get("name") is None
    assert files in late.main
    assert (texts(), db.session.scalars(select(Evidence)).all()) == ([], [])
    assert late.fills(code=code).presses(show).path == "/follow/status"
    page = browser.opens("/follow/add").fills(text=area.text).presses(send)
    assert texts() == ["Rivi <b>yksi</b>\nrivi kaksi"]


def test_an_answer_and_contact_data_are_given_back_too(app, cast, still):
    made, code = coded()
    asked(case_of(made), made, cast.handler)
    page = at_status(app, code)
    contact = page.browser.opens("/follow/contact")
    late = closed(page, still).fills(text="Pyysi rahaa.").presses("Lähetä vastaus")
    assert next(late.tree.iter("textarea")).text == "Pyysi rahaa."
    typed = {"reporter_name": "Aino Aalto", "reporter_email": "aino@posti.example"}
    late = contact.fills(**typed).presses("Tallenna yhteystiedot")
    assert next(late.tree.iter("textarea")).text == "Aino Aalto\naino@posti.example"
    assert "tiedostot" not in late.main


def test_a_choice_or_a_button_pressed_too_late_is_said_to_have_failed(app, cast, still):
    made, code = coded()
    asked(case_of(made), made, cast.handler, "still_there")
    page = at_status(app, code)
    withdraw = page.browser.opens("/follow/withdraw")
    for late in (
        closed(page, still).fills(there="gone").presses("Lähetä vastaus"),
        withdraw.presses("Poista"),
    ):
        assert late.status == 403
        assert "lähettämäsi tullut perille" in late.main
        assert list(late.tree.iter("textarea")) == []
    assert db.session.scalars(select(Addition)).all() == []


def test_a_form_goes_to_no_report_but_its_own(app, cast):
    """Two reports followed in one browser, one after the other."""
    made, code = coded()
    asked(case_of(made), made, cast.handler)
    page = at_status(app, code)
    adding_page, contact = (page.browser.opens(f"/follow/{path}") for path in ("add", "contact"))
    withdraw = page.browser.opens("/follow/withdraw")
    other, other_code = coded(SECOND, told=Told(email="toinen@posti.example"))
    page.browser.opens("/follow").fills(code=other_code).presses("Näytä tilanne")
    for late, words in (
        (page.fills(text="Vastaus A").presses("Lähetä vastaus"), "Vastaus A"),
        (adding_page.fills(text="Lisäys A", evidence=PICTURE).presses("Lähetä"), "Lisäys A"),
        (contact.fills(reporter_email="a@posti.example").presses("Tallenna"), "a@posti.example"),
        (withdraw.presses("Poista"), None),
    ):
        assert late.status == 403
        assert "Seuraat nyt toista ilmoitusta, eikä lähettämäsi tullut perille." in late.main
        assert [area.text for area in late.tree.iter("textarea")] == [words] * (words is not None)
    assert texts() == []
    assert db.session.scalars(select(Evidence)).all() == []
    db.session.expire_all()
    assert told_of(other).email == "toinen@posti.example"
    page = late.fills(code=code).presses("Näytä tilanne")
    page.fills(text="Vastaus A").presses("Lähetä vastaus")
    assert texts() == ["Vastaus A"]


@pytest.mark.parametrize("sent", [{}, {"csrf_token": "x"}, {"csrf_token": "other"}])
def test_a60_only_what_a_form_of_ours_sent_is_given_back(app, cast, still, sent):
    _made, code = coded()
    browser = at_status(app, code).browser
    other = token(browser.opens("/follow/contact"))
    closed(browser, still)
    sent = {**sent, "csrf_token": other} if sent.get("csrf_token") == "other" else sent
    page = browser.posts("/follow/add", {"text": "zuqvatmerkki-vieras", **sent})
    assert page.path == "/follow"
    assert "zuqvatmerkki" not in page.html


def test_what_was_sent_in_time_is_not_given_back_when_it_comes_twice(app, cast, still):
    _made, code = coded()
    page = adding(app, code).fills(text="zuqvatmerkki-kerran")
    page.presses("Lähetä tiedot")
    closed(page, still)
    assert "zuqvatmerkki" not in page.presses("Lähetä tiedot").html
    assert texts() == ["zuqvatmerkki-kerran"]
