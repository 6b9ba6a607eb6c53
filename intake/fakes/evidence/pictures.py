"""What a file that somebody handed in is, and pictures of it that are safe to look at.

The file is read by a child process (`decode_sandbox`), two at a time: whatever breaks there is a
sentence beside the field here. Who finds both at work is told so at once and does not wait.
"""

import importlib.util
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from threading import BoundedSemaphore
from typing import IO, Any

from flask_babel import lazy_gettext as _l
from PIL import features

from intake.data import file_store
from intake.fakes.evidence import decode_sandbox

WAIT = 20.0  # seconds until a child must have answered; of work it has fewer
PROGRAM = [sys.executable, "-I", decode_sandbox.__file__]

SENTENCES = {
    "empty": _l("%(name)s is empty. Choose another file."),
    "large": _l("%(name)s is over 10 MB. Make it smaller or send a part of it."),
    "pixels": _l("%(name)s has over 40 megapixels. Make it smaller first."),
    "heavy": _l("%(name)s unpacks to more than can be shown. Take a screenshot of it instead."),
    "pages": _l("%(name)s has over 100 pages. Send only those that matter."),
    "locked": _l("%(name)s is protected by a password. Save it without one and send that file."),
    "damaged": _l("%(name)s is damaged or incomplete. Save it again and send the new file."),
    "active": _l(
        "%(name)s is a web page or a drawing made of code, not a picture. Take a screenshot of it."
    ),
    "program": _l("%(name)s is a program, not a picture. Programs are not taken."),
    "packed": _l(
        "%(name)s is a packed file or an office document. Send the pictures one by one, or save "
        "the document as PDF."
    ),
    "heic": _l(
        "%(name)s is a HEIC picture, which cannot be opened here. Take a screenshot of it, or save "
        "it as JPEG: an iPhone does so when it is set to the most compatible format."
    ),
    "picture": _l(
        "%(name)s is a picture of a kind that cannot be opened here. Save it as JPEG or PNG, or "
        "take a screenshot of it."
    ),
    "film": _l(
        "%(name)s is a video or a recording. Stop it at what matters and take a screenshot."
    ),
    "unknown": _l(
        "%(name)s is no picture that can be opened. Take a screenshot of what it shows, or save "
        "it as JPEG, PNG or PDF."
    ),
    "busy": _l("Many files are being read just now, so %(name)s had no turn. Try again soon."),
}


def accepted() -> tuple[str, ...]:
    """The media types that can be opened here, for a file field: a telephone turns a HEIC picture
    into JPEG by itself where HEIC is not among them."""
    heic = importlib.util.find_spec("pillow_heif") is not None
    return (
        *("image/png", "image/jpeg", "image/webp", "image/gif"),
        *(("image/avif",) if features.check("avif") else ()),
        *(("image/heic",) if heic else ()),
        "application/pdf",
    )


class FileRefused(Exception):  # noqa: N818 -- a refusal is an answer, not a failure of the program
    """Why a file is not taken: a key of SENTENCES."""


@dataclass(frozen=True)
class Picture:
    """A picture to look at: nothing is in it but its pixels."""

    content: bytes
    media_type: str
    width: int
    height: int


@dataclass(frozen=True)
class Reading:
    """What a file is by its bytes, how many pages it has, and pictures of the first ones."""

    media_type: str
    pages: int
    pictures: list[Picture]


TURNS = 2  # of the server's threads may wait for a child
_turns = BoundedSemaphore(TURNS)


def read(content: bytes) -> Reading:
    """Read a file in a child process, within a turn(); raises FileRefused, or OSError where the
    disk has no room to."""
    with tempfile.TemporaryFile(dir=file_store.ready()) as answer:
        try:
            subprocess.run(  # noqa: S603 -- our own program, and nothing of the file in its words
                PROGRAM,
                input=content,
                stdout=answer,
                stderr=subprocess.DEVNULL,
                timeout=WAIT,
                env={},
                cwd="/",
                check=True,
            )
        except (subprocess.CalledProcessError, subprocess.TimeoutExpired):
            raise FileRefused("heavy") from None  # it had no more memory, time or room
        answer.seek(0)
        told = json.loads(answer.readline())
        if "refused" in told:
            raise FileRefused(told["refused"])
        return Reading(told["media_type"], told["pages"], list(_pictures(told, answer)))


@contextmanager
def turn() -> Iterator[None]:
    """A turn to read files; raises FileRefused where none is free at this moment."""
    if not _turns.acquire(blocking=False):
        raise FileRefused("busy")
    try:
        yield
    finally:
        _turns.release()


def _pictures(told: dict[str, Any], answer: IO[bytes]) -> Iterator[Picture]:
    for line in told["pictures"]:
        content = answer.read(line["size"])
        yield Picture(content, line["media_type"], line["width"], line["height"])
