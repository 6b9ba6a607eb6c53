"""The catalogue of platforms: shipped once, then the town's."""

import pytest
from sqlalchemy import delete, select

from intake.addresses import read
from intake.data.base import db
from intake.data.write import write
from intake.handbook import queries, service
from intake.handbook.models import (
    Approval,
    Channel,
    Platform,
    PlatformHost,
    PlatformKind,
    ReportRoute,
)
from intake.handbook.shipped import PLATFORMS

pytestmark = pytest.mark.usefixtures("app")
CODES = {
    "facebook", "instagram", "threads", "x", "youtube", "tiktok", "linkedin", "snapchat",
    "whatsapp", "telegram", "bluesky", "mastodon", "reddit", "discord", "flickr", "pinterest",
    "web",
}  # fmt: skip


@pytest.mark.policy("S2")
def test_the_services_of_today_are_shipped_with_their_kind_flickr_and_youtube_as_media():
    found = {platform.code: platform for platform in queries.platforms()}
    assert set(found) == CODES
    assert found["flickr"].kind is found["youtube"].kind is PlatformKind.MEDIA
    assert found["facebook"].kind is PlatformKind.COMMUNITY
    assert found["web"].kind is PlatformKind.WEB_SITE


@pytest.mark.policy("G7")
def test_each_platform_is_approved_on_trial_or_not():
    by_approval = {
        approval: {line.code for line in queries.platforms() if line.approval is approval}
        for approval in Approval
    }
    assert by_approval[Approval.NOT_APPROVED] == {"snapchat", "reddit", "discord"}
    assert by_approval[Approval.ON_TRIAL] == {"tiktok", "telegram"}
    assert len(by_approval[Approval.APPROVED]) == len(CODES) - 5


def test_the_room_for_the_profile_text_is_known():
    limits = {line.code: line.bio_limit for line in queries.platforms()}
    assert (limits["x"], limits["tiktok"], limits["facebook"]) == (160, 80, 101)
    assert limits["web"] is None


@pytest.mark.policy("G3", "G7")
def test_every_service_with_one_operator_has_its_terms_linked():
    without = {line.code for line in PLATFORMS if not line.terms_url.startswith("https://")}
    assert without == {"mastodon", "web"}


def test_shipping_again_changes_nothing_the_town_has_changed(now):
    with write():
        queries.platform("x").name = "Twitter"
        queries.platform("reddit").approval = Approval.APPROVED
    with write():
        service.ensure_shipped(now)
    assert queries.platform("x").name == "Twitter"
    assert queries.platform("reddit").approval is Approval.APPROVED
    assert len(queries.platforms()) == len(CODES)
    assert len(queries.versions()) == 1


def test_a_platform_shipped_later_is_added_at_the_next_start(now):
    with write():
        db.session.execute(delete(ReportRoute).where(ReportRoute.platform_code == "flickr"))
        db.session.delete(queries.platform("flickr"))
    assert queries.platform("flickr") is None
    with write():
        service.ensure_shipped(now)
    assert queries.platform("flickr").name == "Flickr"
    assert queries.route("flickr", Channel.RULES).checked_on is None


@pytest.mark.policy("S2")
def test_a_retired_platform_leaves_the_list_and_keeps_its_name(now):
    with write():
        queries.platform("flickr").retired_at = now
    assert "flickr" not in {line.code for line in queries.platforms()}
    assert queries.platform("flickr").name == "Flickr"


def test_platforms_are_listed_by_name_whatever_their_case(now):
    with write():
        db.session.add(
            Platform(
                code="aa",
                name="aa-palvelu",
                kind=PlatformKind.FORUM,
                approval=Approval.ON_TRIAL,
                has_messages=False,
                bio_limit=None,
            )
        )
    names = [line.name for line in queries.platforms()]
    assert names[0] == "aa-palvelu"
    assert names == sorted(names, key=str.casefold)


def test_a_web_site_has_its_name_in_the_readers_language_and_can_be_sorted_by(app):
    with app.test_request_context("/?lang=sv"):
        assert queries.platform("web").name == "Webbplats"
    names = db.session.scalars(select(Platform.name).order_by(Platform.name)).all()
    assert names[0] == "Bluesky"
    assert "Web site" in names


@pytest.mark.policy("S2", "S3")
def test_hosts_that_the_town_adds_and_servers_it_knows_are_read_by_the_address_rules():
    renamed = "https://old-name.example/@kirjasto"
    shown = "https://some.example/@kirjasto@other.example"
    assert read(renamed, queries.known()).platform != "youtube"
    assert read(shown, queries.known()).platform == "web"
    with write():
        db.session.add(PlatformHost(host="old-name.example", platform_code="youtube"))
        db.session.add(PlatformHost(host="some.example", platform_code="mastodon"))
    assert read(renamed, queries.known()).keys == ("youtube:handle:kirjasto",)
    assert read(shown, queries.known()).keys == ("mastodon:acct:kirjasto@other.example",)
