"""What a person may see, whose a key is, close names; at a cost that does not grow."""

from contextlib import contextmanager

import pytest
from sqlalchemy import event, select

from intake import clock
from intake.data.base import db
from intake.engine.table import Marker
from intake.people.models import Person
from intake.profiles import duties, queries, service, workflow
from intake.profiles.alike import likeness
from intake.profiles.models import Profile
from intake.profiles.states import ProfileState as P
from intake.refusals import Unseen
from tests.profiles.making import EXPERT, OFFICE, again, make_profile, open_profile, set_up, take

CONCERNED = {
    OFFICE: {"requester", "admin", "head", "keeper", "other_keeper", "administrator"},
    EXPERT: {"colleague", "head", "keeper", "other_keeper", "administrator"},
}


def seen_by(cast, profile) -> set[str]:
    found = set()
    for name, person in cast.everyone().items():
        try:
            queries.get(profile.id, person)
        except Unseen:
            continue
        found.add(name)
    return found


@pytest.mark.parametrize("kind", [OFFICE, EXPERT])
@pytest.mark.parametrize("state", list(P))
def test_what_is_listed_all_staff_see_and_the_rest_those_concerned(cast, state, kind):
    profile = make_profile(cast, state, kind)
    listed = state not in (P.SETUP, P.NEVER_OPENED)
    assert seen_by(cast, profile) == (set(cast.everyone()) if listed else CONCERNED[kind])


@pytest.mark.parametrize("kind", [OFFICE, EXPERT])
@pytest.mark.parametrize("state", [P.SETUP, P.NEVER_OPENED])
def test_whoever_has_a_part_may_see_the_profile(cast, state, kind):
    profile = make_profile(cast, state, kind)
    rows = (*workflow.PROFILE.steps, *workflow.ADDRESS.steps)
    parties = {party for row in rows for party in (*row.by, *row.tells)}
    for party in parties:
        if not isinstance(party, Marker):
            for person in party.people(again(profile), clock.now()):
                assert queries.get(profile.id, person) == again(profile), party


def test_a_stand_in_sees_what_they_decide_on_while_the_head_is_away(cast, make):
    profile = open_profile(cast)
    assert "deputy" not in seen_by(cast, profile)
    make.absence(cast.head, clock.today(), clock.today())
    assert "deputy" in seen_by(cast, profile)
    assert "head" not in seen_by(cast, profile)


@pytest.mark.policy("P4")
def test_whose_a_key_is(cast):
    key = "instagram:handle:savonkosken_nuoret"
    assert queries.taken(key) is None
    profile = open_profile(cast)
    assert queries.taken(key) is None
    listed = make_profile(cast)
    assert queries.taken(key) == "listed"
    assert queries.taken(key, but=listed.id) is None
    assert queries.taken(key, but=profile.id) == "listed"
    assert db.session.scalars(select(Profile).where(queries.listed())).all() == [again(listed)]


@pytest.mark.parametrize(
    ("text", "like"),
    [
        ("Savonkosken nuorisopalvelut", True),
        ("savonkosken nuorisopalvelu", True),
        ("Sаvonkosken nuorisopalvelut", True),  # a Cyrillic letter
        ("savonkosken_nuoret", True),
        ("savonkosken.nuoret1", True),
        ("Savonkosken kirjasto", False),
        ("", False),
        ("🎉", False),
    ],
)
def test_close_names_and_handles_are_found(cast, text, like):
    profile = make_profile(cast)
    found = [one.profile for one in likeness.near([text])]
    assert found == ([again(profile)] if like else [])
    assert likeness.near([text], but=profile.id) == []


def test_the_list_is_paged_filtered_and_searched(cast, monkeypatch):
    monkeypatch.setattr(queries, "PAGE", 2)
    names = ["Alku", "Beta", "Beta", "Koulu"]
    for number, name in enumerate(names):
        open_profile(cast, name=name, key=f"instagram:handle:tunnus{number}")
    other = open_profile(cast, name="Vesi", unit_id=cast.far.id, key=None)
    keeper, found, after = cast.keeper, [], ""
    while True:
        page = queries.page(keeper, after=after)
        found += [profile.name for profile in page.profiles]
        if page.after is None:
            break
        after = page.after
    assert found == [*names, "Vesi"]
    assert queries.page(keeper, unit=cast.far_sector.id).profiles == [again(other)]
    assert queries.page(keeper, unit="nothing").profiles == []
    assert [one.name for one in queries.page(keeper, q="koul").profiles] == ["Koulu"]
    assert [one.name for one in queries.page(keeper, q="tunnus3").profiles] == ["Koulu"]
    assert queries.page(keeper, q="%").profiles == []
    assert queries.page(keeper, state="active").profiles == []
    assert len(queries.page(keeper, state="setup").profiles) == 2
    assert queries.page(cast.stranger).profiles == []


def test_mine_are_those_i_administer_and_that_are_not_over(cast):
    profile = open_profile(cast)
    make_profile(cast, P.CLOSED, key="instagram:handle:vanha_tunnus")
    assert queries.mine(cast.admin) == [again(profile)]
    take(profile, "leave", cast.admin)
    assert queries.mine(db.session.get_one(Person, cast.admin.id)) == []


@contextmanager
def counted():
    """How many statements run meanwhile."""
    lines: list[str] = []

    def note(_connection, _cursor, statement, *_rest):
        lines.append(statement)

    event.listen(db.engine, "before_cursor_execute", note)
    yield lines
    event.remove(db.engine, "before_cursor_execute", note)


@pytest.mark.parametrize("who", ["requester", "head", "keeper"])
def test_w7_lists_and_desk_take_the_same_number_of_queries_for_one_and_for_many(cast, who):
    def cost(act) -> int:
        db.session.rollback()
        person = db.session.get_one(Person, getattr(cast, who).id)
        assert person.roles is not None
        with counted() as lines:
            act(person)
        return len(lines)

    def reads() -> list[int]:
        return [
            cost(lambda person: duties.of_profiles(person, clock.now())),
            cost(lambda person: queries.page(person)),
            cost(lambda person: queries.mine(person)),
        ]

    def fill(number: int) -> None:
        set_up(cast, open_profile(cast, key=f"instagram:handle:asetus{number}"))
        make_profile(cast, P.CLOSING_ANNOUNCED, key=f"instagram:handle:loppu{number}")
        make_profile(cast, P.CLOSING_ANNOUNCED, EXPERT, key=f"instagram:handle:oma{number}")
        open_profile(cast, platform_id="snapchat", key=None)

    fill(0)
    few = reads()
    for number in range(1, 4):
        fill(number)
    assert reads() == few
    assert service.PROFILE.duties is duties.of_profiles
