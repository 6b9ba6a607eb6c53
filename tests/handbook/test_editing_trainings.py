"""Keepers see who lacks what, record trainings of others and cancel mistaken ones (P11, G1)."""

from datetime import date

import pytest
from sqlalchemy import insert, select

from intake import clock
from intake.data.base import db, random_id
from intake.data.write import write
from intake.engine import audit_trail
from intake.engine.table import EFFECT
from intake.establishment.states import RequestState as S
from intake.handbook import queries, service
from intake.handbook.models import Training, TrainingKind
from intake.people import finding
from intake.people.models import Person
from intake.profiles.models import ProfileAdmin
from intake.refusals import NotAllowed, Unready, WrongState
from tests.browser import Browser, words
from tests.establishment import making as requests
from tests.profiles import making as profiles
from tests.test_work import counted

PATH = "/handbook/trainings"
TODAY = date(2026, 11, 23)
SOCIAL, SECURITY = TrainingKind.SOCIAL_MEDIA, TrainingKind.SECURITY


@pytest.fixture
def keeper(app, cast) -> Browser:
    return Browser(app).signs_in(cast.keeper)


def train(*people, kind=SOCIAL, held_on=TODAY, until=None, by=EFFECT):
    with write():
        return service.record_trainings(
            [db.session.get(Person, one.id) for one in people],
            kind,
            held_on,
            until,
            by,
            clock.now(),
        )


def trainings(person) -> list[Training]:
    return queries.trainings(person.id, cancelled=True)


def names(page) -> list[str]:
    rows = [row for row in page.tree.iter("tr") if row.find("td") is not None]
    return [words(next(row.iter("a"))) for row in rows]


def row_of(page, person) -> str:
    rows = [words(row) for row in page.tree.iter("tr")]
    return next(row for row in rows if person.name in row)


@pytest.mark.policy("P11", "G1")
def test_who_runs_a_profile_or_is_named_to_is_listed_who_lacks_most_first(keeper, cast):
    profiles.make_profile(cast)
    requests.make_request(cast, S.SUBMITTED, trained=False, profile={"handle": ["nuoret.2"]})
    with write():
        service.acknowledge(cast.admin, clock.now())
    train(cast.admin)
    train(cast.admin, kind=SECURITY)
    page = keeper.opens("/upkeep").follows("Koulutukset")
    assert names(page) == [cast.requester.name, cast.admin.name]
    assert row_of(page, cast.requester).count("puuttuu") == 3
    assert row_of(page, cast.admin).count("puuttuu") == 0
    assert "versio 1" in row_of(page, cast.admin)
    assert "23.11.2026" in row_of(page, cast.admin)


def test_who_has_left_or_declined_or_whose_matter_is_over_is_not_listed(keeper, cast, make):
    request = requests.make_request(cast, S.SUBMITTED)
    assert len(names(keeper.opens(PATH))) == 2
    make.leave(cast.admin)
    assert names(keeper.opens(PATH)) == [cast.requester.name]
    requests.take(request, "withdraw", cast.requester)
    assert "Kukaan ei vielä hallinnoi profiilia." in keeper.opens(PATH).main


def test_a_search_finds_everybody_in_service_by_the_beginnings_of_their_names(keeper, cast):
    for q in ("noora", "LEPO", "lepo noo", "  Noora  Lepoharjula "):
        assert names(keeper.opens(PATH, query={"q": q})) == [cast.requester.name], q
    assert names(keeper.opens(PATH, query={"q": "metsapurola"})) == [cast.admin.name]
    for q in ("Särkijoutsela", "%", "_", "'", "*"):
        page = keeper.opens(PATH, query={"q": q})
        assert "ei löytynyt mitään" in page.main, q


@pytest.mark.policy("P11", "G1")
def test_a_training_is_recorded_for_several_people_at_once(keeper, cast):
    requests.make_request(cast, S.SUBMITTED, trained=False)
    page = keeper.opens(PATH)
    page = page.fills(people=[cast.requester.id, cast.admin.id])
    page = page.presses("Kirjaa valituille koulutus")
    assert page.heading == "Kirjaa koulutus"
    page = page.fills(kind="security", held_on="2026-11-02", until="2.11.2028")
    page = page.presses("Kirjaa koulutus")
    assert page.path == PATH
    assert "2 henkilön koulutus on kirjattu." in page.text
    for person in (cast.requester, cast.admin):
        (row,) = trainings(person)
        assert (row.kind, row.held_on, row.until) == (
            SECURITY,
            date(2026, 11, 2),
            date(2028, 11, 2),
        )
        ((entry, _words),) = audit_trail.history([row.id])
        assert entry.actor == cast.keeper.id
        assert entry.detail() == {
            "person": person.id,
            "kind": "security",
            "held_on": "2026-11-02",
            "until": "2028-11-02",
        }


