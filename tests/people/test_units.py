"""Units: levels go downwards, offices are named by others, and who decides is in plain sight."""

import pytest

from intake.data.base import db
from intake.data.write import write
from intake.engine import audit_trail
from intake.people import queries
from intake.people.models import Level, Unit
from intake.refusals import NotAllowed, Unready, WrongState
from tests.browser import Browser
from tests.establishment import making
from tests.people.doing import again, do, steps_of, told
from tests.profiles import making as profiles


def add(cast, level, name, parent, **more):
    return do("add_unit", level, name, "", parent, by=cast.administrator, **more)


def fields(refusal) -> list[str | None]:
    return [problem.field for problem in refusal.value.problems]


def test_a_unit_gets_a_code_of_its_own_from_its_name(cast):
    first = add(cast, Level.UNIT, "Päiväkoti Käpytikka & Öyliä", cast.area)
    second = add(cast, Level.UNIT, "Päiväkoti Käpytikka & Öyliä", cast.far_sector)
    third = add(cast, Level.UNIT, "北京" * 30, cast.area)
    assert [one.code for one in (first, second, third)] == [
        "paivakoti-kapytikka-oylia",
        "paivakoti-kapytikka-oylia-2",
        "unit",
    ]
    named = add(cast, Level.UNIT, "Museo", cast.area, code="museo_1")
    assert named.code == "museo_1"
    assert steps_of(named.id) == ["add"]


@pytest.mark.policy("O1")
@pytest.mark.parametrize(
    ("level", "above", "field"),
    [
        (Level.SECTOR, "area", "level"),
        (Level.UNIT, "library", "level"),
        (Level.ROOT, "town", "level"),
        (Level.UNIT, None, "level"),
        (Level.ROOT, None, "parent"),
    ],
)
def test_levels_go_downwards_and_there_is_one_town(cast, level, above, field):
    with pytest.raises(Unready) as refusal:
        add(cast, level, "Uusi", above and getattr(cast, above))
    assert field in fields(refusal)


@pytest.mark.policy("O1")
def test_levels_may_be_left_out_and_a_group_may_stand_anywhere_below(cast):
    unit = add(cast, Level.UNIT, "Arkisto", cast.town)
    assert add(cast, Level.WORKING_GROUP, "Juhlat", unit).parent_id == unit.id


@pytest.mark.parametrize(
    ("name", "code", "wrong"),
    [
        ("", None, ["name_fi"]),
        ("x" * 121, None, ["name_fi"]),
        ("a\nb", None, ["name_fi"]),
        ("Uusi", "x" * 41, ["code"]),
        ("Uusi", "käpy", ["code"]),
        ("Uusi", "museo", ["code"]),
    ],
)
def test_names_and_codes_are_short_plain_and_not_taken(cast, name, code, wrong):
    add(cast, Level.UNIT, "Museo", cast.area, code="museo")
    with pytest.raises(Unready) as refusal:
        add(cast, Level.UNIT, name, cast.area, code=code)
    assert fields(refusal) == wrong


def test_what_changes_is_kept_and_what_does_not_leaves_no_line(cast):
    by = cast.administrator
    assert not do("change_unit", cast.youth, by=by, name_fi="Nuorisopalvelut")
    assert do("change_unit", cast.youth, by=by, name_sv="Ungdom", parent=cast.sector)
    found = again(cast.youth)
    assert (found.name_sv, found.parent_id) == ("Ungdom", cast.sector.id)
    (line,) = audit_trail.history([found.id])
    assert line[0].detail()["fields"] == ["name_sv", "parent_id"]
    assert line[1] == {"name_sv": "Ungdom"}


def test_no_unit_comes_below_itself_or_above_what_does_not_fit(cast):
    for change in ({"parent": cast.library}, {"level": Level.UNIT}):
        with pytest.raises(Unready):
            do("change_unit", cast.area, by=cast.administrator, **change)
    assert again(cast.area).parent_id == cast.sector.id


def test_a_unit_with_a_head_is_no_working_group(cast):
    with pytest.raises(Unready) as refusal:
        do("change_unit", cast.library, by=cast.administrator, level=Level.WORKING_GROUP)
    assert "level" in fields(refusal)


def test_a06_nobody_moves_a_unit_under_their_own_lead(cast, make):
    make.head(cast.far_sector, cast.administrator)
    with pytest.raises(NotAllowed):
        do("change_unit", cast.area, by=cast.administrator, parent=cast.far_sector)
    assert do("change_unit", cast.far, by=cast.administrator, parent=cast.sector)


