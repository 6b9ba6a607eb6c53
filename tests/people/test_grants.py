"""Two people give a role, and the second one is somebody else indeed (A184 to A188)."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from intake import clock
from intake.data.base import db
from intake.data.write import write
from intake.engine import jobs, outbox
from intake.engine.outbox import Message
from intake.people import queries, service
from intake.people.grants import vouching
from intake.people.models import Person, Proposal, Role, RoleGrant
from intake.people.states import GrantState as G
from intake.refusals import KeptApart, NotAllowed, Unready, WrongState
from tests.browser import Browser
from tests.factories import PASSWORD
from tests.people.doing import again, do, steps_of, told

MADE_UP = "keksitty.henkilo@savonkoski.example"


@pytest.fixture
def second(cast, make) -> Person:
    """Another administrator."""
    return make.person("Toinen Valvoja", cast.sector, Role.ADMINISTRATOR)


def proposed(cast, whom: Person, role: Role = Role.HANDLER, by: Person | None = None) -> Proposal:
    made = do("grant", whom, role, by=by or cast.administrator)
    assert isinstance(made, Proposal)
    return again(made)


def take(proposal: Proposal, step: str, by: Person, **answers) -> Proposal:
    with write():
        service.take(again(proposal), step, again(by), clock.now(), **answers)
    return again(proposal)


def made_up(cast, email: str = MADE_UP, by: Person | None = None) -> Person:
    """A person whom an administrator adds, with a password of the administrator's choice."""
    with write():
        person = service.add_person(
            email, "Keksitty Henkilö", "", again(cast.sector), again(by or cast.administrator),
            clock.now(), password=PASSWORD,
        )  # fmt: skip
        person_id = person.id
    return db.session.get_one(Person, person_id)


def alone(cast) -> None:
    """A town in which nobody but the administrator could give a role, and never could."""
    with write():
        for person in (cast.keeper, cast.other_keeper):
            for grant in queries.grants_of(again(person)):
                db.session.delete(grant)


# the rule


@pytest.mark.parametrize("role", Role)
def test_a184_no_role_is_given_by_one_where_two_people_could(cast, role):
    proposal = proposed(cast, cast.colleague, role)
    assert again(cast.colleague).roles == set()
    with pytest.raises(KeptApart):
        take(proposal, "grant", cast.administrator)
    take(proposal, "grant", cast.keeper)
    assert role in again(cast.colleague).roles
    grant = queries.grant_of(again(cast.colleague), role)
    assert (grant.by_id, grant.confirmed_by_id) == (cast.administrator.id, cast.keeper.id)
    assert steps_of(proposal.id) == ["propose", "grant"]


def test_a184_a_made_up_person_gets_no_role_and_agrees_to_none(cast):
    puppet = made_up(cast)
    for role in Role:
        proposed(cast, puppet, role)
    assert again(puppet).roles == set()
    waiting = proposed(cast, cast.colleague)
    with pytest.raises(NotAllowed):
        take(waiting, "grant", puppet)


@pytest.mark.parametrize("who", ["handler", "head", "colleague", "requester"])
def test_only_an_administrator_or_a_keeper_agrees(cast, who):
    proposal = proposed(cast, cast.colleague)
    with pytest.raises(NotAllowed):
        take(proposal, "grant", getattr(cast, who))


def test_nobody_agrees_to_a_role_of_their_own(cast):
    proposal = proposed(cast, cast.keeper, Role.LEAD)
    with pytest.raises(NotAllowed):
        take(proposal, "grant", cast.keeper)
    take(proposal, "grant", cast.other_keeper)
    assert "lead" in again(cast.keeper).roles


def test_the_first_administrator_of_a_new_town_begins_alone(cast):
    alone(cast)
    do("grant", cast.colleague, Role.KEEPER, by=cast.administrator)
    assert again(cast.colleague).roles == {"keeper"}
    assert isinstance(do("grant", cast.head, Role.HANDLER, by=cast.administrator), Proposal)


