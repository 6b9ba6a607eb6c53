"""Whom a fake pretends to be: what the form offers, and what it understands."""

from intake.fakes import queries
from intake.fakes.reporting import imitated
from tests.fakes.test_report import WHOLE, opened, reports
from tests.profiles.making import make_profile


def test_a_town_with_more_profiles_than_a_page_bears_still_understands_each(
    cast, visitor, still, monkeypatch
):
    profile = make_profile(cast)
    page = visitor.opens("/report", status=200)
    shown = f'value="{profile.name}, Instagram"'
    assert shown in page.html
    monkeypatch.setattr(imitated, "SUGGESTED", 0)
    make_profile(cast, key="facebook:vanity:savonkoskinuoret")
    page = opened(visitor, still)
    assert shown not in page.html
    assert f'value="{cast.youth.name_fi}"' in page.html
    page.fills(**WHOLE, target=f"{profile.name}, Instagram").presses("Lähetä ilmoitus")
    assert queries.cases_of(reports()[0])[0].profile_id == profile.id
