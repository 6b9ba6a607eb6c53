"""A25, A26, A51, A102-A104, A106: whatever is sent is answered, kept as text, and shown as text."""

from collections.abc import Iterator
from io import BytesIO
from urllib.parse import quote

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markupsafe import escape

from intake.data.base import db
from intake.establishment.models import Request
from intake.text import clean
from intake.web import access
from tests.access_table import POSTS
from tests.dump import dump
from tests.every_page import asking, ones, pages
from tests.forms_of import form_of
from tests.scene import Scene, prepared

PAYLOADS = (
    '"><img src=x onerror=alert(1)>',
    "'><svg/onload=alert(1)>",
    "</script><script>alert(1)</script>",
    "{{7*7}}",
    "${7*7}",
    "%(name)s {0.__class__}",
    "javascript:alert(1)",
)
KIND = "application/x-www-form-urlencoded"
NASTY = (
    "9" * 31, "a' OR '1'='1", "\x00",
    "'", '"', "*", "NEAR(", "%", "_", "\\", "1;drop table person", "sort=password",
    "-1", "1e9", "٣", "²", "a\x00b", "\ufffe", "\u202e", "😀" * 50, "../x",
)  # fmt: skip


# one worker has them all, so their town is made once
pytestmark = pytest.mark.xdist_group("scene")


@pytest.fixture(scope="module")
def scene(house, store) -> Iterator[Scene]:
    with prepared(house, store) as made:
        yield made


@pytest.fixture(scope="module")
def lists(scene):
    """Every page that reads fields of its query, and which."""
    return asking(scene)


def test_what_is_swept_is_found(lists, scene):
    """The sweeps below can fail: they know the fields that some pages are known to read."""
    known = {path: set(names) for _who, path, names in lists}
    assert known["/establishment"] >= {"q", "after"}
    assert known["/profiles"] >= {"q", "after", "state", "unit"}
    assert known["/register"] >= {"q", "after", "before", "platform", "unit", "kind"}
    assert known["/check"] >= {"q", "several"}
    assert known["/trail"] == {"before"}
    hollow = {path for _who, path in ones(scene)}
    assert {"/establishment/{}", "/profiles/{}", "/register/{}", "/messages/{}"} <= hollow
    assert f"/profiles/{scene['setup']}/address/{{}}/allow" in hollow


def test_a51_no_search_filter_or_cursor_breaks_a_list(scene, lists):
    before = dump()
    for who, path, names in lists:
        asked = [dict.fromkeys(names, value) for value in NASTY]
        asked += [{name: value} for name in names for value in NASTY[:3]]
        for query in asked:
            answer = scene.clients[who].get(path, query_string=query)
            assert answer.status_code in (200, 302, 303, 404, 422), (path, query)
    assert dump() == before


def test_a51_any_text_in_a_list_gets_an_answer(scene, lists):
    names = sorted({name for _who, _path, names in lists for name in names})
    text = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)

    @settings(max_examples=40, deadline=None, database=None)
    @given(st.dictionaries(st.sampled_from(names), text), st.sampled_from(lists))
    def holds(query, line):
        who, path, _names = line
        answer = scene.clients[who].get(path, query_string=query)
        assert answer.status_code in (200, 302, 303, 404, 422)

    holds()


def test_a51_an_id_that_cannot_be_is_not_found(scene):
    for who, path in ones(scene):
        for value in NASTY:
            answer = scene.clients[who].get(path.format(quote(value, safe="/'\"*(;=^`|~")))
            assert answer.status_code == 404, (path, value)


def test_a51_a_number_beyond_all_bounds_is_not_found(scene):
    for number in ("0", "2147483648", "9223372036854775808", "9" * 31):
        path = f"/establishment/{scene['submitted']}/versions/{number}"
        assert scene.clients["keeper"].get(path).status_code == 404, number
    for query in ("before=9223372036854775808", "before=99999999999", "before=-1"):
        assert scene.clients["keeper"].get(f"/trail?{query}").status_code == 200, query


RAW = b"a%00b%ED%A0%80c%0Dd%F0%9F%98%80%FF%C3"


def test_a102_bytes_that_are_no_text_are_no_fault_of_ours_in_any_query(scene, lists):
    for who, path, names in lists:
        for name in names:
            answer = scene.clients[who].get(path, query_string=f"{name}={RAW.decode()}")
            assert answer.status_code in (200, 302, 303, 404, 422), (path, name)
    for who, path in ones(scene):
        assert scene.clients[who].get(path.format(RAW.decode())).status_code == 404, path


