"""What is kept in memory holds only until anybody commits anything, in whatever process."""

import subprocess
import sys
import threading
from datetime import timedelta

import pytest
from sqlalchemy import text

from intake import ports
from intake.data.base import db
from intake.data.cache import commit_cache
from intake.data.write import write
from intake.people import town
from intake.web import page_cache
from tests.browser import Browser
from tests.register.listing import list_profile
from tests.test_work import counted


def asked(visitor: Browser, path: str) -> tuple[str, int]:
    """The page, and how many statements it took."""
    with counted() as statements:
        page = visitor.client.get(path, headers={"Accept-Language": "fi"})
    read = [one for one in statements if one.startswith("SELECT")]
    return page.text, len(read)


def is_kept(visitor: Browser, path: str, page: str) -> bool:
    """Is the page given again without a question? PostgreSQL commits by itself too, when it tidies
    up, so it may have to be asked twice."""
    return any(asked(visitor, path) == (page, 0) for _ in range(3))


@pytest.fixture
def library(cast):
    return list_profile(cast, slug="kirjasto", name="Kirjasto")


@pytest.mark.parametrize(
    "path",
    ["/", "/register", "/register/kirjasto", "/check?q=kirjasto", "/privacy", "/api/v1/profiles"],
)
def test_a_public_answer_is_read_once_until_something_is_committed(visitor, library, path):
    first, statements = asked(visitor, path)
    assert is_kept(visitor, path, first)
    with write():
        town.store(name_fi="Toinen kunta")
    changed, again = asked(visitor, path)
    assert again == statements or path == "/privacy"
    assert "Toinen kunta" in changed or path.startswith("/api/")


def test_a_change_by_another_process_is_seen_at_once(app, visitor, library):
    for path in ("/", "/register/kirjasto"):
        asked(visitor, path)
    change = (
        "import sys; from sqlalchemy import create_engine, text; "
        "own = create_engine(sys.argv[1]).connect(); "
        "own.execute(text(\"UPDATE profile SET name = 'Uusi nimi'\")); own.commit()"
    )
    url = db.engine.url.render_as_string(hide_password=False)
    db.session.rollback()
    subprocess.run([sys.executable, "-c", change, url], check=True)
    assert "Uusi nimi" in asked(visitor, "/register/kirjasto")[0]


def test_a_change_by_another_connection_is_seen_at_once(app, visitor, library):
    assert "Kirjasto" in asked(visitor, "/register/kirjasto")[0]
    with db.engine.connect().execution_options(writes=True) as other:
        other.execute(text("UPDATE profile SET name = 'Uusi nimi'"))
        assert "Uusi nimi" not in asked(visitor, "/register/kirjasto")[0]
        other.commit()
    assert "Uusi nimi" in asked(visitor, "/register/kirjasto")[0]


def test_languages_and_days_have_answers_of_their_own(visitor, library, still):
    finnish = asked(visitor, "/register/kirjasto")[0]
    swedish = visitor.client.get("/register/kirjasto", headers={"Accept-Language": "sv"}).text
    assert swedish != finnish
    assert is_kept(visitor, "/register/kirjasto", finnish)
    still.shift(timedelta(days=1))
    assert asked(visitor, "/register/kirjasto")[1] > 0


def test_a_post_an_error_and_a_page_for_one_person_are_not_kept(app, cast, visitor, library):
    staff = Browser(app).signs_in(cast.requester)
    for browser, path in ((visitor, "/register/nothing"), (staff, "/desk")):
        assert asked(browser, path)[1] > 0
        assert asked(browser, path)[1] > 0
    queries = {"queries": ["kirjasto"]}
    for _ in range(2):
        with counted() as statements:
            visitor.client.post("/api/v1/check", json=queries)
        assert statements


def test_what_is_asked_for_least_goes_first_and_nothing_large_is_kept(
    visitor, library, monkeypatch
):
    monkeypatch.setattr(page_cache, "MOST", 2)
    asked(visitor, "/register")
    for number in range(3):
        asked(visitor, f"/check?q=kirjasto{number}")
        assert asked(visitor, "/register")[1] == 0, "it was asked for just now"
    assert asked(visitor, "/check?q=kirjasto0")[1] > 0
    monkeypatch.setattr(page_cache, "LARGEST", 100)
    asked(visitor, "/check?q=large")
    assert asked(visitor, "/check?q=large")[1] > 0


def test_a_transaction_that_began_before_a_commit_leaves_nothing_old_behind(app, library):
    """Its mark is from before the commit, so what it reads is kept under that and not found."""
    db.session.execute(text("SELECT name FROM profile"))
    old = commit_cache()
    old["name"] = "as it was"

    def commit() -> None:
        with app.app_context(), write():
            town.store(name_fi="Uusi")

    thread = threading.Thread(target=commit)
    thread.start()
    thread.join()
    db.session.rollback()
    assert "name" not in commit_cache()


def test_inside_a_write_its_own_changes_count_and_are_kept_nowhere(app):
    def change() -> None:
        with write():
            town.store(name_fi="Aikova")
            assert town.current().name_fi == "Aikova"
            raise KeyError

    with pytest.raises(KeyError):
        change()
    assert town.current().name_fi == "Kunta"


def test_a_watcher_that_lost_its_connection_opens_another(app, visitor):
    asked(visitor, "/")
    ports.of(app).commit_cache.watcher.close()
    assert asked(visitor, "/")[1] > 0
    assert asked(visitor, "/")[1] == 0
