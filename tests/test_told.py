"""What stands beside the README is true of the program: SECURITY.md and publiccode.yml."""

import re
import tomllib

import pytest

from intake.engine import outbox
from intake.ops import server
from intake.people import sign_in, throttle
from intake.register import api, check
from intake.web import access, forms
from tests.server import ROOT

SECURITY = (ROOT / "SECURITY.md").read_text(encoding="utf-8")
PUBLICCODE = (ROOT / "publiccode.yml").read_text(encoding="utf-8")
NUMBERS = dict(re.findall(r"^\| (.+?) \| (.+) \|$", SECURITY, re.MULTILINE))
MANDATORY = (
    "publiccodeYmlVersion",
    "name",
    "url",
    "platforms",
    "developmentStatus",
    "softwareType",
    "description",
    "legal",
    "maintenance",
    "localisation",
)


def minutes(span) -> str:
    return str(int(span.total_seconds() // 60))


def hours(span) -> str:
    return str(int(span.total_seconds() // 3600))


@pytest.mark.parametrize(
    ("what", "number"),
    [
        (
            "session without use, and in all",
            f"{minutes(sign_in.IDLE)} minutes, {hours(sign_in.TOTAL)} hours",
        ),
        (
            "failed sign-ins in 5 minutes: one account from one network, one network, in all",
            (
                f"{throttle.PER_ACCOUNT.amount}, {throttle.PER_NETWORK.amount}, "
                f"{throttle.IN_ALL.amount:,}"
            ),
        ),
        ("a form", f"good for {hours(forms.LIFETIME)} hours, for one person, for one use"),
        (
            "an ordinary form, a batch to the interface",
            f"{access.MOST // 1024} kB, {api.BODY // 1024} kB",
        ),
        ("a text to be checked", f"{check.LONGEST:,} characters, {check.MOST} at once"),
        (
            "a message that cannot be sent",
            (
                f"tried again after {', '.join(map(minutes, outbox.PAUSES))} minutes, "
                f"given up after {outbox.GIVE_UP.days} days"
            ),
        ),
    ],
)
def test_a_number_in_security_md_is_that_of_the_program(what, number):
    assert NUMBERS[what] == number


def test_the_server_is_set_as_security_md_says(app, monkeypatch):
    asked = {}

    def note(_app, **settings):
        asked.update(settings)
        raise KeyboardInterrupt

    monkeypatch.setattr(server, "create_server", note)
    with pytest.raises(KeyboardInterrupt):
        server.serve(app, "127.0.0.1", 0)
    assert NUMBERS["head of a request, silence on a connection"] == (
        f"{asked['max_request_header_size'] // 1024} kB, {asked['channel_timeout']} seconds"
    )


def test_publiccode_yml_has_every_mandatory_key_and_the_version_of_the_package():
    keys = re.findall(r"^(\w+):", PUBLICCODE, re.MULTILINE)
    assert len(keys) == len(set(keys))
    assert set(MANDATORY) <= set(keys)
    version = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["version"]
    assert f'softwareVersion: "{version}"' in PUBLICCODE


def test_publiccode_yml_describes_in_the_allowed_lengths_and_shows_what_is_there():
    short = re.findall(r'shortDescription: "(.+)"', PUBLICCODE)
    long = re.findall(r"longDescription: >\n((?: {6}.+\n)+)", PUBLICCODE)
    assert len(short) == len(long) == 2
    assert all(len(text) <= 150 for text in short)
    assert all(150 <= len(" ".join(text.split())) <= 10_000 for text in long)
    for path in re.findall(r"- (docs/\S+\.png)", PUBLICCODE):
        assert (ROOT / path).is_file()
