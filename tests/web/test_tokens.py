"""A21-A23, A52, A55: a form counts once, for one person and one thing, for a day; only a POST."""

import threading
from collections.abc import Iterator

import pytest
from sqlalchemy import func, select
from werkzeug.datastructures import MultiDict

from intake import clock
from intake.data.base import db
from intake.establishment.models import Request
from intake.establishment.states import RequestState as S
from intake.people.models import Person, Session
from tests.browser import PASSWORD, Browser, Filled
from tests.dump import dump
from tests.forms_of import form_of, token
from tests.scene import Scene, prepared

DAY = 24 * 3600
REASON = "Tämä perustelu ei saa kadota."

pytestmark = pytest.mark.xdist_group("scene")  # their town is made once


@pytest.fixture(scope="module")
def scene(house, store) -> Iterator[Scene]:
    with prepared(house, store) as made:
        yield made


def number_of(model) -> int:
    db.session.rollback()
    return db.session.scalars(select(func.count()).select_from(model)).one()


def starting(scene: Scene) -> dict[str, str]:
    values, _free = form_of(scene, "requester", "/establishment/start")
    return {**values, "profile_type": "office"}


def test_a21_the_same_form_twice_in_a_row_counts_once(scene):
    data, before = starting(scene), number_of(Request)
    answers = [scene.clients["requester"].post("/establishment/start", data=data) for _ in range(3)]
    assert {answer.status_code for answer in answers} == {303}
    assert len({answer.location for answer in answers}) == 1
    assert number_of(Request) == before + 1


def test_a21_the_same_form_at_once_counts_once_and_both_see_the_same_page(scene, race):
    data, before = starting(scene), number_of(Request)
    requester = db.session.get_one(Person, scene.people["requester"])
    windows = [Browser(scene.app).signs_in(requester).client, scene.clients["requester"]]
    barrier, answers = threading.Barrier(2), []
    db.session.rollback()

    def send(client) -> None:
        barrier.wait()
        answers.append(client.post("/establishment/start", data=data))

    threads = [threading.Thread(target=send, args=(client,)) for client in windows]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert [answer.status_code for answer in answers] == [303, 303]
    assert len({answer.location for answer in answers}) == 1
    assert number_of(Request) == before + 1


def test_a21_a_decision_sent_twice_is_one_decision_and_the_same_page(scene):
    path = f"/establishment/{scene['submitted']}/hand_on"
    values, _free = form_of(scene, "head", path)
    values |= {"new_decider": scene.people["far_head"], "reason": REASON}
    first, second = (scene.clients["head"].post(path, data=values) for _ in range(2))
    assert (first.status_code, second.status_code) == (303, 303)
    assert first.location == second.location
    assert scene.request("submitted").hand_ons == 1


@pytest.mark.parametrize(
    ("age", "status"),
    [(DAY + 1, 400), (DAY - 1, 409), (-301, 400), (-200, 409), (0, 409), (10**9, 400)],
)
def test_a21_a_token_lives_a_day_and_comes_from_no_future(scene, age, status):
    """409 is what a fresh form with a wrong revision gets: its token held."""
    path, before = f"/establishment/{scene['consented']}/reject", dump()
    sent = token(scene, "head", "establishment.act", path, at=int(clock.now().timestamp()) - age)
    data = {"csrf_token": sent, "seen": "999", "reason": REASON, "contact_person": "Kaisa"}
    answer = scene.clients["head"].post(path, data=data)
    assert answer.status_code == status
    assert REASON in answer.text
    assert dump() == before


def test_a21_what_a_refused_form_gets_back_can_be_sent(scene):
    path = "/establishment/start"
    old = token(scene, "requester", "establishment.start", path, at=0)
    data, before = {"csrf_token": old, "profile_type": "expert"}, number_of(Request)
    browser = Browser(scene.app)
    browser.client = scene.clients["requester"]
    refused = browser.posts(path, data, status=400)
    filled = Filled(refused)
    button = refused.buttons()[-1]
    again: MultiDict = filled._data(filled._button(button)[0])
    assert again["profile_type"] == "expert"
    assert again["csrf_token"] != old
    assert scene.clients["requester"].post(path, data=again).status_code == 303
    assert number_of(Request) == before + 1


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "https://www.savonkoski.example"},
        {"Origin": "null"},
    ],
)
def test_a22_another_host_of_the_town_is_another_site(scene, headers):
    data, before = starting(scene), dump()
    answer = scene.clients["requester"].post("/establishment/start", data=data, headers=headers)
    assert answer.status_code == 403
    assert dump() == before


def test_a23_an_image_signs_nobody_out(scene):
    client, before = scene.clients["stranger"], dump()
    assert client.get("/sign-out").status_code == 200
    assert client.post("/sign-out").status_code == 400
    assert client.post("/sign-out", headers={"Sec-Fetch-Site": "cross-site"}).status_code == 403
    assert client.get("/desk").status_code == 200
    assert dump() == before


def test_a23_nobody_is_signed_in_without_our_form(scene):
    person = db.session.get_one(Person, scene.people["handler"])
    client = scene.app.test_client()
    data, before = {"email": person.email, "password": PASSWORD}, number_of(Session)
    values, _free = form_of(scene, "nobody", "/sign-in")
    whole = {**values, **data}
    assert client.post("/sign-in", data=data).status_code == 400
    cross = {"Sec-Fetch-Site": "cross-site"}
    assert client.post("/sign-in", data=whole, headers=cross).status_code == 403
    assert client.get("/desk").status_code == 302
    assert number_of(Session) == before
    assert client.post("/sign-in", data=whole).status_code == 303
    assert client.get("/desk").status_code == 200


def test_a52_what_belongs_in_the_body_is_not_read_from_the_address(scene):
    values, before = starting(scene), dump()
    client = scene.clients["requester"]
    kind = values.pop("profile_type")
    both = {"profile_type": kind, "csrf_token": values["csrf_token"]}
    assert client.post("/establishment/start", query_string=both).status_code == 400
    answer = client.post(f"/establishment/start?profile_type={kind}", data=values)
    assert answer.status_code == 422
    assert client.post("/establishment/start", json={**values, **both}).status_code == 415
    assert (
        client.post("/establishment/start", data={**values, "profile_type[]": kind}).status_code
        == 422
    )
    assert dump() == before


def test_a55_a_get_with_all_that_a_post_needs_changes_nothing(scene):
    path, before = f"/establishment/{scene['consented']}/reject", dump()
    values, _free = form_of(scene, "head", path)
    client = scene.clients["head"]
    query = {**values, "reason": REASON, "contact_person": "Kaisa"}
    assert client.get(path, query_string=query).status_code == 200
    assert client.head(path, query_string=query).status_code == 200
    assert client.get("/establishment/start?profile_type=office").status_code == 200
    assert dump() == before
    assert scene.request("consented").state is S.SUBMITTED
    assert client.post(path, data=query).status_code == 303  # as a POST it would
    assert scene.request("consented").state is S.REJECTED
