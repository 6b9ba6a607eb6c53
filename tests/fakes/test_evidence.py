"""Files that are handed in: what is taken, what is refused, and what is left of each."""

import io
import os
import resource
import subprocess
import sys
import time
from datetime import timedelta
from types import SimpleNamespace

import pytest
from PIL import Image
from sqlalchemy import select

from intake import clock, create_app
from intake.data import file_store
from intake.data.base import db
from intake.data.write import write
from intake.engine import outbox
from intake.engine.outbox import Message
from intake.fakes import queries
from intake.fakes.evidence import decode_sandbox, integrity_check, pictures
from intake.fakes.models import Evidence, EvidencePage
from intake.fakes.reporting import uploads
from tests.fakes import corpus, making


@pytest.fixture(autouse=True)
def own_folder(tmp_path, monkeypatch):
    monkeypatch.setattr(file_store, "folder", lambda: tmp_path / "evidence")


def form(name: str = "a") -> SimpleNamespace:
    """A form whose token held."""
    return SimpleNamespace(token_held=True, token_hash=name * 64)


def hand_in(*sent, to=None) -> list[Evidence]:
    given = to or form()
    assert uploads.stage(given, sent) == []
    return uploads.staged(given.token_hash)


def refused(content: bytes) -> str:
    with pytest.raises(pictures.FileRefused) as refusal:
        pictures.read(content)
    return str(refusal.value)


def shown(picture: pictures.Picture) -> Image.Image:
    return Image.open(io.BytesIO(picture.content))


@pytest.mark.policy("P5")
def test_a_file_is_stored_once_under_its_hash_and_for_its_owner_alone(app):
    (row,) = hand_in(corpus.upload())
    file = file_store.folder() / row.sha256
    assert file.read_bytes() == corpus.png()
    assert file.stat().st_mode & 0o777 == 0o600
    assert (row.media_type, row.size, row.name.opened()) == (
        "image/png",
        len(corpus.png()),
        "kuva.png",
    )
    assert [(one.width, one.height) for one in row.pictures] == [(60, 40)]
    assert file_store.read(row.pictures[0].sha256)


def test_the_same_file_twice_counts_once(app):
    files = hand_in(corpus.upload("a.png"), corpus.upload("b.png"))
    assert [one.name.opened() for one in files] == ["a.png"]
    assert len(hand_in(corpus.upload("c.png"))) == 1
    assert len(hand_in(corpus.upload("d.png"), to=form("b"))) == 1


def test_a_form_takes_five_files_and_a_report_twenty_five(app, cast):
    sent = [corpus.upload(f"{number}.png", corpus.png(number)) for number in range(6)]
    (problem,) = uploads.stage(form(), sent)
    assert problem.field == "evidence"
    assert len(uploads.staged("a" * 64)) == 5
    report = making.report(files=uploads.staged("a" * 64))
    with write():
        for number in range(20):
            row = Evidence(sha256=f"{number:064}", media_type="image/png", size=1, name="x")
            row.report_id = report.id
            db.session.add(row)
    (problem,) = uploads.stage(form("b"), [corpus.upload("6.png", corpus.png(6))], report.id)
    assert "25" in problem


def test_sending_takes_over_what_waited(app, cast):
    report = making.report(files=hand_in(corpus.upload()))
    assert uploads.staged("a" * 64) == []
    assert [one.report_id for one in queries.evidence_of(making.case_of(report))] == [report.id]


def test_a_handler_hands_files_in_to_the_case(app, cast):
    case = making.case_of(making.report())
    files = hand_in(corpus.upload())
    with write():
        given = [db.session.get(Evidence, files[0].id)]
        uploads.give(making.again(case), given, cast.handler, clock.now())
    (row,) = queries.evidence_of(case)
    assert (row.by.id, row.staged_for) == (cast.handler.id, None)


@pytest.mark.policy("P7")
@pytest.mark.parametrize("make", [corpus.revealing_jpeg, corpus.revealing_png])
def test_a64_a_picture_to_look_at_tells_nothing_of_who_took_it(app, make):
    original = make()
    assert corpus.MARKER.encode() in original
    (row,) = hand_in(corpus.upload("IMG_1234.jpg", original))
    assert file_store.read(row.sha256) == original
    copy = file_store.read(row.pictures[0].sha256)
    assert corpus.MARKER.encode() not in copy
    with Image.open(io.BytesIO(copy)) as image:
        assert not image.getexif()
        assert not {"icc_profile", "exif", "xmp", "comment", "photoshop", "Author"} & {*image.info}


def test_a64_a_photograph_is_turned_before_it_forgets_how_it_was_held(app):
    (picture,) = pictures.read(corpus.revealing_jpeg()).pictures
    assert (picture.width, picture.height) == (40, 60)
    assert shown(picture).size == (40, 60)


