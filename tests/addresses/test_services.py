"""Paths of the services themselves are nobody's profile; the profile in a page of theirs counts."""

import pytest

from intake.addresses import Known, link_of, read

NO_PROFILES = """
facebook.com: login login.php login/identify recover/initiate r.php reg/ help privacy/policy
 policies settings settings?tab=account notifications messages/t bookmarks home.php index.php
 photo photo.php?fbid=1 photo/?fbid=1 photo/?fbid=1&set=a.1 permalink.php story.php watch
 watch/?v=1 watch/live/?v=1 reel/123 events/123 events/create gaming/play/1 marketplace/item/1
 marketplace/profile/1 hashtag/savonkoski search/top?q=a search/people?q=a sharer/sharer.php?u=a
 dialog/feed?app_id=1 plugins/like.php ads/library/?id=1 ads/manager business/help profile
 profile/savonkoski profile.php pages/create pages/?category=1 public/Savon-Koski people
 directory/people groups groups/feed groups/discover stories stories/create fundraisers/1 donate/1
 legal/terms terms.php careers developers games/1 lite friends/requests friends saved memories
 onthisday jobs/1 local/lists/1 places/1 topic/1 savonkoski/foo savonkoski/login.php x/y/z ajax/a
 api/graphql allactivity.php checkpoint/1 cookie/consent_prompt ufi/reaction/profile/browser/?ft=1
 a/home.php browse.php badges live/producer help.php confirmemail.php
instagram.com: p/C1 reel/C1 reels/C1 tv/C1 explore explore/tags/a explore/locations/1/a
 accounts/login accounts/emailsignup accounts/edit direct/inbox direct/t/1 s/abc
 s/abc?story_media_id=1 stories stories/highlights/1 legal/terms about/us about/jobs developer
 press api/v1/users challenge/1 emails/settings session/login web/search web/friendships/1 ar/1
 ads/a savonkoski/foo savonkoski/a/b graphql/query oauth/authorize privacy/checks nametag
 your_activity/interactions directory/profiles directory/hashtags topics/a developer/register
 terms/accept login
threads.net: search login t/C1 activity settings savonkoski @savonkoski/foo @savonkoski/post
x.com: home explore search?q=a hashtag/a i/lists/1 i/status/1 i/web/status/1 i/events/1 i/spaces/1
 i/bookmarks i/communities/1 i/topics/1 i/flow/login i/moments/1 i/trends intent/tweet?text=a
 intent/post?text=a intent/like?tweet_id=1 share?url=a statuses/1 statuses status/1
 settings/account settings notifications messages/1-2 messages compose/tweet login signup logout
 tos privacy jobs account/begin_password_reset account/suspended who_to_follow/suggestions
 savonkoski/foo savonkoski/status savonkoski/status/x savonkoski/a/b download about en/tos rules
 oauth/authorize search-advanced personalization mentions followers following
 widgets/tweet_button.html account teams help
youtube.com: watch?v=a watch shorts/a live/a playlist?list=a clip/a embed/a results?search_query=a
 feed/subscriptions feed/trending gaming premium music account hashtag/a t/terms about
 howyoutubeworks ads creators kids trends savonkoski redirect_notice c user channel @a/b/c post/a
 attribution signin upload movies new podcasts source/a @savonkoski/foo
 channel/UCdemo0000000000000000_A/foo user/savonkoski/a/b
tiktok.com: tag/a music/a-1 discover/a foryou following live search?q=a t/ZG1 legal/page about
 login explore @savonkoski/foo @savonkoski/video/x video/1 embed/1 v/1.html upload creators
 savonkoski business/fi place/a-1 channel/a
linkedin.com: feed jobs/view/1 posts/a-1 pulse/a login signup authwall checkpoint/lg/login
 groups/1 learning/a messaging/thread/1 mynetwork notifications search/results/all help/linkedin
 legal/user-agreement company in company/setup/new/a in/savonkoski/foo events/1 advice/a
 services/page/1 redir/x profile/view?id=1 directory/people top-content/a newsletters/a-1
 shareArticle?url=a uas/login psettings sales/lead/1 talent/a
snapchat.com: discover spotlight/a web p/a-b/1 unlock/?type=1 lens/a download map add
 @savonkoski/foo explore/a t/a privacy ads login savonkoski lenses/a scan topic/a
t.me: s c/1/2 joinchat/a +a addstickers/a addemoji/a share/url?url=a share proxy?server=a
 socks?server=a iv?url=a login/1 boost/a bg/a addlist/a invoice/a $a contact/a setlanguage/a
 addtheme/a confirmphone?phone=1 giftcode/a nft/a-1 savonkoski_tuki/foo savonkoski_tuki/1/2/3 k
 a?x
bsky.app: search?q=a notifications settings feeds lists profile profile/savonkoski
 starter-pack/a.b/1 messages/1 hashtag/a profile/savonkoski.fi/foo intent/compose?text=a about
 support
reddit.com: r u user search?q=a settings/profile message/inbox comments/a submit login register
 wiki/a r/all r/popular user/me user/savonkoski/foo r/savonkoski/foo/bar gallery/a t/a topics/a
 explore poll/a premium
discord.com: channels/1/2 app login register safety nitro developers invite users users/@me
 guilds/a servers/a-1 application-directory/1 download gifts/a template/a users/1/x store/skus/1
 oauth2/authorize
flickr.com: explore groups/a search/?text=a help photos people photos/tags/a photos/search
 photos/savonkoski/foo photos/upload cameras/a commons services/a creativecommons photos/me
 people/savonkoski/foo/bar account signin
pinterest.com: pin/1 search/pins?q=a ideas/a/1 today explore/a settings business/create
 password/reset password/aaaaaa login signup logout about privacy terms categories/a resource/a
 invited/1 email/a secure/a source/a.fi offsite topics/a videos/a connect/a amp/a _tools/a
 verify/a switch_account/a discover/a oauth/a developers/a follow/a/b/c savonkoski/a/b/c domain/a
 convert/a news_hub/1 notifications/a ads/a
whatsapp.com: download legal faq/a channel about business contact/a security coronavirus
 stayconnected
wa.me: message/A qr/A c/1 settings
"""
PATHS = [
    f"https://{line.partition(': ')[0]}/{path}"
    for line in NO_PROFILES.strip().replace("\n ", " ").splitlines()
    for path in line.partition(": ")[2].split()
]


