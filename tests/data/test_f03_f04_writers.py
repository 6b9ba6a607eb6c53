"""F3, F4: other writers make a person wait, or say so and keep what was typed; nobody starves."""

import fcntl
import re
import shutil
import threading
import time
from http.cookiejar import CookieJar
from pathlib import Path
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, build_opener

import pytest
from sqlalchemy import func, select

from intake.data import engine
from intake.data import write as door
from intake.data.base import db
from intake.data.write import WriteLock
from intake.engine import jobs
from intake.engine.jobs import JobRun
from intake.establishment.models import Request
from intake.establishment.states import RequestState as S
from intake.refusals import Busy
from intake.web import error_pages
from tests.browser import PASSWORD, Browser
from tests.establishment import making
from tests.faults import another_writer, assert_sound
from tests.server import Server

REASON = "Tämä perustelu ei saa kadota."
READS = ("/desk", "/establishment", "/profiles", "/register", "/check?q=nuoret", "/readyz")


@pytest.fixture
def deciding(app, cast):
    """A request to decide on, and the form of its rejection as the head has it open."""
    request = making.make_request(cast)
    browser = Browser(app).signs_in(cast.head)
    page = browser.opens(f"/establishment/{request.id}/reject")
    return request, browser, page.fills(reason=REASON)


@pytest.fixture
def hurried(app, monkeypatch):
    """Patience of half a second instead of five."""
    monkeypatch.setattr(engine, "PATIENCE", 0.5)
    monkeypatch.setattr(door, "PATIENCE", 0.5)
    monkeypatch.setattr(door, "QUEUE", 0.5)
    _reconnect()
    yield
    _reconnect()


def _reconnect() -> None:
    db.session.remove()
    db.engine.dispose()


def test_f03_three_seconds_are_slower_and_nothing_else(deciding):
    request, _browser, form = deciding
    began = time.perf_counter()
    with another_writer(3):
        page = form.presses("Hylkää")
    assert time.perf_counter() - began > 2.5
    assert (page.status, page.path) == (200, f"/establishment/{request.id}")
    assert making.again(request).state == S.REJECTED
    assert_sound([(Request, request.id)])


def test_f03_after_a_while_it_says_so_keeps_the_text_and_reads_go_on(hurried, deciding):
    request, browser, form = deciding
    with another_writer():
        refused = form.presses("Hylkää")
        for path in READS:
            assert browser.opens(path).status == 200, path
    assert refused.status == 503
    assert refused.response.headers["Retry-After"] == "10"
    assert "Muut tallentavat juuri nyt" in refused.main
    assert making.again(request).state == S.SUBMITTED
    assert_sound(answers=[(refused.response, REASON)])
    done = refused.presses("Lähetä uudelleen")
    assert done.path == f"/establishment/{request.id}"
    assert making.again(request).state == S.REJECTED
    assert making.steps_of(request).count("reject") == 1
    assert_sound([(Request, request.id)])


def test_f03_a_password_is_not_kept_on_the_page(app, hurried, cast):
    page = Browser(app).opens("/sign-in")
    with another_writer():
        refused = page.fills(email=cast.head.email, password=PASSWORD).presses("Kirjaudu")
    assert refused.status == 503
    assert PASSWORD not in refused.html


def test_f03_an_interface_says_it_as_a_problem(app):
    with app.test_request_context("/api/v1/check", method="POST"):
        answer = error_pages._refused(Busy())
    assert answer.status_code == 503
    assert answer.headers["Retry-After"] == "10"
    assert answer.mimetype == "application/problem+json"


def test_f03_a_job_that_cannot_be_claimed_is_claimed_later(app, hurried):
    with another_writer(), pytest.raises(Busy):
        jobs.tick()
    assert db.session.scalars(select(JobRun.job)).all() == []
    assert set(jobs.tick()) >= {"deadlines"}


def test_f03_a_process_that_holds_the_lock_of_writers_is_waited_for_and_given_up(hurried, tmp_path):
    """The lock in front of SQLite, which any process of the house may hold."""
    lock = WriteLock(tmp_path / "write.lock")
    with (tmp_path / "write.lock").open("w") as other:
        fcntl.flock(other, fcntl.LOCK_EX)
        threading.Timer(0.2, fcntl.flock, (other, fcntl.LOCK_UN)).start()
        with lock.held():
            pass
        fcntl.flock(other, fcntl.LOCK_EX)
        with pytest.raises(Busy), lock.held():
            pass
        fcntl.flock(other, fcntl.LOCK_UN)
    time.sleep(0.1)
    with (tmp_path / "write.lock").open("w") as third:  # what came too late was let go
        fcntl.flock(third, fcntl.LOCK_EX | fcntl.LOCK_NB)


def test_f03_the_line_of_our_own_writers_has_an_end(hurried, tmp_path):
    lock = WriteLock(tmp_path / "write.lock")
    with lock.thread, pytest.raises(Busy), lock.held():
        pass
    with lock.held():
        pass


# F4: eight writers, two processes

EACH = 6
TOKEN = re.compile(r'action="/([\w-]+(?:/start)?)".*?name="csrf_token" value="([^"]+)"', re.S)


class Writer(threading.Thread):
    """Somebody who starts one request after another, at a server of their own."""

    def __init__(self, base: str, email: str, times: int) -> None:
        super().__init__()
        self.base, self.email, self.times = base, email, times
        self.opener = build_opener(HTTPCookieProcessor(CookieJar()))
        self.places: list[str] = []
        self.longest = 0.0

    def run(self) -> None:
        self._sends("sign-in", email=self.email, password=PASSWORD)
        for _ in range(self.times):
            began = time.perf_counter()
            self.places.append(self._sends("establishment/start", profile_type="office"))
            self.longest = max(self.longest, time.perf_counter() - began)

    def _sends(self, path: str, **typed: str) -> str:
        page = self.opener.open(f"{self.base}/{path}", timeout=60).read().decode()
        token = dict(TOKEN.findall(page))[path]
        data = urlencode({**typed, "csrf_token": token}).encode()
        return str(self.opener.open(f"{self.base}/{path}", data, timeout=60).url)


def test_f04_eight_writers_at_two_processes_all_succeed(app, cast, store, tmp_path, request):
    times = 200 if request.config.getoption("--soak") else EACH
    people = [cast.requester, cast.admin, cast.colleague, cast.head, cast.deputy]
    people += [cast.chief, cast.director, cast.mayor]
    emails = [person.email for person in people]
    _reconnect()
    shutil.copy(Path(app.instance_path, "keys.toml"), tmp_path)  # hosts share them
    servers = [Server(tmp_path, DATABASE_URL=store.url, JOBS="off").start() for _ in range(2)]
    writers = [Writer(servers[place % 2].base, email, times) for place, email in enumerate(emails)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert [server.stop() for server in servers] == [0, 0]
    assert [len(writer.places) for writer in writers] == [times] * len(writers)
    places = {place for writer in writers for place in writer.places}
    ids = {place.split("/establishment/")[1].split("/")[0] for place in places}
    assert len(ids) == times * len(writers)
    assert db.session.scalar(select(func.count()).select_from(Request)) == len(ids)
    assert_sound((Request, one) for one in ids)