@pytest.mark.parametrize("who", ["keeper", "head", "handler", "requester"])
def test_only_administrators_change_the_organisation(cast, who):
    by = getattr(cast, who)
    for verb, *given in (
        ("add_unit", Level.UNIT, "Uusi", "", cast.area),
        ("change_unit", cast.youth),
        ("name_head", cast.youth, cast.colleague, None),
        ("end_unit", cast.youth),
    ):
        with pytest.raises(NotAllowed):
            do(verb, *given, by=by)


def test_a06_a_new_head_is_written_to_all_concerned_and_all_administrators(cast):
    assert do("name_head", cast.area, cast.chief, cast.deputy, by=cast.administrator)
    assert set(told("office")) == {
        cast.head.id,
        cast.chief.id,
        cast.deputy.id,
        cast.administrator.id,
    }
    assert not do("name_head", cast.area, cast.chief, cast.deputy, by=cast.administrator)
    assert steps_of(cast.area.id) == ["name_head"]


def test_a06_nobody_takes_or_gives_up_an_office_of_their_own(cast, make):
    by = cast.administrator
    with pytest.raises(NotAllowed):
        do("name_head", cast.youth, cast.colleague, by, by=by)
    make.head(cast.youth, by, cast.colleague)
    for head, deputy in ((None, None), (cast.colleague, by), (cast.colleague, None)):
        with pytest.raises(NotAllowed):
            do("name_head", cast.youth, head, deputy, by=by)
    assert do("name_head", cast.youth, by, cast.admin, by=by)  # the office stays as it was


def test_a_group_has_no_head_and_no_head_stands_in_for_themself(cast, make):
    group = make.unit("Juhlat", cast.library, Level.WORKING_GROUP)
    for unit, head, deputy, field in (
        (group, cast.colleague, None, "head"),
        (cast.youth, cast.colleague, cast.colleague, "deputy"),
        (cast.youth, cast.leaver, None, "head"),
    ):
        with pytest.raises(Unready) as refusal:
            do("name_head", unit, head, deputy, by=cast.administrator)
        assert field in fields(refusal)


@pytest.mark.policy("O3")
def test_a_new_head_decides_on_what_waits_at_once(cast):
    request = making.make_request(cast)
    do("name_head", cast.youth, cast.colleague, None, by=cast.administrator)
    assert making.again(request).acting_id == cast.colleague.id
    assert making.steps_of(request)[-1] == "reroute"


def test_a_unit_ends_when_nothing_hangs_on_it(cast, make):
    for unit in (cast.town, cast.area, cast.library):
        with pytest.raises(Unready):
            do("end_unit", unit, by=cast.administrator)
    empty = make.unit("Tyhjä", cast.area)
    make.head(empty, cast.colleague)
    do("end_unit", empty, by=cast.administrator)
    found = again(empty)
    assert found.ended_at is not None
    assert found.head_id is None
    assert empty.id not in {unit.id for unit in queries.units()}
    with pytest.raises(WrongState):
        do("end_unit", empty, by=cast.administrator)
    with pytest.raises(Unready):
        do("move_person", cast.colleague, empty, by=cast.administrator)


@pytest.mark.parametrize("what", ["request", "profile"])
def test_a_unit_with_open_matters_does_not_end(cast, make, what):
    empty = make.unit("Nuorisopalvelut", cast.area)
    if what == "request":
        making.make_request(cast, unit={"org_unit": [empty.id]})
    else:
        profiles.make_profile(cast, unit_id=empty.id)
    with pytest.raises(Unready) as refusal:
        do("end_unit", empty, by=cast.administrator)
    assert len(refusal.value.problems) == 1


def test_a06_who_heads_a_unit_does_not_end_it(cast, make):
    empty = make.unit("Tyhjä", cast.area)
    make.head(empty, cast.administrator)
    with pytest.raises(NotAllowed):
        do("end_unit", empty, by=cast.administrator)


# the pages


def test_everybody_sees_who_leads_what(app, cast):
    page = Browser(app).signs_in(cast.requester).opens("/people/units")
    assert "Kirjasto Yksikkö Antti Muurainvaara" in page.main
    assert "Nuorisopalvelut Yksikkö Ei esimiestä: seuraava yläyksikkö päättää" in page.main
    assert "Sijainen: Helka Vuorivirtanen" in page.main
    assert "Lisää yksikkö" not in page.main


