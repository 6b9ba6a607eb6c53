"""What the pages of a request accept, refuse and warn of."""

from datetime import timedelta

import pytest

from intake import clock
from intake.data.base import db
from intake.data.write import write
from intake.establishment import answers, known
from intake.establishment.forms.profile import ProfilePage
from intake.handbook.models import Platform
from intake.people.models import Level
from intake.profiles.models import AddressMark, MarkKind
from intake.profiles.states import ProfileState
from tests.establishment.filling import EXPERT, OFFICE, begun, errors, fields_of, judged, notes
from tests.establishment.making import train
from tests.profiles.making import make_profile

NO_HOURS = "Työaikaa on 0 tuntia. Ilman työaikaa profiilia ei perusteta."
PERSONAL = "Osoite on henkilökohtainen. Anna yksikön yhteinen osoite."


@pytest.mark.policy("O1", "P0", "S1")
@pytest.mark.parametrize("kind", [OFFICE, EXPERT])
def test_complete_answers_have_no_problem(cast, kind):
    request = begun(cast, kind)
    found = answers.judged(known.of(request, fields_of(cast, kind)))
    assert {slug: errors(form) for slug, form in found.items() if errors(form)} == {}


@pytest.mark.policy("O1")
@pytest.mark.parametrize("kind", [OFFICE, EXPERT])
def test_an_empty_draft_says_what_is_missing_page_by_page(cast, kind):
    found = answers.problems(begun(cast, kind))
    pages = {problem.field for problem in found}
    own = {"admins", "mailbox"} if kind is OFFICE else {"expert", "absence"}
    assert pages == {"profile", "unit", "purpose", "content", "questions", "terms"} | own
    assert "Tarkoitus: Kirjoita, mitä profiililla tavoitellaan." in found


@pytest.mark.policy("O2")
def test_no_hours_in_all_is_refused_with_the_reason(cast):
    hours = {
        f"admins__{n}__hours_{part}": "0" for n in (0, 1) for part in ("update", "interaction")
    }
    assert errors(judged(cast, "admins", **hours)) == [NO_HOURS]
    hours["admins__1__hours_interaction"] = "0,25"
    assert errors(judged(cast, "admins", **hours)) == []


@pytest.mark.policy("O2")
def test_an_expert_without_hours_is_refused_too(cast):
    form = judged(cast, "expert", EXPERT, hours_update="0", hours_interaction="0,00")
    assert errors(form) == [NO_HOURS]


@pytest.mark.policy("O2", "P6")
@pytest.mark.parametrize("typed", ["1,5", "1.5", "40", "0.25", " 2 "])
def test_hours_are_read_with_comma_and_point(cast, typed):
    assert errors(judged(cast, "admins", admins__1__hours_update=typed)) == []


@pytest.mark.policy("O2")
@pytest.mark.parametrize("typed", ["puoli tuntia", "", "-1", "41", "0,1", "1,5 h", "NaN", "1e99"])
def test_hours_that_are_no_hours_are_refused_and_kept(cast, typed):
    form = judged(cast, "admins", admins__1__hours_interaction=typed)
    assert len(errors(form)) == 1
    assert form.panels[1].hours_interaction._value() == typed
    assert form.unread == (0 if typed in ("-1", "41", "0,1") else 1)


@pytest.mark.policy("O2")
def test_little_time_and_none_for_interaction_are_warned_of(cast):
    none = {f"admins__{n}__hours_{part}": "0" for n in (0, 1) for part in ("update", "interaction")}
    form = judged(cast, "admins", **none | {"admins__0__hours_update": "0,25"})
    told = notes(form)
    assert "Työaikaa on vähän profiilia varten. Esimies näkee tämän." in told
    assert "Kenelläkään ei ole työaikaa vuorovaikutukseen. Esimies näkee tämän." in told
    assert errors(form) == []


@pytest.mark.policy("P1", "O4")
def test_two_different_people_in_service_are_needed(cast):
    same = judged(cast, "admins", admins__1__person=cast.requester.id)
    assert errors(same) == ["Henkilö on jo hallinnoijana. Valitse toinen."]
    assert errors(judged(cast, "admins", admins__1__person="")) == ["Valitse henkilö."]
    assert errors(judged(cast, "admins", admins__1__person=cast.leaver.id)) != []
    assert errors(judged(cast, "admins", admins__1__person="nobody")) != []