def test_there_are_several_hundred_service_paths():
    assert len(set(PATHS)) == len(PATHS) > 400


@pytest.mark.policy("P4")
def test_a12_a_path_of_the_service_is_nobodys_profile():
    assert [text for text in PATHS if read(text).keys] == []
    notes = {read(text).note for text in PATHS}
    assert notes <= {"not_a_profile", "share_link", "bad_handle", "bad_address"}


BEHIND = {
    "facebook:id:61579990000777": """
        facebook.com/groups/123456789012345/user/61579990000777/
        https://m.facebook.com/groups/savonkoski/user/61579990000777?__tn__=R
        facebook.com/story.php?story_fbid=pfbid0demo&id=61579990000777
        facebook.com/permalink.php?story_fbid=1&id=61579990000777
        facebook.com/photo.php?fbid=1&id=61579990000777&set=a.5
        facebook.com/photo/?fbid=1&set=a.1.2.61579990000777
        facebook.com/media/set/?set=a.1.2.61579990000777
        facebook.com/photo/?fbid=1&set=pb.61579990000777.-2207520000
        facebook.com/stories/61579990000777/UzpfSVNDOjE=/
        facebook.com/messages/t/61579990000777 messenger.com/t/61579990000777
        facebook.com/login.php?next=https%3A%2F%2Ffacebook.com%2Fprofile.php%3Fid%3D61579990000777
        facebook.com/61579990000777/posts/1
        facebook.com/people/Nimi-Niminen/61579990000777/photos
    """,
    "facebook:vanity:savonkoskentuki": """
        m.facebook.com/login.php?next=https%3A%2F%2Fm.facebook.com%2Fsavonkoskentuki
        facebook.com/login/?next=https%3A%2F%2Fwww.facebook.com%2Fsavonkoskentuki%2F
        facebook.com/login/device-based/regular/login/?next=%2Fsavonkoskentuki
        facebook.com/checkpoint/?next=%2Fsavonkoskentuki
        facebook.com/cookie/consent_prompt/?next_uri=https%3A%2F%2Fm.facebook.com%2Fsavonkoskentuki
        facebook.com/#!/savonkoskentuki facebook.com/savonkoskentuki/photos/a.1/2
        facebook.com/savonkoskentuki/about_details
        facebook.com/savonkoskentuki/videos/nimi/1
        facebook.com/plugins/page.php?href=https%3A%2F%2Fwww.facebook.com%2Fsavonkoskentuki&tabs
        facebook.com/flx/warn/?u=https%3A%2F%2Fwww.facebook.com%2Fsavonkoskentuki
        messenger.com/t/savonkoskentuki
    """,
    "instagram:handle:savonkoski": """
        instagram.com/accounts/login/?next=/savonkoski/
        instagram.com/accounts/login/?next=%2Fsavonkoski%2F
        instagram.com/consent/?next=https%3A%2F%2Fwww.instagram.com%2Fsavonkoski%2F
        instagram.com/savonkoski/p/C1/ instagram.com/savonkoski/reels/
        instagram.com/stories/savonkoski
    """,
    "x:handle:savonkoski": """
        x.com/i/flow/login?redirect_after_login=%2Fsavonkoski
        twitter.com/login?redirect_after_login=/savonkoski twitter.com/#!/savonkoski
        x.com/savonkoski/status/1/photo/1 twitter.com/savonkoski/statuses/1
        x.com/savonkoski/status/1/analytics x.com/savonkoski/lists/uutiset
    """,
    "youtube:handle:savonkoskitv": """
        consent.youtube.com/m?continue=https%3A%2F%2Fwww.youtube.com%2F%40savonkoskitv&gl=FI
        consent.youtube.com/ml?continue=https://www.youtube.com/@savonkoskitv?cbrd=1
        accounts.google.com/ServiceLogin?continue=https%3A%2F%2Fwww.youtube.com%2F%40savonkoskitv
        youtube.com/signin?next=%2F%40savonkoskitv
        youtube.com/attribution_link?u=%2F%40savonkoskitv
        youtube.com/@savonkoskitv/community
    """,
    "tiktok:handle:savonkoski": """
        tiktok.com/login?redirect_url=https%3A%2F%2Fwww.tiktok.com%2F%40savonkoski
        tiktok.com/@savonkoski/live
    """,
    "linkedin:company:savonkoski": """
        linkedin.com/authwall?sessionRedirect=https%3A%2F%2Fwww.linkedin.com%2Fcompany%2Fsavonkoski
        linkedin.com/uas/login?session_redirect=%2Fcompany%2Fsavonkoski
        linkedin.com/login?session_redirect=https://fi.linkedin.com/company/savonkoski/jobs
        linkedin.com/organization-guest/company/savonkoski
    """,
    "reddit:user:savonkoski": """
        reddit.com/login/?dest=https%3A%2F%2Fwww.reddit.com%2Fuser%2Fsavonkoski
        reddit.com/over18?dest=https%3A%2F%2Fwww.reddit.com%2Fu%2Fsavonkoski
    """,
    "telegram:username:savonkoski": """
        savonkoski.t.me t.me/savonkoski/s/5 t.me/s/savonkoski/5 t.me/savonkoski/1/2
    """,
    "pinterest:handle:savonkoski": """
        pinterest.com/login/?next=%2Fsavonkoski%2F pinterest.com/savonkoski/_saved
    """,
}
PAIRS = [(key, text) for key, texts in BEHIND.items() for text in texts.split()]


