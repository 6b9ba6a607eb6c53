"""The other platforms, web sites among them."""

from intake.addresses.rules.rule import NUMBER, Rule, opaque, plain, words
from intake.addresses.values import Account, Domain, Site, Value

X = Rule(
    code="x",
    hosts=plain("x.com mobile.x.com m.x.com twitter.com mobile.twitter.com m.twitter.com")
    | opaque("t.co"),
    kinds={
        "handle": Value(
            r"[A-Za-z0-9_]+",
            1,
            15,
            reserved=words(
                "home explore search hashtag i intent share settings notifications messages"
                " compose login signup tos privacy jobs"
            ),
        ),
        "id": NUMBER,
    },
    patterns=(
        r"intent/(?:user|follow)\?screen_name=@?(?P<handle>[^/?]+)",
        r"intent/(?:user|follow)\?user_id=(?P<id>[^/?]+)",
        r"i/user/(?P<id>[^/?]+)",
        r"@?(?P<handle>[^/?]+)",
    ),
    query=("screen_name", "user_id"),
    addresses={"handle": "https://x.com/{0}", "id": "https://x.com/i/user/{0}"},
    form="handle",
    bare=("handle",),
)

YOUTUBE_NAME = Value(r"(?!.*\.$)[\w.·-]+", 1, 100, letters=True)
YOUTUBE = Rule(
    code="youtube",
    hosts=plain("youtube.com m.youtube.com music.youtube.com") | opaque("youtu.be"),
    kinds={
        "handle": Value(r"(?!.*\.$)[\w.·-]+", 3, 30, letters=True),
        "channel": Value(r"UC[A-Za-z0-9_-]{22}", 24, 24, fold=False),
        "custom": YOUTUBE_NAME,
        "user": YOUTUBE_NAME,
    },
    patterns=(
        r"@(?P<handle>[^/?]+)",
        r"channel/(?P<channel>[^/?]+)",
        r"c/(?P<custom>[^/?]+)",
        r"user/(?P<user>[^/?]+)",
    ),
    opaque=r"watch|shorts/.+|live/.+|playlist|clip/.+",
    addresses={
        "handle": "https://www.youtube.com/@{0}",
        "channel": "https://www.youtube.com/channel/{0}",
        "custom": "https://www.youtube.com/c/{0}",
        "user": "https://www.youtube.com/user/{0}",
    },
    form="handle",
    bare=("handle", "custom", "user"),
    lasting="channel",
    kept=words("v list lc t"),
)

TIKTOK = Rule(
    code="tiktok",
    hosts=plain("tiktok.com m.tiktok.com") | opaque("vm.tiktok.com vt.tiktok.com"),
    kinds={"handle": Value(r"[A-Za-z0-9_.]*[A-Za-z0-9_]", 2, 24)},
    patterns=(r"@(?P<handle>[^/?]+)",),
    opaque=r"t/.+",
    addresses={"handle": "https://www.tiktok.com/@{0}"},
    form="handle",
    bare=("handle",),
)

# Personal addresses by member id keep their case.
LINKEDIN_NAME = Value(r"(?!.*\.$)[\w.&'+-]+", 1, 100, letters=True, kept="ACoA")
LINKEDIN = Rule(
    code="linkedin",
    hosts=plain("linkedin.com m.linkedin.com") | opaque("lnkd.in"),
    wild=r"[a-z]{2}\.linkedin\.com",
    kinds={
        "company": LINKEDIN_NAME,
        "in": LINKEDIN_NAME,
        "school": LINKEDIN_NAME,
        "showcase": LINKEDIN_NAME,
        "pub": Value(r"[\w.&'+-]+(?:/[0-9A-Fa-f]{1,3}){3}", 7, 112, letters=True),
    },
    patterns=(
        r"in/(?P<in>[^/?]+)",
        r"company/(?P<company>[^/?]+)",
        r"school/(?P<school>[^/?]+)",
        r"showcase/(?P<showcase>[^/?]+)",
        r"pub/(?P<pub>[^/?]+(?:/[^/?]+){3})",
    ),
    addresses={
        kind: f"https://www.linkedin.com/{kind}/{{0}}/"
        for kind in ("company", "in", "school", "showcase", "pub")
    },
    form="company",
    bare=("company", "in", "school", "showcase"),
)

SNAPCHAT = Rule(
    code="snapchat",
    hosts=plain("snapchat.com story.snapchat.com") | opaque("t.snapchat.com"),
    kinds={"handle": Value(r"[A-Za-z][A-Za-z0-9._-]*[A-Za-z0-9_-]", 3, 15)},
    patterns=(r"(?:add/|u/|@)(?P<handle>[^/?]+)",),
    addresses={"handle": "https://www.snapchat.com/@{0}"},
    form="handle",
    bare=("handle",),
)

