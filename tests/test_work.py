"""W7: the work of a page does not grow with what there is."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy import and_, event, func, insert, literal, select

from intake.data import full_text
from intake.data.base import db, is_postgresql, random_id
from intake.data.write import write
from intake.engine import witness
from intake.engine.audit_trail import Entry
from intake.engine.outbox import Message
from intake.establishment.models import Reader, Remark, Request, RequestAdmin, Version
from intake.fakes.models import (
    Addition,
    Case,
    CaseKey,
    CaseReport,
    Contact,
    Evidence,
    Filing,
    Look,
    Note,
    Question,
    Report,
    ReportAddress,
)
from intake.people.models import Absence, Person, Unit
from intake.profiles.models import Address, ChecklistItem, NearName, Profile, ProfileAdmin
from intake.profiles.states import AddressState
from tests.every_page import pages
from tests.scene import Scene, prepared

FEW, MANY = 10, 1000


# one worker has them all, so their town is made once
pytestmark = pytest.mark.xdist_group("scene")


@pytest.fixture(scope="module")
def scene(house, store) -> Iterator[Scene]:
    with prepared(house, store) as made:
        yield made


@contextmanager
def counted() -> Iterator[list[str]]:
    """The statements that the database is asked."""
    asked: list[str] = []

    def note(_connection, _cursor, statement, *_rest) -> None:
        asked.append(statement)

    event.listen(db.engine, "before_cursor_execute", note)
    try:
        yield asked
    finally:
        event.remove(db.engine, "before_cursor_execute", note)


def more_of(model, number: int, of=True, **changes) -> None:
    """Store copies of the first row that fits, each with names of its own where the table has
    them, and with what `changes` say of its number."""
    table = model.__table__
    if "name" in changes and "sort_key" in table.c:
        changes["sort_key"] = lambda place: full_text.sort_key(changes["name"](place))
    row = db.session.execute(select(table).where(literal(of) if of is True else of)).first()
    for name in {"id", "reference"} & set(table.c.keys()):
        changes.setdefault(name, lambda _place: random_id())
    rows = [
        {**row._mapping, **{name: change(place) for name, change in changes.items()}}
        for place in range(number if row else 0)
    ]
    if rows:
        with write():
            witness.leave_out()  # a crowd, not a deed
            db.session.execute(insert(table), rows)


def more_requests(scene: Scene, number: int, state: str) -> None:
    """As many requests more in a state, each with its version, admins, remark and readers."""
    old = scene[state]
    ids, versions = ([random_id() for _ in range(number)] for _ in range(2))
    more_of(Request, number, Request.id == old, id=ids.__getitem__)
    own = {"request_id": ids.__getitem__}
    more_of(Version, number, Version.request_id == old, id=versions.__getitem__, **own)
    for model in (Reader, Remark):
        more_of(model, number, model.request_id == old, **own)
    admins = select(RequestAdmin.id).join(Version).where(Version.request_id == old)
    for admin in db.session.scalars(admins).all():
        more_of(RequestAdmin, number, RequestAdmin.id == admin, version_id=versions.__getitem__)


def more_profiles(scene: Scene, number: int, state: str) -> None:
    """As many profiles more in a state, with all that belongs to them."""
    old = scene[state]
    ids = [random_id() for _ in range(number)]

    def slug(place: int) -> str | None:
        return None if state == "setup" else f"slug-{ids[place]}"

    def text(place: int) -> str:
        return f"nuoriso {ids[place]}"

    more_of(Profile, number, Profile.id == old, id=ids.__getitem__, slug=slug, name=text)
    own = {"profile_id": ids.__getitem__}
    key = {"key": lambda place: f"instagram:handle:{ids[place]}"}
    official = and_(Address.profile_id == old, Address.state != AddressState.TYPED)
    more_of(Address, number, official, **own, **key)
    more_of(ChecklistItem, number, ChecklistItem.profile_id == old, **own)
    for name in ("chief", "colleague"):  # run by others than those who look
        runs = {"person_id": lambda _place, one=scene.people[name]: one}
        more_of(ProfileAdmin, number, ProfileAdmin.profile_id == old, **own, **runs)
    more_of(NearName, number, **own, text=text, shape=text, core=text, bag=text, folded=text)


def more_lines(scene: Scene, number: int) -> None:
    """As many lines more in the trail and messages in the outbox."""
    last = db.session.scalars(select(func.max(Entry.seq))).one()
    names = {name: lambda _place: random_id() for name in ("entry", "previous")}
    for place, one in enumerate(("submitted", "case")):
        of, begin = Entry.subject_id == scene[one], last + 1 + place * number
        more_of(Entry, number, of, seq=lambda row, begin=begin: begin + row, **names)
    more_of(Message, number, key=lambda _place: random_id())


def more_cases(scene: Scene, number: int) -> None:
    """As many cases more, and a tenth of it reports more of the first, with all that is theirs."""
    case = scene["case"]
    report = db.session.scalars(
        select(CaseReport.report_id).where(CaseReport.case_id == case)
    ).first()
    ids = [random_id() for _ in range(number)]
    more_of(Case, number, Case.id == case, id=ids.__getitem__)
    own = {"case_id": ids.__getitem__}
    more_of(CaseReport, number, CaseReport.case_id == case, **own)
    more_of(CaseKey, number, CaseKey.case_id == case, key=lambda _place: random_id(), **own)
    reports = [random_id() for _ in range(number // 10)]
    code = {"code_hash": lambda _place: random_id()}
    more_of(Report, len(reports), Report.id == report, id=reports.__getitem__, **code)
    of = {"report_id": reports.__getitem__}
    for model in (CaseReport, ReportAddress, Contact, Addition, Question, Evidence):
        more_of(model, len(reports), model.report_id == report, **of)
    for model in (Look, Note, Filing):
        more_of(model, len(reports), model.case_id == case)


def more_people(scene: Scene, number: int) -> None:
    """As many persons more, a tenth of it units, and absences."""
    ids = [random_id() for _ in range(number)]
    address = {"email": lambda _place: f"{random_id()}@savonkoski.example"}
    more_of(Person, number, Person.id == scene["spare"], id=ids.__getitem__, **address)
    more_of(Absence, number, person_id=ids.__getitem__)
    codes = {"code": lambda _place: random_id()}
    more_of(Unit, number // 10, Unit.name_fi == "Nuorisopalvelut", **codes)


def grow(scene: Scene, number: int) -> None:
    """As many of everything that stays; of what is under way a tenth: desks are read whole."""
    for state in ("rejected", "withdrawn"):
        more_requests(scene, number, state)
    for state in ("draft", "submitted", "returned"):
        more_requests(scene, number // 10, state)
    more_profiles(scene, number, "active")
    for state in ("setup", "closing_announced"):
        more_profiles(scene, number // 10, state)
    more_cases(scene, number)
    more_lines(scene, number)
    more_people(scene, number)
    for source in full_text.every():
        ids = db.session.scalars(source.missing()).all()
        with write():
            witness.leave_out()
            source.write(ids)


PAGES = (
    ("head", "/desk"),
    ("requester", "/desk"),
    ("keeper", "/desk"),
    ("administrator", "/desk"),
    ("administrator", "/town"),
    ("head", "/establishment"),
    ("requester", "/establishment"),
    ("keeper", "/establishment?q=nuoriso"),
    ("head", "/establishment/{submitted}"),
    ("requester", "/establishment/{submitted}"),
    ("requester", "/establishment/{draft}/form"),
    ("requester", "/establishment/{draft}/form/profile"),
    ("requester", "/establishment/{draft}/form/check"),
    ("head", "/establishment/{submitted}/approve"),
    ("head", "/establishment/{submitted}/versions/1"),
    ("head", "/profiles"),
    ("requester", "/profiles"),
    ("keeper", "/profiles?q=nuoriso&state=active"),
    ("requester", "/profiles/{setup}"),
    ("keeper", "/profiles/{setup}/list"),
    ("stranger", "/profiles/{active}"),
    ("head", "/handbook"),
    ("administrator", "/people"),
    ("keeper", "/people?q=varanen&unit={youth}"),
    ("keeper", "/people?role=keeper"),
    ("administrator", "/people/{requester}"),
    ("head", "/people/{requester}"),
    ("administrator", "/people/{head}/leave"),
    ("administrator", "/people/{keeper}/roles"),
    ("requester", "/people/units"),
    ("administrator", "/people/units/{youth}"),
    ("administrator", "/people/units/{youth}/head"),
    ("administrator", "/people/absences"),
    ("head", "/people/absences"),
    ("head", "/people/absences/new"),
    ("keeper", "/handbook"),
    ("keeper", "/handbook/versions"),
    ("keeper", "/handbook/versions/new"),
    ("keeper", "/handbook/trainings"),
    ("keeper", "/handbook/trainings?q=noora"),
    ("keeper", "/handbook/trainings/{requester}"),
    ("keeper", "/handbook/trainings/record?people={requester}"),
    ("keeper", "/handbook/platforms"),
    ("keeper", "/handbook/platforms/instagram"),
    ("keeper", "/handbook/routes"),
    ("keeper", "/trail"),
    ("administrator", "/messages"),
    ("administrator", "/messages/{message}"),
    ("administrator", "/people/import"),
    ("administrator", "/people/import/{import}"),
    ("handler", "/desk"),
    ("handler", "/cases"),
    ("handler", "/cases?q=savonkosken&view=open"),
    ("handler", "/cases?view=mine"),
    ("handler", "/cases/{case}"),
    ("handler", "/cases/{case}?all=1"),
    ("handler", "/cases/{case}/split"),
    ("handler", "/cases/{fake}/notify"),
    ("handler", "/cases/{fake}/packet"),
    ("nobody", "/follow/status"),
    ("nobody", "/"),
    ("nobody", "/register"),
    ("nobody", "/register?q=nuoriso"),
    ("nobody", "/register/{active slug}"),
    ("nobody", "/check?q=nuoret.active%0Anuoriso%0Anuoret.actlve"),
    ("nobody", "/api/v1/profiles"),
    ("nobody", "/api/v1/check?q=nuoret"),
    ("nobody", "/guidelines"),
)


def every_page(scene: Scene) -> list[tuple[str, str]]:
    """The pages above, and one of each rule that none of them has."""
    match = scene.app.url_map.bind("").match
    found = {(who, path.format_map(scene.ids)): "" for who, path in PAGES}
    known = {match(path.split("?")[0])[0] for _who, path in found}
    for who, path in pages(scene):
        endpoint = match(path.split("?")[0])[0]
        if endpoint not in known:
            known.add(endpoint)
            found[who, path] = endpoint
    return list(found)


def work(scene: Scene, seen: list[tuple[str, str]]) -> dict[tuple[str, str], list[str]]:
    """What each page asks. PostgreSQL commits by itself when it tidies up, and what holds until a
    commit is then read again: there the least of three tries counts."""
    found = {}
    for who, path in seen:
        tries = 3 if is_postgresql() and who != "nobody" else 1
        found[who, path] = min((_asked(scene, who, path) for _ in range(tries)), key=len)
    return found


def _asked(scene: Scene, who: str, path: str) -> list[str]:
    with counted() as asked:
        answer = scene.clients[who].get(path)
    assert answer.status_code < 400, path
    return list(asked)


def test_w7_every_page_asks_as_often_with_many_things_as_with_few(scene):
    seen = every_page(scene)
    grow(scene, FEW)
    few = work(scene, seen)
    grow(scene, MANY - FEW)
    many = work(scene, seen)
    grown = [
        f"{who} {path}: {len(few[who, path])} queries, then {len(many[who, path])}"
        for who, path in seen
        if len(few[who, path]) != len(many[who, path])
    ]
    page = scene.clients["handler"].get(f"/cases/{scene['case']}").text
    assert f"{1 + MANY // 10} ilmoitusta" in page  # it did grow
    assert not grown, "\n".join(grown)
    whole = "/retention/person/"  # what is held of somebody is asked of every table, once
    assert max(len(asked) for (_who, path), asked in many.items() if whole not in path) < 70
    assert max(map(len, many.values())) < 120
