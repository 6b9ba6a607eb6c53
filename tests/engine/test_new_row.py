"""A row of a table is the whole step: one made up here has a page, a form, a refusal, an effect,
a line in the trail, a letter and a place on the desk, and nothing else was written for it."""

from enum import StrEnum

import pytest
from flask import Blueprint
from sqlalchemy import Enum, String, Text
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from intake import clock, create_app, ports
from intake.data.base import db
from intake.data.write import write
from intake.engine import audit_trail, outbox, step_view, tracks
from intake.engine import duties as desks
from intake.engine.duties import Task
from intake.engine.step_form import StepForm
from intake.engine.step_view import StepPages
from intake.engine.table import NOTHING, STAY, Deadline, Outcome, Party, Step, Workflow
from intake.engine.tracks import Subject, Tag, Track, Vocabulary
from intake.ops import migrate
from intake.people.models import Person
from intake.web import access
from intake.web.forms import Lines, Problem
from tests.browser import Browser, FreshClient
from tests.conftest import SETTINGS
from tests.factories import Cast, Make


class Made(DeclarativeBase):
    """A base apart from the product's own: its tables are in no migration."""


class State(StrEnum):
    ON = "on"
    OFF = "off"


class Lamp(Subject, Made):
    """A lamp of the town hall."""

    __tablename__ = "made_up_lamp"
    subject_type = "lamp"

    state: Mapped[State | None] = mapped_column(Enum(State))
    owner_id: Mapped[str] = mapped_column(String(16))
    watcher_id: Mapped[str] = mapped_column(String(16))
    why: Mapped[str] = mapped_column(Text, default="")


class DimForm(StepForm):
    """Why a lamp is put out."""

    reason = Lines("Why?", missing="Say why.", trail=True)


def knows_better(_lamp, _now, *, reason=""):
    """Nobody puts out a lamp for fun."""
    return [Problem("Not for fun.", "reason")] if reason == "fun" else []


def dim(lamp, actor, _now, *, reason):
    lamp.why = reason
    return Outcome({"by": actor.id})


def party(name, column):
    return Party(name, lambda lamp, _now: [db.session.get(Person, getattr(lamp, column))])


owner, watcher = party("owner", "owner_id"), party("watcher", "watcher_id")
ROW = Step(
    "dim", (State.ON,), State.OFF, by=(owner,), needs=(knows_better,), form=DimForm, effect=dim,
    tells=(watcher,),
)  # fmt: skip
FLOW = Workflow(
    "lamp",
    State,
    (Step("hang", (NOTHING,), State.ON, by=(owner,), page="lamps.step"), ROW),
    ends=frozenset({State.OFF}),
    deadlines=(Deadline(State.ON, "state_since", "setup_days"),),
)


TASKS = (Task("Put out %(title)s", "Put it out", "It burns.", (State.ON,), (owner,), ("dim",)),)


def duties(person, now, lamp):
    """What the table says waits for a person."""
    found = [lamp] if lamp else waiting(now)
    return [duty for one in found for duty in desks.on(TRACK, one, person, now)]


def waiting(_now):
    """Every lamp."""
    return list(db.session.query(Lamp))


def take(lamp, step, actor, now, *, seen=None, **answers):
    return audit_trail.perform(TRACK, lamp, step, actor, now, seen=seen, **answers)


TRACK = Track(
    workflow=FLOW,
    model=Lamp,
    take=take,
    title=lambda _lamp: "The lamp",
    address=lambda lamp: f"/lamps/{lamp.id}",
    words=Vocabulary(
        states={State.ON: Tag("On", "ok", "check"), State.OFF: Tag("Off", "calm", "stop")},
        buttons={"dim": "Put it out"},
        done={"hang": "%(actor)s hung the lamp.", "dim": "%(actor)s put the lamp out."},
    ),
    duties=duties,
    tasks=TASKS,
    waiting=waiting,
)
PAGES = StepPages(
    tracks=lambda: (TRACK,),
    load=lambda lamp_id, _person: db.session.get_one(Lamp, lamp_id),
    around=lambda _lamp, _form: {"back": ("The lamp", "/desk")},
    leads_to=lambda _lamp, _form: "/desk",
)


@pytest.fixture
def house(tmp_path):
    """The application with one more table: its words, and where its steps are found."""
    app = create_app(SETTINGS, tmp_path)
    app.test_client_class = FreshClient
    room = Blueprint("lamps", __name__)

    @room.route("/lamps/<id>/<step>", methods=["GET", "POST"])
    @access.staff
    def step(id, step):
        return step_view.view(PAGES, id, step)

    app.register_blueprint(room)
    with app.app_context():
        migrate.run()
        with write():
            Made.metadata.create_all(db.session.connection())
        tracks.register(TRACK)
        step_view.register(app, PAGES)
        yield app
        db.session.remove()
        db.engine.dispose()