@pytest.mark.policy("P1")
def test_one_panel_alone_does_not_do(cast):
    alone = {
        name.replace("-", "__"): None for name in fields_of(cast, OFFICE)["admins"] if "-1-" in name
    }
    assert "Valitse henkilö." in errors(judged(cast, "admins", **alone))


@pytest.mark.policy("O4")
def test_exactly_one_admin_leads(cast):
    assert errors(judged(cast, "admins", admins__0__lead=None)) == ["Valitse vastuuhallinnoija."]
    two = judged(cast, "admins", admins__1__lead="y")
    assert errors(two) == ["Vastuuhallinnoijia voi olla vain yksi."]


@pytest.mark.policy("P11", "G1")
def test_what_an_admin_lacks_is_said_and_does_not_block(cast):
    train(cast.requester)
    form = judged(cast, "admins")
    assert form.panels[0].person.notes == []
    assert len(form.panels[1].person.notes) == 3
    assert errors(form) == []


@pytest.mark.policy("P1")
@pytest.mark.parametrize(
    ("address", "sentence"),
    [
        ("nuoriso@savonkoski.example", None),
        ("Nuoriso@Savonkoski.Example", None),
        ("nuoriso@edu.savonkoski.example", None),
        ("palvelupiste.portti@savonkoski.example", None),
        ("nuoriso@evilsavonkoski.example", "Osoitteen päätteen"),
        ("nuoriso@savonkoski.example.evil.fi", "Osoitteen päätteen"),
        ("nuoriso@gmail.com", "Osoitteen päätteen"),
        ("viestintä@organisaatio.fi", "ennen @-merkkiä eivät toimi"),
        ("viestintä@savonkoski.example", "Anna toinen osoite."),
        ("noora.lepoharjula@savonkoski.example", PERSONAL),
        ("Noora.Lepoharjula@savonkoski.example", PERSONAL),
        ("lepoharjula_noora@savonkoski.example", PERSONAL),
        ("noora.lepoharjula@edu.savonkoski.example", PERSONAL),
        ("noora.lepoharjula+some@savonkoski.example", PERSONAL),
        ("joonas.metsapurola@savonkoski.example", PERSONAL),
        ("ilkka@savonkoski.example", PERSONAL),  # has left, and the address was theirs
        ("nuoriso", "Kirjoita sähköpostiosoite"),
        ("", "Kirjoita yksikön yhteinen sähköpostiosoite."),
    ],
)
def test_the_mailbox_is_shared_and_the_towns(cast, address, sentence):
    found = errors(judged(cast, "mailbox", shared_mailbox=address))
    assert len(found) == (1 if sentence else 0), found
    assert sentence is None or sentence in found[0]


@pytest.mark.policy("P1")
def test_a_mailbox_of_two_words_is_accepted_with_a_note(cast):
    form = judged(cast, "mailbox", shared_mailbox="palvelupiste.portti@savonkoski.example")
    assert notes(form) == [
        "Tämä näyttää henkilökohtaiselta osoitteelta. Useamman on voitava lukea sitä."
    ]
    assert notes(judged(cast, "mailbox")) == []


@pytest.mark.policy("P1")
@pytest.mark.parametrize(
    "name",
    ["Savonkosken nuoret", "Nuorisopalvelujen tapahtumat", "NUORISO", "nuoriso & vapaa-aika"],
)
def test_an_inflected_name_of_the_unit_is_enough(cast, name):
    assert errors(judged(cast, "profile", profile_name=name)) == []


@pytest.mark.policy("P1")
def test_another_name_needs_a_reason_and_is_not_blocked(cast):
    form = judged(cast, "profile", profile_name="Hauskat jutut")
    assert errors(form) == ["Perustele, miksi nimessä ei ole yksikön tai toiminnan nimeä."]
    reason = "Nimi on nuorten itse äänestämä."
    form = judged(cast, "profile", profile_name="Hauskat jutut", profile_name_reason=reason)
    assert errors(form) == []


@pytest.mark.policy("P1")
def test_an_office_profile_is_not_named_after_a_person(cast):
    form = judged(cast, "profile", profile_name="Nuorisopalvelut Noora Lepoharjula")
    assert errors(form) == ["Virkaprofiili nimetään yksikön tai toiminnan mukaan, ei henkilön."]


