"""The other platforms, web sites among them."""

from intake.addresses.rules.rule import (
    HOSTED,
    NUMBER,
    SERVICE_WORDS,
    Rule,
    below,
    opaque,
    plain,
    words,
)
from intake.addresses.values import Account, Domain, Site, Value

X_PAGES = below(
    r"status(?:es)?/[0-9]+(?:/(?:photo|video)/[0-9]+|/[a-z_]+)?"
    r" with_replies media likes articles highlights superfollows followers following"
    r" verified_followers"
    r" followers_you_follow lists?(?:/.+)? moments photo header_photo about communities topics"
    r" affiliates"
    r" creator-subscriptions/subscriptions"
)
X = Rule(
    code="x",
    hosts=plain("x.com mobile.x.com m.x.com twitter.com mobile.twitter.com m.twitter.com")
    | opaque("t.co"),
    kinds={
        "handle": Value(
            r"[A-Za-z0-9_]+",
            1,
            15,
            reserved=SERVICE_WORDS
            | words(
                "home explore search hashtag i intent share settings notifications messages"
                " compose login signup tos privacy jobs statuses who_to_follow logged_out"
                " personalization"
                " widgets moments lists mentions similar_to bookmarks premium_sign_up"
                " account_access"
                " connect_people follower_requests trends newtwitter sessions goodies translate"
            ),
        ),
        "id": NUMBER,
    },
    patterns=(
        r"(?:intent/)?(?:user|follow)\?screen_name=@?(?P<handle>[^/?]+)",
        r"intent/(?:user|follow)\?user_id=(?P<id>[^/?]+)",
        r"i/user/(?P<id>[^/?]+)",
        rf"@?(?P<handle>[^/?]+){X_PAGES}",
    ),
    query=("screen_name", "user_id"),
    opaque=r"(?:i/(?:web/)?)?status(?:es)?/.+",
    addresses={"handle": "https://x.com/{0}", "id": "https://x.com/i/user/{0}"},
    form="handle",
    bare=("handle",),
)

YOUTUBE_NAME = Value(r"(?!.*\.$)[\w.·-]+", 1, 100, letters=True)
YOUTUBE_PAGES = below(
    r"featured videos shorts streams live playlists community(?:/.+)? posts channels about store"
    r" releases podcasts"
    r" courses search join membership discussion feed recommended"
)
YOUTUBE = Rule(
    code="youtube",
    hosts=plain("youtube.com m.youtube.com music.youtube.com gaming.youtube.com studio.youtube.com")
    | opaque("youtu.be youtube-nocookie.com"),
    kinds={
        "handle": Value(r"(?!.*\.$)[\w.·-]+", 3, 30, letters=True),
        "channel": Value(r"UC[A-Za-z0-9_-]{22}", 24, 24, fold=False),
        "custom": YOUTUBE_NAME,
        "user": YOUTUBE_NAME,
    },
    patterns=(
        rf"@(?P<handle>[^/?]+){YOUTUBE_PAGES}",
        rf"channel/(?P<channel>[^/?]+){YOUTUBE_PAGES}",
        rf"c/(?P<custom>[^/?]+){YOUTUBE_PAGES}",
        rf"user/(?P<user>[^/?]+){YOUTUBE_PAGES}",
        r"profile\?user=(?P<user>[^/?]+)",
        r"subscription_center\?add_user=(?P<user>[^/?]+)",
        r"feeds/videos\.xml\?channel_id=(?P<channel>[^/?]+)",
        r"feeds/videos\.xml\?user=(?P<user>[^/?]+)",
    ),
    query=("user", "add_user", "channel_id"),
    opaque=r"watch|watch_popup|shorts/.+|live/.+|playlist|clip/.+|embed/.+|v/.+|e/.+|post/.+",
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

TIKTOK_PAGES = below(r"(?:video|photo|story)/[0-9]+ live (?:playlist|collection)/[^/]+")
TIKTOK = Rule(
    code="tiktok",
    hosts=plain("tiktok.com m.tiktok.com") | opaque("vm.tiktok.com vt.tiktok.com"),
    kinds={"handle": Value(r"[A-Za-z0-9_.]*[A-Za-z0-9_]", 2, 24)},
    patterns=(rf"@(?P<handle>[^/?]+){TIKTOK_PAGES}",),
    opaque=r"t/.+|v/.+",
    addresses={"handle": "https://www.tiktok.com/@{0}"},
    form="handle",
    bare=("handle",),
)

# Personal addresses by member id keep their case.
LINKEDIN_NAME = Value(r"(?!.*\.$)[\w.&'+-]+", 1, 100, letters=True, kept="ACoA")
COMPANY_PAGES = below(
    r"about posts jobs people life(?:/.+)? videos events insights products(?:/.+)?"
    r" mycompany(?:/.+)? services"
    r" alumni(?:/.+)? admin(?:/.+)? updates"
)
PERSON_PAGES = below(
    r"[a-z]{2}(?:[-_][a-z]{2})? details?/.+ recent-activity(?:/.+)? overlay/.+ activity posts"
    r" articles"
)
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
        rf"in/(?P<in>[^/?]+){PERSON_PAGES}",
        rf"(?:organization-guest/)?company(?:-beta)?/(?P<company>[^/?]+){COMPANY_PAGES}",
        rf"(?:organization-guest/)?school/(?P<school>[^/?]+){COMPANY_PAGES}",
        rf"showcase/(?P<showcase>[^/?]+){COMPANY_PAGES}",
        rf"pub/(?P<pub>[^/?]+(?:/[^/?]+){{3}}){PERSON_PAGES}",
    ),
    addresses={
        kind: f"https://www.linkedin.com/{kind}/{{0}}/"
        for kind in ("company", "in", "school", "showcase", "pub")
    },
    form="company",
    bare=("company", "in", "school", "showcase"),
)

