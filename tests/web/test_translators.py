"""What browsers' translators and keepers of passwords are told of a page."""

import html5lib
import pytest

from intake.data.base import db
from intake.data.write import write
from intake.fakes.states import CaseState as C
from intake.people import links
from intake.people.models import LinkPurpose, Person
from intake.profiles.states import ProfileState as P
from tests.browser import Browser
from tests.fakes.making import make_case
from tests.profiles.making import make_profile


def translated(html: str, text: str) -> list[bool]:
    """For each place where a text stands alone: may a translator change it?"""
    found: list[bool] = []

    def walk(element, may):
        may = {"no": False, "yes": True}.get(element.get("translate"), may)
        if (element.text or "").strip() == text:
            found.append(may)
        for child in element:
            walk(child, may)

    walk(html5lib.parse(html, namespaceHTMLElements=False).find("body"), True)
    return found


def test_names_and_addresses_are_left_alone_by_translators(app, cast):
    profile = make_profile(cast, P.ACTIVE, key="instagram:handle:kirjasto", name="Kirjasto auki")
    citizen = Browser(app)
    for path in ("/register", f"/register/{profile.slug}"):
        assert translated(citizen.opens(path).html, "Kirjasto auki") == [False], path
    page = citizen.opens("/check", {"q": "https://www.instagram.com/kirjasto/"})
    assert not any(translated(page.html, "instagram.com/kirjasto"))


def test_references_and_addresses_of_cases_are_too(app, cast):
    case = make_case(cast, C.RECEIVED, "https://www.instagram.com/savonkoski_feikki")
    page = Browser(app).signs_in(cast.handler).opens("/cases")
    assert translated(page.html, case.reference) == [False]


def test_who_chooses_a_password_is_told_to_what_keeps_it(app, cast):
    mine = Browser(app).signs_in(cast.handler).opens("/me/password")
    assert _username(mine.html) == cast.handler.email


@pytest.mark.parametrize("purpose", [LinkPurpose.RESET, LinkPurpose.INVITATION])
def test_so_it_is_where_a_link_leads(app, cast, now, purpose):
    with write():
        if purpose is LinkPurpose.INVITATION:
            db.session.get_one(Person, cast.handler.id).password_hash = None
        path = links.path(links.make(purpose, cast.handler, now))
    assert _username(Browser(app).opens(path).html) == cast.handler.email


def _username(html: str) -> str:
    tree = html5lib.parse(html, namespaceHTMLElements=False)
    (field,) = [one for one in tree.iter("input") if one.get("autocomplete") == "username"]
    assert field.get("readonly") is not None
    assert field.get("name") is None
    return field.get("value")
