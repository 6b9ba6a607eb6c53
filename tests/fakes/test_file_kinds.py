"""What people have on their telephones and desks is opened, or refused with a way out."""

import io
import re
import sys

import pytest
from PIL import Image, ImageChops, features

from intake.fakes.evidence import integrity_check, pictures
from tests.browser import Browser
from tests.fakes import corpus
from tests.fakes.test_evidence import form, hand_in, own_folder  # noqa: F401 -- a fixture

LEADS = {
    "a byte order mark": b"\xef\xbb\xbf",
    "an empty line": b"\r\n",
    "the head of a part of a message": b"--x\r\nContent-Type: application/pdf\r\n\r\n",
    "a kilobyte of a printer's words": b"\x1b%-12345X@PJL\r\n".ljust(1024, b" "),
}
WAYS_OUT = re.compile("screenshot|Save|Send|Choose|Try|smaller|Programs are not taken")


def shown(content: bytes) -> Image.Image:
    """The first page or picture as it is shown."""
    return Image.open(io.BytesIO(pictures.read(content).pictures[0].content)).convert("RGB")


def differ(one: bytes, other: bytes) -> bool:
    return ImageChops.difference(shown(one), shown(other)).getbbox() is not None


@pytest.mark.parametrize("drawn", [True, False])
def test_a208_what_was_written_in_a_form_is_shown(app, drawn):
    filled, empty = (
        corpus.filled_form("Maksa heti", drawn=drawn),
        corpus.filled_form("", drawn=drawn),
    )
    assert differ(filled, empty)
    assert differ(filled, corpus.filled_form("Maksa huomenna", drawn=drawn))


def test_a208_no_script_of_a_document_is_run(app):
    assert not differ(corpus.acting_pdf(), corpus.filled_form(corpus.MARKER, drawn=True))


@pytest.mark.parametrize("lead", LEADS)
def test_a_document_with_something_before_its_header_is_read(app, lead):
    (row,) = hand_in(corpus.upload("lasku.pdf", LEADS[lead] + corpus.pdf(2)))
    assert (row.media_type, row.pages) == ("application/pdf", 2)
    assert not differ(LEADS[lead] + corpus.pdf(), corpus.pdf())


@pytest.mark.parametrize(
    ("kind", "options", "media_type"),
    [
        ("AVIF", {"quality": 90}, "image/avif"),
        ("GIF", {}, "image/gif"),
        ("WEBP", {"lossless": True}, "image/webp"),
    ],
)
def test_a_picture_of_the_web_is_opened(app, kind, options, media_type):
    content = corpus.saved(Image.new("RGB", (60, 40), "#c02040"), kind, **options)
    (row,) = hand_in(corpus.upload(f"kuva.{kind.lower()}", content))
    assert row.media_type == media_type
    assert integrity_check.original_name(1, row).endswith(f".{kind.lower()}")
    assert [(one.width, one.height) for one in row.pictures] == [(60, 40)]
    colour = shown(content).getpixel((30, 20))
    assert all(abs(a - b) < 16 for a, b in zip(colour, (0xC0, 0x20, 0x40), strict=True))


@pytest.mark.parametrize("kind", ["GIF", "WEBP", "PNG", "AVIF"])
def test_a96_of_a_moving_picture_the_first_frame_is_shown(app, kind):
    reading = pictures.read(corpus.many_frames(kind, 30))
    assert len(reading.pictures) == 1
    picture = Image.open(io.BytesIO(reading.pictures[0].content))
    assert not getattr(picture, "is_animated", False)


def test_a_transparent_gif_stays_transparent(app):
    clear = Image.new("RGBA", (9, 9), (0, 0, 0, 0))
    (picture,) = pictures.read(corpus.saved(clear, "GIF")).pictures
    assert Image.open(io.BytesIO(picture.content)).convert("RGBA").getpixel((4, 4))[3] == 0


def test_every_refusal_of_a_file_names_a_way_out():
    for code, sentence in pictures.SENTENCES.items():
        assert WAYS_OUT.search(str(sentence)), code


def test_the_file_field_offers_what_can_be_opened_here_and_nothing_else(app, monkeypatch):
    def offered() -> set[str]:
        page = Browser(app).opens("/report")
        return set(page.tree.find(".//input[@name='evidence']").get("accept").split(","))

    assert {"image/png", "image/jpeg", "image/gif", "application/pdf"} <= offered()
    assert {"image/heic", "image/avif"} <= offered()
    assert offered() == set(integrity_check.EXTENSIONS)
    for kind in offered() - {"application/pdf", "image/heic"}:
        content = corpus.saved(corpus.pixels(), kind.removeprefix("image/").upper())
        assert pictures.read(content).media_type == kind
    monkeypatch.setitem(sys.modules, "pillow_heif", None)  # as where the extra is not installed
    assert "image/heic" not in offered()
    monkeypatch.setattr(features, "check", lambda _name: False)
    assert "image/avif" not in offered()
