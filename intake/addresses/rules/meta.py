"""The platforms of Meta."""

from intake.addresses.rules.rule import NUMBER, SERVICE_WORDS, Rule, below, opaque, plain, words
from intake.addresses.values import Phone, Value

# The end of a page's name as its number; a shorter one may be a year.
FACEBOOK_TAIL = r"[1-9][0-9]{8,19}"
FACEBOOK_PAGES = below(
    r"about(?:_\w+)? posts(?:/.+)? photos(?:_\w+)?(?:/.+)? videos(?:_\w+)?(?:/.+)?"
    r" reels?(?:_tab|/.+)?"
    r" events(?:_\w+)?(?:/.+)? community reviews(?:/.+)? likes followers following friends(?:_\w+)?"
    r" groups live(?:_videos)?(?:/.+)? mentions menu(?:/.+)? services shop(?:/.+)? jobs(?:/.+)?"
    r" notes(?:/.+)?"
    r" map music movies tv books games sports app/.+ places_\w+ albums media(?:/.+)? offers"
    r" timeline"
    r" info home directory photos_stream photos_albums did_you_know questions activity(?:/.+)?"
    r" story permalink/.+ wall"
)
GROUP_PAGES = below(
    r"about members(?:/.+)? permalink/.+ posts/.+ media(?:/.+)? files(?:/.+)? events(?:/.+)?"
    r" photos(?:/.+)?"
    r" videos(?:/.+)? announcements buy_sell_discussion discussion topics(?:/.+)? guides(?:/.+)?"
    r" featured"
    r" search learning_content(?:/.+)? chats rooms hashtag/.+"
)
FACEBOOK = Rule(
    code="facebook",
    hosts=plain(
        "facebook.com m.facebook.com mbasic.facebook.com web.facebook.com touch.facebook.com"
        " l.facebook.com lm.facebook.com free.facebook.com iphone.facebook.com p.facebook.com"
        " 0.facebook.com fb.com m.me"
    )
    | {"messenger.com": "#messenger/"}
    | opaque("fb.me fb.watch"),
    wild=r"[a-z]{2}-[a-z]{2}\.facebook\.com",
    kinds={
        "vanity": Value(
            # Never what reads as an id: digits alone, or a name with a long number at its end.
            r"(?=.*[A-Za-z])(?!.*-[1-9][0-9]{8,}$)[A-Za-z0-9-]+",
            5,
            80,
            dropped=".",
            barred=r".*\.php",
            reserved=SERVICE_WORDS
            | words(
                "gaming photo.php permalink.php story.php l.php latest lite ajax checkpoint"
                " fundraisers"
                " memories mobile onthisday marketplace_ads oculus portal timeline watchparty"
                " friending"
                " bluebar settings.php games apps saved_items nearby_friends crisisresponse careers"
                " pages_create recover.php findfriends.php notes video_home places_map adsmanager"
                " ad_center donate fundraiser hashtags intern badges browse.php keywordspages"
                " credits translations.php weather elections townhall coronavirus_info stopncii"
            ),
        ),
        "id": NUMBER,
        "group": Value(
            r"(?!.*\.$)[A-Za-z0-9.-]+", 1, 80, reserved=words("feed discover joins create")
        ),
    },
    patterns=(
        r"(?:profile|permalink|story|photo)\.php\?id=(?P<id>[^/?]+)",
        r"(?:photo|photo\.php|media/set)\?set=pb\.(?P<id>[0-9]+)\.[^/?]*",
        r"(?:photo|photo\.php|media/set)\?set=a\.[0-9]+\.[0-9]+\.(?P<id>[0-9]+)",
        rf"people/[^/]+/(?P<id>[^/?]+){FACEBOOK_PAGES}",
        rf"p/[^/]*-(?P<id>{FACEBOOK_TAIL}){FACEBOOK_PAGES}",
        rf"pages/[^/]+/(?P<id>[0-9]+){FACEBOOK_PAGES}",
        rf"pages/category/[^/]+/[^/]*-(?P<id>{FACEBOOK_TAIL}){FACEBOOK_PAGES}",
        r"groups/[^/]+/(?:user|members)/(?P<id>[0-9]+)",
        rf"groups/(?P<group>[^/?]+){GROUP_PAGES}",
        r"messages/(?:e2ee/)?t/(?P<id>[0-9]+)",
        r"#messenger/(?:e2ee/)?t/(?P<id>[0-9]+)",
        r"#messenger/t/(?P<vanity>[^/?]*[^/?0-9][^/?]*)",
        r"stories/(?P<id>[0-9]{9,20})(?:/.+)?",
        rf"(?:pg/)?(?P<id>[1-9][0-9]{{4,19}}){FACEBOOK_PAGES}",
        rf"(?:pg/)?[^/?]+-(?P<id>{FACEBOOK_TAIL}){FACEBOOK_PAGES}",
        rf"(?:pg/)?(?P<vanity>[^/?]+){FACEBOOK_PAGES}",
    ),
    query=("id", "set"),
    opaque=r"share/.+|people/[^/]+/pfbid[^/]*|(?:profile|story|permalink)\.php\?id=pfbid.*",
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
INSTAGRAM_PAGES = below(
    r"(?:p|reel|tv|c)/[^/]+(?:/c/[0-9]+)? reels tagged channel guides? guides?/.+ saved(?:/.+)?"
    r" followers following"
    r" feed live igtv related_profiles embed"
)
INSTAGRAM = Rule(
    code="instagram",
    hosts=plain("instagram.com m.instagram.com l.instagram.com instagr.am") | {"ig.me": "#ig/"},
    kinds={
        "handle": Value(
            INSTAGRAM_SHAPE,
            1,
            30,
            barred=r".*\.php",
            reserved=SERVICE_WORDS
            | words(
                "p reel reels tv stories explore accounts about legal direct share web challenge"
                " s _u"
                " ar ads nametag lite_desktop_only session emails data_download archive"
                " your_activity"
            ),
        )
    },
    patterns=(
        r"#ig/m/(?P<handle>[^/?]+)",
        r"_u/(?P<handle>[^/?]+)",
        r"(?:_n/profile|n/profile)\?username=(?P<handle>[^/?]+)",
        r"stories/(?P<handle>[^/?]+)(?:/[0-9_]+)?",
        rf"@?(?P<handle>[^/?#]+){INSTAGRAM_PAGES}",
    ),
    query=("username",),
    opaque=r"p/.+|reels?/.+|tv/.+|share/.+|s/.+|stories/highlights",
    addresses={"handle": "https://www.instagram.com/{0}/"},
    form="handle",
    bare=("handle",),
    kept=words("img_index story_media_id"),
)

THREADS = Rule(
    code="threads",
    hosts=plain("threads.net threads.com l.threads.net l.threads.com"),
    kinds={"handle": Value(INSTAGRAM_SHAPE, 1, 30)},
    patterns=(
        rf"@(?P<handle>[^/?]+){below('post/[^/]+(?:/(?:media|embed))? replies media reposts')}",
    ),
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
        r"send\?phone=(?P<phone>.+)",
        r"channel/(?P<channel>[^/?]+)(?:/[0-9]+)?",
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
