"""Keepers publish new versions of the guidelines; what was in force is never changed (G1, P12)."""

import hashlib

import pytest
from sqlalchemy import select

from intake import clock
from intake.data.base import db
from intake.data.write import write
from intake.engine import audit_trail, outbox
from intake.engine.outbox import Message
from intake.establishment.states import RequestState as S
from intake.handbook import queries, roll, service
from intake.handbook.models import GuidelineVersion
from intake.refusals import Stale, Unready
from tests.browser import Browser
from tests.dump import dump
from tests.establishment import making as requests
from tests.handbook.test_markdown import HOSTILE
from tests.profiles import making as profiles

NEW = "/handbook/versions/new"
TEXTS = {
    "text_fi": "## Uutta\n\nUusi kohta. (S1)",
    "text_sv": "## Nytt\n\nEn ny punkt. (S1)",
    "text_en": "## News\n\nA new point. (S1)",
}


@pytest.fixture
def keeper(app, cast) -> Browser:
    return Browser(app).signs_in(cast.keeper)


def publish(keeper: Browser, **changes):
    page = keeper.opens(NEW).fills(**{**TEXTS, **changes}).presses("Esikatsele")
    return page.fills(agreed=True).presses("Julkaise versio")


def numbers() -> list[int]:
    return [number for number, _day in queries.versions()]


@pytest.mark.policy("P12", "G1")
def test_a_new_version_begins_as_the_one_in_force(keeper):
    page = keeper.opens("/upkeep").follows("Ohjeiden versiot").follows("Kirjoita uusi versio")
    assert page.heading == "Ohjeiden versio 2"
    area = next(one for one in page.tree.iter("textarea") if one.get("name") == "text_sv")
    assert "".join(area.itertext()).strip() == queries.current_guidelines().text_sv.strip()
    assert "Julkaise versio" not in page.buttons()


@pytest.mark.policy("P12", "G1")
def test_it_is_looked_at_published_and_acknowledged_anew(app, keeper, cast):
    old = queries.current_guidelines()
    before = {code: old.text(code) for code in ("fi", "sv", "en")}
    with write():
        service.acknowledge(cast.admin, clock.now())
    page = publish(keeper)
    assert page.path == "/handbook/versions"
    assert "Versio on julkaistu." in page.text
    assert "2 voimassa 23.11.2026 ei kukaan" in page.main
    assert "1 23.11.2026 yksi henkilö" in page.main
    assert numbers() == [2, 1]
    found = queries.current_guidelines()
    assert found.text_fi == TEXTS["text_fi"]
    assert {code: queries.guidelines(1).text(code) for code in before} == before
    ((entry, words),) = audit_trail.history([found.id])
    assert (entry.track, entry.step, entry.actor) == ("guidelines", "publish", cast.keeper.id)
    assert words is None
    assert entry.detail() == {
        "number": 2,
        **{
            code: hashlib.sha256(TEXTS[f"text_{code}"].encode()).hexdigest()
            for code in ("fi", "sv", "en")
        },
    }
    assert "Uusi kohta." in Browser(app).opens("/guidelines").main
    again = Browser(app).signs_in(cast.admin).opens("/handbook/guidelines").main
    assert "Olet kuitannut version 1." in again


@pytest.mark.policy("G1")
def test_everybody_who_runs_a_profile_or_is_named_to_is_told_once_in_their_language(
    app, keeper, cast, still
):
    profiles.make_profile(cast)
    requests.make_request(cast, S.SUBMITTED, profile={"handle": ["nuoret.2"]})
    with write():
        db.session.get(type(cast.admin), cast.admin.id).language = "sv"
    still.shift(60)
    publish(keeper)
    query = select(Message).where(Message.track == "handbook/guidelines")
    found = {row.person_id: row for row in db.session.scalars(query)}
    assert set(found) == {cast.requester.id, cast.admin.id}
    letter = outbox.letter(found[cast.admin.id])
    assert letter.subject == "Nya anvisningar: läs och kvittera dem"
    assert "Eero Kivihalla publicerade en ny version av anvisningarna." in letter.plain
    assert "/handbook/guidelines" in letter.plain
    assert "versio 2" in outbox.letter(found[cast.requester.id]).plain
    desk = Browser(app).signs_in(cast.requester).opens("/desk").main
    assert "ohjeet, versio 2" in desk
    page = keeper.opens("/handbook/versions")
    assert "hallinnoijiksi nimettyjä on 2. Heistä 0 on kuitannut" in page.main
    with write():
        service.acknowledge(cast.requester, clock.now())
    assert roll.acknowledged() == (1, 2)
    assert "Heistä 1 on kuitannut" in keeper.opens("/handbook/versions").main


@pytest.mark.policy("P12")
def test_a_preview_writes_nothing_shows_the_text_and_what_differs_and_keeps_all(keeper):
    text = queries.current_guidelines().text_fi
    paragraphs = text.split("\n\n")
    typed = "\n\n".join([*paragraphs[:-1], "**Aivan** uusi kohta. (S1)"])
    before = dump()
    page = keeper.opens(NEW).fills(text_fi=typed).presses("Esikatsele")
    assert page.status == 200
    assert dump() == before
    assert "<strong>Aivan</strong> uusi kohta. (S1)" in page.html
    added, rest = page.main.split("Nämä kappaleet on poistettu:")
    assert "Tämä eroaa versiosta 1" in added
    assert paragraphs[-1].split()[0] in rest
    assert page.main.count("Tällä kielellä mikään ei eroa versiosta 1.") == 2
    area = next(one for one in page.tree.iter("textarea") if one.get("name") == "text_fi")
    assert "".join(area.itertext()).strip() == typed
    assert page.presses("Esikatsele").status == 200  # as often as one likes
    assert page.fills(agreed=True).presses("Julkaise versio").path == "/handbook/versions"