@pytest.mark.policy("P2", "E5")
def test_an_expert_profile_holds_the_experts_own_name(cast):
    assert errors(judged(cast, "profile", EXPERT)) == []
    form = judged(cast, "profile", EXPERT, profile_name="Nuorisotyön ääni")
    assert errors(form) == ["Nimessä on oltava asiantuntijan oma nimi, Riitta Kirkasojala."]


@pytest.mark.policy("P2")
def test_the_default_name_of_an_expert_is_unit_and_name(cast):
    context = known.of(begun(cast, EXPERT), {"expert": {"subject": [cast.colleague.id]}})
    form = ProfilePage(context, meta={"csrf": False})
    assert form.profile_name.data == "Nuorisopalvelut Riitta Kirkasojala"


@pytest.mark.policy("G7")
def test_a_platform_that_is_not_approved_needs_a_reason(cast):
    snapchat = {"platform": "snapchat", "handle": "savonkoski"}
    form = judged(cast, "profile", **snapchat)
    assert errors(form) == [
        "Perustele, miksi palvelua tarvitaan, vaikka sitä ei ole hyväksytty työkäyttöön."
    ]
    assert "Palvelua ei ole hyväksytty työkäyttöön." in notes(form)
    short = judged(cast, "profile", platform_reason="Siksi.", **snapchat)
    assert errors(short) == ["Kirjoita vähintään 20 merkkiä."]
    told = judged(cast, "profile", platform_reason="Nuoret eivät käytä muita.", **snapchat)
    assert errors(told) == []


@pytest.mark.policy("G7")
def test_a_platform_on_trial_is_told_and_needs_no_reason(cast):
    form = judged(cast, "profile", platform="tiktok", handle="savonkoskinuoret")
    assert errors(form) == []
    assert "Palvelu on työkäytössä kokeilussa." in notes(form)
    assert form.platform_reason is None


def test_an_existing_profile_needs_its_address(cast):
    form = judged(cast, "profile", existing_profile="yes")
    assert errors(form) == ["Anna olemassa olevan profiilin osoite."]


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"handle": "savonkosken nuoret!"}, "Palvelu ei salli näitä merkkejä"),
        ({"handle": "a" * 31}, "Palvelu ei salli näin pitkää"),
        ({"profile_url": "https://www.instagram.com/share/abc"}, "jakolinkistä"),
        ({"profile_url": "kirjasto"}, "Emme pysty lukemaan tästä profiilin osoitetta."),
        ({"profile_url": "javascript:alert(1)"}, "Emme pysty lukemaan"),
        ({"profile_url": "https://x.com/savonkoski"}, "Osoite ei kuulu palveluun Instagram."),
        (
            {"profile_url": "https://instagram.com.evil.fi/a"},
            "Osoite ei kuulu palveluun Instagram.",
        ),
        ({"profile_url": "https://instagram.com/toinen"}, "johtavat eri profiileihin"),
    ],
)
def test_an_address_that_cannot_be_is_refused_beside_its_field(cast, fields, sentence):
    found = errors(judged(cast, "profile", **fields))
    assert len(found) == 1
    assert sentence in found[0]


def test_an_address_is_read_and_said(cast):
    url = "https://www.instagram.com/Savonkosken_Nuoret/?hl=fi"
    form = judged(cast, "profile", profile_url=url)
    assert errors(form) == []
    assert "Luimme: Instagram, savonkosken_nuoret" in notes(form)
    read = answers.read(OFFICE, fields_of(cast, OFFICE, profile={"profile_url": url, "handle": ""}))
    assert read.key == "instagram:handle:savonkosken_nuoret"


@pytest.mark.policy("O1")
def test_the_unit_belongs_to_the_level(cast):
    form = judged(cast, "unit", org_level="sector")
    assert errors(form) == [
        "Nuorisopalvelut ei ole tällä tasolla. Valitse toinen yksikkö tai taso."
    ]
    assert errors(judged(cast, "unit", org_level="sector", org_unit=cast.sector.id)) == []
    assert errors(judged(cast, "unit", org_unit=cast.town.id)) == ["Valitse luettelosta."]


@pytest.mark.policy("O1")
def test_a_working_group_is_a_unit_too(cast, make):
    group = make.unit("Koskijuhlat", cast.library, Level.WORKING_GROUP)
    fields = {"org_level": "working_group", "org_unit": group.id, "represents": "event"}
    assert errors(judged(cast, "unit", **fields)) == []