def test_who_has_not_chosen_a_password_yet_is_no_second_person(cast):
    alone(cast)
    do("grant", cast.colleague, Role.KEEPER, by=cast.administrator)
    with write():
        again(cast.colleague).password_hash = None
    assert isinstance(do("grant", cast.head, Role.HANDLER, by=cast.administrator), RoleGrant)


def test_a_new_town_goes_on_with_the_one_whom_its_founder_named(cast):
    alone(cast)
    founded = made_up(cast, "oikea.henkilo@savonkoski.example")
    do("grant", founded, Role.KEEPER, by=cast.administrator)
    proposal = proposed(cast, cast.head)
    take(proposal, "grant", founded)
    assert again(cast.head).roles == {"handler"}


# detours


def test_a185_whom_the_proposer_alone_named_agrees_to_nothing_once_there_is_another(cast):
    alone(cast)
    founded = made_up(cast)
    do("grant", founded, Role.KEEPER, by=cast.administrator)
    with write():
        db.session.add(RoleGrant(person_id=cast.other_keeper.id, role=Role.KEEPER))
    proposal = proposed(cast, cast.head)
    for one, other in ((founded, cast.other_keeper),):
        with pytest.raises(NotAllowed):
            take(proposal, "grant", one)
        take(proposal, "grant", other)


def test_a185_nor_does_the_proposer_agree_to_what_their_own_account_proposes(cast):
    alone(cast)
    founded = made_up(cast)
    do("grant", founded, Role.ADMINISTRATOR, by=cast.administrator)
    with write():
        db.session.add(RoleGrant(person_id=cast.other_keeper.id, role=Role.KEEPER))
    proposal = proposed(cast, cast.head, by=founded)
    with pytest.raises(NotAllowed):
        take(proposal, "grant", cast.administrator)
    take(proposal, "grant", cast.other_keeper)


def test_a186_an_account_whose_address_the_proposer_changed_agrees_to_nothing(cast, second, still):
    still.shift(timedelta(days=30))
    do("change_person", cast.keeper, by=cast.administrator, email="oma.alias@savonkoski.example")
    proposal = proposed(cast, cast.colleague)
    with pytest.raises(NotAllowed):
        take(proposal, "grant", cast.keeper)
    take(proposal, "grant", second)


def test_a186_whose_address_was_changed_has_no_role_until_a_second_person_agrees(cast, second):
    do("change_person", cast.keeper, by=cast.administrator, email="oma.alias@savonkoski.example")
    assert again(cast.keeper).roles == set()
    (proposal,) = db.session.scalars(select(Proposal)).all()
    assert (proposal.person_id, proposal.role) == (cast.keeper.id, Role.KEEPER)
    with pytest.raises(NotAllowed):
        take(proposal, "grant", cast.administrator)
    take(proposal, "grant", second)
    assert again(cast.keeper).roles == {"keeper"}


def test_a186_nor_where_nobody_else_is_left(cast, still):
    still.shift(timedelta(days=30))
    do("withdraw", cast.other_keeper, Role.KEEPER, by=cast.administrator)
    do("change_person", cast.keeper, by=cast.administrator, email="oma.alias@savonkoski.example")
    still.shift(timedelta(days=30))
    proposal = proposed(cast, cast.colleague)
    with pytest.raises(NotAllowed):
        take(proposal, "grant", cast.keeper)
    for role in (Role.HANDLER, Role.LEAD):
        assert isinstance(do("grant", cast.keeper, role, by=cast.administrator), Proposal)


def test_a_new_address_after_a_wedding_is_forgiven_with_the_next_role_by_two(cast, second, still):
    still.shift(timedelta(days=30))
    do("change_person", cast.keeper, by=cast.administrator, email="uusi.nimi@savonkoski.example")
    still.shift(timedelta(minutes=1))
    take(proposed(cast, cast.keeper, Role.ADMINISTRATOR), "grant", second)
    still.shift(timedelta(minutes=1))
    take(proposed(cast, cast.colleague), "grant", cast.keeper)
    assert again(cast.colleague).roles == {"handler"}


