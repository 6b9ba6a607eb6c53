"""What the product brings to an empty database; from then on the town's rows decide."""

from typing import NamedTuple

from intake.handbook.models import Approval, PlatformKind


class Shipped(NamedTuple):
    """A platform as it is shipped; `bio_limit` in characters, None for no limit."""

    code: str
    name: str
    kind: PlatformKind
    approval: Approval
    has_messages: bool
    bio_limit: int | None
    terms_url: str


COMMUNITY, MEDIA = PlatformKind.COMMUNITY, PlatformKind.MEDIA
FORUM, MESSAGING = PlatformKind.FORUM, PlatformKind.MESSAGING
LINKS, SITE = PlatformKind.LINK_SHARING, PlatformKind.WEB_SITE
YES, TRIAL, NO = Approval.APPROVED, Approval.ON_TRIAL, Approval.NOT_APPROVED

# A decentralised service has no terms of its own: each server has its operator and terms (S3).
# fmt: off
PLATFORMS = (
    Shipped("facebook",  "Facebook",  COMMUNITY, YES,   True,  101,  "https://www.facebook.com/legal/terms"),
    Shipped("instagram", "Instagram", MEDIA,     YES,   True,  150,  "https://help.instagram.com/581066165581870"),
    Shipped("threads",   "Threads",   COMMUNITY, YES,   True,  150,  "https://help.instagram.com/769983657850450"),
    Shipped("x",         "X",         COMMUNITY, YES,   True,  160,  "https://x.com/en/tos"),
    Shipped("youtube",   "YouTube",   MEDIA,     YES,   False, 1000, "https://www.youtube.com/t/terms"),
    Shipped("tiktok",    "TikTok",    MEDIA,     TRIAL, True,  80,   "https://www.tiktok.com/legal/terms-of-service"),
    Shipped("linkedin",  "LinkedIn",  COMMUNITY, YES,   True,  2600, "https://www.linkedin.com/legal/user-agreement"),
    Shipped("snapchat",  "Snapchat",  MESSAGING, NO,    True,  80,   "https://snap.com/terms"),
    Shipped("whatsapp",  "WhatsApp",  MESSAGING, YES,   True,  139,  "https://www.whatsapp.com/legal/terms-of-service-eea"),
    Shipped("telegram",  "Telegram",  MESSAGING, TRIAL, True,  255,  "https://telegram.org/tos"),
    Shipped("bluesky",   "Bluesky",   COMMUNITY, YES,   True,  256,  "https://bsky.social/about/support/tos"),
    Shipped("mastodon",  "Mastodon",  COMMUNITY, YES,   True,  500,  ""),
    Shipped("reddit",    "Reddit",    FORUM,     NO,    True,  200,  "https://redditinc.com/policies/user-agreement"),
    Shipped("discord",   "Discord",   MESSAGING, NO,    True,  120,  "https://discord.com/terms"),
    Shipped("flickr",    "Flickr",    MEDIA,     YES,   True,  None, "https://www.flickr.com/help/terms"),
    Shipped("pinterest", "Pinterest", LINKS,     YES,   True,  160,  "https://policy.pinterest.com/terms-of-service"),
    Shipped("web",       "Web site",  SITE,      YES,   False, None, ""),
)
# fmt: on
