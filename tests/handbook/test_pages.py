"""The guidelines for everybody; for staff what they have acknowledged and learnt."""

import re
from datetime import date

import pytest

from intake import clock
from intake.data.base import db
from intake.data.write import write
from intake.handbook import queries, service
from intake.handbook.models import Approval, GuidelineVersion, TrainingKind
from tests.browser import Browser

OPENS = {
    "fi": ("Näin toimimme somessa", "Sisällys", "Ohjeiden versio 1, voimassa"),
    "sv": ("Så gör vi i sociala medier", "Innehåll", "Anvisningarna, version 1, gäller från"),
    "en": ("How we act in social media", "Contents", "Guidelines, version 1, in force from"),
}
BUTTON = "Olen lukenut ohjeet ja noudatan niitä"


def publish(text, number=2):
    with write():
        texts = {f"text_{code}": text for code in ("fi", "sv", "en")}
        db.session.add(GuidelineVersion(number=number, in_force_on=clock.today(), **texts))


@pytest.mark.policy("P12")
@pytest.mark.parametrize("language", OPENS)
def test_anyone_reads_both_parts_as_one_version_in_their_language(visitor, language):
    page = visitor.opens("/guidelines", query={"lang": language}, status=200)
    heading, contents, version = OPENS[language]
    assert page.heading == heading
    assert contents in page.main
    assert version in page.main
    parts = re.findall(r"^## (.+)$", queries.current_guidelines().text(language), re.MULTILINE)
    assert [part for part in parts if page.link(part)[0] != "#"] == []
    assert "(S1)" in page.main
    assert "(E6)" in page.main


def test_every_entry_of_the_contents_leads_to_its_heading(visitor):
    page = visitor.opens("/guidelines")
    targets = [
        link.get("href")[1:]
        for nav in page.tree.iter("nav")
        for link in nav.iter("a")
        if (link.get("href") or "").startswith("#")
    ]
    ids = {element.get("id") for element in page.tree.iter() if element.tag in ("h2", "h3")}
    assert len(targets) == 8
    assert set(targets) <= ids


def test_the_answer_is_kept_a_minute_and_the_same_for_all(visitor):
    answer = visitor.opens("/guidelines").response
    assert answer.headers["Cache-Control"] == "public, max-age=60"
    assert "Set-Cookie" not in answer.headers


def test_an_earlier_version_says_so_and_leads_to_the_one_in_force(visitor):
    publish("## Uusi\n\nUusi kohta. (S1)")
    old = visitor.opens("/guidelines?version=1")
    assert "Tämä on aiempi versio." in old.main
    new = old.follows("Lue voimassa olevat ohjeet")
    assert "Uusi kohta." in new.main
    assert "aiempi versio" not in new.main
    assert new.follows("Versio 1,").path == "/guidelines"


@pytest.mark.parametrize("number", ["7", "x", "-1", "٣", "99999999999999999999"])
def test_a_version_that_is_not_there_is_not_found(visitor, number):
    visitor.opens("/guidelines", query={"version": number}, status=404)


def test_a27_a_version_with_hostile_text_is_shown_as_text(visitor):
    publish("<script>alert(1)</script>\n\n[x](javascript:alert(1)) ![y](https://evil.example/z)")
    page = visitor.opens("/guidelines")
    assert "<script>alert(1)</script>" in page.main
    assert not [link for link in page.tree.iter("a") if "script" in (link.get("href") or "")]
    assert not list(page.tree.iter("img"))


@pytest.mark.policy("G1", "P12")
def test_a_person_reads_and_acknowledges_and_is_asked_again_by_a_new_version(app, cast):
    browser = Browser(app).signs_in(cast.admin)
    page = browser.opens("/handbook")
    assert "Kuittaukseni versio 1 kuittaamatta" in page.main
    page = page.follows("Lue ja kuittaa")
    assert page.heading == "Lue ohjeet ja kuittaa ne"
    page = page.presses(BUTTON)
    assert page.path == "/handbook"
    assert "Olet kuitannut ohjeet." in page.text
    assert "Versio 1, 23.11.2026 kuitattu" in page.main
    assert browser.opens("/handbook/guidelines").buttons() == []
    publish(queries.current_guidelines().text_fi + "\n\nAivan uusi kohta. (S1)")
    page = browser.opens("/handbook")
    assert "Versio 1, 23.11.2026 versio 2 kuittaamatta" in page.main
    again = page.follows("Lue ja kuittaa")
    assert "Olet kuitannut version 1." in again.main
    assert again.main.index("Aivan uusi kohta.") < again.main.index("Sosiaalinen media on kaikille")
    again.presses(BUTTON)
    assert queries.acknowledgement(cast.admin.id).number == 2