@pytest.mark.policy("O3")
def test_the_page_of_a_unit_says_who_decides_today_and_why(app, cast, make, now):
    from intake import clock

    make.absence(cast.head, clock.today(now), clock.today(now))
    page = Browser(app).signs_in(cast.keeper).opens(f"/people/units/{cast.youth.id}")
    assert "Kuka päättää tänään Helka Vuorivirtanen" in page.main
    assert "Yksiköllä Nuorisopalvelut ei ole omaa esimiestä" in page.main
    assert "Joonas Metsäpurola" in page.main
    stranger = Browser(app).signs_in(cast.stranger).opens(f"/people/units/{cast.youth.id}")
    assert "Joonas Metsäpurola" not in stranger.main  # colleagues elsewhere are not looked up


def test_a_unit_is_added_below_another_changed_and_ended(app, cast):
    browser = Browser(app).signs_in(cast.administrator)
    page = browser.opens(f"/people/units/{cast.area.id}")
    page = browser.opens(page.link("Lisää alayksikkö"))
    page = page.fills(name_fi="Museo", name_sv="Museet").presses("Lisää")
    assert page.heading == "Museo"
    assert "Kulttuuri ja vapaa-aika" in page.main
    page = browser.opens(f"{page.path}/change").fills(name_fi="Museot").presses("Tallenna")
    assert page.heading == "Museot"
    page = browser.opens(f"{page.path}/end").presses("Lakkauta yksikkö")
    assert page.path == "/people/units"
    assert "Museot" not in page.main


def test_a_unit_that_cannot_end_says_what_comes_first(app, cast):
    browser = Browser(app).signs_in(cast.administrator)
    page = browser.opens(f"/people/units/{cast.area.id}")
    assert "Siirrä tai lakkauta ensin alayksiköt: Kirjasto, Nuorisopalvelut." in page.main
    refused = browser.opens(f"/people/units/{cast.area.id}/end").presses("Lakkauta yksikkö")
    assert refused.status == 422
    assert "Siirrä ensin henkilöt, jotka työskentelevät siinä." in refused.errors


def test_a_wrong_level_is_said_beside_the_field_and_nothing_is_lost(app, cast):
    page = Browser(app).signs_in(cast.administrator).opens("/people/units/new")
    page = page.fills(name_fi="Uusi", level="sector", parent=cast.library.id).presses("Lisää")
    assert page.status == 422
    assert 'value="Uusi"' in page.html
    assert "Valitse alempi taso" in page.errors[0]


def test_a_head_is_named_by_address_or_name(app, cast):
    browser = Browser(app).signs_in(cast.administrator)
    path = f"/people/units/{cast.youth.id}/head"
    page = browser.opens(path).fills(head="RIITTA.kirkasojala@savonkoski.example", deputy="joonas")
    page = page.presses("Tallenna")
    assert page.path == f"/people/units/{cast.youth.id}"
    found = again(cast.youth)
    assert (found.head_id, found.deputy_id) == (cast.colleague.id, cast.admin.id)
    page = browser.opens(path).fills(head="", deputy="").presses("Tallenna")
    assert again(cast.youth).head_id is None


def test_a06_who_names_themself_is_told_beside_the_field(app, cast):
    page = Browser(app).signs_in(cast.administrator).opens(f"/people/units/{cast.youth.id}/head")
    assert "Kukaan ei nimeä itseään" in page.main
    page = page.fills(head=cast.administrator.email, deputy="joonas").presses("Tallenna")
    assert page.errors == ["Et voi nimetä itseäsi."]
    assert 'value="joonas"' in page.html
    assert again(cast.youth).head_id is None


def test_nothing_is_above_the_town(app, cast):
    do("name_head", cast.town, None, None, by=cast.administrator)
    browser = Browser(app).signs_in(cast.administrator)
    tree = browser.opens("/people/units")
    assert "Kaupunki Ei esimiestä: " not in tree.main
    assert "Kaupunki Ei esimiestä " in tree.main
    page = browser.opens(f"/people/units/{cast.town.id}")
    assert "Yksiköllä Savonkoski ei ole esimiestä, eikä sen yläpuolella ole yksikköä." in page.main
    assert "Esimies Ei nimetty" in page.main
    assert '"root"' not in browser.opens("/people/units/new").html


