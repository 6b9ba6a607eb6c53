"""A190: a HEAD is answered like its GET, and what a browser reports may be anything."""

from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.dump import dump
from tests.every_page import pages
from tests.scene import Scene, prepared

# one worker has them all, so their town is made once
pytestmark = pytest.mark.xdist_group("scene")

LEAVES = st.none() | st.booleans() | st.integers() | st.text(max_size=5)
ANYTHING = st.recursive(
    LEAVES,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["csp-report", "violated-directive", "blocked-uri"]), inner, max_size=3
        )
    ),
)


@pytest.fixture(scope="module")
def scene(house, store) -> Iterator[Scene]:
    with prepared(house, store) as made:
        yield made


def test_a190_a_head_is_the_head_of_the_page(scene):
    before = dump()
    for who, path in dict.fromkeys([*pages(scene), ("nobody", "/anmal"), ("nobody", "/ilmoita")]):
        shown, head = (scene.window(who).open(path, method=method) for method in ("GET", "HEAD"))
        assert head.status_code == shown.status_code, path
        assert head.data == b"", path
        differing = {"Set-Cookie", "Content-Length", "ETag", "Last-Modified"}
        assert names(head) - differing == names(shown) - differing, path
        shown.close()
    assert dump() == before


def names(answer) -> set[str]:
    return set(answer.headers.keys())


def test_a190_whatever_a_browser_reports_is_taken(scene):
    client = scene.window("nobody")
    for sent in (b"[1]", b"", b"[" * 8000, b"\xff", b'{"csp-report": [1]}', b"{}", b"null"):
        assert client.post("/csp-report", data=sent).status_code == 204, sent

    @settings(max_examples=60, deadline=None, database=None)
    @given(ANYTHING)
    def holds(content):
        assert client.post("/csp-report", json=content).status_code == 204

    holds()
