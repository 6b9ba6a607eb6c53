"""What people typed as an address is a link only where a click may follow it (A28)."""

import pytest
from flask import render_template_string

from tests.handbook.test_editing_platforms import BAD_ADDRESSES

DRAWN = '{% from "_macros/link.html" import link %}{{ link("sanat", url) }}'
GOOD = (
    "https://palvelu.example/ehdot?a=1#b",
    "http://palvelu.example",
    "HTTPS://PALVELU.EXAMPLE/",
    "mailto:abuse@palvelu.example",
)
BAD_MAIL = ("mailto:", "mailto:x", "mailto:a@b.example?cc=c@d.example", "MAILTO:a@b.example\n")


@pytest.mark.parametrize("url", ["", *BAD_ADDRESSES, *BAD_MAIL])
def test_a28_the_link_macro_makes_text_of_what_leads_astray(app, url):
    with app.test_request_context("/"):
        assert render_template_string(DRAWN, url=url).strip() == "sanat"


@pytest.mark.parametrize("url", GOOD)
def test_a28_the_link_macro_makes_a_link_of_a_genuine_address(app, url):
    with app.test_request_context("/"):
        drawn = render_template_string(DRAWN, url=url).strip()
    assert drawn == f'<a href="{url}" rel="noopener noreferrer">sanat</a>'