@pytest.mark.policy("G1")
def test_it_is_published_only_by_somebody_who_knows_what_follows(keeper):
    page = keeper.opens(NEW).fills(**TEXTS).presses("Esikatsele").presses("Julkaise versio")
    assert page.status == 422
    assert page.errors == ["Merkitse tämä, niin voit julkaista version."]
    assert "Uusi kohta." in page.main
    assert numbers() == [1]


def test_a_text_too_long_or_missing_is_refused_by_how_much_and_kept(keeper):
    long = "ä" * 30_200
    page = keeper.opens(NEW).fills(**TEXTS | {"text_fi": long, "text_sv": " "})
    page = page.presses("Esikatsele")
    assert page.status == 422
    assert page.errors == [
        "Teksti on 200 merkkiä liian pitkä. Siinä saa olla 30000 merkkiä.",
        "Kirjoita teksti myös tällä kielellä.",
    ]
    assert long in page.html
    assert numbers() == [1]


@pytest.mark.parametrize("paragraph", ["Äiti, öylätti (S1).\n\n", "😀"])
def test_three_texts_of_full_length_fit_whatever_they_are_written_in(keeper, paragraph):
    text = (paragraph * 30_000)[:30_000]
    page = publish(keeper, text_fi=text, text_sv=text, text_en=text)
    assert page.path == "/handbook/versions"
    assert queries.current_guidelines().text_en == text.strip()


def test_what_is_in_force_already_is_not_published_again(keeper):
    page = keeper.opens(NEW).presses("Esikatsele").fills(agreed=True).presses("Julkaise versio")
    assert page.status == 422
    assert page.errors == ["Tämä on voimassa oleva versio. Muuta ensin tekstiä."]
    assert numbers() == [1]


def test_a19_the_second_of_two_keepers_sees_what_the_first_published(app, keeper, cast):
    mine = keeper.opens(NEW).fills(**TEXTS).presses("Esikatsele")
    publish(Browser(app).signs_in(cast.other_keeper), text_fi="## Ensin\n\nEnsimmäinen. (S1)")
    late = mine.fills(agreed=True).presses("Julkaise versio")
    assert late.status == 409
    assert late.errors[0].startswith("Joku on muuttanut tätä")
    assert numbers() == [2, 1]
    assert late.heading == "Ohjeiden versio 3"
    assert "Tämä eroaa versiosta 2" in late.main
    assert "Ensimmäinen. (S1)" in late.main
    assert "Uusi kohta. (S1)" in late.main
    late.fills(agreed=True).presses("Julkaise versio")
    assert numbers() == [3, 2, 1]
    assert queries.current_guidelines().text_fi == TEXTS["text_fi"]


def test_a21_pressing_twice_publishes_once(keeper):
    page = keeper.opens(NEW).fills(**TEXTS).presses("Esikatsele").fills(agreed=True)
    page.presses("Julkaise versio")
    assert page.presses("Julkaise versio").path == "/handbook/versions"
    assert numbers() == [2, 1]


def test_the_service_refuses_what_the_form_would(cast, now):
    texts = {code: queries.current_guidelines().text(code) for code in ("fi", "sv", "en")}
    with pytest.raises(Unready), write():
        service.publish(texts, cast.keeper, now, seen=1)
    for seen in (None, 0, 2):
        with pytest.raises(Stale), write():
            service.publish({**texts, "fi": "x"}, cast.keeper, now, seen=seen)
    assert numbers() == [1]


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_a27_nothing_hostile_runs_in_a_preview_or_after_publishing(app, keeper, text):
    typed = dict.fromkeys(TEXTS, f"## Otsikko\n\n{text}")
    preview = keeper.opens(NEW).fills(**typed).presses("Esikatsele")
    preview.fills(agreed=True).presses("Julkaise versio")
    reader = Browser(app).opens("/guidelines")
    for page in (preview, reader, keeper.opens("/handbook/guidelines"), keeper.opens(NEW)):
        assert page.status == 200
        hrefs = [link.get("href") or "" for link in page.tree.iter("a")]
        assert not [one for one in hrefs if "evil" in one or "script" in one or "data:" in one]
        assert not [
            one
            for one in page.tree.iter()
            if one.tag in ("img", "iframe", "style") or (one.tag == "script" and not one.get("src"))
        ]


def test_where_there_are_no_guidelines_none_can_be_begun(keeper):
    with write():
        db.session.delete(db.session.scalars(select(GuidelineVersion)).one())
    keeper.opens(NEW, status=404)
    assert keeper.opens("/handbook/versions").status == 200


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("sv", ("Anvisningarna, version 2", "Förhandsgranska", "På svenska")),
        ("en", ("Version 2 of the guidelines", "Preview", "In Swedish")),
    ],
)
def test_the_form_speaks_the_readers_language(keeper, language, words):
    page = keeper.opens(NEW, query={"lang": language})
    assert [word for word in words if word not in page.main] == []
    assert keeper.opens("/handbook/versions", query={"lang": language}).status == 200
