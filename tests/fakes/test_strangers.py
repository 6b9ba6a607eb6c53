"""Work that strangers can cause: files are read after token, limits and work; two wait, others are
told at once; what waits for a form has a small share of a quota that counts what is on the disk."""

import io
import json
import re
import time
from contextlib import contextmanager

import altcha
import pytest
from sqlalchemy import select
from werkzeug.datastructures import MultiDict

from intake.data import file_store
from intake.data.base import db
from intake.data.write import write
from intake.fakes import queries
from intake.fakes.evidence import pictures, quota
from intake.fakes.models import Evidence, Report
from intake.fakes.reporting import flood_control, uploads
from intake.web import rate_limit
from tests.browser import Browser
from tests.fakes import corpus, making
from tests.fakes.following import at_status, coded
from tests.fakes.test_evidence import form, hand_in, own_folder  # noqa: F401 -- a fixture
from tests.fakes.test_report import WHOLE, opened
from tests.profiles.making import make_profile
from tests.server import ROOT

BUSY = "Juuri nyt luetaan monta tiedostoa"
LEFT_OUT = "Tiedostoja lähetetään juuri nyt hyvin paljon, joten kuva.png jäi pois."
AGAIN = "Valitse tiedosto uudelleen: kuva.png"
THANKS = "Kiitos, saimme ilmoituksesi"
PICTURE = ("kuva.png", corpus.png(7))


@contextmanager
def decoders_at_work():
    with pictures.turn(), pictures.turn():
        yield


@pytest.fixture
def unread(monkeypatch):
    """Nothing may be read."""

    def fails(_content):
        raise AssertionError("a file was read")

    monkeypatch.setattr(pictures, "read", fails)


@pytest.fixture
def light(monkeypatch):
    """Work that a test can do."""
    monkeypatch.setattr(flood_control, "ROUNDS", 10)


def files() -> list[Evidence]:
    db.session.expire_all()
    return list(db.session.scalars(select(Evidence).order_by(Evidence.name)))


def solved(browser) -> str:
    asked = json.loads(browser.client.get("/report/proof").text)
    challenge = altcha.Challenge.from_dict(asked)
    return altcha.Payload(challenge, altcha.solve_challenge(challenge)).to_base64()


def read_much(app, address: str = "127.0.0.1", seconds: float = 60) -> None:
    with app.test_request_context("/report", environ_base={"REMOTE_ADDR": address}):
        flood_control.count_reading(seconds)


# who waits


def test_a201_who_finds_both_at_work_is_told_at_once_and_nothing_typed_is_lost(visitor, still):
    page = opened(visitor, still).fills(**WHOLE, description="Tämä jää.", evidence=PICTURE)
    with decoders_at_work():
        begun = time.monotonic()
        refused = page.presses("Lähetä ilmoitus")
        assert time.monotonic() - begun < 1
    assert refused.status == 422
    assert len(refused.errors) == 1
    assert BUSY in refused.errors[0]
    assert "kuva.png" in refused.errors[0]
    assert refused.tree.find(".//*[@id='evidence-error']") is not None
    assert "Tämä jää." in refused.html
    assert files() == []
    sent = refused.fills(evidence=PICTURE).presses("Lähetä ilmoitus")
    assert sent.heading == THANKS
    assert [one.name.opened() for one in files()] == ["kuva.png"]


def test_a201_each_file_that_had_no_turn_is_named(visitor, still):
    page = opened(visitor, still)
    data = MultiDict({"csrf_token": re.search(r'csrf_token" value="([^"]+)', page.html)[1]})
    for name in ("a.png", "b.png", "c.png"):
        data.add("evidence", (io.BytesIO(corpus.png()), name))
    with decoders_at_work():
        refused = visitor.posts("/report", data)
    assert [name for name in ("a.png", "b.png", "c.png") if name in " ".join(refused.errors)] == [
        "a.png",
        "b.png",
        "c.png",
    ]


def test_a201_a_turn_is_free_again_whatever_came_of_the_files(visitor, still, monkeypatch):
    for content in (corpus.png(), corpus.PROGRAM, b""):
        for _again in range(pictures.TURNS):
            page = opened(visitor, still).fills(evidence=("x.png", content))
            assert page.presses("Lähetä ilmoitus").status == 422
    monkeypatch.setattr(uploads, "stage", lambda *_: (_ for _ in ()).throw(SystemExit))
    for _again in range(pictures.TURNS):
        with pytest.raises(SystemExit):
            opened(visitor, still).fills(evidence=PICTURE).presses("Lähetä ilmoitus")
    with decoders_at_work():
        pass


def test_a201_nothing_is_read_for_a_form_whose_token_does_not_hold(visitor, unread):
    sent = {"csrf_token": "x", "evidence": (io.BytesIO(corpus.png()), "kuva.png")}
    page = visitor.posts("/report", sent)
    assert page.status == 400
    assert AGAIN in page.errors


