import threading
from collections.abc import Iterator
from types import SimpleNamespace

import pytest
from flask import Flask, flash, render_template
from werkzeug.exceptions import HTTPException, TooManyRequests
from werkzeug.serving import make_server

from intake import create_app
from intake.data.base import db
from intake.engine.tracks import Tag
from intake.ops import migrate
from intake.refusals import AlreadyDone, NotAllowed, Refused, Stale, Unready, Unseen
from intake.web import access, forms
from intake.web.templating import Link
from tests.look.sheets import icon_names

STATES = {
    "done": Tag("Valmis", "ok", "check"),
    "half": Tag("Kesken", "wait", "half"),
    "dot": Tag("Ei vielä", "calm", "dot"),
    "late": Tag("Piti päättää pe 20.11.", "bad", "clock"),
}


NAVIGATION = [
    Link("#main", "Työpöytä", current=True, count=4),
    Link("#main", "Pyynnöt", current=False, count=0),
    Link("#main", "Profiilit", current=False, count=0),
    Link("#main", "Luettelo", current=False, count=0),
]


class Gallery(forms.BaseForm):
    name = forms.Line("Profiilin nimi", hint="Yksikön tai toiminnan nimi.")
    email = forms.Mail("Yhteinen sähköposti", width="22")
    purpose = forms.Lines("Tarkoitus", hint="Kerro, miten asukkaat voivat osallistua.", most=20)
    plan = forms.Lines("Suunnitelma", optional=True, most=2000)
    unit = forms.Choice("Yksikkö", choices=[("", "Valitse"), ("k", "Kirjasto")], width="22")
    kind = forms.Radio("Mitä profiili edustaa?", choices=[("s", "Palvelua"), ("y", "Yksikköä")])
    languages = forms.Ticks(
        "Kielet", hint="Voit valita useita.", choices=[("fi", "suomi"), ("sv", "ruotsi")]
    )
    agreed = forms.Tick("Olen lukenut ohjeet")
    hours = forms.Amount("Vuorovaikutus (h/vko)")
    count = forms.Whole("Montako")
    until = forms.Day("Päättyy", optional=True)
    picture = forms.File("Kuva", hint="PNG-kuva, enintään 1 Mt.", accept=(".png",))
    password = forms.Password("Salasana", width="22", autocomplete="current-password")


class Inner(forms.BaseForm):
    task = forms.Line("Profiilin osoite, käyttäjätunnus tai nimi")
    work = forms.Line("Työtehtävä")
    hours = forms.Amount("Päivittäminen (h/vko)")
    platform = forms.Choice("Palvelu", choices=[("", "Kaikki")], optional=True)
    unit = forms.Choice("Yksikkö", choices=[("", "Kaikki")], optional=True)

    class Meta:
        csrf = False


@access.public()
def gallery(kind: str, state: str) -> str:
    """Every component in every state: as first met, or refused."""
    form = Gallery(data={"purpose": "Kerromme nuorille kesätyöpaikoista."})
    inner = Inner(prefix="inner")
    if state == "refused":
        form.process(formdata=None, data={"purpose": "Kerromme nuorille kesätyöpaikoista."})
        form.validate()
        form.name.notes = ["Nimi on lähellä toista: Savonkosken vene."]
        flash("Tallennettu.")
    return render_template(
        "gallery.html",
        form=form,
        inner=inner,
        kind=kind,
        demo=state == "refused",
        person=SimpleNamespace(name="Kaisa Ruskotuulela"),
        navigation=lambda **_public: NAVIGATION,
        states=SimpleNamespace(**STATES),
        icons=sorted(icon_names() - {"mark"}),
    )


REFUSALS: dict[str, type[Refused]] = {
    "NotAllowed": NotAllowed,
    "Unseen": Unseen,
    "Stale": Stale,
}


@access.public()
def breaking(what: str) -> str:
    """A page that refuses or breaks as told."""
    if what.isdecimal():
        error = HTTPException()
        error.code = int(what)
        raise error
    if what == "busy":
        raise TooManyRequests(retry_after=30)
    if what == "Unready":
        raise Unready(["Toinen hallinnoija puuttuu."])
    if what == "AlreadyDone":
        raise AlreadyDone("/healthz")
    if what in REFUSALS:
        raise REFUSALS[what]
    raise ZeroDivisionError


@pytest.fixture(scope="session")
def hall(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """An application of its own that also has the gallery; the house never shows it."""
    hall = create_app({"ARGON2_COST": "test", "JOBS": "off"}, tmp_path_factory.mktemp("hall"))
    hall.add_url_rule("/break/<what>", "breaking", breaking)
    hall.add_url_rule("/gallery/<kind>/<state>", "gallery", gallery)
    with hall.app_context():
        migrate.run()
        db.session.remove()
    return hall


@pytest.fixture(scope="session")
def place(hall: Flask) -> Iterator[str]:
    """The address at which the hall is served."""
    server = make_server("127.0.0.1", 0, hall, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()
