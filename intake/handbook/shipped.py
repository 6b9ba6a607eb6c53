"""What the product brings to an empty database; from then on the town's rows decide."""

from typing import NamedTuple

from flask_babel import gettext as _

from intake.handbook.models import Approval, Channel, PlatformKind
from intake.refusals import marked


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


class Route(NamedTuple):
    """Where a platform takes reports, as it is shipped: nobody in the town has tried it yet."""

    platform_code: str
    channel: Channel
    needs_account: bool
    address: str
    asks: str


RULES, ART16 = Channel.RULES, Channel.ART16

# Sentences are stored in English and shown in the reader's language until the town writes its own.
# fmt: off
ROUTES = (
    Route("facebook",  RULES, False, "https://www.facebook.com/help/contact/295309487309948", marked("Your name and e-mail, the address of the impostor, often an identity document.")),
    Route("instagram", RULES, False, "https://help.instagram.com/contact/636276399721841", marked("A picture of an identity document; of an organisation, proof that it exists.")),
    Route("instagram", ART16, True,  marked("In the app: the profile's menu, Report, illegal content"), marked("What is illegal, and under which law.")),
    Route("threads",   RULES, True,  marked("In the app: the profile's menu, Report, pretending to be someone"), marked("As on Instagram.")),
    Route("x",         RULES, True,  "https://help.x.com/en/forms/authenticity/impersonation", marked("Who is impersonated and your authority to report it; of an organisation its name, address and your title.")),
    Route("x",         ART16, True,  marked("In the service: the menu of the post, Report EU illegal content"), marked("The post, and under which law it is illegal.")),
    Route("youtube",   RULES, True,  "https://support.google.com/youtube/answer/2801947", marked("The address of the channel, and of the genuine one.")),
    Route("tiktok",    RULES, False, marked("Online form for accounts outside the United States: account violation, impersonation"), marked("Who is impersonated, an e-mail address, an identity document where asked.")),
    Route("linkedin",  RULES, True,  marked("On the profile: Report, pretending to be someone"), marked("The address of the profile. For false employment there is a form of its own: employer, how you know, signature.")),
    Route("snapchat",  RULES, False, marked("Support form: safety concern, another account pretends to be me"), marked("The impersonated person reports it: names and both user names.")),
    Route("whatsapp",  RULES, True,  marked("In the app: the chat or channel, Report"), marked("The number, screenshots.")),
    Route("telegram",  RULES, True,  marked("In the app: Report, fake account"), marked("The result may be a warning label instead of removal.")),
    Route("telegram",  ART16, False, "https://telegram.org/dsa-report", marked("Name, contact details, a clear and convincing explanation.")),
    Route("bluesky",   RULES, True,  marked("In the app: the profile's menu, Report, misleading: impersonation"), ""),
    Route("bluesky",   ART16, False, "https://bsky.social/about/support/regulatory-compliance-report", marked("The law, the address, the reasons.")),
    Route("mastodon",  RULES, False, marked("To the moderators of that very server: report in the app and forward it, or write to the contact on its page /about"), marked("The address of the account.")),
    Route("reddit",    RULES, False, "https://www.reddit.com/report", marked("The address, and who is impersonated.")),
    Route("discord",   RULES, False, marked("In the app, or the support form, which needs no account"), marked("Links and ids of the messages. One report for one matter.")),
    Route("flickr",    RULES, True,  marked("On the profile: Report abuse"), marked("The address of the profile.")),
    Route("pinterest", RULES, False, marked("On the profile: Report; or the help form"), marked("The address of the profile, an identity document.")),
    Route("web",       ART16, False, marked("The form for illegal content or the abuse address of the host; the registrar of the domain; of phishing the National Cyber Security Centre too"), marked("The address, the time, screenshots.")),
)
# fmt: on
WORDS = {words for route in ROUTES for words in (route.address, route.asks) if " " in words}


def told(words: str) -> str:
    """What stands in a route, in the reader's language as long as it is as it was shipped."""
    return str(_(words)) if words in WORDS else words
