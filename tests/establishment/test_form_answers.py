"""Typed answers as the program reads them, and as people see that they differ."""

from datetime import date
from decimal import Decimal

import pytest

from intake.establishment import answers
from tests.establishment.filling import EXPERT, OFFICE, fields_of


def test_complete_answers_of_an_office_profile_are_read(cast):
    read = answers.read(OFFICE, fields_of(cast, OFFICE))
    assert (read.platform, read.name, read.handle) == (
        "instagram",
        "Savonkosken nuorisopalvelut",
        "savonkosken_nuoret",
    )
    assert read.key == "instagram:handle:savonkosken_nuoret"
    assert (read.unit_id, read.org_level, read.represents) == (cast.youth.id, "unit", "unit")
    assert (read.rhythm, read.languages, read.answering_days) == ("weekly", ("fi", "sv"), 3)
    assert (read.terms_by, read.terms_on) == (cast.requester.id, date(2026, 11, 20))
    assert [(one.person_id, one.lead) for one in read.admins] == [
        (cast.requester.id, True),
        (cast.admin.id, False),
    ]
    assert read.admins[0].hours_update == Decimal("1.5")
    assert (read.subject_id, read.supervisor_id) == (None, None)


@pytest.mark.policy("P2", "E1")
def test_an_expert_is_the_one_admin_of_their_profile(cast):
    role = "nuorten kesätyön " * 10 + "asiantuntija"
    read = answers.read(EXPERT, fields_of(cast, EXPERT, expert={"role_defined": role}))
    [admin] = read.admins
    assert (read.subject_id, admin.person_id, admin.lead) == (*[cast.colleague.id] * 2, True)
    assert admin.task.endswith("…")
    assert len(admin.task) <= 80
    assert read.work_email == "riitta.kirkasojala@savonkoski.example"


def test_an_experts_own_page_on_linkedin_is_a_persons(cast):
    typed = fields_of(cast, EXPERT, profile={"platform": "linkedin", "handle": "riitta-k-demo"})
    assert answers.read(EXPERT, typed).key == "linkedin:in:riitta-k-demo"


@pytest.mark.parametrize("kind", [OFFICE, EXPERT])
def test_nothing_typed_reads_as_nothing(app, kind):
    assert answers.read(kind, {}) == answers.Answers(kind=kind)


def test_what_cannot_be_read_or_does_not_exist_is_left_out(cast):
    typed = fields_of(
        cast,
        OFFICE,
        profile={"profile_name": "x" * 101, "platform": "nowhere"},
        unit={"org_unit": "0" * 16, "org_level": "galaxy"},
        admins={"admins__0__person": "x" * 5000, "admins__1__hours_update": "puoli"},
        content={"start_date": "huomenna", "content_languages": ["fi", "klingon"]},
        questions={"answering_days": "pian"},
    )
    read = answers.read(OFFICE, typed)
    assert (read.name, read.platform, read.unit_id, read.org_level) == ("", None, None, None)
    assert (read.start_date, read.languages, read.answering_days) == (None, (), None)
    assert [(one.person_id, one.hours_update) for one in read.admins] == [(cast.admin.id, 0)]


def test_who_has_left_since_is_still_read(cast, make):
    typed = fields_of(cast, OFFICE)
    make.leave(cast.admin)
    assert answers.read(OFFICE, typed).admins[1].person_id == cast.admin.id


@pytest.mark.policy("O3")
def test_changes_name_what_differs_as_the_form_does(cast):
    old = fields_of(cast, OFFICE)
    new = fields_of(
        cast,
        OFFICE,
        profile={"platform": "facebook"},
        purpose={"purpose": "Uusi tarkoitus, tarkemmin kerrottu."},
        admins={"admins__1__person": cast.colleague.id, "admins__1__hours_update": "2"},
        content={"end_date": "2027-08-31"},
        closing={"exit_plan": ""},
    )
    found = {(one.page, one.field): one for one in answers.changes(OFFICE, old, new)}
    assert list(found) == [
        ("profile", "platform"),
        ("purpose", "purpose"),
        ("admins", "admins"),
        ("admins", "hours"),
        ("content", "end_date"),
        ("closing", "exit_plan"),
    ]
    platform, end = found["profile", "platform"], found["content", "end_date"]
    assert (platform.label, platform.before, platform.after) == ("Palvelu", "Instagram", "Facebook")
    assert (end.before, end.after.replace("\u00a0", " ")) == ("", "31.8.2027")
    assert "Riitta Kirkasojala" in found["admins", "admins"].after
    assert found["closing", "exit_plan"].after == ""


def test_the_same_answers_do_not_differ(cast):
    typed = fields_of(cast, OFFICE)
    spaced = fields_of(cast, OFFICE, purpose={"purpose": typed["purpose"]["purpose"][0] + "  "})
    assert answers.changes(OFFICE, typed, spaced) == []
    assert answers.digest(typed) == answers.digest(dict(reversed(typed.items())))
    assert answers.digest(typed) != answers.digest(spaced)


@pytest.mark.policy("E2")
@pytest.mark.parametrize(
    ("page", "name", "value"),
    [
        ("profile", "platform", "facebook"),
        ("profile", "profile_name", "Toinen nimi Riitta Kirkasojala"),
        ("profile", "handle", "riitta.nuoriso"),
        ("profile", "profile_url", "https://instagram.com/riitta.kirkasojala.nuoriso"),
        ("expert", "role_defined", "kulttuurin asiantuntija"),
    ],
)
def test_a46_what_was_consented_to_is_another_matter_once_it_changes(cast, page, name, value):
    matter = answers.matter(answers.read(EXPERT, fields_of(cast, EXPERT)))
    changed = fields_of(cast, EXPERT, **{page: {name: value}})
    assert answers.matter(answers.read(EXPERT, changed)) != matter
    other = fields_of(cast, EXPERT, content={"content_plan": "Aivan toinen sisältösuunnitelma."})
    assert answers.matter(answers.read(EXPERT, other)) == matter


@pytest.mark.policy("P2")
def test_another_type_keeps_what_both_types_ask(cast):
    kept = answers.switched(EXPERT, fields_of(cast, OFFICE))
    assert set(kept) == set(fields_of(cast, OFFICE)) - {"admins", "mailbox"}
    assert set(kept["unit"]) == {"org_level", "org_unit"}
    back = answers.switched(OFFICE, fields_of(cast, EXPERT))
    assert set(back) == set(fields_of(cast, EXPERT)) - {"expert", "absence"}


@pytest.mark.policy("P7")
def test_only_what_the_policy_makes_public_is_published(cast):
    office = answers.public_texts(answers.read(OFFICE, fields_of(cast, OFFICE)))
    assert office["contact"] == "nuoriso@savonkoski.example"
    expert = answers.public_texts(answers.read(EXPERT, fields_of(cast, EXPERT)))
    assert expert["contact"] == "riitta.kirkasojala@savonkoski.example"
    assert not {"hours_update", "content_plan", "separation", "exit_plan"} & set(expert)
