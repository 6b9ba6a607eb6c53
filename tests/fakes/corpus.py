"""Hostile and harmless files, each made here of nothing."""

import io
import random
import struct
import zipfile
import zlib

import pillow_heif
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from intake.web.forms import Upload

MARKER = "MERKKI-7f3a"  # what must be found nowhere but in the original
GPS = {1: "N", 2: (62.0, 14.0, 33.0), 3: "E", 4: (25.0, 44.0, 12.0)}


def saved(image: Image.Image, kind: str, **options) -> bytes:
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def pixels(width: int = 60, height: int = 40, seed: int = 1) -> Image.Image:
    """A small picture that is like no other."""
    noise = random.Random(seed).randbytes(width * height * 3)  # noqa: S311 -- the same each time
    return Image.frombytes("RGB", (width, height), noise)


def png(seed: int = 1) -> bytes:
    return saved(pixels(seed=seed), "PNG", compress_level=1)  # drawn anew it is another file


def upload(name: str = "kuva.png", content: bytes | None = None) -> Upload:
    return Upload(name, png() if content is None else content)


def chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def with_chunk(made: bytes) -> bytes:
    """A PNG with a chunk behind its header, which is 33 bytes long."""
    return png()[:33] + made + png()[33:]


def revealing_jpeg() -> bytes:
    """A photograph held sideways, with a place, a name, a thumbnail and bytes after its end."""
    exif = Image.Exif()
    exif[0x0112] = 6  # to be turned to the right
    exif[0x013B] = MARKER
    exif.get_ifd(0x8825).update(GPS)
    xmp = f"<x:xmpmeta xmlns:x='adobe:ns:meta/'>{MARKER}</x:xmpmeta>".encode()
    content = saved(
        pixels(), "JPEG", exif=exif, xmp=xmp, comment=MARKER.encode(), icc_profile=b"x" * 200
    )
    iptc = b"Photoshop 3.0\x008BIM\x04\x04\x00\x00" + struct.pack(">I", 16) + b"\x1c\x02\x50"
    iptc += struct.pack(">H", len(MARKER)) + MARKER.encode()
    segment = b"\xff\xed" + struct.pack(">H", len(iptc) + 2) + iptc
    return content[:2] + segment + content[2:] + b"MZ" + MARKER.encode()


def revealing_heic() -> bytes:
    """A telephone's photograph, with a name and a place."""
    exif = Image.Exif()
    exif[0x013B] = MARKER
    exif.get_ifd(0x8825).update(GPS)
    out = io.BytesIO()
    pillow_heif.from_pillow(pixels()).save(out, exif=exif.tobytes())
    return out.getvalue()


def revealing_png() -> bytes:
    info = PngInfo()
    info.add_text("Author", MARKER)
    info.add_itxt("XML:com.adobe.xmp", MARKER)
    return saved(pixels(), "PNG", pnginfo=info) + MARKER.encode()


def pixel_bomb() -> bytes:
    """400 megapixels in a few hundred kilobytes."""
    side = 20_000
    lines = zlib.compress((b"\x00" + bytes(side // 8)) * side)
    header = struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", lines) + chunk(b"IEND", b"")
    )


def text_bomb() -> bytes:
    packed = zlib.compress(bytes(200 * 1024 * 1024), 9)
    return with_chunk(chunk(b"zTXt", b"Comment\x00\x00" + packed))


def profile_bomb() -> bytes:
    packed = zlib.compress(bytes(200 * 1024 * 1024), 9)
    return with_chunk(chunk(b"iCCP", b"icc\x00\x00" + packed))


def many_frames(kind: str = "WEBP", frames: int = 400) -> bytes:
    first, *rest = (pixels(16, 16, seed) for seed in range(frames))
    return saved(first, kind, save_all=True, append_images=rest, duration=10)


def gif_with_script() -> bytes:
    return b"GIF89a/*" + saved(pixels(), "GIF")[8:] + b"*/=1;alert(1)"


def zipped() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        file.writestr("index.html", "<script>alert(1)</script>")
    return out.getvalue()


def pdf(pages: int = 1, **told) -> bytes:
    first, *rest = (pixels(seed=seed) for seed in range(pages))
    return saved(first, "PDF", save_all=True, append_images=rest, **told)


def pdf_with_zip() -> bytes:
    return pdf() + zipped()


def locked_pdf() -> bytes:
    """Encrypted for a reader whose password nobody knows (the standard handler, 40 bits)."""
    content = pdf()
    key = b"/Encrypt << /Filter /Standard /V 1 /R 2 /P -44 /O <%s> /U <%s> >> /ID [<%s><%s>]" % (
        *(b"41" * 32,) * 2,
        *(b"42" * 16,) * 2,
    )
    at = content.rindex(b"trailer\n<<") + len(b"trailer\n<<")
    return content[:at] + b" " + key + content[at:]


def png_with_html() -> bytes:
    info = PngInfo()
    info.add_text("Comment", "<script>alert(1)</script>")
    return saved(pixels(), "PNG", pnginfo=info) + b"<html><script>alert(1)</script></html>"


SVG = b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'
HTML = b"\xef\xbb\xbf \n<!DOCTYPE html><script>alert(1)</script>"
PROGRAM = b"MZ\x90\x00" + bytes(200)

REFUSED = {
    "a pixel bomb": (pixel_bomb, "pixels"),
    "a text bomb": (text_bomb, "damaged"),
    "a GIF that is a script": (gif_with_script, "unknown"),
    "a packed file": (zipped, "packed"),
    "a drawing made of code": (lambda: SVG, "active"),
    "a web page": (lambda: HTML, "active"),
    "a program": (lambda: PROGRAM, "program"),
    "nothing": (lambda: b"", "empty"),
    "a PNG cut short": (lambda: png()[:-2000], "damaged"),
    "a JPEG cut short": (lambda: saved(pixels(), "JPEG")[:-400], "damaged"),
    "a locked document": (locked_pdf, "locked"),
    "a document cut short": (lambda: b"%PDF-1.7\n", "damaged"),
    "a document of 101 pages": (lambda: pdf(101), "pages"),
    "words": (b"Hei maailma".__bytes__, "unknown"),
}
WILD_NAMES = (
    *("../../etc/passwd", "C:\\Windows\\x.png", "CON.png", "a\r\nSet-Cookie: x=1.png", "ä" * 300),
    *("kuva\u202egnp.exe", '"; drop.png', "<img src=x>.png"),
)
