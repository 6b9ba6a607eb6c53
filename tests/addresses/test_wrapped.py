"""A link that only leads elsewhere is read where it leads, or not at all (A13)."""

from base64 import b64encode, urlsafe_b64encode
from urllib.parse import quote

import pytest

from intake.addresses import find, read
from tests.addresses.patterns import each

GOAL = "https://www.instagram.com/savonkosken_tuki"
KEY = ("instagram:handle:savonkosken_tuki",)
Q = quote(GOAL, safe="")
WRAPPED = f"""
https://urldefense.com/v3/__{GOAL}__;!!ABC!xyz$
https://urldefense.us/v3/__{GOAL}/?igsh=1__;!!ABC-x!xyz_1$
https://urldefense.proofpoint.com/v2/url?u=https-3A__www.instagram.com_savonkosken-5Ftuki&d=DwMF&c=a
https://urldefense.proofpoint.com/v1/url?u={Q}&k=a
https://eur03.safelinks.protection.outlook.com/?url={Q}&data=05
https://gcc02.safelinks.protection.office365.us/?url={Q}
https://statics.teams.cdn.office.net/evergreen-assets/safelinks/1/atp-safelinks.html?url={Q}&locale=fi
https://linkprotect.cudasvc.com/url?a={Q}&c=E,1
https://secure-web.cisco.com/1aBc-_/{Q}
https://ddei5-0-ctp.trendmicro.com:443/wis/clicktime/v1/query?url={Q}&umid=1
https://protect2.fireeye.com/v1/url?k=1&q=1&u={Q}
https://clicktime.symantec.com/3abc?u={Q}
https://clicktime.cloud.postoffice.net/clicktime.php?U={Q}&E=a
https://eu-central-1.protection.sophos.com/?d=instagram.com&u={b64encode(GOAL.encode()).decode()}&i=1
https://abc.r.eu-west-1.awstrack.me/L0/{Q}/1/0100-a/x=1
https://l.facebook.com/l.php?u={Q}&h=AT0
https://www.facebook.com/flx/warn/?u={Q}
https://l.messenger.com/l.php?u={Q}
https://l.instagram.com/?u={Q}&e=AT0
https://l.threads.com/?u={Q}
https://l.wl.co/l?u={Q}
https://www.youtube.com/redirect?event=d&q={Q}
https://www.linkedin.com/safety/go?url={Q}&trk=a
https://www.linkedin.com/redir/redirect?url={Q}&urlhash=a
https://www.tiktok.com/link/v2?aid=1&target={Q}
https://www.pinterest.com/offsite/?url={Q}&token=1
https://t.umblr.com/redirect?z={Q}&t=a
https://steamcommunity.com/linkfilter/?u={Q}
https://vk.com/away.php?to={Q}
https://out.reddit.com/t3_a?url={Q}&token=b
https://slack-redir.net/link?url={Q}
https://exit.sc/?url={Q}
https://href.li/?{GOAL}
https://www.google.com/url?sa=t&url={Q}&ved=a
https://www.google.fi/url?q={Q}
https://www.google.co.uk/url?q={Q}&url={Q}
https://www.google.com/amp/s/www.instagram.com/savonkosken_tuki
https://www-instagram-com.cdn.ampproject.org/c/s/www.instagram.com/savonkosken_tuki
https://www.bing.com/ck/a?!&&p=a&u=a1{urlsafe_b64encode(GOAL.encode()).decode().rstrip("=")}&ntb=1
https://duckduckgo.com/l/?uddg={Q}&rut=a
https://r.search.yahoo.com/_ylt=a/RV=2/RE=1/RO=10/RU={Q}/RK=2/RS=a
https://translate.google.com/translate?sl=fi&tl=en&u={Q}
https://www-instagram-com.translate.goog/savonkosken_tuki?_x_tr_sl=fi&_x_tr_tl=en
https://web.archive.org/web/20261123101010/{GOAL}
https://web.archive.org/web/2026*/{GOAL}
https://web.archive.org/web/20261123101010if_/{GOAL}/
https://archive.ph/2026.11.23-101010/{GOAL}
https://googleweblight.com/?lite_url={Q}
""".split()