@pytest.mark.policy("S3")
@pytest.mark.parametrize("name", corpus.REFUSED)
def test_a96_a97_what_is_no_safe_picture_is_refused_with_its_own_sentence(app, name):
    make, code = corpus.REFUSED[name]
    (problem,) = uploads.stage(form(), [corpus.upload("tiedosto.png", make())])
    assert problem == str(pictures.SENTENCES[code]) % {"name": "tiedosto.png"}
    assert problem.field == "evidence"
    assert not isinstance(problem, uploads.Unstored)
    assert file_store.names() == []
    assert uploads.staged("a" * 64) == []


def test_a97_every_refusal_has_another_sentence():
    assert len({str(one) for one in pictures.SENTENCES.values()}) == len(pictures.SENTENCES)


def test_a96_a_bomb_costs_the_server_no_memory_and_the_other_files_are_kept(app):
    bomb, text, profile = corpus.pixel_bomb(), corpus.text_bomb(), corpus.profile_bomb()
    hand_in(corpus.upload("z.png", corpus.png(9)), to=form("z"))  # what is needed once is there
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    sent = [("b.png", bomb), ("t.png", text), ("p.png", profile), ("k.png", corpus.png())]
    problems = uploads.stage(form(), [corpus.upload(*one) for one in sent])
    after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    assert after - before < 50 * 1024
    assert "b.png" in problems[0]
    assert "k.png" in [one.name for one in uploads.waiting("a" * 64)]


def test_a96_of_many_frames_the_first_is_shown(app):
    reading = pictures.read(corpus.many_frames())
    assert len(reading.pictures) == 1
    assert not getattr(shown(reading.pictures[0]), "is_animated", False)


def test_a96_a_child_that_hangs_or_dies_is_a_sentence(app, monkeypatch):
    for program in ("import time; time.sleep(60)", "import os; os.abort()", "bytearray(10**12)"):
        monkeypatch.setattr(pictures, "PROGRAM", [pictures.PROGRAM[0], "-I", "-c", program])
        monkeypatch.setattr(pictures, "WAIT", 0.5)
        assert refused(corpus.png()) == "heavy"


def test_a96_who_gets_no_turn_is_told_to_come_again(app):
    busy = pytest.raises(pictures.FileRefused, match="busy")
    with pictures.turn(), pictures.turn(), busy, pictures.turn():
        pass
    with pictures.turn():
        assert pictures.read(corpus.png()).pages == 1


@pytest.mark.parametrize(
    "make", [corpus.png_with_html, corpus.pdf_with_zip, corpus.gif_with_script]
)
def test_a97_what_is_two_things_at_once_becomes_a_mere_picture(app, make):
    (picture,) = pictures.read(make()).pictures
    assert not {b"script", b"PK\x03\x04"} & {
        found for found in (b"script", b"PK\x03\x04") if found in picture.content
    }
    shown(picture).load()


def test_a97_a_picture_with_a_program_behind_it_loses_it(app):
    (picture,) = pictures.read(corpus.revealing_jpeg()).pictures
    assert picture.content.endswith(b"\xff\xd9")


def test_a97_the_kind_is_told_by_the_bytes_and_not_by_the_name(app):
    (row,) = hand_in(corpus.upload("kuva.png", corpus.pdf(3, author=corpus.MARKER)))
    assert (row.media_type, row.pages) == ("application/pdf", 3)
    assert [one.number for one in row.pictures] == [1, 2, 3]
    for one in row.pictures:
        assert corpus.MARKER.encode() not in file_store.read(one.sha256)


def test_a_document_of_many_pages_shows_the_first_twenty(app):
    reading = pictures.read(corpus.pdf(30))
    assert (reading.pages, len(reading.pictures)) == (30, 20)


def test_heic_is_read_where_its_extra_is_installed(app):
    content = corpus.revealing_heic()
    (row,) = hand_in(corpus.upload("IMG_2.HEIC", content))
    assert (row.media_type, row.pages) == ("image/heic", 1)
    assert file_store.read(row.sha256) == content
    drawn = file_store.read(row.pictures[0].sha256)
    assert drawn.startswith(b"\xff\xd8")
    assert corpus.MARKER.encode() in content
    assert corpus.MARKER.encode() not in drawn


def test_heic_without_its_extra_is_refused_with_how_to_save_it_otherwise(monkeypatch):
    monkeypatch.setitem(sys.modules, "pillow_heif", None)
    with pytest.raises(decode_sandbox.Undecodable, match="heic"):
        decode_sandbox.read(corpus.revealing_heic())
    assert "JPEG" in str(pictures.SENTENCES["heic"])


