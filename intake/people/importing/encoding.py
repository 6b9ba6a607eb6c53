"""In which encoding a file of names was saved, told from its letters.

UTF-8 and UTF-16 show themselves. The bytes of Windows-1252 (Windows), Mac Roman (a Mac) and code
page 850 (DOS tools) all make letters of one another: the one that makes Finnish words is it.
"""

import re

WIDE = (b"\xff\xfe", b"\xfe\xff")
OLD = ("cp1252", "mac-roman", "cp850")
LOOKED_AT = 200_000  # characters of words with letters beyond ASCII
CLEAR = 2  # by how much another encoding must be likelier than Windows-1252
LOWER = "a-zéåüäšöžæøáíóúèêëçñß"
WORTH = (  # what is found in the words: (pattern, points for each)
    (re.compile(r"[åäöÅÄÖ](?=[A-Za-zÅåÄäÖö])|(?<=[A-Za-zÅåÄäÖö])[åäöÅÄÖ]"), 3),
    (re.compile(r"[éüÉÜ\u2019\u2013\u2026]"), 1),
    (re.compile(r"\b[ŠŽ](?=[a-z])"), 2),
    (re.compile(r"[aouAOU][äöÄÖ]|[äöÄÖ][aouAOU]"), -2),  # together only in compound words
    (re.compile(rf"[{LOWER}][^\W\d_{LOWER}]|[^\W\d_][^\W\d_{LOWER}](?=[a-z])"), -1),
    (re.compile(r"[^\w\s\x00-\x7f\u2019\u2013\u2026€§\u201d]"), -1),
    (re.compile(r"[^\W\d_][€\u201d\u2026]|[€\u201d\u2026][^\W\d_]"), -2),  # no part of a word
)
WORDS = re.compile(r"[^\s;,\t\"]*[^\x00-\x7f][^\s;,\t\"]*")


def decoded(content: bytes) -> tuple[str, str]:
    """The text of the bytes and nothing, or nothing and the code of what is wrong: `no_text`, or
    `letters` where it cannot be told which letters are meant."""
    for encoding in ("utf-16",) if content.startswith(WIDE) else ("utf-8-sig",):
        try:
            return content.decode(encoding), ""
        except UnicodeDecodeError:
            continue
    if content.startswith(WIDE) or b"\x00" in content:
        return "", "no_text"
    return _of_old(content)


def _of_old(content: bytes) -> tuple[str, str]:
    texts = {encoding: text for encoding in OLD if (text := _in(content, encoding)) is not None}
    marks = {encoding: _mark(text) for encoding, text in texts.items()}
    usual = marks.pop("cp1252", None)
    other = max(marks, key=lambda encoding: marks[encoding])
    if usual is None:
        return (texts[other], "") if marks[other] > 0 else ("", "no_text")
    if usual >= max(marks[other], 0):
        return texts["cp1252"], ""
    if marks[other] - usual >= CLEAR and marks[other] > 0:
        return texts[other], ""
    return "", "letters"


def _in(content: bytes, encoding: str) -> str | None:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError:
        return None


def _mark(text: str) -> int:
    """How much the words of a text look like words in Finnish or Swedish."""
    words = " ".join(WORDS.findall(text))[:LOOKED_AT]
    return sum(points * len(pattern.findall(words)) for pattern, points in WORTH)
