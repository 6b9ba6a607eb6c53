"""What people type and paste, and what it asks about."""

# fmt: off
ASKED: dict[str, list[str]] = {
    # an address with words, marks and pictures around it
    "Katso tämä: https://www.facebook.com/savonkoskenkirjasto!!! onko aito?": ["address facebook:vanity:savonkoskenkirjasto"],
    "instagram.com/savonkosken_kaupunkl facebook.com/savonkoskenkirjasto": ["address instagram:handle:savonkosken_kaupunkl", "address facebook:vanity:savonkoskenkirjasto"],
    "https://facebook.com/savonkoskenkirjasto🎉🎉": ["address facebook:vanity:savonkoskenkirjasto"],
    "Kirjasto\thttps://facebook.com/savonkoskenkirjasto": ["address facebook:vanity:savonkoskenkirjasto"],
    "\u2068facebook.com/savonkosken\u200bkirjasto\u2069": ["address facebook:vanity:savonkoskenkirjasto"],
    "\u202efacebook.com/savonkoskenkirjasto": ["address facebook:vanity:savonkoskenkirjasto"],
    # made harmless, or torn apart
    "hxxps[:]//facebook[.]com/savonkoskenkirjasto": ["address facebook:vanity:savonkoskenkirjasto"],
    "h**ps://facebook(dot)com/savonkoskenkirjasto": ["address facebook:vanity:savonkoskenkirjasto"],
    "https:// www.facebook.com/savonkoskenkirjasto": ["address facebook:vanity:savonkoskenkirjasto"],
    "facebook .com/savonkoskenkirjasto": ["address facebook:vanity:savonkoskenkirjasto"],
    # what apps and codes hand over
    "[24.11.2026 klo 9.12] Mummo: katso https://facebook.com/savonkoskenkirjasto": ["address facebook:vanity:savonkoskenkirjasto"],
    "MECARD:N:Kirjasto;TEL:+358401234567;URL:https://facebook.com/savonkoskenkirjasto;;": ["phone whatsapp:phone:358401234567", "address facebook:vanity:savonkoskenkirjasto"],
    "URL:https://bit.ly/abC": ["address share_link"],
    # handles, with their service and without
    "onko @savonkoski_ aito?": ["handle @savonkoski_"],
    "Instagram @savonkosken_kirjasto": ["handle instagram:handle:savonkosken_kirjasto"],
    "savonkosken_kirjasto instagramissa": ["handle instagram:handle:savonkosken_kirjasto"],
    "Instagram:savonkosken_kirjasto": ["handle instagram:handle:savonkosken_kirjasto"],
    "facebook/savonkoskenkirjasto": ["handle facebook:vanity:savonkoskenkirjasto"],
    "Is @savonkoski's page real?": ["handle @savonkoski"],
    "_@savonkosken_kirjasto_": ["handle @savonkosken_kirjasto"],
    "＠savonkosken_kirjasto": ["handle @savonkosken_kirjasto"],
    "😀@savonkosken_kirjasto😀": ["handle @savonkosken_kirjasto"],
    "@savonkoski@some.example:ssa": ["address mastodon:acct:savonkoski@some.example"],
    "savonkosken_kaupunki": ["handle savonkosken_kaupunki"],
    # a word is a name
    "savonkoski": ["name savonkoski"],
    "Savonkosken-kirjasto": ["name Savonkosken-kirjasto"],
    "Onko Savonkosken kirjaston sivu aito?": ["name Savonkosken kirjaston"],
    "Är det här Savonkoskis bibliotek?": ["name Savonkoskis bibliotek"],
    "Kirjasto\nKoskijuhlat": ["name Kirjasto", "name Koskijuhlat"],
    "Vi kommer": ["name kommer"],
    "": ["name "],
    # numbers in every spelling, and days that are none
    "040 123 4567": ["phone whatsapp:phone:358401234567"],
    "+358 (0)40 123 4567": ["phone whatsapp:phone:358401234567"],
    "00358-40-1234567": ["phone whatsapp:phone:358401234567"],
    "(040) 123 4567": ["phone whatsapp:phone:358401234567"],
    "040.123.4567": ["phone whatsapp:phone:358401234567"],
    "358401234567": ["phone whatsapp:phone:358401234567"],
    "Soita 01.12.2026 klo 18:00 numeroon 0401234567.": ["phone whatsapp:phone:358401234567"],
    # references
    "VI-EHBBR6": ["reference VI-EHBBR6"],
    "VIEHBBR6": ["reference VIEHBBR6"],
    "pp 2026/31": ["reference PP 2026/31"],
    "kirjasto@savonkoski.example": ["mail kirjasto@savonkoski.example"],
    # what leads elsewhere than it says
    "https://x.com@evil.example/savonkoski_demo ja facebook.com/savonkoskenkirjasto": ["address bad_address", "address facebook:vanity:savonkoskenkirjasto"],
    "facebook.com/savonkoskenkirjasto\x00": ["address bad_address"],
    "javascript:alert(1)": ["address bad_address"],
    "java\tscript:facebook.com/savonkoskenkirjasto": ["name java"],
}
# fmt: on