def test_a187_who_removes_all_others_is_not_alone_for_a_fortnight(cast, still):
    still.shift(timedelta(days=30))
    do("withdraw", cast.keeper, Role.KEEPER, by=cast.administrator)
    do("end_service", cast.other_keeper, by=cast.administrator)
    proposal = proposed(cast, cast.colleague)
    assert vouching.seconds(proposal) == []
    for former in (cast.keeper, cast.other_keeper):
        with pytest.raises(NotAllowed):
            take(proposal, "grant", former)
    assert isinstance(do("grant", cast.keeper, Role.KEEPER, by=cast.administrator), Proposal)
    still.shift(timedelta(days=16))
    jobs.tick()
    do("grant", cast.colleague, Role.HANDLER, by=cast.administrator)
    assert again(cast.colleague).roles == {"handler"}


def test_a_role_given_by_mistake_and_taken_back_at_once_holds_nobody_up(cast, still):
    alone(cast)
    do("grant", cast.colleague, Role.KEEPER, by=cast.administrator)
    still.shift(timedelta(minutes=5))
    do("withdraw", cast.colleague, Role.KEEPER, by=cast.administrator)
    assert isinstance(do("grant", cast.head, Role.KEEPER, by=cast.administrator), RoleGrant)


def test_a188_a_role_granted_in_between_does_not_make_a_second_person(cast, still):
    proposal = proposed(cast, cast.colleague)
    still.shift(timedelta(minutes=1))
    take(proposed(cast, cast.head, Role.KEEPER), "grant", cast.keeper)
    with pytest.raises(NotAllowed):
        take(proposal, "grant", cast.head)


def test_a43_what_a_former_administrator_proposed_is_not_granted(cast, second):
    proposal = proposed(cast, cast.colleague, by=second)
    do("withdraw", second, Role.ADMINISTRATOR, by=cast.administrator)
    with pytest.raises(Unready):
        take(proposal, "grant", cast.keeper)
    assert take(proposal, "refuse", cast.keeper, reason="Ei ole enää.").state is G.REFUSED


def test_a_role_waits_once_and_for_somebody_in_service(cast):
    proposal = proposed(cast, cast.colleague)
    with pytest.raises(WrongState):
        do("grant", cast.colleague, Role.HANDLER, by=cast.administrator)
    do("end_service", cast.colleague, by=cast.administrator)
    with pytest.raises(Unready):
        take(proposal, "grant", cast.keeper)


# how it ends


def test_a_proposal_is_refused_or_taken_back(cast):
    refused = proposed(cast, cast.colleague)
    assert take(refused, "refuse", cast.keeper, reason="Tuntematon.").state is G.REFUSED
    back = proposed(cast, cast.colleague)
    with pytest.raises(NotAllowed):
        take(back, "withdraw", cast.keeper)
    assert take(back, "withdraw", cast.administrator).state is G.WITHDRAWN
    assert again(cast.colleague).roles == set()


def test_after_a_fortnight_a_proposal_lapses(cast, still):
    proposal = proposed(cast, cast.colleague)
    still.shift(timedelta(days=14))
    jobs.tick()
    assert again(proposal).state is G.PROPOSED
    still.shift(timedelta(days=1))
    jobs.tick()
    assert again(proposal).state is G.LAPSED
    with pytest.raises(WrongState):
        take(proposal, "grant", cast.keeper)


# who is told