def test_a_page_that_only_asks_says_nothing_of_what_was_typed(app, cast):
    page = Browser(app).signs_in(cast.administrator).opens(f"/people/units/{cast.area.id}/end")
    refused = page.presses("Lakkauta yksikkö")
    assert refused.status == 422
    assert "Kirjoittamasi on tallessa" not in refused.main


def test_a_name_that_several_have_is_asked_back(app, cast, make):
    make.person("Riitta Aalto", cast.far)
    page = Browser(app).signs_in(cast.administrator).opens(f"/people/units/{cast.youth.id}/head")
    page = page.fills(head="riitta").presses("Tallenna")
    assert page.status == 422
    assert page.errors == ["Useampi henkilö sopii. Kirjoita tarkoittamasi henkilön osoite."]
    assert "Riitta Kirkasojala: riitta.kirkasojala@savonkoski.example" in page.main
    assert 'value="riitta"' in page.html
    page = page.fills(head="nobody at all").presses("Tallenna")
    assert "ei löytynyt" in page.errors[0]


def test_two_who_change_a_unit_at_once_do_not_overwrite_each_other(app, cast):
    page = Browser(app).signs_in(cast.administrator).opens(f"/people/units/{cast.youth.id}/change")
    do("change_unit", cast.youth, by=cast.administrator, name_sv="Ungdom")
    refused = page.fills(name_fi="Nuoret", name_sv="De unga").presses("Tallenna")
    assert refused.status == 409
    assert refused.errors == [
        "Joku muu on muuttanut tätä sen jälkeen, kun avasit sivun. Mitään ei ole vielä tallennettu."
    ]
    assert 'value="Nuoret"' in refused.html
    assert 'value="De unga"' in refused.html
    assert "Tallennettuna nyt: Ungdom" in refused.main
    assert db.session.get_one(Unit, cast.youth.id).name_fi == "Nuorisopalvelut"
    refused.presses("Tallenna")
    unit = db.session.get_one(Unit, cast.youth.id)
    assert (unit.name_fi, unit.name_sv) == ("Nuoret", "De unga")


def test_two_who_move_a_unit_or_name_its_head_at_once_see_what_stands(app, cast):
    browser = Browser(app).signs_in(cast.administrator)
    moving = browser.opens(f"/people/units/{cast.youth.id}/change").fills(parent=cast.sector.id)
    naming = browser.opens(f"/people/units/{cast.youth.id}/head").fills(head="emma")
    do("change_unit", cast.youth, by=cast.administrator, parent=cast.far_sector)
    do("name_head", cast.youth, cast.colleague, None, by=cast.administrator)
    moved = moving.presses("Tallenna")
    assert (moved.status, "Tallennettuna nyt: Tekniset palvelut" in moved.main) == (409, True)
    named = naming.presses("Tallenna")
    assert f"Tallennettuna nyt: {cast.colleague.email}" in named.main
    assert 'value="emma"' in named.html
    named.presses("Tallenna")
    moved.presses("Tallenna")
    unit = db.session.get_one(Unit, cast.youth.id)
    assert (unit.head_id, unit.parent_id) == (cast.stranger.id, cast.sector.id)


def test_no_two_units_beside_each_other_are_called_the_same(app, cast):
    browser = Browser(app).signs_in(cast.administrator)
    page = browser.opens(f"/people/units/new?parent={cast.area.id}").fills(name_fi=" KIRJASTO ")
    refused = page.presses("Lisää")
    assert refused.errors == ["Yläyksiköllä on jo tämänniminen yksikkö."]
    assert refused.fills(name_fi="Musiikkikirjasto").presses("Lisää").heading == "Musiikkikirjasto"
    page = browser.opens(f"/people/units/{cast.youth.id}/change").fills(name_fi="Kirjasto")
    assert page.presses("Tallenna").status == 422
    elsewhere = do("add_unit", Level.UNIT, "Kirjasto", "", cast.far_sector, by=cast.administrator)
    moving = browser.opens(f"/people/units/{elsewhere.id}/change").fills(parent=cast.area.id)
    assert moving.presses("Tallenna").status == 422


def test_units_that_a_file_brought_with_one_name_can_still_be_changed(app, cast):
    with write():
        again(cast.youth).name_fi = "Kirjasto"
    page = Browser(app).signs_in(cast.administrator).opens(f"/people/units/{cast.youth.id}/change")
    page.fills(name_sv="Biblioteket").presses("Tallenna")
    assert again(cast.youth).name_sv == "Biblioteket"
