"""The logo: only what is drawn anew is ever served (A96, A97)."""

import io
import struct
import zlib

import pytest
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from intake.data.base import db
from intake.data.cache import transaction_cache
from intake.data.write import write
from intake.people import images, settings, town
from intake.people.models import Person, TownImage
from intake.refusals import Stale, Unready
from tests.browser import Browser

MARKER = b"Salainen Henkilo 60.1699N"


def picture(kind: str = "PNG", size=(300, 100), mode: str = "RGB", **options) -> bytes:
    out = io.BytesIO()
    Image.new(mode, size, (200, 30, 40, 128)[: len(mode)]).save(out, kind, **options)
    return out.getvalue()


def with_metadata(kind: str) -> bytes:
    image = Image.effect_noise((300, 100), 50).convert("RGB")
    exif = Image.Exif()
    exif[0x010E] = exif[0x9C9B] = MARKER.decode()
    exif.get_ifd(0x8825)[1] = "N"
    options = {"exif": exif, "icc_profile": MARKER * 20, "xmp": MARKER, "comment": MARKER}
    if kind == "PNG":
        text = PngInfo()
        text.add_text("Author", MARKER.decode())
        text.add_itxt("XML:com.adobe.xmp", MARKER.decode())
        text.add_text("Zipped", MARKER.decode(), zip=True)
        options = {"exif": exif, "icc_profile": MARKER * 20, "pnginfo": text}
    if kind == "WEBP":
        del options["comment"]
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def png_of(width: int, height: int, body: bytes) -> bytes:
    """A PNG whose header says one thing, whatever its body holds."""
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", body) + chunk(b"IEND", b"")
    )


