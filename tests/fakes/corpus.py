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

MARKER = "MERKKI-7f3a91c04b"  # what must be found nowhere but in the original
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


def written_pdf(*objects: bytes) -> bytes:
    """A document of one page that is made of these objects, the first of them its catalogue."""
    out, places = b"%PDF-1.7\n", []
    for number, made in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, made)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    end = b"trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (size, len(out))
    return out + b"xref\n0 %d\n0000000000 65535 f \n" % size + table + end


PAGES = b"<</Type/Pages/Kids[3 0 R]/Count 1>>"
LETTERS = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"


def filled_form(written: str, *, drawn: bool) -> bytes:
    """A form with one field; its writer drew what was typed, or left that to whoever opens it."""
    text = written.encode()
    look = b"/Tx BMC BT /F1 18 Tf 2 10 Td (%s) Tj ET EMC" % text
    return written_pdf(
        b"<</Type/Catalog/Pages 2 0 R/AcroForm<</Fields[5 0 R]/NeedAppearances true"
        b"/DR<</Font<</F1 4 0 R>>>>/DA(/F1 18 Tf 0 g)>>>>",
        PAGES,
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 200]/Annots[5 0 R]>>",
        LETTERS,
        b"<</Type/Annot/Subtype/Widget/FT/Tx/T(name)/V(%s)/Rect[20 100 280 140]/P 3 0 R/F 4"
        b"/DA(/F1 18 Tf 0 g)%s>>" % (text, b"/AP<</N 6 0 R>>" if drawn else b""),
        b"<</Type/XObject/Subtype/Form/BBox[0 0 260 40]/Resources<</Font<</F1 4 0 R>>>>"
        b"/Length %d>>stream\n%s\nendstream" % (len(look), look),
    )


def acting_pdf() -> bytes:
    """A document that would write over what its field shows, if scripts were run."""
    script = b"<</S/JavaScript/JS(this.getField\\('name'\\).value = '';)>>"
    return filled_form(MARKER, drawn=True).replace(
        b"<</Type/Catalog", b"<</OpenAction %s/Type/Catalog" % script
    )


def heavy_pdf(times: int = 20_000, seed: int = 0) -> bytes:
    """Five kilobytes that take half a minute of a core to draw."""
    shape = b"0 %d m 595 842 100 700 0 842 c 300 0 500 10 0 0 c f*\n" % seed
    drawn = zlib.compress(shape * times, 9)
    return written_pdf(
        b"<</Type/Catalog/Pages 2 0 R>>",
        PAGES,
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R>>",
        b"<</Length %d/Filter/FlateDecode>>stream\n%s\nendstream" % (len(drawn), drawn),
    )


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
    "a BMP": (lambda: saved(pixels(), "BMP"), "picture"),
    "a scanner's TIFF": (lambda: saved(pixels(), "TIFF"), "picture"),
    "an icon": (lambda: saved(pixels(), "ICO"), "picture"),
    "a JPEG 2000": (lambda: saved(pixels(), "JPEG2000"), "picture"),
    "a film of a telephone": (lambda: b"\0\0\0\x18ftypmp42\0\0\0\0isommp42", "film"),
    "a film of an iPhone": (lambda: b"\0\0\0\x14ftypqt  \0\0\0\0qt  ", "film"),
    "a film of the web": (lambda: b"\x1aE\xdf\xa3" + bytes(80), "film"),
    "a spoken message": (lambda: b"RIFF\x24\0\0\0WAVEfmt ", "film"),
    "a web page with a document in it": (lambda: HTML + pdf(), "active"),
    "a packed file with a document in it": (lambda: zipped()[:200] + pdf(), "packed"),
    "a document behind too much": (lambda: b"x" * 1025 + pdf(), "unknown"),
    "a GIF cut short": (lambda: saved(pixels(), "GIF")[:-400], "damaged"),
    "an AVIF cut short": (lambda: saved(pixels(), "AVIF")[:-400], "damaged"),
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
