"""A child process that reads one file which nobody trusts, and draws anew what it shows (A96).

Run as a program of its own, `python -I decode_sandbox.py`, so that what breaks a decoder breaks
nothing else: it knows no database, no key and no network address, may use 512 MB and ten seconds
of work, gives way to those who wait for pages, and ends after one file. The file comes on standard
input; on standard output goes a line of JSON and then the pictures, one behind the other: pixels
alone, nothing else of the file (A64).
"""

import io
import json
import os
import re
import resource
import sys
import time
import warnings
from typing import Any

MEMORY = 512 * 1024 * 1024
SECONDS = 10
GIVES_WAY = 10  # steps of niceness behind the server
ANSWER = 64 * 1024 * 1024  # bytes of all pictures
PIXELS = 40_000_000
SHOWN = 12_000_000  # pixels of a picture to look at: a long screenshot stays readable
HEAVY = 4 * 1024 * 1024  # bytes from which a PNG is written as JPEG
PAGES, DRAWN = 100, 20  # pages of a document, and how many of them are drawn
ENOUGH, ROOM = 5.0, 40 * 1024 * 1024  # seconds and bytes after which no page is begun
SIDE, SCALE = 2000, 2.0  # a page's longer side in pixels, and how much larger than printed

ACTIVE = re.compile(rb"\s*(<\?xml|<!doctype|<!--|<html|<svg|<head|<body|<script)", re.IGNORECASE)
PROGRAMS = (b"MZ", b"\x7fELF", b"#!", b"\xca\xfe\xba\xbe", b"\xcf\xfa\xed\xfe", b"\xce\xfa\xed\xfe")
PACKED = (b"PK\x03\x04", b"PK\x05\x06", b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b", b"\xd0\xcf\x11\xe0")
HEIC = (b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1")
AVIF = (b"avif", b"avis")
LEAD = 1024  # bytes that readers of PDF pass over before its header
OTHER_PICTURES = (
    *(b"BM", b"II*\x00", b"MM\x00*", b"II+\x00", b"8BPS", b"\x00\x00\x01\x00", b"\xff\x0a"),
    *(b"\x00\x00\x00\x0cJXL ", b"\x00\x00\x00\x0cjP  ", b"\xff\x4f\xff\x51", b"qoif", b"icns"),
)
FILMS = (b"\x1aE\xdf\xa3", b"OggS", b"\x00\x00\x01\xba", b"\x00\x00\x01\xb3", b"FLV", b"ID3")


class Undecodable(Exception):  # noqa: N818 -- a refusal is an answer, not a failure of the program
    """Why a file is not taken: a code that the other side has a sentence for."""


def main() -> None:
    """Read the file, answer, end."""
    for what, most in (
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_CPU, SECONDS),
        (resource.RLIMIT_FSIZE, ANSWER),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NOFILE, 64),
    ):
        resource.setrlimit(what, (most, most))
    os.nice(GIVES_WAY)
    try:
        told, pictures = read(sys.stdin.buffer.read())
    except Undecodable as refusal:
        told, pictures = {"refused": str(refusal)}, []
    except MemoryError:
        told, pictures = {"refused": "heavy"}, []
    except Exception:  # what is broken on purpose breaks a decoder in more ways than it names
        told, pictures = {"refused": "damaged"}, []
    sys.stdout.buffer.write(json.dumps(told).encode() + b"\n" + b"".join(pictures))


def read(content: bytes) -> tuple[dict[str, Any], list[bytes]]:
    """Kind, pages and pictures of a file; its kind is told by its bytes alone (A97)."""
    kind = kind_of(content)
    if kind == "application/pdf":
        pages, drawn = _draw(content)
    else:
        pages, drawn = 1, [_picture(content, kind)]
    pictures = [
        {"media_type": media_type, "size": len(data), "width": width, "height": height}
        for data, media_type, (width, height) in drawn
    ]
    told = {"media_type": kind, "pages": pages, "pictures": pictures}
    return told, [data for data, _type, _size in drawn]


def kind_of(content: bytes) -> str:
    """The media type of what may be taken; Undecodable for all else."""
    if content.startswith(b"\xff\xd8\xff"):
        return "image/jpeg"
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return "image/png"
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return "image/webp"
    if content.startswith((b"GIF87a", b"GIF89a")):
        return "image/gif"
    if content[4:8] == b"ftyp":
        return _boxed(content)
    if code := _other(content):
        raise Undecodable(code)
    if b"%PDF-" in content[: LEAD + 5]:
        return "application/pdf"
    raise Undecodable("unknown")