TELEGRAM = Rule(
    code="telegram",
    hosts=plain("t.me telegram.me telegram.dog"),
    kinds={
        "username": Value(
            r"[A-Za-z][A-Za-z0-9_]*",
            4,
            32,
            reserved=words(
                "s c joinchat addstickers share proxy socks iv login boost bg addlist invoice"
            ),
        )
    },
    patterns=(r"s/(?P<username>[^/?]+)", r"@?(?P<username>[^/?]+)"),
    opaque=r"\+.+|joinchat/.+|addlist/.+",
    addresses={"username": "https://t.me/{0}"},
    form="username",
    bare=("username",),
    kept=words("comment thread single"),
)

BLUESKY = Rule(
    code="bluesky",
    hosts=plain("bsky.app"),
    wild=r"[a-z0-9-]+\.bsky\.social",
    kinds={
        "handle": Domain(r"[A-Za-z0-9.-]+", 3, 253),
        "did": Value(r"did:[a-z]+:[A-Za-z0-9._:%-]+", 8, 200, fold=False),
    },
    patterns=(r"profile/(?P<did>did:[^/?]+)", r"profile/@?(?P<handle>[^/?]*\.[^/?]*)"),
    addresses={
        "handle": "https://bsky.app/profile/{0}",
        "did": "https://bsky.app/profile/{0}",
    },
    form="handle",
    bare=("handle",),
    lasting="did",
)

MASTODON = Rule(
    code="mastodon",
    kinds={"acct": Account(r"[A-Za-z0-9_]+", 1, 30)},
    addresses={"acct": "https://{server}/@{user}"},
    form="acct",
    bare=("acct",),
)

REDDIT = Rule(
    code="reddit",
    hosts=plain("reddit.com old.reddit.com new.reddit.com np.reddit.com") | opaque("redd.it"),
    wild=r"[a-z]{2}\.reddit\.com",
    kinds={
        "user": Value(r"[A-Za-z0-9_-]+", 3, 20),
        "subreddit": Value(r"[A-Za-z0-9_-]+", 3, 21),
    },
    patterns=(r"(?:user|u)/(?P<user>[^/?]+)", r"r/(?P<subreddit>[^/?]+)"),
    addresses={
        "user": "https://www.reddit.com/user/{0}/",
        "subreddit": "https://www.reddit.com/r/{0}/",
    },
    form="user",
    bare=("user", "subreddit"),
)

DISCORD = Rule(
    code="discord",
    hosts=plain("discord.com discordapp.com") | {"discord.gg": "invite/"},
    kinds={
        "invite": Value(r"[A-Za-z0-9_-]+", 2, 64, fold=False),
        "user": NUMBER,
    },
    patterns=(
        r"(?:invite/)?invite/(?P<invite>[^/?]+)",
        r"users/(?P<user>[^/?]+)",
    ),
    addresses={
        "invite": "https://discord.gg/{0}",
        "user": "https://discord.com/users/{0}",
    },
    form="invite",
    bare=(),
    lasting="user",
)

FLICKR = Rule(
    code="flickr",
    hosts=plain("flickr.com m.flickr.com") | opaque("flic.kr"),
    kinds={
        "id": Value(r"[0-9]+@N[0-9]{2}", 5, 30, fold=False),
        "alias": Value(r"[A-Za-z0-9_-]+", 1, 64),
    },
    patterns=(
        r"(?:photos|people)/(?P<id>[0-9]+@N[0-9]{2})",
        r"(?:photos|people)/(?P<alias>[^/?]+)",
    ),
    addresses={
        "id": "https://www.flickr.com/people/{0}/",
        "alias": "https://www.flickr.com/people/{0}/",
    },
    form="alias",
    bare=("alias",),
)

PINTEREST = Rule(
    code="pinterest",
    hosts=plain("pinterest.com pinterest.fi pinterest.se") | opaque("pin.it"),
    wild=r"[a-z]{2}\.pinterest\.com",
    kinds={
        "handle": Value(
            r"[A-Za-z0-9_]+",
            3,
            30,
            reserved=words("pin search ideas today explore settings business"),
        )
    },
    patterns=(r"(?P<handle>[^/?]+)",),
    addresses={"handle": "https://www.pinterest.com/{0}/"},
    form="handle",
    bare=("handle",),
)

WEB = Rule(
    code="web",
    hosts=opaque("bit.ly tinyurl.com is.gd ow.ly goo.gl"),
    kinds={"host": Site("", 1, 253)},
    addresses={"host": "https://{0}/"},
    form="host",
    bare=(),
)
