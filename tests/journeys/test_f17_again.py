"""F17: sent twice, back, reload, two tabs of one draft, a session that ended: one thing, kept."""

import sqlite3

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("journeys")]

WHO = "joonas.metsapurola"
FIRST, SECOND = "Kerromme nuorille kerhoista.", "Kerromme nuorille harjoittelusta."
AUDIENCE = "Nuorille, jotka voivat ehdottaa ja kysyä."


def ask(town, sql: str, *values: str) -> list:
    with sqlite3.connect(town.instance / "profiilivahti.db") as database:
        return database.execute(sql, values).fetchall()


def drafts(town) -> int:
    sql = """SELECT count(*) FROM request JOIN person ON person.id = request.requester_id
             WHERE person.email LIKE ?"""
    return ask(town, sql, f"{WHO}@%")[0][0]


@pytest.fixture
def begun(at, town):
    """A draft of his own, at the page of its purpose."""
    joonas = at(WHO).opens("/establishment/start").fills(profile_type="office")
    joonas.presses("Aloita pyyntö")
    joonas.form = joonas.path.split("/form")[0] + "/form"
    return joonas.opens(f"{joonas.form}/purpose")


def kept(town, person) -> str:
    """What the draft holds of its purpose."""
    request = person.form.split("/")[2]
    return ask(town, "SELECT draft FROM request WHERE id = ?", request)[0][0]


def test_f17_sent_twice_is_one_thing(at, town):
    joonas, before = (
        at(WHO).opens("/establishment/start").fills(profile_type="office"),
        drafts(town),
    )
    with joonas.page.expect_navigation(url="**/form**"):
        joonas.page.locator("main form").evaluate("form => { form.submit(); form.submit(); }")
    assert drafts(town) == before + 1


def test_f17_reload_and_back_after_a_post_do_nothing_again(begun, town):
    before = drafts(town)
    begun.fills(purpose=FIRST, audience=AUDIENCE).presses("Tallenna ja palaa myöhemmin")
    begun.page.reload()
    begun.page.go_back()
    assert begun.page.locator("[name=purpose]").input_value() == FIRST
    begun.presses("Tallenna ja palaa myöhemmin")
    assert (drafts(town), FIRST in kept(town, begun)) == (before, True)


def test_f17_an_older_tab_shows_the_difference_and_keeps_both_texts(begun, town):
    other = begun.context.new_page()
    other.goto(begun.page.url)
    begun.fills(purpose=FIRST, audience=AUDIENCE).presses("Tallenna ja palaa myöhemmin")
    other.fill("[name=purpose]", SECOND)
    with other.expect_navigation() as arrived:
        other.get_by_role("button", name="Tallenna ja palaa myöhemmin").click()
    assert arrived.value.status == 409
    assert FIRST in other.locator("main").inner_text()
    assert other.locator("[name=purpose]").input_value() == SECOND
    assert FIRST in kept(town, begun)
    with other.expect_navigation():
        other.get_by_role("button", name="Tallenna ja palaa myöhemmin").click()
    assert SECOND in kept(town, begun)


def test_f17_what_was_typed_outlives_the_session(begun, town):
    begun.fills(purpose=FIRST, audience=AUDIENCE)
    begun.context.clear_cookies(name="session")
    begun.presses("Tallenna ja palaa myöhemmin", status=401)
    begun.fills(email=f"{WHO}@savonkoski.example", password="demo-Savonkoski-2026")
    begun.presses("Kirjaudu").presses("Lähetä kirjoittamani")
    assert FIRST in kept(town, begun)


def test_f17_a_decision_is_not_made_again_from_the_page_before(at):
    kaisa = at("kaisa.ruskotuulela").works_on("Tee päätös pyynnöstä").follows("Palauta")
    kaisa.fills(remark_purpose="Kerro tavoite tarkemmin.").presses("Palauta täydennettäväksi")
    kaisa.page.go_back()
    assert kaisa.page.get_by_role("button", name="Palauta täydennettäväksi").count() == 0
    assert kaisa.page.get_by_role("heading", level=1).inner_text() == "Joku ehti ensin"