def test_what_was_taken_out_is_told_too(app, cast, now):
    with write():
        service.acknowledge(cast.admin, now)
    publish("\n\n".join(queries.current_guidelines().text_fi.split("\n\n")[:-1]))
    page = Browser(app).signs_in(cast.admin).opens("/handbook/guidelines")
    struck = next(iter(page.tree.iter("del")))
    assert "hyvinvointialueille vuonna 2023" in "".join(struck.itertext())


@pytest.mark.policy("G1")
def test_the_version_that_was_not_shown_is_not_acknowledged(app, cast):
    browser = Browser(app).signs_in(cast.admin)
    page = browser.opens("/handbook/guidelines")
    publish("Toinen. (S1)")
    assert page.presses(BUTTON).status == 409
    assert queries.acknowledgement(cast.admin.id) is None


def test_looking_does_not_acknowledge_and_pressing_twice_does_so_once(app, cast):
    browser = Browser(app).signs_in(cast.admin)
    page = browser.opens("/handbook/guidelines")
    assert queries.acknowledgement(cast.admin.id) is None
    page.presses(BUTTON)
    assert page.presses(BUTTON).path == "/handbook"


def test_a_visitor_is_asked_to_sign_in(visitor):
    for path in ("/handbook", "/handbook/guidelines"):
        assert "Kirjaudu" in visitor.opens(path).main


@pytest.mark.policy("P11", "G1")
def test_a_person_sees_their_trainings_and_which_no_longer_hold(app, cast, now):
    with write():
        for kind, held_on, until in (
            (TrainingKind.SOCIAL_MEDIA, date(2024, 5, 2), date(2026, 5, 2)),
            (TrainingKind.SECURITY, date(2026, 2, 3), None),
        ):
            service.record_training(cast.admin, kind, held_on, until, cast.keeper, now)
    page = Browser(app).signs_in(cast.admin).opens("/handbook").main
    assert "Tietoturvakoulutus 3.2.2026 toistaiseksi" in page
    assert "Sosiaalisen median koulutus 2.5.2024 2.5.2026 ei enää voimassa" in page
    other = Browser(app).signs_in(cast.colleague).opens("/handbook").main
    assert "Sinulle ei ole kirjattu koulutuksia." in other


@pytest.mark.policy("G3", "G7")
def test_staff_see_which_services_are_approved_and_their_terms(app, cast):
    with write():
        queries.platform("flickr").terms_url = "javascript:alert(1)"
        queries.platform("pinterest").approval = Approval.NOT_APPROVED
    page = Browser(app).signs_in(cast.admin).opens("/handbook")
    assert "Facebook hyväksytty työkäyttöön verkkoyhteisö Lue ehdot" in page.main
    assert "TikTok kokeilussa mediapalvelu" in page.main
    assert "Pinterest ei hyväksytty työkäyttöön linkkien jakaminen" in page.main
    assert "Verkkosivusto hyväksytty työkäyttöön verkkosivusto" in page.main
    assert "Jokaisella palvelimella on omat ehtonsa." in page.main
    links = [link.get("href") for link in page.tree.iter("a")]
    assert "https://www.facebook.com/legal/terms" in links
    assert not [link for link in links if link.startswith("javascript")]


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("sv", ("Anvisningar, utbildningar och tjänster", "godkänd för arbetsbruk", "Webbplats")),
        ("en", ("Guidelines, trainings and services", "approved for work use", "Web site")),
    ],
)
def test_the_handbook_speaks_the_readers_language(app, cast, language, words):
    browser = Browser(app).signs_in(cast.admin)
    page = browser.opens("/handbook", query={"lang": language})
    assert [word for word in words if word not in page.main] == []
    page = browser.opens("/handbook/guidelines", query={"lang": language})
    assert page.heading in (
        "Läs anvisningarna och kvittera dem",
        "Read the guidelines and acknowledge them",
    )


def test_where_there_are_no_guidelines_the_page_is_not_found(visitor):
    with write():
        db.session.delete(queries.current_guidelines())
    visitor.opens("/guidelines", status=404)