@pytest.mark.policy("P4")
def test_the_profile_in_a_group_a_story_or_a_page_for_signing_in_is_what_counts():
    assert [text for key, text in PAIRS if read(text).keys != (key,)] == []


@pytest.mark.parametrize(
    "text",
    [
        "facebook.com/login?next=https://evil.example/savonkoskentuki",
        "facebook.com/login?next=https://x.com/savonkoski",
        "facebook.com/login?next=/savonkoskentuki&next=/savonkoskenkirjasto",
        "facebook.com/login?next=/savonkoskentuki&u=/savonkoskenkirjasto",
        "instagram.com/accounts/login/?next=//evil.example/savonkoski",
        "instagram.com/accounts/login/?next=javascript:alert(1)",
    ],
)
def test_a_page_for_signing_in_that_leads_elsewhere_or_to_two_goals_names_nobody(text):
    assert read(text).keys == ()


def test_a_post_below_a_profile_is_told_beside_it():
    assert read("x.com/savonkoski/status/1").deep_link == "https://x.com/savonkoski/status/1"
    assert read("facebook.com/savonkoskentuki/posts/1?ref=x").deep_link
    assert read("x.com/savonkoski").deep_link is None


def test_links_of_a_service_that_name_nobody_stay_apart():
    pages = [
        "facebook.com/search/top?q=a",
        "facebook.com/search/top?q=b",
        "youtube.com/results?x=1",
    ]
    assert len({link_of(read(page)) for page in pages}) == 3


def test_the_words_of_a_service_are_handles_where_an_at_sign_tells_them_apart():
    assert read("https://www.threads.com/@login").keys == ("threads:handle:login",)
    assert read("https://www.tiktok.com/@about").keys == ("tiktok:handle:about",)
    assert read("facebook.com/login", Known(hosts={"a.example": "facebook"})).keys == ()
