"""Evidence as its handlers see it, and the packet for the police."""

import hashlib
import io
import json
import zipfile
from datetime import timedelta

import pytest
from PIL import Image

from intake import clock
from intake.data import file_store
from intake.data.base import db
from intake.engine import audit_trail
from intake.fakes import queries
from intake.fakes.desk.police_packet import packet
from intake.fakes.models import Reveal
from intake.fakes.reporter import Told
from intake.fakes.states import CaseState
from intake.ops import backup
from intake.people import queries as people
from intake.people.models import Role
from intake.refusals import Unready
from tests.browser import Browser
from tests.fakes import corpus, making
from tests.fakes.test_evidence import form, hand_in, own_folder  # noqa: F401 -- a fixture


@pytest.fixture
def case(app, cast):
    files = hand_in(corpus.upload("IMG_1.jpg", corpus.revealing_jpeg()))
    return making.case_of(making.report(files=files))


@pytest.fixture
def file(case):
    return queries.evidence_of(case)[0]


@pytest.fixture
def handler(app, cast):
    return Browser(app).signs_in(cast.handler)


def picture_of(case, file, page=1) -> str:
    return f"/cases/{case.id}/evidence/{file.id}/{page}"


@pytest.mark.policy("P5")
def test_a65_a_picture_comes_sealed_and_with_its_own_type(handler, case, file):
    answer = handler.client.get(picture_of(case, file))
    assert answer.status_code == 200
    assert Image.open(io.BytesIO(answer.data)).size == (40, 60)
    assert corpus.MARKER.encode() not in answer.data
    told = answer.headers
    assert told["Content-Type"] == "image/jpeg"
    assert told["Content-Disposition"] == "inline; filename=evidence-1.jpg"
    assert told["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert told["X-Content-Type-Options"] == "nosniff"
    assert told["Cross-Origin-Resource-Policy"] == "same-origin"
    assert told["Cache-Control"] == "no-store"
    assert told["Referrer-Policy"] == "no-referrer"


@pytest.mark.policy("P7")
def test_an_original_is_opened_by_a_post_that_leaves_a_line_each_time(handler, case, file):
    sent = {"csrf_token": token_of(handler, case, file)}
    before = len(audit_trail.history([case.id]))
    for _again in range(2):
        answer = handler.client.post(f"/cases/{case.id}/evidence/{file.id}/original", data=sent)
        assert answer.status_code == 200
        assert answer.data == corpus.revealing_jpeg()
        assert answer.headers["Content-Type"] == "application/octet-stream"
        assert answer.headers["Content-Disposition"] == "attachment; filename=evidence-1.jpg"
        assert answer.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert [entry.step for entry, _words in audit_trail.history([case.id])][before:] == [
        "reveal"
    ] * 2
    db.session.rollback()
    assert {one.what for one in db.session.query(Reveal)} == {f"original:{file.id}"}


def token_of(browser, case, file) -> str:
    html = browser.client.get(f"/cases/{case.id}/evidence/{file.id}/original").text
    return html.split('name="csrf_token" value="')[1].split('"')[0]


@pytest.mark.policy("P7")
def test_a170_what_a_sender_called_a_file_is_read_only_while_its_original_is_open(
    handler, case, file, still
):
    address = f"/cases/{case.id}/evidence/{file.id}/original"
    assert "IMG_1" not in handler.client.get(f"/cases/{case.id}").text
    handler.client.post(address, data={"csrf_token": token_of(handler, case, file)})
    assert "IMG_1.jpg" in handler.client.get(address).text
    still.shift(timedelta(minutes=11))
    assert "IMG_1" not in handler.client.get(address).text


def test_a_get_gives_no_original(handler, case, file):
    answer = handler.client.get(f"/cases/{case.id}/evidence/{file.id}/original")
    assert answer.mimetype == "text/html"
    assert "IMG_1.jpg" not in answer.text


def test_a111_an_original_that_was_changed_is_not_given_out(handler, case, file):
    token = token_of(handler, case, file)
    (file_store.folder() / file.sha256).write_bytes(b"other")
    answer = handler.client.post(
        f"/cases/{case.id}/evidence/{file.id}/original", data={"csrf_token": token}
    )
    assert answer.status_code == 422
    assert b"other" not in answer.data.split(b"<main")[0]
    assert "reveal" not in [entry.step for entry, _words in audit_trail.history([case.id])]


def test_a_picture_that_is_missing_on_the_disk_is_no_fault(handler, case, file):
    (file_store.folder() / file.pictures[0].sha256).unlink()
    assert handler.client.get(picture_of(case, file)).status_code == 404


@pytest.mark.policy("S2")
def test_a42_evidence_is_found_only_through_its_own_case(app, cast, handler, case, file):
    other = making.case_of(making.report("https://x.com/savonkoski_toinen"))
    assert handler.client.get(picture_of(other, file)).status_code == 404
    assert handler.client.get(picture_of(case, file, 2)).status_code == 404
    for person, status in ((cast.keeper, 404), (cast.head, 403), (cast.administrator, 403)):
        browser = Browser(app).signs_in(person)
        assert browser.client.get(picture_of(case, file)).status_code == status
        address = f"/cases/{case.id}/evidence/{file.id}/original"
        assert browser.client.get(address).status_code == status


def test_a_file_that_waits_for_its_form_is_seen_by_nobody(handler, case):
    (waiting,) = hand_in(corpus.upload("x.png", corpus.png(7)), to=form("w"))
    assert handler.client.get(picture_of(case, waiting)).status_code == 404


def made(app, case) -> zipfile.ZipFile:
    with app.test_request_context():
        handler = people.holders(Role.HANDLER)[0]
        file = packet(making.again(case), handler, clock.now())
    with file:
        return zipfile.ZipFile(io.BytesIO(file.read()))


@pytest.mark.policy("P5")
def test_the_packet_holds_summary_pictures_and_hashes_that_fit(app, cast, case, file):
    with made(app, case) as found:
        assert found.namelist() == ["summary.html", "manifest.json", "evidence-1.jpg"]
        told = json.loads(found.read("manifest.json"))
        (line,) = told["files"]
        picture, summary = found.read("evidence-1.jpg"), found.read("summary.html").decode()
    assert line["sha256"] == hashlib.sha256(picture).hexdigest()
    assert line["original_sha256"] == hashlib.sha256(corpus.revealing_jpeg()).hexdigest()
    assert (line["size"], line["original_size"]) == (len(picture), len(corpus.revealing_jpeg()))
    assert line["received_at"] == file.created_at.isoformat()
    assert file.report.reference in line["handed_in_by"]
    for word in (line["sha256"], line["original_sha256"], making.FAKE, case.reference):
        assert word in summary
    assert "<a " not in summary


@pytest.mark.policy("P7")
def test_a64_a67_the_packet_tells_nothing_of_who_reported(app, cast):
    files = hand_in(corpus.upload("kuva.png", corpus.revealing_png()))
    told = Told(name="Maija Merkki", email="maija@merkki.example", phone="0401234567")
    case = making.case_of(making.report(files=files, told=told))
    with made(app, case) as found:
        everything = b"".join(found.read(name) for name in found.namelist())
    for word in (corpus.MARKER, "Maija", "merkki.example", "0401234567"):
        assert word.encode() not in everything


def test_a98_a_packet_has_flat_safe_names_and_theirs_nowhere(app, cast, still):
    reports = []
    for place, name in enumerate(corpus.WILD_NAMES):
        content = corpus.pdf(2) if place == 0 else corpus.png(place)
        files = hand_in(corpus.upload(name, content), to=form(str(place)))
        reports.append(making.report(files=files))
        still.shift(timedelta(minutes=1))
    with made(app, making.case_of(reports[0])) as found:
        names = found.namelist()[2:]
        told = json.loads(found.read("manifest.json"))
        summary = found.read("summary.html").decode()
    rest = [f"evidence-{number}.png" for number in range(2, len(corpus.WILD_NAMES) + 1)]
    assert names == ["evidence-1-1.png", "evidence-1-2.png", *rest]
    kept = list(dict.fromkeys(line["original_name"] for line in told["files"]))
    assert kept == ["evidence-1.pdf", *rest]
    assert "passwd" not in f"{summary}{told}"


@pytest.mark.parametrize("which", ["original", "picture"])
def test_a111_no_packet_is_made_of_evidence_that_was_changed(app, case, file, which):
    digest = file.sha256 if which == "original" else file.pictures[0].sha256
    (file_store.folder() / digest).write_bytes(b"other")
    with pytest.raises(Unready):
        made(app, case)


def test_a_packet_without_evidence_says_so(app, cast):
    case = making.case_of(making.report())
    making.look(case, cast.handler)
    with made(app, case) as found:
        assert found.namelist() == ["summary.html", "manifest.json"]
        assert json.loads(found.read("manifest.json"))["files"] == []


def test_a_packet_names_what_was_sent_and_when(app, cast):
    case = making.make_case(cast, CaseState.PLATFORM_NOTIFIED)
    with made(app, case) as found:
        summary = found.read("summary.html").decode()
    assert "https://help.example/report" in summary


@pytest.mark.embedded
def test_f18_a_backup_holds_the_evidence_and_nothing_half_written(app, case, tmp_path):
    (file_store.folder() / ".half.part").write_bytes(b"x")
    with app.test_request_context():
        place = backup.back_up(tmp_path / "backups", None, None, clock.now())
    assert sorted(one.name for one in (place / "evidence").iterdir()) == file_store.names()


def test_evidence_of_an_excluded_handler_is_not_theirs(app, cast, handler, case, file):
    lead = making.make_lead(cast)
    making.take(case, "exclude", lead, person=cast.handler.id, reason="Oma sukulainen.")
    assert handler.client.get(picture_of(case, file)).status_code == 404


def test_the_page_of_a_case_shows_its_pictures_and_leads_to_the_original(handler, case, file):
    html = handler.client.get(f"/cases/{case.id}").text
    assert f'src="{picture_of(case, file)}"' in html
    assert f'href="/cases/{case.id}/evidence/{file.id}/original"' in html
    assert "IMG_1" not in html