def test_one_of_the_chosen_can_be_left_out_and_a_repeat_records_nothing_more(keeper, cast):
    record = f"{PATH}/record?people={cast.requester.id}&people={cast.admin.id}"
    for _ in range(2):
        page = keeper.opens(record).fills(people=[cast.admin.id], kind="social_media")
        page = page.fills(held_on="2026-11-02").presses("Kirjaa koulutus")
        assert "Yhden henkilön koulutus on kirjattu." in page.text
    assert trainings(cast.requester) == []
    assert len(trainings(cast.admin)) == 1


def test_bad_answers_are_refused_beside_their_fields_and_nothing_typed_is_lost(keeper, cast):
    page = keeper.opens(f"{PATH}/record?people={cast.admin.id}").presses("Kirjaa koulutus")
    assert page.errors == ["Valitse yksi.", "Anna päivä."]
    page = page.fills(kind="security", held_on="2026-11-24", until="2026-11-01")
    page = page.presses("Kirjaa koulutus")
    assert page.status == 422
    assert page.errors == [
        "Koulutus on vasta tulossa. Kirjaa se, kun se on pidetty.",
        "Viimeinen voimassaolopäivä on ennen koulutuspäivää. Tarkista päivät.",
    ]
    assert "2026-11-24" in page.html
    page = page.fills(held_on="eilen").presses("Kirjaa koulutus")
    assert page.status == 422
    assert 'value="eilen"' in page.html
    page = page.fills(people=[]).presses("Kirjaa koulutus")
    assert "Valitse vähintään yksi henkilö." in page.errors
    assert cast.admin.name in page.main
    assert trainings(cast.admin) == []


def test_without_anybody_chosen_one_is_sent_back_to_choose(keeper):
    for query in ("", "?people=", "?people=nobody", "?people=x&people=y"):
        page = keeper.opens(f"{PATH}/record{query}")
        assert page.path == PATH
        assert "Valitse ensin, kenen koulutuksen kirjaat." in page.text


def test_people_who_have_left_are_not_offered(keeper, cast):
    page = keeper.opens(f"{PATH}/record?people={cast.leaver.id}&people={cast.admin.id}")
    assert cast.leaver.name not in page.main
    keeper.opens(f"{PATH}/{cast.leaver.id}", status=404)


@pytest.mark.policy("P11")
def test_a06_nobody_records_or_cancels_their_own(keeper, cast):
    mine = train(cast.keeper)[0]
    page = keeper.opens(PATH, query={"q": cast.keeper.name})
    assert "people" not in {one.get("name") for one in page.tree.iter("input")}
    own = keeper.opens(f"{PATH}/{cast.keeper.id}").main
    assert "Toinen luettelonhoitaja tai pääkäyttäjä kirjaa omat koulutuksesi." in own
    assert "Kirjattu vahingossa" not in own
    keeper.opens(f"{PATH}/record?people={cast.keeper.id}", status=403)
    keeper.opens(f"{PATH}/{cast.keeper.id}/{mine.id}/cancel", status=403)
    form = keeper.opens(f"{PATH}/record?people={cast.admin.id}")
    data = form.fills(kind="security", held_on="2026-11-02")
    sent = data._data(next(one for one in form.tree.iter("form") if one.get("method") == "post"))
    sent.setlist("people", [cast.admin.id, cast.keeper.id])
    assert keeper.posts(f"{PATH}/record", sent).status == 403
    with pytest.raises(NotAllowed):
        train(cast.admin, cast.keeper, by=cast.keeper)
    with pytest.raises(NotAllowed), write():
        service.cancel_training(db.session.get(Training, mine.id), cast.keeper, clock.now())
    assert len(trainings(cast.keeper)) == 1
    assert trainings(cast.admin) == []


@pytest.mark.policy("P11")
def test_a_mistaken_training_is_cancelled_counts_no_more_and_stays_in_sight(app, keeper, cast):
    (row,) = train(cast.admin)
    assert queries.readiness([cast.admin.id], TODAY)[cast.admin.id].social_media == TODAY
    page = keeper.opens(f"{PATH}/{cast.admin.id}").follows("Kirjattu vahingossa")
    assert page.heading == "Kirjattiinko tämä koulutus vahingossa?"
    assert "Sosiaalisen median koulutus" in page.main
    page = page.presses("Mitätöi koulutus")
    assert "mitätöity 23.11.2026" in page.main
    assert queries.readiness([cast.admin.id], TODAY)[cast.admin.id].social_media is None
    assert [entry.step for entry, _words in audit_trail.history([row.id])] == ["record", "cancel"]
    keeper.opens(f"{PATH}/{cast.admin.id}/{row.id}/cancel", status=409)
    mine = Browser(app).signs_in(cast.admin).opens("/handbook").main
    assert "Sinulle ei ole kirjattu koulutuksia." in mine
    train(cast.admin)
    assert queries.readiness([cast.admin.id], TODAY)[cast.admin.id].social_media == TODAY


