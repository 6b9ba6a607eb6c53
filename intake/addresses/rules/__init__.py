"""The table: one row for each platform, and what is known of hosts beside it."""

from intake.addresses.rules.meta import FACEBOOK, INSTAGRAM, THREADS, WHATSAPP
from intake.addresses.rules.others import (
    BLUESKY,
    DISCORD,
    FLICKR,
    LINKEDIN,
    MASTODON,
    PINTEREST,
    REDDIT,
    SNAPCHAT,
    TELEGRAM,
    TIKTOK,
    WEB,
    YOUTUBE,
    X,
)
from intake.addresses.rules.rule import Rule, words

# fmt: off
RULES = {
    rule.code: rule
    for rule in (
        FACEBOOK, INSTAGRAM, THREADS, X, YOUTUBE, TIKTOK, LINKEDIN, SNAPCHAT, WHATSAPP, TELEGRAM,
        BLUESKY, MASTODON, REDDIT, DISCORD, FLICKR, PINTEREST, WEB,
    )
}
# fmt: on

MASTODON_SERVERS = words(
    "mastodon.social mastodon.online mstdn.social mas.to fosstodon.org hachyderm.io"
    " mastodon.world social.vivaldi.net mementomori.social mastodontti.fi mastodon.green"
    " eupolicy.social ec.social-network.europa.eu"
)

# Where a platform's own link to elsewhere keeps its goal: host and path -> parameter.
REDIRECTORS = {
    "l.facebook.com/l.php": "u",
    "lm.facebook.com/l.php": "u",
    "facebook.com/l.php": "u",
    "m.facebook.com/l.php": "u",
    "l.instagram.com/": "u",
    "l.threads.net/": "u",
    "l.threads.com/": "u",
    "youtube.com/redirect": "q",
    "m.youtube.com/redirect": "q",
    "out.reddit.com/": "url",
    "linkedin.com/safety/go": "url",
    "linkedin.com/redir/redirect": "url",
    "google.com/url": "q url",
    "google.fi/url": "q url",
}
# Mail programs wrap links so; the host begins with a region.
MAIL_WRAPPER, MAIL_WRAPPED = ".safelinks.protection.outlook.com", "url"

HOSTS = {host: (rule, before) for rule in RULES.values() for host, before in rule.hosts.items()}


def rule_of(host: str) -> tuple[Rule, str] | None:
    """The shipped rule for a host and what stands before the path there."""
    found = HOSTS.get(host)
    if found is None:
        rule = next((rule for rule in RULES.values() if rule.is_wild(host)), None)
        if rule is not None:
            found = rule, f"profile/{host}/" if rule is BLUESKY else ""
    return found
