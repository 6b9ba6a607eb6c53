"""Messy reports: the fifteen of Savonkoski and as many more, and the keys that must come of each."""

from dataclasses import dataclass
from typing import Any

from intake.demo.reports import SAMPLES

# fmt: off
KEYS: dict[int, list[str]] = {
    1: ["facebook:id:61579990000001"],
    2: ["web:page:facebok.com/savonkoskenkaupunkl"],
    3: ["facebook:id:61579990000001"],
    4: ["link:facebook.com/share/1AbCdEfGhI"],
    5: ["instagram:handle:savonkosken_kaupunkl"],
    6: ["linkedin:in:annika-strömkulla-8b1a2c"],
    7: ["whatsapp:phone:358400000000"],
    8: ["x:handle:savonkoskicity"],
    9: ["link:vm.tiktok.com/ZGdemo123"],
    10: ["youtube:handle:s\u0430vonkoski"],
    11: ["telegram:username:savonkoski_tuki", "link:t.me/+Demo0Invite", "web:page:savonkoski-asiointi.example/suomi.fi/tunnistaudu"],
    12: ["threads:handle:oona.talvilehtola.savonkoski"],
    13: ["mastodon:acct:savonkoski_kuopat@mastodon.social"],
    14: ["text:javascript:alert(1)"],
    15: ["name:bluesky:savonkosken kaupunki"],
}


@dataclass(frozen=True)
class Messy:
    """What was typed, and what must come of it; "" is a case that meets no other."""

    answers: dict[str, Any]
    keys: list[str]


def typed(urls: str, keys: list[str], description: str = "", **more: Any) -> Messy:
    """A report of these addresses."""
    return Messy({**SAMPLES[4].answers("2026-11-22"), "urls": urls, "no_url": False, "description": description, **more}, keys)


def named(name: str, platform: str, keys: list[str], **more: Any) -> Messy:
    """A report without an address."""
    return typed("", keys, no_url=True, visible_name=name, platform=platform, **more)


OWN: dict[str, Messy] = {
    "three spellings of one page": typed("https://m.facebook.com/savonkosken.arvonta\nFACEBOOK.COM/SavonkoskenArvonta?ref=x\nfb.com/savonkoskenarvonta/about", ["facebook:vanity:savonkoskenarvonta"] * 3),
    "two posts of one account": typed("https://x.com/savonkoski_1/status/11 https://x.com/savonkoski_1/status/22", ["x:handle:savonkoski_1"] * 2),
    "a share sheet of TikTok": typed("Check out Savonkoski! #TikTok > https://vm.tiktok.com/ZGdemo456/ ", ["link:vm.tiktok.com/ZGdemo456"]),
    "a share sheet of Instagram": typed("Seuraa käyttäjää @savonkosken_tuki Instagramissa! https://www.instagram.com/savonkosken_tuki?igsh=abc", ["instagram:handle:savonkosken_tuki"]),
    "a chat that was forwarded": typed("[22.11.2026 klo 9.12] Mummo: onko tää oikea https://savonkoski-voitto.example/pankki?x=1", ["web:page:savonkoski-voitto.example/pankki?x=1"]),
    "a handle and its service": typed("@savonkoski_arvonta", ["instagram:handle:savonkoski_arvonta"], platform="instagram"),
    "a handle of nobody knows where": typed("@savonkoski_arvonta", ["text:@savonkoski_arvonta"]),
    "a name where the address should be": typed("Savonkosken Kaupunki – ARVONTA", ["name:facebook:savonkosken kaupunki – arvonta"], platform="facebook"),
    "the front page": typed("https://www.facebook.com/", [""]),
    "nothing but signs": typed("???", [""]),
    "a front page and a profile": typed("facebook.com\nfacebook.com/savonkoskentuki", ["", "facebook:vanity:savonkoskentuki"]),
    "defanged by somebody careful": typed("hxxps://savonkoski-kela[.]example/kirjaudu", ["web:page:savonkoski-kela.example/kirjaudu"]),
    "full-width letters": typed("ｆacebook.com/savonkoskentuki", ["facebook:vanity:savonkoskentuki"]),
    "another name before the host": typed("https://x.com@evil.example/savonkoski_demo", ["text:https://x.com@evil.example/savonkoski_demo"]),
    "a link of Facebook's to elsewhere": typed("https://l.facebook.com/l.php?u=https%3A%2F%2Fsavonkoski-voitto.example%2F&h=AT0", ["web:site:savonkoski-voitto.example"]),
    "signs that turn the text around": typed("instagram.com/savonkoski\u202e_tuki", ["link:instagram.com/savonkoski%E2%80%AE_tuki"], "Katso \u202eulos\u2066 ja \u200b tämä \u2028 rivi"),
    "a thousand combining marks": named("Savonkoski" + "\u0301" * 150, "facebook", ["name:facebook:" + "savonkosk" + "\u00ed" + "\u0301" * 149]),
    "emoji only": named("🤡🚨👨‍👩‍👧", "other", ["name:other:🤡🚨👨‍👩‍👧"]),
    "right to left": named("بلدية سافونكوسكي", "telegram", ["name:telegram:بلدية سافونكوسكي"]),
    "a number with words around it": named("soittivat numerosta 040-0000 000 tosi ikävästi", "whatsapp", ["whatsapp:phone:358400000000"]),
    "a text message's number": typed("+358 40 000 0000", ["phone:other:358400000000"], platform="other"),
    "ten accounts on one line": typed(" ".join(f"t.me/savonkoski_{letter}" for letter in "abcdefghij"), [f"telegram:username:savonkoski_{letter}" for letter in "abcdefghij"]),
    "a very long address": typed("https://savonkoski-voitto.example/" + "a" * 2000, ["web:page:savonkoski-voitto.example/" + "a" * 232 + "|5cc0806e1338ce47394479d665285c7f"]),
    "code for a spreadsheet": typed("=HYPERLINK(\"https://savonkoski-voitto.example\")", ["web:site:savonkoski-voitto.example"], "=1+1\t@SUM(A1)\r\n+358"),
    "templates of all kinds": typed("t.me/savonkoski_tuki", ["telegram:username:savonkoski_tuki"], "{{7*7}} %(x)s {0.__class__} #read(\"/etc/passwd\") ' OR 1=1; --"),
    "markup": typed("<a href=\"https://t.me/savonkoski_tuki\">paina</a>", ["telegram:username:savonkoski_tuki"], "<img src=x onerror=alert(1)>"),
    "half a character and a NUL, as the form takes them": typed("t.me/savonkoski_tuki", ["telegram:username:savonkoski_tuki"], "poikki \ufffd\ufffd ja \u0000".replace("\x00", "\ufffd")),
    "5,000 emoji": typed("t.me/savonkoski_tuki", ["telegram:username:savonkoski_tuki"], "😡" * 5000),
    "Windows lines": typed("t.me/savonkoski_a\r\n\r\nt.me/savonkoski_b\r\n", ["telegram:username:savonkoski_a", "telegram:username:savonkoski_b"]),
}
# fmt: on
REPORTS = {
    **{
        f"{number}": Messy(sample.answers("2026-11-22"), KEYS[number])
        for number, sample in SAMPLES.items()
    },
    **OWN,
}
