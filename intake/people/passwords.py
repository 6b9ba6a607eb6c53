"""Passwords: argon2 hashes, what makes one too weak, and equal work whether or not there is an
account."""

import re
import threading
import unicodedata
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from argon2 import PasswordHasher, Type
from argon2.exceptions import InvalidHashError, VerificationError
from flask import current_app
from flask_babel import gettext as _
from werkzeug.exceptions import ServiceUnavailable
from zxcvbn import matching, zxcvbn

from intake import text
from intake.people import town

LEAST = 12  # characters
MOST = 256  # characters; longer is refused before hashing
JUDGED = 72  # characters: what the judge of weak passwords reads
STRONG = 3  # its mark of 0 to 4 that is enough: beyond 10^8 guesses
AT_ONCE = 2  # hashes: each takes 64 MiB and four threads for a tenth of a second
PATIENCE = 3.0  # seconds to wait for one's turn
RETRY = 5  # seconds after which to try again
DEMO = "demo-Savonkoski-2026"
LETTERS = re.compile(r"[^\W\d_]+")
PLAIN = {"town", "city", "stad"}  # in many a town's name, and in many a good password

_turns = threading.BoundedSemaphore(AT_ONCE)
_judging = threading.Lock()  # zxcvbn keeps the names it is given in a table of its module


def folded(words: str) -> str:
    """The words in small letters, without the dots and rings above them."""
    apart = unicodedata.normalize("NFKD", words.casefold())
    return "".join(sign for sign in apart if not unicodedata.combining(sign))


def _learn() -> None:
    """Teach the judge, whose lists are English, what is common in Finland."""
    words = (Path(__file__).parent / "common_passwords.txt").read_text(encoding="utf-8").split("\n")
    both = dict.fromkeys(form for word in words if word for form in (word, folded(word)))
    matching.add_frequency_lists({"finland": list(both)})


_learn()


def problems(password: str, names: Iterable[str]) -> list[str]:
    """What is wrong with a new password, in the reader's language; nothing where it is good.

    `names` are those of the town and of the person, and the parts of their address.
    """
    password = text.password(password)
    if len(password) < LEAST:
        return [_("A password has at least %(least)d characters.", least=LEAST)]
    if len(password) > MOST:
        return [_("A password has at most %(most)d characters.", most=MOST)]
    words = _words(names)
    if any(_stem(word) in folded(password) for word in words):
        return [
            _("Leave out your own name, your address and the town's name: all are tried first.")
        ]
    if _is_common(password) or _mark(password, words) < STRONG:
        return [
            _("This password is easy to guess. Take several words that do not belong together.")
        ]
    return []


def _is_common(password: str) -> bool:
    """One or two words that everybody takes, however many figures and signs are around them."""
    words = LETTERS.findall(folded(password))
    lists = [matching.RANKED_DICTIONARIES[name] for name in ("finland", "passwords")]
    return 0 < len(words) <= 2 and all(any(word in known for known in lists) for word in words)


def _words(names: Iterable[str]) -> list[str]:
    """The words of names that are long enough to be told from chance."""
    found = {word for name in names for word in LETTERS.findall(folded(name)) if len(word) >= 4}
    return sorted(found - PLAIN)


def _stem(word: str) -> str:
    """What stays of a longer name in every case: savonkos|ki, savonkos|kella."""
    return word if len(word) < 7 else word[:-2]


def _mark(password: str, words: list[str]) -> int:
    with _judging:
        return int(zxcvbn(password[:JUDGED], user_inputs=words)["score"])


@contextmanager
def _turn() -> Iterator[None]:
    """One of the few hashes at once; whoever would wait too long is asked to come again."""
    if not _turns.acquire(timeout=PATIENCE):
        raise ServiceUnavailable(retry_after=RETRY)
    try:
        yield
    finally:
        _turns.release()


def _hasher() -> PasswordHasher:
    if current_app.config["ARGON2_COST"] == "test":
        return PasswordHasher(time_cost=1, memory_cost=8, parallelism=1, type=Type.ID)
    return PasswordHasher(type=Type.ID)


def hashed(password: str) -> str:
    """The hash to store. Slow: never inside write()."""
    with _turn():
        return _hasher().hash(text.password(password))


def matches(stored: str | None, password: str) -> bool:
    """Does the password fit? The same work is done where nothing is stored; the demo's, which
    everybody knows, fits nowhere but in the demo (A48). A hash of the time before passwords had
    one normal form opens as it was typed then."""
    if len(text.password(password)) > MOST:
        return False
    if text.password(password) == DEMO and not town.current().is_demo:
        stored = None
    hasher = _hasher()
    with _turn():
        held = stored or _nobody(hasher)
        fits = any(_verified(hasher, held, form) for form in text.password_forms(password))
    return fits and stored is not None


def _verified(hasher: PasswordHasher, stored: str, password: str) -> bool:
    try:
        return hasher.verify(stored, password)
    except (VerificationError, InvalidHashError):
        return False


def _nobody(hasher: PasswordHasher) -> str:
    """A hash that costs what others cost and that no password has."""
    cost = f"m={hasher.memory_cost},t={hasher.time_cost},p={hasher.parallelism}"
    return f"$argon2id$v=19${cost}${'A' * 22}${'A' * 43}"