@pytest.mark.policy("P1")
def test_what_it_represents_is_said_in_words_where_it_is_something_else(cast):
    assert errors(judged(cast, "unit", represents="other")) == ["Kerro, mitä profiili edustaa."]
    assert errors(judged(cast, "unit", represents="other", represents_text="kesätyöt")) == []
    assert errors(judged(cast, "unit", represents="")) == ["Valitse yksi."]


def test_an_events_profile_has_an_end(cast):
    event = {"unit": {"represents": "event"}}
    assert errors(judged(cast, "content", also=event)) == [
        "Anna päivä, jona tapahtuman profiili päättyy."
    ]
    assert errors(judged(cast, "content", also=event, end_date="31.8.2027")) == []


def test_it_ends_after_it_starts(cast):
    same = {"start_date": "2026-12-01", "end_date": "2026-12-01"}
    assert errors(judged(cast, "content", **same)) == [
        "Profiilin on päätyttävä alkamispäivän jälkeen."
    ]
    assert errors(judged(cast, "content", **same | {"end_date": "2.12.2026"})) == []
    assert len(errors(judged(cast, "content", start_date="ensi viikolla"))) == 1


def test_a_season_has_months(cast):
    assert errors(judged(cast, "content", update_rhythm="seasonal")) == ["Valitse kuukaudet."]
    form = judged(cast, "content", update_rhythm="seasonal", update_rhythm_months=["6", "7"])
    assert errors(form) == []


@pytest.mark.policy("O7")
@pytest.mark.parametrize(("days", "count"), [("1", 0), ("30", 0), ("0", 1), ("31", 1), ("2,5", 1)])
def test_answers_are_promised_within_one_to_thirty_days(cast, days, count):
    assert len(errors(judged(cast, "questions", answering_days=days))) == count


@pytest.mark.policy("O9")
def test_private_messages_are_told_of_or_a_reason_given(cast):
    form = judged(cast, "questions", private_messages=None)
    assert errors(form) == [
        "Valitse, miten yksityisviestit käsitellään, tai kerro, miksi et kerro sitä."
    ]
    why = {"private_messages": None, "private_messages_reason": "Päätämme siitä keväällä."}
    assert errors(judged(cast, "questions", **why)) == []


@pytest.mark.policy("O9")
def test_private_messages_are_not_asked_of_where_there_are_none(cast):
    tube = {"profile": {"platform": "youtube", "handle": "savonkoskinuoret"}}
    form = judged(cast, "questions", also=tube, private_messages=None)
    assert errors(form) == []
    assert form.private_messages is None


@pytest.mark.policy("O5")
def test_the_terms_were_checked_by_somebody_on_a_day_that_has_been(cast):
    tomorrow = (clock.today() + timedelta(days=1)).isoformat()
    assert errors(judged(cast, "terms", terms_on=tomorrow)) == [
        "Päivä on tulevaisuudessa. Anna tarkistuspäivä."
    ]
    assert errors(judged(cast, "terms", terms_on=clock.today().isoformat())) == []
    assert len(errors(judged(cast, "terms", terms_by="", terms_on="", terms_version=""))) == 3


@pytest.mark.policy("P2", "E0")
def test_an_expert_is_one_person_in_service_with_a_work_address(cast, make):
    assert errors(judged(cast, "expert", EXPERT, subject=cast.leaver.id)) == [
        "Valitse luettelosta."
    ]
    outside = make.person("Aino Vieras", cast.youth, email="aino@yritys.example")
    found = errors(judged(cast, "expert", EXPERT, subject=outside.id))
    assert found == [
        "Asiantuntijan työsähköpostin päätteen on oltava kunnan oma: savonkoski.example."
    ]


@pytest.mark.policy("E1", "E3")
def test_role_and_separation_are_asked_of_an_expert(cast):
    found = errors(judged(cast, "expert", EXPERT, role_defined="", separation=""))
    assert found == [
        "Kirjoita tehtävä tai rooli, jossa asiantuntija edustaa kaupunkia.",
        "Kerro, miten profiili erotetaan yksityisistä profiileista.",
    ]


@pytest.mark.policy("E4")
def test_absence_cover_is_told_and_never_why(cast):
    assert errors(judged(cast, "absence", EXPERT, absence_cover=None)) == ["Valitse yksi."]
    assert len(errors(judged(cast, "absence", EXPERT, absence_cover="elsewhere"))) == 1
    form = judged(cast, "absence", EXPERT)
    assert errors(form) == []
    assert [field.name for field in form.drawn()] == ["absence_cover", "absence_cover_text"]