@pytest.mark.parametrize(
    ("who", "path", "more"),
    [
        ("requester", "/establishment/start", {"profile_type": "nonsense"}),
        ("head", "/establishment/{consented}/reject", {"seen": "1"}),
        ("head", "/establishment/{consented}/return", {"seen": "1"}),
        ("head", "/establishment/{consented}/hand_on", {"seen": "1", "new_decider": ""}),
        ("requester", "/profiles/{setup}/check_off?item={item}", {"done": "left_out"}),
        ("requester", "/profiles/{setup}/address/type", {}),
        ("requester", "/me", {}),
        ("requester", "/me/password", {}),
        ("requester", "/me/sessions", {"which": ""}),
        ("nobody", "/reset", {}),
        ("nobody", "/reset/{reset}", {}),
        ("nobody", "/invitation/{invitation}", {}),
        ("keeper", "/handbook/versions/new", {}),
        ("keeper", "/handbook/platforms/new", {"kind": "nonsense"}),
        ("keeper", "/handbook/platforms/x", {"was": "x"}),
        ("keeper", "/handbook/platforms/x/hosts", {}),
        ("keeper", "/handbook/routes/x/rules", {"was": "x"}),
        ("keeper", "/handbook/trainings/record?people={requester}", {}),
        ("head", "/profiles/{setup}/cancel_setup", {}),
        ("administrator", "/town/names", {}),
        ("administrator", "/town/addresses", {"languages": "fi sv en"}),
        ("administrator", "/town/times", {}),
        ("administrator", "/town/look", {"preview": "y"}),
        ("nobody", "/sign-in", {}),
        ("administrator", "/people/new", {}),
        ("administrator", "/people/{requester}/change", {}),
        ("administrator", "/people/units/new", {"level": "unit", "parent": ""}),
        ("administrator", "/people/units/{youth}/head", {}),
        ("head", "/people/absences/new", {"begins": "2026-13-40"}),
    ],
)
def test_a102_bytes_that_are_no_text_are_no_fault_of_ours_in_any_field(scene, who, path, more):
    address, before = path.format_map(scene.ids), dump()
    values, free = form_of(scene, who, address)
    values |= {name: value for name, value in more.items() if name not in free}
    names = [*free, *(name for name in values if name != "csrf_token")]
    for name in dict.fromkeys(names):
        held = {key: value for key, value in values.items() if key != name}
        body = "&".join(f"{key}={value}" for key, value in held.items()).encode()
        answer = scene.clients[who].post(
            address, data=body + b"&" + name.encode() + b"=" + RAW, content_type=KIND
        )
        assert answer.status_code in (400, 404, 409, 422, 303), (path, name)
        assert "\x00" not in answer.text
    assert scene.clients[who].post(address, data=b"csrf_token=" + RAW).status_code in (400, 409)
    if "/sign-in" in path:
        assert dump() == before


def save(scene: Scene, page: str, **fields: str):
    """Save a page of the draft, go on; the answer."""
    path = f"/establishment/{scene['draft']}/form/{page}"
    values, _free = form_of(scene, "requester", path)
    return scene.clients["requester"].post(path, data={**values, **fields, "go": "yes"})


def draft(scene: Scene) -> dict:
    db.session.rollback()
    db.session.expire_all()
    return db.session.get_one(Request, scene["draft"]).draft


@pytest.mark.parametrize("sign", ["😀", "ä", "a\u0301", "𝕏"])
def test_a103_lengths_are_counted_in_characters(scene, sign):
    fits = (sign * 2000)[: 2000 - 10] + "\r\n" * 5 + "loppu"
    assert len(clean(fits)) == 2000
    answer = save(scene, "content", content_plan=fits)
    assert "liian pitkä" not in answer.text
    assert draft(scene)["content"]["content_plan"] == [clean(fits)]
    long = fits + sign * 600
    answer = save(scene, "content", content_plan=long)
    assert answer.status_code == 422
    over = len(clean(long)) - 2000
    assert f"{over} merkkiä liian pitkä" in answer.text.replace("\u00a0", " ")
    assert str(escape(clean(long))) in answer.text
    assert draft(scene)["content"]["content_plan"] == [clean(long)]


BOUNDARY = "multipart/form-data; boundary=x"
BODIES = {
    "no boundary": ("multipart/form-data", b"--x\r\n\r\n--x--"),
    "no end": (BOUNDARY, b'--x\r\nContent-Disposition: form-data; name="a"\r\n\r\nb'),
    "no head": (BOUNDARY, b"--x\r\n\r\nb\r\n--x--\r\n"),
    "no name": (BOUNDARY, b"--x\r\nContent-Disposition: form-data\r\n\r\nb\r\n--x--\r\n"),
    "name without value": (
        BOUNDARY,
        b'--x\r\nContent-Disposition: form-data; name="csrf_token"\r\n\r\n\r\n--x--\r\n',
    ),
    "nothing": (BOUNDARY, b""),
    "only the end": (BOUNDARY, b"--x--\r\n"),
    "a file where a text is due": (
        BOUNDARY,
        b'--x\r\nContent-Disposition: form-data; name="reason"; filename="../x"\r\n\r\nb\r\n--x--',
    ),
    "the same file twice": (
        BOUNDARY,
        b'--x\r\nContent-Disposition: form-data; name="f"; filename="x"\r\n\r\nb\r\n' * 2
        + b"--x--",
    ),
    "too many parts": (
        BOUNDARY,
        b'--x\r\nContent-Disposition: form-data; name="a"\r\n\r\nb\r\n' * 1000 + b"--x--\r\n",
    ),
    "a long head": (
        BOUNDARY,
        b'--x\r\nContent-Disposition: form-data; name="' + b"a" * 200_000 + b'"\r\n\r\nb\r\n--x--',
    ),
    "a broken charset": ("application/x-www-form-urlencoded; charset=utf-7", b"reason=+AHs-"),
    "broken percents": (KIND, b"reason=%&%zz=%u0041&=&&=="),
    "too long": (KIND, b"reason=" + b"a" * 300_000),
    "many fields": (KIND, b"&".join(b"a%d=b" % number for number in range(10_000))),
}


