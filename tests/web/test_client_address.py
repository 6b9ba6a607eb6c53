"""A193: addresses as proxies write them: none is a fault of ours, and none shuts others out."""

from ipaddress import ip_address

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.web import client_address
from intake.web.client_address import UNREADABLE, network, read
from tests.browser import Browser
from tests.fakes import following

WRITTEN = {
    "1.2.3.4": "1.2.3.4",
    "1.2.3.4:5555": "1.2.3.4",
    " 1.2.3.4 ": "1.2.3.4",
    '"1.2.3.4"': "1.2.3.4",
    "::ffff:1.2.3.4": "1.2.3.4",
    "[::ffff:1.2.3.4]:80": "1.2.3.4",
    "2001:db8::1": "2001:db8::1",
    "[2001:db8::1]": "2001:db8::1",
    "[2001:db8::1]:443": "2001:db8::1",
    '"[2001:db8::1]:443"': "2001:db8::1",
    "fe80::1%eth0": "fe80::1",
}
NONE = (None, "", "unknown", "_hidden", "1.2.3", "1.2.3.4.5", "[", "]:", "::1::", "x:80", "\x00")


@pytest.mark.parametrize("written", WRITTEN)
def test_a193_one_reading_for_every_spelling(written):
    assert read(written) == ip_address(WRITTEN[written])


@pytest.mark.parametrize("written", NONE)
def test_a193_what_cannot_be_read_is_one_network(written):
    assert read(written) is None
    assert network(written) == UNREADABLE


@given(st.text(max_size=60))
def test_a193_no_text_is_a_fault(text):
    assert network(text)
    assert client_address.kind(text)


def test_a193_mapped_addresses_are_different_networks():
    assert network("::ffff:1.2.3.4") != network("::ffff:1.2.3.5")
    assert network("::ffff:1.2.3.4") == network("1.2.3.4:9")
    assert network("2001:db8::1") == network("[2001:db8::2]:1") != network("2001:db8:0:1::1")


@pytest.mark.parametrize("written", [*WRITTEN, *NONE[1:]])
def test_a193_every_door_answers_whatever_the_proxy_calls_its_client(app, cast, written):
    _report, code = following.coded("https://x.com/savonkoski_osoite")
    browser = Browser(app)
    browser.client.environ_base["REMOTE_ADDR"] = written
    page = browser.opens("/sign-in").fills(email=cast.head.email, password="wrong")
    assert page.presses("Kirjaudu sisään").status == 422
    asked = browser.opens("/reset").fills(email=cast.head.email)
    assert asked.presses("Lähetä linkki").path == "/reset/sent"
    assert browser.opens("/follow").fills(code="väärä").presses("Näytä tilanne").status == 422
    assert browser.opens("/follow").fills(code=code).presses("Näytä tilanne").status == 200
    assert browser.opens("/report/proof").status == 200


def test_a193_many_behind_an_unreadable_address_do_not_shut_each_other_out(app, cast):
    for number in range(60):
        browser = Browser(app)
        browser.client.environ_base["REMOTE_ADDR"] = "unknown"
        page = browser.opens("/sign-in").fills(email=f"x{number}@savonkoski.example", password="x")
        assert page.presses("Kirjaudu sisään").status == 422