def hung(cast) -> Lamp:
    with write():
        lamp = Lamp(owner_id=cast.requester.id, watcher_id=cast.head.id)
        take(lamp, "hang", cast.requester, clock.now())
    return lamp


def entries(lamp):
    return [(entry.step, entry.detail(), words) for entry, words in audit_trail.history([lamp.id])]


@pytest.mark.embedded
def test_one_row_is_page_form_refusal_effect_trail_letter_and_duty(house):
    cast = Cast(Make())
    lamp = hung(cast)
    step_view.refuse_unoffered(house)
    address, browser = f"/lamps/{lamp.id}/dim", Browser(house).signs_in(cast.requester)
    assert browser.opens("/desk").link("Put it out") == address
    page = browser.opens(address).presses("Put it out")
    assert (page.status, page.errors) == (422, ["Say why."])
    page = page.fills(reason="fun").presses("Put it out")
    assert (page.status, page.errors) == (422, ["Not for fun."])
    assert "fun" in page.main
    page = page.fills(reason="It is morning.").presses("Put it out")
    assert page.path == "/desk"
    assert f"{cast.requester.name} put the lamp out." in page.text
    assert "Put it out" not in page.main
    again = db.session.get_one(Lamp, lamp.id, populate_existing=True)
    assert (again.state, again.why) == (State.OFF, "It is morning.")
    done = ("dim", {"by": cast.requester.id}, {"reason": "It is morning."})
    assert entries(lamp)[-1] == done
    (message,) = db.session.query(outbox.Message).filter_by(person_id=cast.head.id, step="dim")
    assert "put the lamp out" in outbox.letter(message).plain


@pytest.mark.embedded
def test_nobody_else_may_and_who_comes_second_keeps_what_they_typed(house):
    cast = Cast(Make())
    lamp = hung(cast)
    address = f"/lamps/{lamp.id}/dim"
    Browser(house).signs_in(cast.head).opens(address, status=403)
    first, second = (Browser(house).signs_in(cast.requester).opens(address) for _ in range(2))
    first.fills(reason="It is morning.").presses("Put it out")
    late = second.fills(reason="Everybody has gone home.").presses("Put it out")
    assert late.status == 409
    assert "Everybody has gone home." in late.main
    assert f"{cast.requester.name} put the lamp out." in late.main


@pytest.mark.embedded
def test_a_row_without_words_or_page_stops_the_start(house):
    step_view.refuse_unoffered(house)
    house.extensions["ports"].step_pages.remove(PAGES)
    with pytest.raises(LookupError, match="offered by no page"):
        step_view.refuse_unoffered(house)
    house.extensions["ports"].step_pages.append(PAGES)
    TRACK.words.buttons.pop("dim")
    try:
        with pytest.raises(LookupError, match="no button"):
            step_view.refuse_unoffered(house)
    finally:
        TRACK.words.buttons["dim"] = "Put it out"


def test_a_row_that_contradicts_itself_does_not_stand():
    from intake.engine.table import EFFECT, BadTable

    def asks_more(lamp, actor, now, *, reason, colour):
        del lamp, actor, now, reason, colour

    def swallows(lamp, actor, now, **answers):
        del lamp, actor, now, answers

    for wrong in (
        Step("x", (State.ON,), STAY, by=(owner,), form=DimForm, effect=asks_more),
        Step("x", (State.ON,), STAY, by=(owner,), effect=swallows),
        Step("x", (State.ON,), STAY, by=(EFFECT,), form=DimForm),
    ):
        with pytest.raises(BadTable):
            Workflow("lamp", State, (*FLOW.steps, wrong), FLOW.ends, FLOW.deadlines)


def test_an_answer_that_nobody_takes_is_a_fault_of_the_program():
    with pytest.raises(TypeError, match="colour"):
        ROW.refuse_strangers({"reason": "x", "colour": "red"})


def test_a_notice_never_bears_the_name_of_a_track(app):
    """The letters about one would be written about the other."""
    notice = tracks.Notice("profile", Person, title=str, address=str)
    with pytest.raises(LookupError, match="profile"):
        tracks.register_notice(notice)
    taken = next(iter(ports.here().notices.values()))
    with pytest.raises(LookupError, match=taken.name):
        tracks.register_notice(taken)
