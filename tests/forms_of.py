"""Forms as a program sends them: what a page holds, and tokens made otherwise."""

import html5lib

from intake import clock, keys
from tests.scene import Scene

WORDS = "Tämä teksti ei saa kadota."


def form_of(scene: Scene, who: str, path: str) -> tuple[dict[str, str], set[str]]:
    """What the form on a page holds, with a text in every free field; and those fields."""
    html = scene.clients[who].get(path).get_data(as_text=True)
    tree = html5lib.parse(html, namespaceHTMLElements=False)
    address = path.split("?")[0]
    forms = [
        one
        for one in tree.iter("form")
        if (one.get("action") or "").split("?")[0] == address and one.get("method") == "post"
    ]
    values, free = {}, set()
    for control in forms[0].iter():
        if control.tag == "textarea" or control.get("type") in ("text", "email"):
            free.add(control.get("name"))
            values[control.get("name")] = WORDS
        elif control.get("type") == "hidden":
            values[control.get("name")] = control.get("value") or ""
    return values, free


def token(scene: Scene, sender: str, endpoint: str, path: str, **other) -> str:
    """A token as a form would carry it, but for what is named."""
    values = scene.app.url_map.bind("").match(path.split("?")[0], method="POST")[1]
    purpose = ":".join([endpoint, *(f"{key}={values[key]}" for key in sorted(values))])
    content = {
        "for": purpose,
        "who": scene.people.get(sender, ""),
        "nonce": "0" * 32,
        "at": int(clock.now().timestamp()),
    }
    return keys.seal("form", {**content, **other})