def test_a_training_is_cancelled_once(cast):
    (row,) = train(cast.admin)
    with write():
        service.cancel_training(db.session.get(Training, row.id), cast.keeper, clock.now())
    with pytest.raises(WrongState), write():
        service.cancel_training(db.session.get(Training, row.id), cast.keeper, clock.now())


def test_a42_a_training_is_found_through_its_person_alone(keeper, cast):
    (row,) = train(cast.admin)
    keeper.opens(f"{PATH}/{cast.requester.id}/{row.id}/cancel", status=404)
    keeper.opens(f"{PATH}/{cast.admin.id}/nothing/cancel", status=404)
    keeper.opens(f"{PATH}/nothing", status=404)


def test_dates_are_judged_by_the_service_for_all_at_once(cast):
    with pytest.raises(Unready) as refusal:
        train(cast.admin, cast.requester, held_on=date(2026, 11, 24), until=date(2026, 1, 1))
    assert [problem.field for problem in refusal.value.problems] == ["held_on", "until"]


@pytest.mark.policy("P11")
def test_an_outdated_training_says_so(keeper, cast):
    train(cast.admin, held_on=date(2024, 5, 2), until=date(2026, 5, 2))
    page = keeper.opens(f"{PATH}/{cast.admin.id}").main
    assert "Sosiaalisen median koulutus 2.5.2024 2.5.2026 ei enää voimassa 23.11.2026" in page
    assert "Sosiaalisen median koulutus puuttuu" in page


def many(cast, number: int) -> None:
    """As many people more who run a profile."""
    profile = db.session.scalars(select(ProfileAdmin)).first()
    row = db.session.execute(select(Person.__table__).filter_by(id=cast.admin.id)).one()._mapping
    admin = db.session.execute(select(ProfileAdmin.__table__).filter_by(id=profile.id)).one()
    people = [
        {
            **row,
            "id": random_id(),
            "email": f"{random_id()}@x.example",
            "name": name,
            "sort_key": name,
        }
        for name in (f"Aino {place:04d}" for place in range(number))
    ]
    admins = [
        {**admin._mapping, "id": random_id(), "person_id": one["id"], "until": None}
        for one in people
    ]
    with write():
        db.session.execute(insert(Person.__table__), people)
        finding.SOURCE.write([one["id"] for one in people])
        db.session.execute(insert(ProfileAdmin.__table__), admins)


def walk(page) -> list[str]:
    """The names of every page of the list, one after the other."""
    found = names(page)
    while any(words(link) == "Seuraavat" for link in page.tree.iter("a")):
        page = page.follows("Seuraavat")
        found += names(page)
    return found


def test_the_pages_follow_each_other_without_gap_or_repeat(keeper, cast):
    profiles.make_profile(cast)
    many(cast, 60)
    ready = db.session.scalars(select(Person).where(Person.name.in_(["Aino 0003", "Aino 0040"])))
    train(*ready)
    found = walk(keeper.opens(PATH))
    assert len(found) == len(set(found)) == 62
    assert found[-2:] == ["Aino 0003", "Aino 0040"] or found[0] not in ("Aino 0003", "Aino 0040")
    assert walk(keeper.opens(PATH, query={"q": "aino"}))[-2:] == ["Aino 0003", "Aino 0040"]


def test_w7_the_list_asks_as_often_of_ten_people_as_of_a_thousand(keeper, cast):
    profiles.make_profile(cast)
    asked = []
    for number in (10, 990):
        many(cast, number)
        for path in (PATH, f"{PATH}?q=aino", f"{PATH}?after={cast.admin.id}", "/handbook/versions"):
            with counted() as statements:
                keeper.opens(path, status=200)
            asked.append(len(statements))
    assert asked[:4] == asked[4:]
    assert max(asked) < 40


@pytest.mark.parametrize(
    ("language", "found"),
    [
        ("sv", ("Utbildningar", "saknas", "Anteckna en utbildning för de valda")),
        ("en", ("Trainings", "missing", "Record a training for the chosen")),
    ],
)
def test_the_list_speaks_the_readers_language(keeper, cast, language, found):
    requests.make_request(cast, S.SUBMITTED, trained=False)
    page = keeper.opens(PATH, query={"lang": language})
    assert [word for word in found if word not in page.main] == []
    path = f"{PATH}/{cast.admin.id}"
    assert keeper.opens(path, query={"lang": language}).heading == cast.admin.name
