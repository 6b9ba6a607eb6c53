"""Every form of the program, filled as somebody might: found, not listed, so that a new form is in
the sweeps by itself. What fits none by its looks is written in `GIVEN`."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from io import BytesIO
from typing import Any

import html5lib
import pytest
from PIL import Image
from werkzeug.datastructures import MultiDict

from intake import clock
from intake.data.base import db
from tests.access_table import POSTS, WHO, rows
from tests.browser import PASSWORD
from tests.dump import rows_of
from tests.forms_of import whole_form
from tests.scene import Scene

SECRET = "kaneli-tuuli-49-helmi"
# what a form takes that nothing on its page tells; a file is (name, content)
GIVEN: dict[str, Callable[[Scene], dict[str, Any]]] = {
    "/sign-in": lambda scene: {"email": scene.cast.handler.email},
    "/me/password": lambda _: {"current_password": PASSWORD, "password": SECRET},
    "/me/sessions": lambda _: {"which": "others"},
    "/reset/{reset}": lambda _: {"password": SECRET},
    "/invitation/{invitation}": lambda _: {"password": SECRET},
    "/establishment/{draft}/form/type": lambda _: {"profile_type": "expert", "sure": "y"},
    "/profiles/{setup}/address/type": lambda _: {"address": "https://www.instagram.com/kolmas/"},
    "/profiles/{active}/change_part": lambda _: {"hours_update": "1"},
    "/profiles/{active}/review": lambda _: {"last_post_on": _day(-3)},
    "/profiles/{active}/announce_absence": lambda _: {
        "away_from": _day(1),
        "away_until": _day(9),
    },
    "/profiles/{changed}/change_absence": lambda _: {
        "away_from": _day(0),
        "away_until": _day(5),
    },
    "/profiles/{closing_announced}/note_posted": lambda _: {"posted_on": _day(0)},
    "/profiles/{active}/change/admin": lambda scene: {
        "person": scene.cast.colleague.email,
        "hours_update": "1",
    },
    "/profiles/{setup}/change/admin": lambda scene: {
        "person": scene.cast.colleague.email,
        "hours_update": "1",
    },
    "/profiles/{setup}/extend_setup": lambda _: {"until": _day(90)},
    "/people/units/new": lambda _: {"code": "uusi"},
    "/people/units/{youth}/change": lambda _: {"code": "nuoret"},
    "/people/units/{youth}/head": lambda scene: {
        "head": scene.cast.colleague.email,
        "deputy": scene.cast.admin.email,
    },
    "/people/absences/new": lambda scene: {"deputy": scene.cast.colleague.email},
    "/people/import": lambda _: {"units": ("yksikot.csv", b"code;parent;level;name_fi\n")},
    "/town/contacts": lambda _: {
        "dpo_contact": "tietosuoja@savonkoski.example",
        "it_contact": "it@savonkoski.example",
        "phone": "015 788 411",
    },
    "/town/look": lambda _: {"colour": "#0e4a68"},
    "/town/look/logo": lambda _: {"image": ("vaakuna.png", _picture())},
    "/handbook/trainings/record?people={requester}": lambda _: {
        "held_on": _day(-3),
        "until": _day(300),
    },
    "/handbook/versions/new": lambda _: {"agreed": "y"},
    "/handbook/platforms/new": lambda _: {
        "code": "uusipalvelu",
        "terms_url": "https://uusi.example/ehdot",
    },
    "/handbook/platforms/paikka/rule": lambda _: {
        "hosts": "paikka.example",
        "where": "segment",
        "fold": "yes",
        "letters": "no",
        "at": "@",
        "parameter": "nimi",
        "before": "kayttajat",
        "marks": "_.-",
        "least": "3",
        "most": "30",
        "reserved": "ohje",
        "below": "kuvat",
        "examples": "https://paikka.example/kayttajat/@Savonkoski",
    },
    "/handbook/hosts": lambda _: {"host": "lyhyt.example"},
    "/handbook/platforms/youtube/hosts": lambda _: {"host": "video.uusi.example"},
    "/report": lambda _: {
        "urls": "https://www.instagram.com/savonkosken.valeuutiset/",
        "website": "",  # the trap: nobody sees it
        "seen_at_time": "14.30",
        "reporter_email": "ilmoittaja@posti.example",
        "reporter_phone": "040 123 4567",
    },
    "/follow": lambda scene: {"code": scene["code"]},
    "/follow/contact": lambda _: {
        "reporter_email": "ilmoittaja@posti.example",
        "reporter_phone": "040 123 4567",
    },
    "/cases/sort": lambda _: {"step": "take"},
    "/retention/case": lambda _: {"length": "48"},
    "/cases/{fake}/notify": lambda scene: _drafted(scene, "/cases/{fake}/notify"),
    "/cases/{fake}/warn_public": lambda scene: _drafted(scene, "/cases/{fake}/warn_public"),
}


# forms whose page is read by others, too, who may not send it
READ_TOO = {"profiles.note_looks"}


def _day(days: int) -> str:
    return str(clock.today() + timedelta(days=days))


def _drafted(scene: Scene, path: str) -> dict[str, str]:
    """What a page has written already for the handler to read and mend."""
    html = scene.window("handler").get(path.format_map(scene.ids)).text
    tree = html5lib.parse(html, namespaceHTMLElements=False)
    return {one.get("name"): one.text.strip() for one in tree.iter("textarea") if one.text}


def _picture() -> bytes:
    drawn = BytesIO()
    Image.new("RGB", (40, 40), "#0e4a68").save(drawn, "PNG")
    return drawn.getvalue()


@contextmanager
def taken_back() -> Iterator[list[dict[str, list[tuple]]]]:
    """Every write is taken back instead of committed; what it would have left, table by table."""
    left: list[dict[str, list[tuple]]] = []

    def take_back() -> None:
        db.session.flush()
        left.append(rows_of(db.session))
        db.session.rollback()

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(db.session, "commit", take_back)
        yield left


def forms() -> list[tuple[str, str]]:
    """(who, path with {names}) of every form: each POST's sample, and each step of the table."""
    postable = set(POSTS)
    found = [POSTS[endpoint] for endpoint in POSTS]
    found += [
        (WHO[signs.index(".")], path)
        for endpoint, path, signs in rows()
        if endpoint in postable - READ_TOO and "." in signs
    ]
    return list(dict.fromkeys(found))


def filled(scene: Scene, who: str, path: str) -> tuple[str, MultiDict]:
    """The address of a form, and what somebody would send with it."""
    address = path.format_map(scene.ids)
    given = GIVEN.get(path, lambda _: {})(scene)
    data = whole_form(scene.window(who), address, **given)
    data.poplist("try")  # the button that saves is pressed, not the one that tries
    return address, data


def sendable(data: MultiDict) -> MultiDict:
    """The same with each file as a stream of its own, for one post."""
    return MultiDict(
        (name, (BytesIO(value[1]), value[0]) if isinstance(value, tuple) else value)
        for name, value in data.items(multi=True)
    )
