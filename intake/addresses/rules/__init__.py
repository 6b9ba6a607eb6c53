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

__all__ = ["HOSTS", "MASTODON_SERVERS", "RULES", "Rule", "rule_of"]

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

HOSTS = {host: (rule, before) for rule in RULES.values() for host, before in rule.hosts.items()}


def rule_of(host: str) -> tuple[Rule, str] | None:
    """The shipped rule for a host and what stands before the path there."""
    if host in HOSTS:
        return HOSTS[host]
    tries = ((rule, rule.before(host)) for rule in RULES.values())
    return next(((rule, before) for rule, before in tries if before is not None), None)
