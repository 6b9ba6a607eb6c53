"""A195: a refusal keeps what was typed, whatever refuses."""

from collections.abc import Iterator

import pytest
from sqlalchemy.exc import OperationalError
from werkzeug.datastructures import MultiDict

from intake.data.base import db
from intake.refusals import Busy, NotAllowed, Stale, WrongState
from intake.web import access
from tests.access_table import POSTS
from tests.filled_forms import filled, forms, sendable, taken_back
from tests.forms_of import WORDS
from tests.scene import Scene, prepared

# one worker has them all, so their town is made once
pytestmark = pytest.mark.xdist_group("scene")


@pytest.fixture(scope="module")
def scene(house, store) -> Iterator[Scene]:
    with prepared(house, store) as made:
        yield made


WRITTEN = [
    (who, path)
    for endpoint, (who, path) in POSTS.items()
    if endpoint
    in (
        "establishment.act",
        "establishment.page",
        "fakes.case_step",
        "fakes.notify",
        "fakes.report",
        "fakes.add",
        "profiles.step",
        "people.cancel_absence",
    )
]


def refused(scene: Scene, who: str, path: str, monkeypatch, fault, **more):
    """What comes back where storing a form ends with a fault."""
    address, data = filled(scene, who, path)
    texts = [text for text in data.values() if text == WORDS]

    def fails(*_arguments, **_more):
        raise fault

    monkeypatch.setattr(db.session, "commit", fails)
    answer = scene.window(who).post(address, data=sendable(MultiDict(data)), **more)
    monkeypatch.undo()
    return answer, texts


FAULTS = {
    "a full disk": (OperationalError("x", {}, Exception("database or disk is full")), 503),
    "others write": (Busy(), 503),
    "too late": (WrongState(), 409),
    "changed meanwhile": (Stale(), 409),
    "not any more": (NotAllowed(), 403),
}


@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize(("who", "path"), WRITTEN)
def test_a195_what_was_typed_comes_back(scene, monkeypatch, who, path, fault):
    error, status = FAULTS[fault]
    answer, texts = refused(scene, who, path, monkeypatch, error)
    assert answer.status_code in (status, 409, 422), path
    assert answer.text.count(WORDS) >= min(1, len(texts)), path


@pytest.mark.parametrize(("who", "path"), forms())
def test_a195_a_language_changed_midway_keeps_the_text_and_does_nothing(scene, who, path):
    address, data = filled(scene, who, path)
    texts = [text for text in data.values() if text == WORDS]
    sent = MultiDict([*data.items(multi=True), ("turned", "1")])
    with taken_back() as left:
        answer = scene.window(who).post(
            f"{address}{'&' if '?' in address else '?'}lang=sv", data=sendable(sent)
        )
    assert answer.status_code == 200, answer.text[:2000]
    assert 'lang="sv"' in answer.text
    assert not texts or "Det du skrev finns kvar" in answer.text
    assert answer.text.count(WORDS) >= len(texts)
    assert not left or path == "/establishment/{draft}/form/purpose"  # which saves at each press


def test_a195_a_form_from_elsewhere_keeps_what_was_typed_where_it_is_ours(scene):
    address, data = filled(scene, "handler", POSTS["fakes.case_step"][1])
    foreign = {"Origin": "https://evil.example"}
    ours = scene.window("handler").post(address, data=data, headers=foreign)
    assert ours.status_code == 403
    assert WORDS in ours.text
    forged = {**data.to_dict(), "csrf_token": "x.y"}  # nobody else puts words on our pages
    theirs = scene.window("handler").post(address, data=forged, headers=foreign)
    assert WORDS not in theirs.text


def test_a195_no_secret_comes_back(scene):
    for endpoint, secret in (("people.sign_in", "password"), ("fakes.follow", "code")):
        who, path = POSTS[endpoint]
        address, data = filled(scene, who, path)
        data.setlist(secret, ["kaksi sanaa"])
        foreign = {"Origin": "https://evil.example"}
        answer = scene.window(who).post(address, data=data, headers=foreign)
        assert "kaksi sanaa" not in answer.text


def test_a195_too_much_at_once_leads_back_to_the_form(scene):
    path = POSTS["fakes.case_step"][1].format_map(scene.ids)
    sent = {"text": "x" * (access.MOST * 2)}
    answer = scene.window("handler").post(path, data=sent)
    assert answer.status_code == 413
    assert f'href="{path}"' in answer.text
    assert "Selaimen Takaisin" in answer.text