def _boxed(content: bytes) -> str:
    """The kind of a file made of boxes: its first one names all the kinds that it is."""
    size = min(int.from_bytes(content[:4], "big"), 512)
    brands = [content[8:12], *(content[at : at + 4] for at in range(16, size, 4))]
    if any(brand in AVIF for brand in brands):
        return "image/avif"
    if brands[0] in HEIC:
        return "image/heic"
    raise Undecodable("picture" if brands[0] in (b"crx ", b"jp2 ") else "film")


def _other(content: bytes) -> str:
    """What is known and not taken, whatever stands behind its beginning."""
    if not content:
        return "empty"
    if ACTIVE.match(content.removeprefix(b"\xef\xbb\xbf")):
        return "active"
    for begins, code in (
        (PROGRAMS, "program"),
        (PACKED, "packed"),
        (OTHER_PICTURES, "picture"),
        (FILMS, "film"),
    ):
        if content.startswith(begins):
            return code
    return "film" if content[:4] == b"RIFF" else ""


LOSSLESS = ("image/png", "image/webp", "image/gif")
Drawn = tuple[bytes, str, tuple[int, int]]


def _picture(content: bytes, kind: str) -> Drawn:
    from PIL import Image, ImageOps, features

    warnings.simplefilter("error", Image.DecompressionBombWarning)
    Image.MAX_IMAGE_PIXELS = PIXELS
    if kind == "image/heic":
        _learn_heic()
    if kind == "image/avif" and not features.check("avif"):
        raise Undecodable("picture")
    try:
        formats = [kind.removeprefix("image/").replace("heic", "heif").upper()]
        image: Any = Image.open(io.BytesIO(content), formats=formats)
    except (Image.DecompressionBombWarning, Image.DecompressionBombError):
        raise Undecodable("pixels") from None
    if image.width * image.height > PIXELS:
        raise Undecodable("pixels")
    image.load()  # the whole of it: what was cut short is found here; of many frames the first
    if image.mode == "I;16":
        image = image.convert("I").point(lambda grey: grey / 256).convert("L")
    image = _within(image)
    ImageOps.exif_transpose(image, in_place=True)
    mode = "RGBA" if image.has_transparency_data else "RGB"
    return _encoded(image.convert(mode), lossy=kind not in LOSSLESS)


def _learn_heic() -> None:
    try:
        from pillow_heif import register_heif_opener
    except ImportError:
        raise Undecodable("heic") from None
    register_heif_opener(thumbnails=False)


def _within(image: Any) -> Any:
    """The picture with at most as many pixels as are shown."""
    share = (SHOWN / (image.width * image.height)) ** 0.5
    if share >= 1:
        return image
    if image.mode not in ("L", "RGB", "RGBA"):
        image = image.convert("RGBA" if image.has_transparency_data else "RGB")
    exif = image.getexif()
    smaller = image.resize((max(1, int(image.width * share)), max(1, int(image.height * share))))
    smaller.getexif()[0x0112] = exif.get(0x0112, 1)  # how it was held
    return smaller


def _encoded(image: Any, *, lossy: bool) -> Drawn:
    from PIL import Image

    clean = Image.new(image.mode, image.size)  # a new one: no text, profile or place comes along
    clean.paste(image)
    out = io.BytesIO()
    if not lossy:
        clean.save(out, "PNG")
        if out.tell() <= HEAVY or clean.mode == "RGBA":
            return out.getvalue(), "image/png", clean.size
        out = io.BytesIO()
    clean.convert("RGB").save(out, "JPEG", quality=88)
    return out.getvalue(), "image/jpeg", clean.size


def _draw(content: bytes) -> tuple[int, list[Drawn]]:
    """The pages of a document as pictures, with what was written in its form: nothing of it acts,
    for the library that draws it knows no script."""
    import pypdfium2
    from pypdfium2 import raw

    try:
        document = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        locked = getattr(error, "err_code", None) == raw.FPDF_ERR_PASSWORD
        raise Undecodable("locked" if locked else "damaged") from None
    document.init_forms()
    count = len(document)
    if not 0 < count <= PAGES:
        raise Undecodable("pages" if count else "damaged")
    drawn: list[Drawn] = []
    for number in range(min(count, DRAWN)):
        page = document[number]
        scale = min(SCALE, SIDE / max(*page.get_size(), 1))
        picture = page.render(scale=scale, may_draw_forms=True).to_pil().convert("RGB")
        drawn.append(_encoded(picture, lossy=False))
        page.close()
        if time.process_time() > ENOUGH or sum(len(data) for data, *_ in drawn) > ROOM:
            break
    return count, drawn


if __name__ == "__main__":
    main()
