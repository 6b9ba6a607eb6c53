"""The town's logo: taken apart and drawn anew, so that nothing of the file sent is ever served."""

import hashlib
import io
import warnings
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import request
from flask_babel import gettext as _
from PIL import Image, ImageOps, UnidentifiedImageError

from intake.data.base import db
from intake.people import settings
from intake.people.models import Person, TownImage
from intake.refusals import Unready
from intake.web.forms import Problem

KINDS = ("PNG", "JPEG", "WEBP")
PIXELS = 4_000_000
BOX = (576, 72)  # width and height at most: twice what is drawn, for fine screens

warnings.simplefilter("error", Image.DecompressionBombWarning)


@dataclass(frozen=True)
class Picture:
    """A picture as it is kept: PNG, and nothing in it but its pixels."""

    content: bytes
    width: int
    height: int

    @property
    def sha256(self) -> str:
        """The hash of the content."""
        return hashlib.sha256(self.content).hexdigest()


def read(content: bytes) -> Picture:
    """The picture of a file; Unready beside `image` where it cannot be taken. Its kind is told by
    its bytes, and its size by its header before anything is unpacked (A96, A97)."""
    try:
        with Image.open(io.BytesIO(content), formats=KINDS) as image:
            if image.width * image.height > PIXELS:
                raise _unready(_("The picture has over 4 megapixels. Make it smaller first."))
            return _drawn_anew(image)
    except (Image.DecompressionBombWarning, Image.DecompressionBombError):
        problem = _unready(_("The picture has over 4 megapixels. Make it smaller first."))
    except UnidentifiedImageError:
        problem = _unready(_("This is no PNG, JPEG or WebP picture."))
    except Unready:
        raise
    except Exception:  # what is broken on purpose breaks a decoder in more ways than it names
        problem = _unready(_("The picture is damaged. Save it again and send the new file."))
    raise problem


def _unready(sentence: str) -> Unready:
    return Unready([Problem(sentence, "image")])


def _drawn_anew(image: Image.Image) -> Picture:
    image.load()
    upright = ImageOps.exif_transpose(image)
    mode = "RGBA" if upright.has_transparency_data else "RGB"
    small = upright.convert(mode)
    small.thumbnail(BOX, Image.Resampling.LANCZOS)
    clean = Image.new(mode, small.size)  # a new one: no text, profile or place comes along
    clean.paste(small)
    out = io.BytesIO()
    clean.save(out, "PNG", optimize=True)
    return Picture(out.getvalue(), clean.width, clean.height)


def put(name: str, picture: Picture | None, by: Person, now: datetime, *, seen: int) -> bool:
    """Keep a picture under `logo` or `logo_dark`, or none; says whether that changed anything.
    Raises Stale where somebody else has changed it since `seen`."""
    told: tuple[Any, ...] = ()
    if picture is not None:
        told = (picture.sha256[:16], picture.width, picture.height)
    if not settings.change({name: told}, by, now, seen=seen):
        return False
    row = db.session.get(TownImage, name)
    if picture is None:
        if row is not None:
            db.session.delete(row)
        return True
    row = row or TownImage(name=name)
    row.sha256, row.media_type, row.content = picture.sha256, "image/png", picture.content
    row.width, row.height = picture.width, picture.height
    db.session.add(row)
    return True


def address(name: str, told: tuple[Any, ...]) -> str:
    """Where a picture is served, as the town's settings tell of it."""
    return f"{request.script_root}/town/{name}?v={told[0]}"


def find(name: str, version: str) -> TownImage | None:
    """The picture of a name in the asked version, which is the beginning of its hash."""
    row = db.session.get(TownImage, name)
    return row if row is not None and version and row.sha256[:16] == version else None
