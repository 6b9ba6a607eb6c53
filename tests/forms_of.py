"""Forms as a program sends them: what a page holds, and tokens made otherwise."""

from datetime import timedelta

import html5lib
from flask.testing import FlaskClient
from werkzeug.datastructures import MultiDict

from intake import clock
from tests.factories import PASSWORD
from tests.form_tokens import token_of
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
        if not control.get("name"):
            continue  # it sends nothing
        if control.tag == "textarea" or control.get("type") in ("text", "email"):
            free.add(control.get("name"))
            values[control.get("name")] = WORDS
        elif control.get("type") == "hidden":
            values[control.get("name")] = control.get("value") or ""
    return values, free


def token(scene: Scene, sender: str, endpoint: str, path: str, **other) -> str:
    """A token as a form of somebody in the scene would carry it, but for what is named."""
    return token_of(scene.app, scene.people.get(sender, ""), endpoint, path, **other)


def _form(client: FlaskClient, path: str):
    """The form on a page that is posted to the page's own address."""
    html = client.get(path).get_data(as_text=True)
    tree = html5lib.parse(html, namespaceHTMLElements=False)
    address = path.split("?")[0]
    return next(
        one
        for one in tree.iter("form")
        if (one.get("action") or "").split("?")[0] == address and one.get("method") == "post"
    )


def free_fields(client: FlaskClient, path: str) -> set[str]:
    """The fields of a form that hold what a person writes."""
    return {
        control.get("name")
        for control in _form(client, path).iter()
        if control.get("name") and (control.tag == "textarea" or control.get("type", "") == "text")
    }


def whole_form(client: FlaskClient, path: str, **values: str) -> MultiDict:
    """Everything the form on a page would send, with something that fits in every control, or
    what is given."""
    form = _form(client, path)
    data: MultiDict = MultiDict()
    for control in form.iter():
        name = control.get("name")
        if not name or control.tag not in ("input", "select", "textarea", "button"):
            continue
        given = None if name in data else values.get(name) or _fitting(control, name, data)
        if given is not None:
            data.add(name, given)
    data.update({name: given for name, given in values.items() if name not in data})
    return data


def _fitting(control, name: str, data: MultiDict) -> str | None:
    """What somebody might give here; None for a button or what is given already."""
    kind = control.get("type")
    if control.tag == "button":
        return None if name == "preview" or {"go", "later"} & set(data) else control.get("value")
    if control.tag == "select":
        options = [one.get("value") for one in control.iter("option") if one.get("value")]
        chosen = [one.get("value") for one in control.iter("option") if "selected" in one.attrib]
        return next((one for one in chosen if one), None) or options[-1]
    if control.tag == "textarea":
        return WORDS
    if kind == "radio":
        return control.get("value")
    plain = {
        "checkbox": control.get("value") or "y",
        "password": PASSWORD,
        "file": None,
    }
    if kind == "hidden" or (control.get("value") and kind not in plain):
        return control.get("value") or ""
    if kind in plain:
        return plain[kind]
    return _typed(control, name)


def _typed(control, name: str) -> str:
    if name == "email":
        return "joku.muu@savonkoski.example"
    if control.get("type") == "date" or "date" in name or name.endswith("_on"):
        return str(clock.today() + timedelta(days=20))
    if control.get("inputmode") in ("numeric", "decimal"):
        return "1"
    return WORDS