SNAPCHAT_PAGES = below(r"spotlight(?:/.+)? highlights?(?:/.+)? lenses story(?:/.+)? public")
SNAPCHAT = Rule(
    code="snapchat",
    hosts=plain("snapchat.com story.snapchat.com") | opaque("t.snapchat.com"),
    kinds={"handle": Value(r"[A-Za-z][A-Za-z0-9._-]*[A-Za-z0-9_-]", 3, 15)},
    patterns=(rf"(?:add/@?|u/|@)(?P<handle>[^/?]+){SNAPCHAT_PAGES}",),
    opaque=r"t/.+",
    addresses={"handle": "https://www.snapchat.com/@{0}"},
    form="handle",
    bare=("handle",),
)

TELEGRAM = Rule(
    code="telegram",
    hosts=plain("t.me telegram.me telegram.dog"),
    personal=r"([a-z][a-z0-9_]*)\.t\.me",
    kinds={
        "username": Value(
            r"[A-Za-z][A-Za-z0-9_]*",
            4,
            32,
            reserved=SERVICE_WORDS
            | words(
                "s c joinchat addstickers share proxy socks iv login boost bg addlist invoice"
                " contact"
                " addemoji addtheme setlanguage confirmphone giftcode nft call"
            ),
        )
    },
    patterns=(
        r"s/(?P<username>[^/?]+)(?:/[0-9]+)?",
        rf"(?:{HOSTED}|@)?(?P<username>[^/?]+)(?:(?:/s)?/[0-9]+|/[0-9]+/[0-9]+)?",
    ),
    opaque=r"\+.+|joinchat/.+|addlist/.+|contact/.+|c/.+|giftcode/.+|call/.+|boost/.+",
    addresses={"username": "https://t.me/{0}"},
    form="username",
    bare=("username",),
    kept=words("comment thread single"),
)