def test_what_is_too_large_is_refused(app):
    content = corpus.png() + bytes(uploads.LARGEST)
    (problem,) = uploads.stage(form(), [corpus.upload("iso.png", content)])
    assert problem == str(pictures.SENTENCES["large"]) % {"name": "iso.png"}


def test_a_long_screenshot_stays_readable_and_a_huge_picture_gets_smaller(app):
    tall = pictures.read(corpus.saved(Image.new("RGB", (1080, 9000), "white"), "PNG"))
    assert (tall.pictures[0].width, tall.pictures[0].height) == (1080, 9000)
    huge = pictures.read(corpus.saved(Image.new("RGB", (6000, 6000), "white"), "PNG"))
    assert huge.pictures[0].width * huge.pictures[0].height <= 12_000_000


def test_grey_pictures_of_sixteen_bits_keep_their_greys(app):
    (picture,) = pictures.read(corpus.saved(Image.new("I;16", (9, 9), 32768), "PNG")).pictures
    assert shown(picture).getpixel((0, 0)) == (128, 128, 128)


@pytest.mark.parametrize("name", corpus.WILD_NAMES)
def test_a98_a_wild_name_is_kept_as_text_and_names_no_file(app, name):
    (row,) = hand_in(corpus.upload(name))
    assert row.name.opened() == name[:255]
    assert integrity_check.original_name(1, row) == "evidence-1.png"
    assert {len(one) for one in file_store.names()} == {64}
    assert [one.name for one in file_store.folder().parent.iterdir()] == ["evidence"]


@pytest.mark.policy("S2")
def test_a91_beyond_the_quota_files_are_left_out_and_administrators_are_told_once(
    app, cast, monkeypatch
):
    monkeypatch.setitem(app.config, "EVIDENCE_GB", "0.000001")
    hand_in(corpus.upload())
    for _again in range(2):
        (problem,) = uploads.stage(form("b"), [corpus.upload("c.png", corpus.png(3))])
        assert isinstance(problem, uploads.Unstored)
    assert told_of("evidence_full") == [cast.administrator.id]


def test_a91_a_disk_that_is_nearly_full_takes_no_files(app, cast, monkeypatch):
    monkeypatch.setitem(app.config, "EVIDENCE_FREE", "15")
    monkeypatch.setattr(file_store, "free", lambda: 0.14)
    (problem,) = uploads.stage(form(), [corpus.upload()])
    assert isinstance(problem, uploads.Unstored)
    monkeypatch.setattr(file_store, "free", lambda: 0.16)
    assert uploads.stage(form(), [corpus.upload()]) == []


@pytest.mark.parametrize("number", [28, 30, 5])  # no space, read-only, input or output
def test_f7_f8_f11_what_cannot_be_stored_is_left_out_and_leaves_nothing_half(
    app, monkeypatch, number
):
    def fails(*_args):
        raise OSError(number, os.strerror(number))

    with monkeypatch.context() as patch:
        patch.setattr(file_store.os, "fsync", fails)
        (problem,) = uploads.stage(form(), [corpus.upload()])
        assert isinstance(problem, uploads.Unstored)
        assert file_store.names() == []
        assert uploads.staged("a" * 64) == []
    assert len(hand_in(corpus.upload())) == 1  # space is back: no restart is needed


def test_f11_a_storage_that_says_yes_and_loses_is_found_out(app, monkeypatch):
    monkeypatch.setattr(file_store, "_write", lambda target, _content: target.write_bytes(b"other"))
    (problem,) = uploads.stage(form(), [corpus.upload()])
    assert isinstance(problem, uploads.Unstored)


def test_f11_a_folder_that_is_gone_is_made_again_or_files_are_left_out(app, tmp_path, monkeypatch):
    hand_in(corpus.upload())
    monkeypatch.setattr(file_store, "folder", lambda: tmp_path / "away" / "evidence")
    (problem,) = uploads.stage(form("b"), [corpus.upload()])
    assert isinstance(problem, uploads.Unstored)


def test_f1_a_file_is_on_the_disk_before_its_row_and_one_without_a_row_is_swept(
    app, monkeypatch, still
):
    monkeypatch.setattr(uploads, "_keep", lambda *_: (_ for _ in ()).throw(SystemExit))
    with pytest.raises(SystemExit):  # the worker dies between the two
        uploads.stage(form(), [corpus.upload()])
    assert len(file_store.names()) == 2
    assert db.session.scalars(select(Evidence)).all() == []
    (file_store.folder() / ".half.part").write_bytes(b"cut short")
    os.utime(file_store.folder() / ".half.part", (clock.now().timestamp(),) * 2)
    uploads.sweep(clock.now())
    assert len(file_store.names()) == 2
    still.shift(timedelta(hours=25))
    uploads.sweep(clock.now())
    assert list(file_store.folder().iterdir()) == []


