"""What may be listed: a page anywhere, all of a site only where it is the town's own (P4)."""

import pytest

from intake.data.write import write
from intake.people import town
from intake.profiles import reading
from intake.profiles.states import ProfileState as P
from intake.refusals import Unready
from tests.profiles.making import make_profile, open_profile, type_address

REFUSED = {
    "https://muu.example/": "ei ole kaupungin omien sivustojen joukossa",
    "http://savonkoski.example.muu.example": "ei ole kaupungin omien sivustojen joukossa",
    "https://savonkoski.wordpress.com/": "ei ole kaupungin omien sivustojen joukossa",
    "https://sites.google.com/": "monien käyttämän palvelun etusivu",
    "https://linktr.ee": "monien käyttämän palvelun etusivu",
    "https://www.docs.google.com/?utm_source=x": "monien käyttämän palvelun etusivu",
}
TAKEN = {
    "https://savonkoski.example/": "web:site:savonkoski.example",
    "https://blogi.savonkoski.example": "web:site:blogi.savonkoski.example",
    "https://sites.google.com/view/savonkoski": "web:page:sites.google.com/view/savonkoski",
    "https://muu.example/savonkoski": "web:page:muu.example/savonkoski",
}


@pytest.mark.policy("P4")
@pytest.mark.parametrize("address", REFUSED)
def test_a_front_page_of_others_or_of_many_is_refused_where_it_is_typed(cast, address):
    profile = open_profile(cast, platform_id="web", key=None)
    with pytest.raises(Unready) as refusal:
        type_address(profile, cast.requester, address)
    (problem,) = refusal.value.problems
    assert problem.field == "address"
    assert REFUSED[address] in str(problem)


@pytest.mark.policy("P4")
@pytest.mark.parametrize("address", TAKEN)
def test_a_page_anywhere_and_a_site_of_the_towns_own_can_be_listed(cast, address):
    profile = open_profile(cast, platform_id="web", key=None)
    assert type_address(profile, cast.requester, address).key == TAKEN[address]


@pytest.mark.policy("P4")
def test_what_was_typed_while_the_site_was_ours_is_refused_at_listing(cast):
    with write():
        town.store(own_sites=["tapahtuma.example"])
    make_profile(cast, P.ACTIVE, key="web:site:tapahtuma.example")
    assert reading.refusal_of_site("web:site:tapahtuma.example") == ""
    with write():
        town.store(own_sites=["savonkoski.example"])
    assert "omien sivustojen" in reading.refusal_of_site("web:site:tapahtuma.example")
    with pytest.raises(Unready) as refusal:
        make_profile(cast, P.ACTIVE, key="web:site:toinen.example")
    assert "omien sivustojen" in str(refusal.value.problems[0])


def test_the_mail_domains_are_the_own_sites_where_none_are_set():
    assert town.Town(mail_domains=("a.fi",)).owns("www2.a.fi:8080")
    assert not town.Town(mail_domains=("a.fi",)).owns("ba.fi")
    assert not town.Town(mail_domains=("a.fi",), own_sites=("b.fi",)).owns("a.fi")