BLUESKY_PAGES = below(
    r"post/[^/]+(?:/(?:liked-by|reposted-by|quotes))? (?:feed|lists)/[^/]+(?:/.+)? followers"
    r" follows"
    r" known-followers search labeler/.+"
)
BLUESKY = Rule(
    code="bluesky",
    hosts=plain("bsky.app"),
    personal=r"([a-z0-9-]+\.bsky\.social)",
    kinds={
        "handle": Domain(r"[A-Za-z0-9.-]+", 3, 253),
        "did": Value(r"did:[a-z]+:[A-Za-z0-9._:%-]+", 8, 200, fold=False),
    },
    patterns=(
        rf"profile/(?P<did>did:[^/?]+){BLUESKY_PAGES}",
        rf"profile/@?(?P<handle>[^/?]*\.[^/?]*){BLUESKY_PAGES}",
        rf"{HOSTED}(?P<handle>[^/?]+)(?:/.*)?",
    ),
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
    kinds={"acct": Account(r"[A-Za-z0-9_]+(?:[.-]+[A-Za-z0-9_]+)*", 1, 30)},
    addresses={"acct": "https://{server}/@{user}"},
    form="acct",
    bare=("acct",),
)

REDDIT_USER_PAGES = below(
    r"submitted comments(?:/.+)? about(?:\.json)? overview gilded saved upvoted downvoted hidden"
    r" posts"
    r" m/[^/]+ s/[^/]+ (?:\.json|\.rss) trophies avatar followers moderator"
)
SUBREDDIT_PAGES = below(
    r"(?:hot|new|top|rising|controversial|best|gilded) comments/.+ s/[^/]+ about(?:/.+)?"
    r" (?:wiki|w)(?:/.+)?"
    r" search submit (?:\.json|\.rss)"
)
REDDIT = Rule(
    code="reddit",
    hosts=plain("reddit.com old.reddit.com new.reddit.com np.reddit.com") | opaque("redd.it"),
    wild=r"[a-z]{2}\.reddit\.com",
    kinds={
        "user": Value(r"[A-Za-z0-9_-]+", 3, 20, reserved=words("me undefined null")),
        "subreddit": Value(
            r"[A-Za-z0-9_-]+", 3, 21, reserved=words("all popular friends mod random randnsfw")
        ),
    },
    patterns=(
        rf"(?:user|u)/(?P<user>[^/?]+){REDDIT_USER_PAGES}",
        rf"r/(?P<subreddit>[^/?]+){SUBREDDIT_PAGES}",
    ),
    opaque=r"(?:comments|gallery|s|tb|poll|video)/.+",
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

FLICKR_PAGES = below(
    r"[0-9]+(?:/.+)?"
    r" (?:albums|sets|galleries|favorites|collections|archives|tags|groups|with|contacts)(?:/.+)?"
    r" map about stats relationship page[0-9]+ show(?:/.+)? alltags recent following"
)
FLICKR = Rule(
    code="flickr",
    hosts=plain("flickr.com m.flickr.com") | opaque("flic.kr"),
    kinds={
        "id": Value(r"[0-9]+@N[0-9]{2}", 5, 30, fold=False),
        "alias": Value(
            r"[A-Za-z0-9_-]+",
            1,
            64,
            reserved=words("tags search upload organize friends me random explore location recent"),
        ),
    },
    patterns=(
        rf"(?:photos|people)/(?P<id>[0-9]+@N[0-9]{{2}}){FLICKR_PAGES}",
        rf"(?:photos|people)/(?P<alias>[^/?]+){FLICKR_PAGES}",
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
            reserved=SERVICE_WORDS
            | words(
                "pin search ideas today explore settings business _tools _ngjs unauth secure_login"
                " pinterest recommendations_hub news_hub homefeed trends conversion convert"
                " board_invite"
                " group_board invited newsletter_signup source more_ideas shop_the_look creators"
                " password-reset renew typeahead resource oauth_login board-picker pin-builder"
                " idea-pin-builder pin-creation-tool ads-manager login_email"
            ),
        )
    },
    patterns=(r"(?P<handle>[^/?]+)(?:/[^/?]+){0,2}",),  # boards and their sections
    addresses={"handle": "https://www.pinterest.com/{0}/"},
    form="handle",
    bare=("handle",),
)

# Any host without a rule: see intake/addresses/web.py for the keys of its pages.
WEB = Rule(
    code="web",
    kinds={"site": Site("", 1, 253)},
    addresses={"site": "https://{0}/"},
    form="site",
    bare=(),
)