def test_files_of_a_form_that_nobody_sent_are_swept_after_a_day(app, cast, still):
    sent = making.report(files=hand_in(corpus.upload(), to=form("b")))
    hand_in(corpus.upload("x.png", corpus.png(2)))
    still.shift(timedelta(hours=23))
    uploads.sweep(clock.now())
    assert len(uploads.staged("a" * 64)) == 1
    still.shift(timedelta(hours=2))
    uploads.sweep(clock.now())
    assert uploads.staged("a" * 64) == []
    uploads.sweep(clock.now())  # its files are left for a backup that has begun
    (row,) = queries.evidence_of(making.case_of(sent))
    assert set(file_store.names()) == {row.sha256, row.pictures[0].sha256}


def test_f1_a_file_that_is_handed_in_again_is_young_again(app, still):
    hand_in(corpus.upload())
    still.shift(timedelta(hours=25))
    uploads.sweep(clock.now())
    hand_in(corpus.upload(), to=form("b"))
    uploads.sweep(clock.now())
    assert list(integrity_check.faults()) == []


def test_a111_a_flipped_byte_and_a_missing_file_are_named(app, cast):
    (row,) = hand_in(corpus.upload())
    runner = app.test_cli_runner()
    found = runner.invoke(args=["evidence", "verify"])
    assert (found.exit_code, found.output) == (0, "whole\n")
    spoilt, gone = file_store.folder() / row.sha256, file_store.folder() / row.pictures[0].sha256
    content = bytearray(spoilt.read_bytes())
    content[50] ^= 1
    spoilt.write_bytes(content)
    gone.unlink()
    found = runner.invoke(args=["evidence", "verify"])
    assert found.exit_code == 1
    assert f"original {spoilt.name} was changed" in found.output
    assert f"picture {gone.name} is missing" in found.output


def test_a111_a_changed_file_is_told_to_the_administrators_once_a_day(app, cast, tick):
    (row,) = hand_in(corpus.upload())
    tick()
    assert told_of("evidence_damaged") == []
    (file_store.folder() / row.sha256).write_bytes(b"other")
    for _again in range(2):
        integrity_check.look(clock.now())
    assert told_of("evidence_damaged") == [cast.administrator.id]


def told_of(what: str) -> list[str]:
    """Whom a letter of this kind waits for; every one can be written."""
    found = list(db.session.scalars(select(Message).where(Message.template == what)))
    for message in found:
        letter = outbox.letter(message)
        assert letter is not None
        assert "/upkeep" in letter.plain
    return [message.person_id for message in found]


def test_a111_a_file_that_was_changed_is_not_written_over(app):
    (row,) = hand_in(corpus.upload())
    (file_store.folder() / row.sha256).write_bytes(b"other")
    (problem,) = uploads.stage(form("b"), [corpus.upload()])
    assert isinstance(problem, uploads.Unstored)
    assert (file_store.folder() / row.sha256).read_bytes() == b"other"


def test_a_file_that_is_left_out_takes_its_pictures_along(app):
    (row,) = hand_in(corpus.upload())
    with write():
        db.session.delete(db.session.get_one(Evidence, row.id))
    assert db.session.scalars(select(EvidencePage)).all() == []


def test_files_that_come_too_late_are_asked_for_again(app, monkeypatch):
    monkeypatch.setattr(uploads, "TOGETHER", -1.0)
    (problem,) = uploads.stage(form(), [corpus.upload()])
    assert problem == str(pictures.SENTENCES["busy"]) % {"name": "kuva.png"}


def test_reading_a_screenshot_costs_no_more_than_a_process_that_draws_it(app):
    content = corpus.saved(Image.new("RGB", (1080, 2340), "white"), "PNG")
    draw = (
        f"import os; os.nice({decode_sandbox.GIVES_WAY}); from PIL import Image; "
        "Image.new('RGB', (1080, 2340)).save('/dev/null', 'PNG')"
    )
    begun = time.monotonic()
    subprocess.run([sys.executable, "-c", draw], check=True)
    plain = time.monotonic() - begun
    begun = time.monotonic()
    pictures.read(content)
    assert time.monotonic() - begun < 10 * plain


@pytest.mark.parametrize(("name", "value"), [("EVIDENCE_GB", "much"), ("EVIDENCE_FREE", "100")])
def test_settings_of_evidence_must_be_numbers(tmp_path, name, value):
    from intake.config import BadSettings

    with pytest.raises(BadSettings, match=name):
        create_app({name: value}, tmp_path)
