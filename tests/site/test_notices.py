"""What the service says of itself: complete by the forms' own declarations, true of the cookies."""

from collections.abc import Iterator

import pytest
from wtforms import Form

from intake.data.write import write
from intake.establishment.forms import PAGES
from intake.people import town
from intake.site import notices
from intake.web import access
from intake.web.forms import BaseForm, Told
from tests.browser import Browser, Page
from tests.fakes.following import coded

HEADINGS = {
    "/privacy": ("Tietosuojaseloste", "Dataskyddsbeskrivning", "Privacy notice"),
    "/accessibility": (
        "Saavutettavuusseloste",
        "Tillgänglighetsutlåtande",
        "Accessibility statement",
    ),
}


def every_form(base: type = Form) -> Iterator[type]:
    for form in base.__subclasses__():
        yield form
        yield from every_form(form)


def personal(forms) -> set[tuple[str, str]]:
    """(label, retention class) of the questions that the forms declare to be about a person."""
    return {
        (str(field.label.text), field.keep)
        for form in forms
        for field in notices.declared(form)
        if field.personal
    }


def facts(page: Page, after: str) -> dict[str, list[str]]:
    """The rows of the list of facts that follows a heading."""
    found: dict[str, list[str]] = {}
    is_after = False
    for element in page.tree.iter():
        if element.tag in ("h2", "h3"):
            if is_after:
                break
            is_after = "".join(element.itertext()) == after
        elif is_after and element.tag == "dt":
            values = found[element.text] = []
        elif is_after and element.tag == "dd":
            values.append("".join(element.itertext()))
    return found


@pytest.mark.parametrize("path", HEADINGS)
def test_a_notice_is_read_by_anyone_in_three_languages_and_kept_a_minute(visitor, path):
    for language, heading in zip(("fi", "sv", "en"), HEADINGS[path], strict=True):
        page = visitor.opens(path, query={"lang": language}, status=200)
        assert page.heading == heading
        assert page.response.headers["Cache-Control"] == access.SHORT
        assert "Set-Cookie" not in page.response.headers


def test_every_page_leads_to_the_notices(app, cast, visitor):
    for page in (visitor.opens("/"), Browser(app).signs_in(cast.requester).opens("/desk")):
        footer = next(page.tree.iter("footer"))
        assert set(HEADINGS) <= {link.get("href") for link in footer.iter("a")}


def test_every_entry_of_the_contents_leads_to_its_heading(visitor):
    page = visitor.opens("/privacy")
    contents = next(nav for nav in page.tree.iter("nav") if nav.get("aria-labelledby"))
    targets = [link.get("href").removeprefix("#") for link in contents.iter("a")]
    headings = [one.get("id") for one in page.tree.iter("h2") if one.get("id") != "contents"]
    assert targets == headings


def test_every_question_about_a_person_is_in_the_notice_under_its_class(visitor):
    page = visitor.opens("/privacy", query={"lang": "fi"})
    told = {
        (label, kept.code)
        for kept in notices.CLASSES
        for labels in facts(page, str(kept.heading)).values()
        for label in labels
    }
    asked = personal(form for _title, form in notices.ASKING)
    assert len(asked) > 20
    assert told == asked


def test_no_other_form_asks_about_persons_and_every_class_is_explained():
    """Whoever declares a personal question elsewhere must tell of it in the notice too."""
    ours = [form for form in every_form() if form.__module__.startswith("intake.")]
    assert len(ours) > 30
    assert personal(ours) <= personal(form for _title, form in notices.ASKING)
    keeps = {
        field.keep
        for form in ours
        if issubclass(form, BaseForm)
        for field in notices.declared(form)
    }
    assert keeps == {kept.code for kept in notices.CLASSES}


def test_what_is_said_to_be_published_is_and_nothing_else():
    """Each class has a heading that says whether its questions about persons are published."""
    forms = [form for _title, form in notices.ASKING]
    fields = [field for form in forms for field in notices.declared(form) if field.personal]
    published = {field.keep for field in fields if field.public}
    assert published == {"REG", "STAFF"}  # of staff the name and title of who runs a profile
    of_staff = {str(one.label.text) for one in fields if one.public and one.keep == "STAFF"}
    assert of_staff == {"Name", "Title"}
    assert {field.keep for field in fields if not field.public} == {
        *("REQ", "STAFF", "ABS", "CASE", "CONTACT"),
    }


def test_a_field_that_is_repeated_is_declared_once():
    class Twice(BaseForm):
        pass

    admins = next(line.form for line in PAGES if line.slug == "admins")
    names = [field.name for field in notices.declared(admins)]
    assert names == ["person", "task", "hours_update", "hours_interaction", "lead"]
    assert list(notices.declared(Twice)) == []
    assert all(isinstance(field, Told) for field in notices.declared(admins))


def test_the_cookies_are_exactly_those_that_are_set(app, cast):
    browser = Browser(app)
    browser.opens("/", query={"lang": "sv"})
    browser.opens("/", query={"lang": "fi"})
    browser.signs_in(cast.requester).opens("/me").presses("Tallenna")
    browser.opens("/privacy", query={"lang": "en"})
    _made, code = coded()
    browser.language = "fi"
    browser.opens("/follow", query={"lang": "fi"}).fills(code=code).presses("Näytä tilanne")
    held = {cookie.key for cookie in browser.client._cookies.values()}
    assert held == {cookie.name for cookie in notices.COOKIES}


def test_the_notices_name_the_town_and_whom_to_write_to(app, visitor):
    with write():
        town.store(name_fi="Savonkoski", contact_email="viestinta@savonkoski.example")
    assert facts(visitor.opens("/privacy"), "Kuka vastaa tiedoista ja miksi") == {
        "Rekisterinpitäjä": ["Savonkoski"],
        "Yhteydenotot": ["viestinta@savonkoski.example"],
        "Tietosuojavastaava": ["viestinta@savonkoski.example"],
    }
    assert "viestinta@savonkoski.example" in visitor.opens("/accessibility").main
    with write():
        town.store(dpo_contact="tietosuoja@savonkoski.example", draft_days=77)
    page = visitor.opens("/privacy")
    assert page.main.count("tietosuoja@savonkoski.example") == 2
    assert "77 päivää viimeisestä muutoksesta" in page.main


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_every_page_says_so_when_the_limits_are_off(app, visitor, monkeypatch, language):
    said = {
        "fi": "Rajoitukset ovat pois päältä.",
        "sv": "Begränsningarna är avstängda.",
        "en": "The limits are off.",
    }
    assert said[language] not in visitor.opens("/sign-in", query={"lang": language}).html
    monkeypatch.setitem(app.config, "LIMITS", "off")
    for path in ("/sign-in", "/register", "/nothing"):
        assert said[language] in visitor.opens(path, query={"lang": language}).html