@pytest.mark.policy("O3")
def test_another_supervisor_needs_a_reason(cast):
    form = judged(cast, "decider", supervisor=cast.director.id)
    assert errors(form) == ["Perustele, miksi toinen esimies päättäisi."]
    reason = "Hän vastaa koko hankkeesta sivistyspalveluissa."
    chosen = {"supervisor": cast.director.id, "supervisor_reason": reason}
    assert errors(judged(cast, "decider", **chosen)) == []


@pytest.mark.policy("O3")
def test_whoever_takes_part_or_heads_nothing_may_not_be_chosen(cast):
    reason = "Hän tuntee asian parhaiten kaikista."
    party = {"admins": {"admins__1__person": cast.head.id}}
    for chosen, also in ((cast.head, party), (cast.stranger, None), (cast.requester, None)):
        fields = {"supervisor": chosen.id, "supervisor_reason": reason}
        assert len(errors(judged(cast, "decider", also=also, **fields))) == 1


@pytest.mark.policy("P7")
@pytest.mark.parametrize(
    ("secret", "sentence"),
    [
        ("131052-308T", "henkilötunnus"),
        ("131052Y308T", "henkilötunnus"),
        ("FI21 1234 5600 0007 85", "Merkitse, mikä on tarkoitettu julkiseksi"),
        ("040 123 4567", "Merkitse, mikä on tarkoitettu julkiseksi"),
    ],
)
def test_secrets_in_published_texts_bar_the_page_and_are_kept(cast, secret, sentence):
    form = judged(cast, "purpose", purpose=f"Kysymykset tänne: {secret}, kiitos.")
    assert [sentence in error for error in errors(form)] == [True]
    assert secret in form.purpose.data
    assert errors(judged(cast, "content", content_plan=f"Muistio: {secret}, kiitos paljon.")) == []


@pytest.mark.policy("P7")
@pytest.mark.parametrize("text", ["131052-308U", "FI00 0000 0000 0000 00", "15–17-vuotiaat 2026"])
def test_what_only_looks_like_a_secret_is_left_in_peace(cast, text):
    assert errors(judged(cast, "purpose", purpose=f"Kysymykset tänne: {text}, kiitos.")) == []


def test_a_retired_platform_is_offered_no_more(cast):
    with write():
        db.session.get(Platform, "instagram").retired_at = clock.now()
    assert "Valitse luettelosta." in errors(judged(cast, "profile"))


NUORET = "instagram:handle:savonkosken_nuoret"


@pytest.mark.policy("P4")
def test_a_profile_that_is_listed_already_is_refused(cast):
    make_profile(cast, ProfileState.ACTIVE, key=NUORET)
    assert errors(judged(cast, "profile")) == ["Profiili on jo luettelossa."]
    url = "https://www.instagram.com/savonkosken_nuoret"
    form = judged(cast, "profile", handle="", profile_url=url)
    assert [field.name for field in form.drawn() if field.errors] == ["profile_url"]
    around = f"Profiilimme: {url}?igsh=x !"
    form = judged(cast, "profile", handle="", profile_url=around)
    assert [field.name for field in form.drawn() if field.errors] == ["profile_url"]
    assert errors(form) == ["Profiili on jo luettelossa."]
    assert errors(judged(cast, "profile", handle="savonkosken_muut_nuoret")) == []


def test_a_closed_and_a_suspected_address_are_told_alike(cast):
    make_profile(cast, ProfileState.CLOSED, key=NUORET)
    closed = errors(judged(cast, "profile"))
    with write():
        mark = AddressMark(key="instagram:handle:epailty", mark=MarkKind.HELD, since=clock.now())
        db.session.add(mark)
    held = errors(judged(cast, "profile", handle="epailty"))
    assert closed == held
    assert closed[0].startswith("Luettelon hoitajan on katsottava tämä osoite ensin.")


@pytest.mark.policy("P1")
def test_a_name_near_another_profiles_is_warned_of(cast):
    make_profile(
        cast, ProfileState.ACTIVE, key="facebook:vanity:nuoret", name="Savonkosken nuoriso"
    )
    form = judged(cast, "profile", profile_name="Savonkosken nuorise")
    assert (
        "Nimi muistuttaa profiilia Savonkosken nuoriso, Facebook (kirjain tai kaksi eroaa)."
        in notes(form)
    )
    assert errors(form) == []
