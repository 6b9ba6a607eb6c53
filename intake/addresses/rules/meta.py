"""The platforms of Meta."""

from intake.addresses.rules.rule import NUMBER, Rule, opaque, plain, words
from intake.addresses.values import Phone, Value

# The end of a page's name as its number; a shorter one may be a year.
FACEBOOK_TAIL = r"[1-9][0-9]{8,19}"
FACEBOOK = Rule(
    code="facebook",
    hosts=plain(
        "facebook.com m.facebook.com mbasic.facebook.com web.facebook.com touch.facebook.com"
        " l.facebook.com lm.facebook.com fb.com m.me"
    )
    | opaque("fb.me fb.watch"),
    wild=r"[a-z]{2}-[a-z]{2}\.facebook\.com",
    kinds={
        "vanity": Value(
            # Never what reads as an id: digits alone, or a name with a long number at its end.
            r"(?=.*[A-Za-z])(?!.*-[1-9][0-9]{8,}$)[A-Za-z0-9-]+",
            5,
            80,
            dropped=".",
            reserved=words(
                "groups events watch marketplace gaming help login photo.php permalink.php"
                " story.php sharer sharer.php share hashtag reel stories people pg pages public"
                " search profile.php plugins dialog policies photo photos video videos l.php"
                " home.php settings messages notifications friends bookmarks privacy business"
            ),
        ),
        "id": NUMBER,
        "group": Value(
            r"(?!.*\.$)[A-Za-z0-9.-]+", 1, 80, reserved=words("feed discover joins create")
        ),
    },
    patterns=(
        r"profile\.php\?id=(?P<id>[^/?]+)",
        r"people/[^/]+/(?P<id>[^/?]+)",
        rf"p/[^/]*-(?P<id>{FACEBOOK_TAIL})",
        r"pages/[^/]+/(?P<id>[0-9]+)",
        rf"pages/category/[^/]+/[^/]*-(?P<id>{FACEBOOK_TAIL})",
        r"groups/(?P<group>[^/?]+)",
        r"pg/(?P<vanity>[^/?]+)",
        r"(?P<id>[1-9][0-9]{4,19})",
        rf"[^/?]+-(?P<id>{FACEBOOK_TAIL})",
        r"(?P<vanity>[^/?]+)",
    ),
    query=("id",),
    opaque=r"share/.+|people/[^/]+/pfbid[^/]*|profile\.php\?id=pfbid.*",
    addresses={
        "vanity": "https://www.facebook.com/{0}",
        "id": "https://www.facebook.com/profile.php?id={0}",
        "group": "https://www.facebook.com/groups/{0}",
    },
    form="vanity",
    bare=("vanity",),
    lasting="id",
    kept=words("id story_fbid fbid v set comment_id multi_permalinks"),
)

INSTAGRAM_SHAPE = r"(?!\.)(?!.*\.\.)(?!.*\.$)[A-Za-z0-9_.]+"
INSTAGRAM = Rule(
    code="instagram",
    hosts=plain("instagram.com m.instagram.com l.instagram.com instagr.am") | {"ig.me": "#ig/"},
    kinds={
        "handle": Value(
            INSTAGRAM_SHAPE,
            1,
            30,
            reserved=words(
                "p reel reels tv stories explore accounts about legal direct share web challenge"
            ),
        )
    },
    patterns=(
        r"#ig/m/(?P<handle>[^/?]+)",
        r"_u/(?P<handle>[^/?]+)",
        r"stories/(?P<handle>[^/?]+)",
        r"@?(?P<handle>[^/?#]+)",
    ),
    opaque=r"p/.+|reels?/.+|tv/.+|share/.+|stories/highlights",
    addresses={"handle": "https://www.instagram.com/{0}/"},
    form="handle",
    bare=("handle",),
    kept=words("img_index"),
)

THREADS = Rule(
    code="threads",
    hosts=plain("threads.net threads.com l.threads.net l.threads.com"),
    kinds={"handle": Value(INSTAGRAM_SHAPE, 1, 30)},
    patterns=(r"@(?P<handle>[^/?]+)",),
    opaque=r"t/.+",
    addresses={"handle": "https://www.threads.com/@{0}"},
    form="handle",
    bare=("handle",),
)

WHATSAPP = Rule(
    code="whatsapp",
    hosts=plain("whatsapp.com api.whatsapp.com web.whatsapp.com")
    | {"wa.me": "#wa/"}
    | opaque("chat.whatsapp.com"),
    kinds={
        "phone": Phone("", 1, 30),
        "channel": Value(r"[A-Za-z0-9_-]+", 10, 64, fold=False),
    },
    patterns=(
        r"send/?\?phone=(?P<phone>.+)",
        r"channel/(?P<channel>[^/?]+)",
        r"#wa/(?P<phone>\+?[0-9][^/?]*)",
    ),
    query=("phone",),
    opaque=r"#wa/(?:message|qr)/.+|message/.+",
    addresses={
        "phone": "https://wa.me/{0}",
        "channel": "https://www.whatsapp.com/channel/{0}",
    },
    form="phone",
    bare=(),
)