def test_a201_a_decoder_gives_way_to_the_server(app, monkeypatch):
    program = f"import os, sys; sys.path.insert(0, {str(ROOT)!r}); "
    program += "from intake.fakes.evidence import decode_sandbox as d; "
    program += "d.read = lambda _c: ({'refused': f'nice {os.nice(0)}'}, []); d.main()"
    monkeypatch.setattr(pictures, "PROGRAM", [pictures.PROGRAM[0], "-c", program])
    with pytest.raises(pictures.FileRefused, match=r"nice [1-9]"):
        pictures.read(b"")


# work under load


def test_a202_beyond_a_minute_of_reading_files_cost_work_and_the_report_goes_in(
    app, visitor, still, light, unread
):
    assert visitor.client.get("/report/proof").json == {}
    read_much(app)
    page = opened(visitor, still).fills(**WHOLE, evidence=PICTURE).presses("Lähetä ilmoitus")
    assert page.heading == THANKS
    assert LEFT_OUT in page.main
    assert files() == []
    (made,) = db.session.scalars(select(Report))
    assert made.held is None  # of reports there is no flood


def test_a202_whoever_works_has_their_files_read_and_the_work_is_good_once(
    app, visitor, still, light
):
    read_much(app)
    proof = solved(visitor)
    for times in (1, 0):
        page = opened(visitor, still).fills(**WHOLE, evidence=PICTURE, altcha=proof)
        page = page.presses("Lähetä ilmoitus")
        assert page.heading == THANKS
        assert page.main.count(LEFT_OUT) == 1 - times
    assert len(files()) == 1


def test_a202_work_for_files_is_good_for_the_report_that_they_come_with(app, visitor, still, light):
    with app.test_request_context("/report", environ_base={"REMOTE_ADDR": "127.0.0.1"}):
        for _ in range(5):
            flood_control.count()
    proof = solved(visitor)
    page = opened(visitor, still).fills(**WHOLE, evidence=PICTURE, altcha=proof)
    assert LEFT_OUT not in page.presses("Lähetä ilmoitus").main
    (made,) = db.session.scalars(select(Report))
    assert made.held is None
    assert len(queries.evidence_of(making.case_of(made))) == 1


def test_a202_work_grows_with_what_was_read_and_others_are_free_of_it(app):
    found = []
    for _ in range(4):
        read_much(app, "203.0.113.5", 45)
        with app.test_request_context("/", environ_base={"REMOTE_ADDR": "203.0.113.5"}):
            found.append(flood_control.reading_work())
    assert found == [0, 1, 2, 2]
    with app.test_request_context("/", environ_base={"REMOTE_ADDR": "203.0.113.6"}):
        assert flood_control.work() == 0  # a report without files is free
        assert flood_control.reading_work() == 1  # both decoders were at work for a minute
    with app.test_request_context("/", environ_base={"REMOTE_ADDR": "203.0.113.5"}):
        assert flood_control.work() == 0


def test_a202_what_is_refused_counts_as_well(app, visitor, still):
    still.shift(1)
    for _ in range(3):
        page = opened(visitor, still).fills(evidence=("x.png", corpus.pixel_bomb()))
        page.presses("Lähetä ilmoitus")
    with app.test_request_context("/", environ_base={"REMOTE_ADDR": "127.0.0.1"}):
        kept = rate_limit.limiter().get_window_stats(
            flood_control.READING[0][0], "reading", flood_control.network()
        )
    assert kept.remaining <= 57


def test_a202_the_follow_page_asks_for_the_same_work(app, cast, light):
    _made, code = coded()
    read_much(app)
    page = at_status(app, code).follows("Lisää tietoja")
    page = page.fills(evidence=PICTURE, text="Sanat.").presses("Lähetä tiedot")
    assert page.path == "/follow/status"
    assert files() == []
    page = at_status(app, code).follows("Lisää tietoja")
    proof = solved(page.browser)
    assert page.tree.find(".//input[@name='altcha']").get("data-challenge") == "/report/proof"
    page = page.fills(evidence=PICTURE, altcha=proof).presses("Lähetä tiedot")
    assert page.path == "/follow/status"
    assert len(files()) == 1


def test_a202_a_handler_is_asked_for_no_work(app, cast):
    case = making.case_of(making.report())
    read_much(app, seconds=1000)
    browser = Browser(app).signs_in(cast.handler)
    page = browser.opens(f"/cases/{case.id}").fills(text="Muistan.", evidence=PICTURE)
    page.presses("Tallenna muistiinpano")
    assert [one.name.opened() for one in files()] == ["kuva.png"]


# what waits for a form


