"""Signs that turn the text after them, or that nobody sees, are shown as what they are (A101).

They are kept as they were typed and stay so in the controls of forms; in all other text of a page
or letter each is written out, so that nothing typed can reorder or hide what stands around it.
"""

import re

from flask import Flask, Response, g, request

from intake.web import access

TURNING = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
UNSEEN = "\u200b\u2060\u2061\u2062\u2063\u2064\ufeff"  # joiners of emoji and scripts are not
TAGS = "\U000e0001-\U000e007f"
FOR_ALL, FOR_STAFF = (re.compile(f"[{signs}]") for signs in (TURNING, TURNING + UNSEEN + TAGS))
FIRST_BYTES = tuple(
    {sign.encode() for sign in TURNING + UNSEEN} | {b"\xf3\xa0\x80", b"\xf3\xa0\x81"}
)
MARKUP = re.compile(r"(<textarea\b.*?</textarea>|<[^>]*>)", re.S)


def init_app(app: Flask) -> None:
    """Look at every page before it gets its ETag."""
    app.after_request(_show)


def shown(text: str, signs: re.Pattern[str] = FOR_STAFF) -> str:
    """A text with its turning and unseen signs written out, such as \u27e8U+202E\u27e9."""
    return signs.sub(lambda found: f"\u27e8U+{ord(found[0]):04X}\u27e9", text)


def shown_in_html(html: str, signs: re.Pattern[str] = FOR_STAFF) -> str:
    """The same between the tags of a page; what a control holds stays as it is."""
    parts = MARKUP.split(html)
    parts[::2] = [shown(part, signs) for part in parts[::2]]
    return "".join(parts)


def _show(response: Response) -> Response:
    if response.mimetype != "text/html" or response.direct_passthrough or "recalled" in g:
        return response  # what was kept was looked at then
    body = response.get_data()
    if any(sign in body for sign in FIRST_BYTES):
        view = access.of(request.endpoint)
        signs = FOR_ALL if view is None or view.public else FOR_STAFF
        response.set_data(shown_in_html(body.decode(), signs))
    return response
