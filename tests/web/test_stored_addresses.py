"""A194: one rule for every address that staff may store and a page shows, whatever stored it."""

import re
from collections.abc import Iterator

import pytest
import sqlalchemy as sa

from intake.addresses import is_web_address
from intake.data.base import db
from intake.handbook.models import Platform, ReportRoute
from intake.profiles.models import Address
from tests.every_page import pages
from tests.scene import prepared

# one worker has them all, so their town is made once
pytestmark = pytest.mark.xdist_group("scene")

BAD = (
    "javascript:alert(1)//vaara",
    "https://vaara:salaisuus@palvelu.example/ehdot",
    "https://palvelu.example/\u202evaara",
    "https://palvelu.example/vaara\u200b",
    "https://palvelu.example/vaara\u2066",
    "data:text/html,vaara",
    "//vaara.example/",
    "https://vaara.example\\@palvelu.example/",
    "https://palvelu.example/a\nvaara",
)

HREFS = re.compile(r'href="([^"]*)"')


@pytest.fixture(scope="module")
def scene(house, store) -> Iterator:
    with prepared(house, store) as made:
        yield made


@pytest.mark.parametrize("address", BAD)
def test_a194_the_rule_refuses_it(address):
    assert not is_web_address(address)


@pytest.mark.parametrize("address", BAD)
def test_a194_no_page_leads_there_whatever_stored_it(scene, store, address):
    with db.engine.connect().execution_options(writes=True) as connection:
        connection.execute(sa.update(Platform).values(terms_url=address))
        connection.execute(sa.update(ReportRoute).values(address=address))
        connection.execute(sa.update(Address).values(url=address))
        connection.commit()
    found = set()
    try:
        for who, path in dict.fromkeys(
            [*pages(scene), ("requester", f"/establishment/{scene['draft']}/form/terms")]
        ):
            answer = scene.window(who).get(path)
            if answer.mimetype == "text/html" and 'href="' in answer.text:
                found |= {path for one in HREFS.findall(answer.text) if "vaara" in one}
            answer.close()
    finally:
        db.session.remove()
        db.engine.dispose()
        store.renew("scene")
    assert not found
