"""What the page of a case says by itself, and what no list of cases gives away."""

import re

import pytest

from intake.demo.reports import SAMPLES
from intake.fakes.reporter import Told
from intake.fakes.states import CaseState as C
from intake.fakes.states import Priority
from tests.browser import Browser
from tests.fakes.making import FAKE, again, case_of, make_case, make_lead, report, take
from tests.web.test_a101_unicode_controls import FAMILY, LIVE, TURNED, outside_controls

SECRET = Told(name="Aino Merkkinen", email="aino.merkkinen@example.org", phone="+358 40 0000001")
OTHER = "https://x.com/savonkoski_fi"


@pytest.mark.policy("P5", "G8")
@pytest.mark.parametrize(
    ("changes", "is_urgent"),
    [
        ({"harm": "money"}, True),
        ({"harm": "data"}, True),
        ({"acts": ["phishing"]}, True),
        ({"description": SAMPLES[9].description}, True),
        ({"description": "Den vill ha bilder av minderåriga."}, True),
        ({"description": "It asks children for photos."}, True),
        ({"description": "Esiintyy Lastenmaantien kauppana."}, False),
        ({"harm": "unsaid", "acts": ["insults"]}, False),
    ],
)
def test_a_grave_report_is_urgent_from_its_arrival(app, cast, changes, is_urgent):
    case = case_of(report(FAKE, **changes))
    assert (case.priority is Priority.URGENT) == is_urgent
    page = Browser(app).signs_in(cast.handler).opens("/cases?view=urgent")
    assert (case.reference in page.main) == is_urgent


def test_of_children_the_page_says_what_to_do_and_what_never(app, cast):
    case = case_of(report(FAKE, description=SAMPLES[9].description))
    page = Browser(app).signs_in(cast.handler).opens(f"/cases/{case.id}")
    assert "Ota heti yhteys poliisiin. Älä koskaan pyydä kuvia lapsista" in page.main
    take(case, "take", cast.handler)
    other = case_of(report(OTHER))
    assert "kuvia lapsista" not in page.browser.opens(f"/cases/{other.id}").main


def test_a101_typed_signs_turn_nothing_on_the_pages_of_cases(app, cast):
    case = case_of(report(OTHER, description=f"{TURNED} {FAMILY}", visible_name=TURNED))
    browser = Browser(app).signs_in(cast.handler)
    take(case, "take", cast.handler)
    page = browser.opens(f"/cases/{case.id}").fills(text=f"Muistan {TURNED}")
    page.presses("Tallenna muistiinpano")
    page = browser.opens(f"/cases/{case.id}/dismiss")
    page.fills(ground="parody", reason=f"Koska {TURNED}").presses("Ei valeprofiili")
    assert again(case).state is C.NOT_FAKE
    for path in (f"/cases/{case.id}", f"/cases/{case.id}?all=1", "/cases?q=savonkoski", "/desk"):
        text = outside_controls(browser.opens(path))
        assert not LIVE.search(text), path
    page = browser.opens(f"/cases/{case.id}")
    text = outside_controls(page)
    for sign in ("202E", "2066", "200B", "FEFF", "E0041"):
        assert f"⟨U+{sign}⟩" in text, sign
    assert FAMILY in page.text
    for typed in ("Muistan", "Koska", "Nuoret ⟨"):
        holder = next(one for one in page.tree.iter("bdi") if typed in "".join(one.itertext()))
        assert "⟨U+202E⟩" in "".join(holder.itertext())


@pytest.mark.policy("P7")
@pytest.mark.parametrize("path", ["/cases", "/cases?q=merkkinen", "/cases?view=open", "/desk"])
def test_a67_no_list_of_cases_holds_contact_data_in_any_part(app, cast, path):
    """Not in words, attributes, hidden fields or comments: all bytes are searched."""
    lead = make_lead(cast)
    made = report(FAKE, told=SECRET)
    case = case_of(made)
    make_case(cast, C.CONFIRMED, OTHER, lead=lead)
    for person in (cast.handler, lead):
        browser = Browser(app).signs_in(person)
        take(case, "reveal", person, what=f"contact:{made.id}")
        html = browser.opens(path).html
        for marker in (SECRET.name, SECRET.email, SECRET.phone, "aino"):
            assert not re.search(re.escape(marker), html, re.I), marker


@pytest.mark.policy("P5")
def test_a90_equal_texts_are_one_line_with_their_number_and_none_is_lost(app, cast):
    spam = [report(FAKE, description="Osta  halpoja\nkelloja") for _ in range(20)]
    spam += [report(FAKE, description="Osta halpoja kelloja") for _ in range(10)]
    odd = report(FAKE, description="Osta halpoja kelloja", told=SECRET)
    real = report(FAKE, description="Pankkitunnukset menivät.", harm="data")
    case = case_of(real)
    page = Browser(app).signs_in(cast.handler).opens(f"/cases/{case.id}")
    assert "32 ilmoitusta" in page.main
    assert "29 muuta ilmoitusta sanoo täsmälleen saman." in page.main
    for one in (odd, real):
        assert one.reference in page.main
    assert sum(one.reference in page.main for one in spam) == 1
    assert page.main.index(real.reference) < page.main.index(odd.reference)
    page = page.follows("Näytä kaikki ilmoitukset")
    assert all(one.reference in page.main for one in (*spam, odd, real))
    assert "sanoo täsmälleen saman" not in page.main