def test_a203_what_waits_for_forms_has_a_share_of_its_own(app, still, monkeypatch):
    monkeypatch.setitem(app.config, "EVIDENCE_GB", "0.002")  # 2 MB, of a network a hundredth
    first = Browser(app)
    for number, kept in enumerate((True, True, False)):
        picture = ("kuva.png", corpus.png(number))
        page = opened(first, still).fills(evidence=picture).presses("Lähetä ilmoitus")
        assert page.status == 422
        assert (AGAIN in page.errors) is not kept
    assert len(files()) == 2
    other = Browser(app)
    other.client.environ_base["REMOTE_ADDR"] = "203.0.113.8"
    page = opened(other, still).fills(evidence=PICTURE).presses("Lähetä ilmoitus")
    assert AGAIN not in page.errors
    assert len({one.staged_from for one in files()}) == 2
    assert "203.0.113" not in str([vars(one) for one in files()])


def test_a203_all_networks_together_have_a_share(app, still, monkeypatch):
    monkeypatch.setitem(app.config, "EVIDENCE_GB", "0.0002")
    monkeypatch.setattr(quota, "OF_A_NETWORK", 1)
    told = []
    for number in range(4):
        browser = Browser(app)
        browser.client.environ_base["REMOTE_ADDR"] = f"203.0.113.{number}"
        page = opened(browser, still).fills(evidence=("kuva.png", corpus.png(number)))
        told.append(AGAIN in page.presses("Lähetä ilmoitus").errors)
    assert told == [False, False, True, True]


def test_a203_a_whole_report_takes_its_files_along_however_full_the_share(
    app, visitor, still, monkeypatch
):
    monkeypatch.setattr(quota, "OF_A_NETWORK", 0)
    page = opened(visitor, still).fills(evidence=PICTURE, urls="x.com/vale")
    page = page.presses("Lähetä ilmoitus")
    assert AGAIN in page.errors
    assert "x.com/vale" in page.html
    page = page.fills(**WHOLE, evidence=PICTURE).presses("Lähetä ilmoitus")
    assert page.heading == THANKS
    (row,) = files()
    assert (row.staged_for, row.staged_from) == (None, None)  # nobody's network is kept (A78)


def test_a203_a_form_that_asks_again_is_no_way_round_the_share(
    app, cast, visitor, still, monkeypatch
):
    profile = make_profile(cast)
    monkeypatch.setattr(quota, "OF_A_NETWORK", 0)
    whole = {**WHOLE, "urls": profile.current[0].url}
    page = opened(visitor, still).fills(**whole, evidence=PICTURE).presses("Lähetä ilmoitus")
    assert page.status == 422
    assert page.errors == [AGAIN]
    assert files() == []


# the quota


def test_a204_the_quota_counts_what_lies_on_the_disk_and_each_file_once(app, cast, monkeypatch):
    """The same pages in many documents: their pictures are stored once."""
    for number in range(10):
        content = corpus.pdf(3, author=str(number))
        (row,) = hand_in(corpus.upload("a.pdf", content), to=form(f"{number:02}"[-1]))
        with write():
            db.session.get_one(Evidence, row.id).staged_for = None
    rows = db.session.scalars(select(Evidence))
    counted = sum(row.size + sum(page.size for page in row.pictures) for row in rows)
    on_disk = sum(file.stat().st_size for file in file_store.folder().iterdir())
    assert file_store.used() == on_disk < counted / 1.5
    between = (counted + on_disk) / 2 / quota.GIGABYTE
    monkeypatch.setitem(app.config, "EVIDENCE_GB", f"{between:.9f}")
    assert quota.has_room()


def test_a204_what_was_left_out_counts_until_it_is_gone_from_the_disk(
    app, visitor, still, monkeypatch
):
    page = opened(visitor, still).fills(evidence=PICTURE).presses("Lähetä ilmoitus")
    drop = page.tree.find(".//input[@name='drop']").get("value")
    page.fills(drop=[drop]).presses("Lähetä ilmoitus")
    assert files() == []
    monkeypatch.setitem(app.config, "EVIDENCE_GB", "0.000001")
    assert not quota.has_room()


def test_a204_files_of_others_are_seen_within_a_minute(app, monkeypatch):
    hand_in(corpus.upload())
    before = file_store.used()
    (file_store.folder() / ("0" * 64)).write_bytes(bytes(1000))  # another process
    assert file_store.used() == before
    monkeypatch.setattr(file_store, "COUNTED", 0)
    assert file_store.used() == before + 1000


def test_a205_nothing_is_read_for_a_report_that_is_full(app, cast, unread):
    report = making.report()
    with write():
        for number in range(uploads.A_REPORT):
            row = Evidence(sha256=f"{number:064}", media_type="image/png", size=1, name="x")
            row.report_id = report.id
            db.session.add(row)
    (problem,) = uploads.stage(form("b"), [corpus.upload()], report.id)
    assert "25" in problem
    assert file_store.names() == []


def test_a205_no_file_is_stored_that_no_row_will_name(
    app, cast, visitor, still, unread, monkeypatch
):
    monkeypatch.setitem(app.config, "EVIDENCE_GB", "0")
    page = opened(visitor, still).fills(**WHOLE, evidence=PICTURE).presses("Lähetä ilmoitus")
    assert page.heading == THANKS
    assert "Tiedostoille ei ole juuri nyt tilaa" in page.main
    assert file_store.names() == []