@pytest.mark.parametrize("name", BODIES)
def test_a104_a106_a_body_that_cannot_be_read_is_refused_with_a_page(scene, name):
    kind, body = BODIES[name]
    before = dump()
    for who, path in (
        ("head", f"/establishment/{scene['consented']}/reject"),
        ("nobody", "/sign-in"),
        ("requester", f"/establishment/{scene['draft']}/form/purpose"),
    ):
        answer = scene.clients[who].post(path, data=body, content_type=kind)
        expected = 413 if name in ("too many parts", "too long") else 400
        assert answer.status_code == expected, path
        assert "<h1" in answer.text
    assert dump() == before


@pytest.mark.parametrize("name", ["too many parts", "too long"])
def test_a106_too_much_at_once_says_so(scene, name):
    kind, body = BODIES[name]
    answer = scene.clients["nobody"].post("/sign-in", data=body, content_type=kind)
    assert answer.status_code == 413


def test_a106_words_stay_short_where_files_are_large(scene):
    """What is written lies in memory: where 50 MB of files may come, a text is no longer."""
    large = [(where, path) for where, (_who, path) in POSTS.items() if access.of(where).files]
    assert len(large) >= 5
    for endpoint, path in large:
        address, client = path.format_map(scene.ids), scene.clients[POSTS[endpoint][0]]
        words = "x" * (access.of(endpoint).limit + 1)
        assert client.post(address, data={"text": words}).status_code == 413, path
        parts = {"text": words, "evidence": (BytesIO(b"x"), "x.png")}
        assert client.post(address, data=parts).status_code == 413, path
        file = {"evidence": (BytesIO(words.encode()), "x.png")}
        assert client.post(address, data=file).status_code == 400, path


def test_a106_packed_and_foreign_bodies_are_of_the_wrong_kind(scene):
    client, path = scene.clients["requester"], "/establishment/start"
    packed = {"Content-Encoding": "gzip"}
    assert client.post(path, data={"a": "b"}, headers=packed).status_code == 415
    for kind in ("application/json", "text/plain", "application/xml"):
        assert client.post(path, data=b"{}", content_type=kind).status_code == 415


def test_a106_a_question_may_be_long_but_not_endless(scene):
    client = scene.clients["nobody"]
    for path, most in (("/check", 2048), ("/register", 2048), ("/api/v1/check", 2048)):
        assert client.get(path, query_string={"q": "😀" * most}).status_code == 200, path
        assert client.get(path, query_string={"q": "😀" * (most + 1)}).status_code == 422, path
    many = {f"a{number}": "b" for number in range(2000)}
    assert client.get("/register", query_string=many).status_code == 200


def test_a26_what_a_query_holds_is_text_in_the_answer(scene, lists):
    """All payloads at once on every page; each alone where a page reads its query."""
    every = {(who, path.split("?")[0]): () for who, path in pages(scene)}
    every |= {(who, path): names for who, path, names in lists}
    for (who, path), names in every.items():
        known = (*names, "page", "sort", "lang", "endpoint", "_scheme")
        for payload in (" ".join(PAYLOADS), *(PAYLOADS if names else ())):
            asked = {**dict.fromkeys(known, payload), payload: "x", "_external": "1"}
            answer = scene.clients[who].get(
                path, query_string=asked, headers={"Referer": payload, "User-Agent": payload}
            )
            assert answer.status_code < 500, (path, asked)
            assert_text(answer)


def test_a26_what_a_path_holds_is_text_in_the_answer(scene):
    for who, path in ones(scene):
        for payload in (" ".join(PAYLOADS), *PAYLOADS[:2]):
            address = path.format(quote(payload, safe="/'\"<>=();:{}$*"))
            answer = scene.clients[who].get(address)
            assert answer.status_code == 404
            assert_text(answer)


def assert_text(answer) -> None:
    """A payload may be there as text: never as markup or as a link's scheme."""
    if answer.mimetype == "text/html":
        html = answer.text
        assert "<img src=x" not in html
        assert "<svg/onload" not in html
        assert "<script>alert" not in html
        assert 'href="javascript:' not in html
    for name, value in answer.headers:
        assert "\n" not in value, name