def test_a06_everybody_with_the_role_is_told_when_it_is_proposed_and_when_it_is_given(cast, second):
    proposal = proposed(cast, cast.colleague)
    seconds = {cast.keeper.id, cast.other_keeper.id, second.id}
    first = set(db.session.scalars(select(Message.person_id).where(Message.track == "grant")))
    assert first == seconds | {cast.handler.id}
    take(proposal, "grant", cast.keeper)
    assert set(told("role")) == {cast.colleague.id, cast.administrator.id, second.id}
    assert told("role_colleague") == [cast.handler.id]


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("fi", "tapausten käsittelijä"),
        ("sv", "handläggare"),
        ("en", "case handler"),
    ],
)
def test_the_letters_say_who_gets_which_role(cast, language, words):
    with write():
        for person in (cast.keeper, cast.handler):
            again(person).language = language
    proposal = proposed(cast, cast.colleague)
    letters = [outbox.letter(one) for one in db.session.scalars(
        select(Message).where(Message.person_id.in_([cast.keeper.id, cast.handler.id]))
    )]  # fmt: skip
    take(proposal, "grant", cast.keeper)
    letters.append(outbox.letter(db.session.scalars(
        select(Message).where(Message.template == "role_colleague")
    ).one()))  # fmt: skip
    assert len(letters) == 3
    for letter in letters:
        assert words in letter.subject.casefold()
        assert cast.colleague.name in letter.subject


# the pages


def test_a_second_person_agrees_from_their_desk(app, cast):
    page = Browser(app).signs_in(cast.administrator)
    page = page.opens(f"/people/{cast.colleague.id}/roles/handler/grant")
    assert "14 päivän kuluessa" in page.main
    page = page.presses("Ehdota roolia")
    assert "odottaa toista henkilöä" in page.main
    proposal = db.session.scalars(select(Proposal)).one()
    mine = page.browser.opens(f"/people/grants/{proposal.id}")
    assert "Hyväksy rooli" not in mine.main
    assert page.browser.opens(f"/people/grants/{proposal.id}/grant").status == 403
    assert "Aune Lumivuo" in page.browser.opens(f"/people/grants/{proposal.id}/grant").main
    desk = Browser(app).signs_in(cast.keeper).opens("/desk")
    assert "Riitta Kirkasojala" in desk.main
    there = desk.browser.opens(f"/people/grants/{proposal.id}")
    assert cast.colleague.email in there.main
    page = desk.browser.opens(there.link("Hyväksy rooli")).presses("Hyväksy rooli")
    assert "Rooli on annettu." in page.main
    assert again(cast.colleague).roles == {"handler"}
    assert "Riitta Kirkasojala" not in desk.browser.opens("/desk").main
    roles = desk.browser.opens(f"/people/{cast.colleague.id}/roles").main
    assert "Toinen henkilö: Eero Kivihalla" in roles


def test_a_refusal_needs_reasons_and_keeps_what_was_typed(app, cast):
    proposal = proposed(cast, cast.colleague)
    page = Browser(app).signs_in(cast.keeper).opens(f"/people/grants/{proposal.id}/refuse")
    refused = page.fills(reason="Ei.").presses("Hylkää rooli")
    assert refused.status == 422
    assert "Ei." in refused.main
    refused.fills(reason="Tätä henkilöä ei ole olemassa.").presses("Hylkää rooli")
    assert again(proposal).state is G.REFUSED


def test_a186_a_person_whose_address_changed_meanwhile_is_shown_anew(app, cast, second):
    proposal = proposed(cast, cast.colleague)
    page = Browser(app).signs_in(cast.keeper).opens(f"/people/grants/{proposal.id}/grant")
    do("change_person", cast.colleague, by=second, email="toinen.osoite@savonkoski.example")
    page = page.presses("Hyväksy rooli")
    assert page.status == 409
    assert again(proposal).state is G.PROPOSED


@pytest.mark.parametrize("who", ["head", "colleague", "requester", "stranger"])
def test_a_proposal_is_seen_by_those_whom_it_concerns(app, cast, who):
    proposal = proposed(cast, cast.admin)
    browser = Browser(app).signs_in(getattr(cast, who))
    assert browser.opens(f"/people/grants/{proposal.id}").status == 404
    assert Browser(app).signs_in(cast.handler).opens(f"/people/grants/{proposal.id}").status == 200