@pytest.mark.policy("P4")
@pytest.mark.parametrize("text", WRAPPED)
def test_the_goal_of_a_wrapped_link_is_what_counts_alone_and_in_a_text(text):
    assert read(text).keys == KEY
    assert [one.keys for one in find(f"Katso {text} heti")] == [KEY]
    changed = text.replace("tuki", "talo")
    assert read(changed).keys != KEY or changed == text  # where it is in base 64


def test_hidden_characters_of_a_wrapped_link_are_put_back():
    hidden = urlsafe_b64encode("ä".encode()).decode().rstrip("=")
    assert read(f"https://urldefense.com/v3/__https://a.example/k*x__;{hidden}!!A!b$").keys == (
        "web:page:a.example/k%C3%A4x",
    )
    two = urlsafe_b64encode("åö".encode()).decode().rstrip("=")
    assert read(f"https://urldefense.com/v3/__https://a.example/k**Ax__;{two}!!A!b$").keys == (
        "web:page:a.example/k%C3%A5%C3%B6x",
    )


UNREADABLE = f"""
https://urldefense.com/v3/nothing
https://urldefense.com/v3/__javascript:alert(1)__;!!A!b$
https://urldefense.proofpoint.com/v2/url?d=a
https://www.google.fi/url?q=https://www.facebook.com/savonkoskenkaupunki&url=https://evil.example
https://www.google.fi/url?q={Q}&q=https://evil.example
https://eur03.safelinks.protection.outlook.com/?url={Q}&url=https://evil.example
https://l.facebook.com/l.php?u={Q}&u=https://bit.ly/a
https://eu.protection.sophos.com/?d=a&u=%FF%FF
https://l.facebook.com/l.php?u=1&u=2&u=3&u=4&u=5
https://www.youtube.com/redirect?q=https://x.com@evil.example/a
""".split()


@pytest.mark.policy("P4")
@pytest.mark.parametrize("text", UNREADABLE)
def test_a13_what_leads_to_two_goals_or_to_none_has_no_key(text):
    reading = read(text)
    assert reading.keys == ()
    assert reading.note == "bad_address"


FILTERS = each("""
https://protect-eu.mimecast.com/s/AbC1?domain=instagram.com
https://url.uk.m.mimecastprotect.com/s/AbC1?domain=instagram.com
https://atpscan.global.hornetsecurity.com/?d=AbC1
""")


@pytest.mark.parametrize("text", FILTERS)
def test_a_filter_that_hides_its_goal_is_a_link_that_cannot_be_read(text):
    assert read(text).note == "share_link"


def test_two_spellings_of_one_goal_are_one_goal():
    text = f"https://www.google.fi/url?q={Q}&url=http://instagram.com/savonkosken_tuki/"
    assert read(text).keys == KEY


LIKE_WRAPPERS = each(f"""
https://evil.example/l.php?u={Q} https://l.facebook.com.evil.example/l.php?u={Q}
https://urldefense.com.evil.example/v3/__{GOAL}__;!!A!b$ https://urldefense.example/v3/__{GOAL}__;!!A!b$
https://google.evil.example/amp/s/www.instagram.com/savonkosken_tuki https://google.zip/url?q={Q}
https://google.evil.com/url?q={Q} https://evilgoogle.com/url?q={Q}
https://www.instagram.com.translate.goog/savonkosken_tuki https://evil.example/web/2026/{GOAL}
https://safelinks.protection.outlook.com.evil.example/?url={Q} https://translate.google.com/savonkoski?u={Q}
https://www.facebook.com.evil.example/login?next={Q} https://bing.com/savonkoski?q={Q}
""")


@pytest.mark.policy("P4")
@pytest.mark.parametrize("text", LIKE_WRAPPERS)
def test_a_host_that_only_looks_like_a_wrapper_is_a_page_of_its_own(text):
    assert read(text).reach == "page"