SVG = b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"></svg>'
HTML = b"<!doctype html><script>alert(1)</script>"
TOO_LARGE = "Kuvassa on yli 4 megapikseliä. Pienennä se ensin."
NONE = "Tämä ei ole PNG-, JPEG- eikä WebP-kuva."
DAMAGED = "Kuva on vioittunut. Tallenna se uudelleen ja lähetä uusi tiedosto."
HOSTILE = {
    "5 MP": (picture(size=(2500, 2001)), TOO_LARGE),
    "a bomb that says its size": (png_of(20_000, 20_000, zlib.compress(b"\0" * 10**6)), TOO_LARGE),
    "a bomb beyond the library's own limit": (png_of(60_000, 60_000, b""), TOO_LARGE),
    "a bomb of a text": (
        picture()[:33] + chunk(b"zTXt", b"a\0\0" + zlib.compress(b"\0" * 10**8)) + picture()[33:],
        DAMAGED,
    ),
    "SVG": (SVG, NONE),
    "HTML": (HTML, NONE),
    "a GIF": (picture("GIF"), NONE),
    "a TIFF": (picture("TIFF"), NONE),
    "a BMP": (picture("BMP"), NONE),
    "a PDF called PNG": (b"%PDF-1.7\n" + b"x" * 100, NONE),
    "only a signature": (b"\x89PNG\r\n\x1a\n", NONE),
    "a truncated PNG": (with_metadata("PNG")[:-4000], DAMAGED),
    "a truncated JPEG": (with_metadata("JPEG")[:-2000], DAMAGED),
    "a truncated WebP": (with_metadata("WEBP")[:-2000], DAMAGED),
    "a PNG without its body": (png_of(100, 100, b""), DAMAGED),
    "a PNG with a broken body": (png_of(100, 100, b"\0" * 500), DAMAGED),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a96_a97_what_is_no_plain_picture_is_refused_with_its_own_sentence(app, name):
    content, sentence = HOSTILE[name]
    with app.test_request_context("/"), pytest.raises(Unready) as refusal:
        images.read(content)
    assert [(problem, problem.field) for problem in refusal.value.problems] == [(sentence, "image")]


@pytest.mark.parametrize("kind", images.KINDS)
def test_a97_nothing_comes_along_but_the_pixels(kind):
    sent = with_metadata(kind)
    assert MARKER in sent
    kept = images.read(sent)
    assert MARKER not in kept.content
    with Image.open(io.BytesIO(kept.content)) as image:
        assert image.format == "PNG"
        assert image.info == {}
        assert not image.getexif()
    names = [kept.content[at + 4 : at + 8] for at in chunks(kept.content)]
    assert set(names) == {b"IHDR", b"IDAT", b"IEND"}


def chunks(content: bytes) -> list[int]:
    found, at = [], 8
    while at < len(content):
        found.append(at)
        at += 12 + struct.unpack(">I", content[at : at + 4])[0]
    return found


def test_a97_what_is_two_things_at_once_becomes_one():
    for tail in (HTML, SVG, b"PK\x03\x04" + b"x" * 100, b"MZ" + b"x" * 100):
        kept = images.read(picture() + tail)
        assert tail not in kept.content
        assert kept.content.endswith(chunk(b"IEND", b""))


@pytest.mark.parametrize(
    ("size", "kept"),
    [((300, 100), (216, 72)), ((40, 30), (40, 30)), ((2000, 50), (576, 14)), ((72, 2000), (3, 72))],
)
def test_a_picture_is_made_as_small_as_it_is_drawn(size, kept):
    found = images.read(picture(size=size))
    assert (found.width, found.height) == kept


@pytest.mark.parametrize(
    ("mode", "kept"), [("RGBA", "RGBA"), ("RGB", "RGB"), ("L", "RGB"), ("1", "RGB")]
)
def test_what_can_be_seen_through_stays_so(mode, kept):
    content = images.read(picture(mode=mode)).content
    with Image.open(io.BytesIO(content)) as image:
        assert image.mode == kept
        if kept == "RGBA":
            assert image.getpixel((5, 5))[3] == 128


def test_a_picture_lies_as_its_camera_says():
    exif = Image.Exif()
    exif[0x0112] = 6  # a quarter turn
    found = images.read(picture("JPEG", size=(100, 50), exif=exif))
    assert (found.width, found.height) == (36, 72)


@pytest.fixture
def browser(app, cast) -> Browser:
    return Browser(app).signs_in(cast.administrator)


def stored(name: str = "logo"):
    db.session.rollback()
    transaction_cache().clear()
    return getattr(town.current(), name)


def send(browser: Browser, name: str = "logo", content: bytes = b"", file: str = "logo.png"):
    page = browser.opens(f"/town/look/{name}")
    return page.fills(image=(file, content)).presses("Tallenna")


def test_a_logo_takes_the_place_of_the_mark_on_every_page(app, browser):
    assert 'class="mark"' in browser.opens("/").html
    page = browser.opens("/town").follows("Muuta Väri").follows("Muuta Logo")
    page = page.fills(image=("kunta.jpg", picture("JPEG"))).presses("Tallenna")
    assert page.path == "/town"
    version, width, height = stored()
    assert (width, height) == (216, 72)
    for page in (Browser(app).opens("/"), browser.opens("/desk")):
        assert 'class="mark"' not in page.html
        assert f'src="/town/logo?v={version}" width="216" height="72" alt=""' in page.html
        assert "logo-plate" in page.html
    answer = app.test_client().get(f"/town/logo?v={version}")
    assert (answer.status_code, answer.mimetype) == (200, "image/png")
    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "Set-Cookie" not in answer.headers
    assert Image.open(io.BytesIO(answer.data)).size == (216, 72)


def test_another_version_than_the_stored_is_not_found(app, browser):
    assert app.test_client().get("/town/logo").status_code == 404
    send(browser, content=picture())
    for query in ("", "?v=", "?v=0", f"?v={stored()[0][:-1]}"):
        assert app.test_client().get(f"/town/logo{query}").status_code == 404
    assert app.test_client().get(f"/town/logo_dark?v={stored()[0]}").status_code == 404


def test_a_logo_for_dark_ground_is_shown_where_the_device_is_dark(app, browser):
    send(browser, content=picture())
    send(browser, "logo_dark", picture(size=(100, 100)))
    html = Browser(app).opens("/").html
    assert f'srcset="/town/logo_dark?v={stored("logo_dark")[0]}"' in html
    assert "logo-plate" not in html
    page = browser.opens("/town/look/logo_dark").presses("Poista")
    assert page.path == "/town"
    assert stored("logo_dark") == ()
    assert db.session.get(TownImage, "logo_dark") is None
    assert "logo-plate" in Browser(app).opens("/").html


def test_a_refused_picture_is_told_beside_its_field_and_the_old_one_stays(browser):
    send(browser, content=picture())
    old = stored()
    for content, sentence in (
        (b"", "Tiedosto on tyhjä. Valitse toinen."),
        (SVG, NONE),
        (b"x" * (1024 * 1024 + 1), "Tiedosto on yli 1 Mt. Valitse pienempi."),
        (picture(size=(2500, 2001)), TOO_LARGE),
    ):
        page = send(browser, content=content)
        assert (page.status, page.errors) == (422, [sentence])
        assert 'aria-invalid="true"' in page.html
    page = browser.opens("/town/look/logo").presses("Tallenna")
    assert (page.status, page.errors) == (422, ["Valitse tiedosto."])
    assert stored() == old


def test_a132_a_new_logo_is_in_the_trail_and_on_the_page(app, browser):
    send(browser, content=picture())
    assert settings.changes()[0].settings == ("logo",)
    assert "Timo Rantapajula" in browser.opens("/town").main
    send(browser, content=picture())
    assert len(settings.changes()) == 1


def test_two_who_change_the_logo_see_each_other(app, cast, browser, now):
    page = browser.opens("/town/look/logo")
    with write():
        by = db.session.get_one(Person, cast.administrator.id)
        images.put("logo", images.read(picture()), by, now, seen=0)
    page = page.fills(image=("logo.png", picture(size=(50, 50)))).presses("Tallenna")
    assert page.status == 409
    assert stored()[1:] == (216, 72)
    page = page.fills(image=("logo.png", picture(size=(50, 50)))).presses("Tallenna")
    assert stored()[1:] == (50, 50)
    assert Stale.status == 409


def test_a_file_far_too_large_is_refused_before_it_is_read(app, browser):
    page = browser.opens("/town/look/logo")
    page = page.fills(image=("logo.png", b"x" * (9 * 1024 * 1024))).presses("Tallenna")
    assert page.status == 413
