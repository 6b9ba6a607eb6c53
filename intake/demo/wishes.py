"""What the units of Savonkoski have asked for: the words of their requests."""

from dataclasses import dataclass

from intake.demo.organisation import DOMAIN


@dataclass(frozen=True)
class Wish:
    """A profile somebody asks for; persons and units by their codes in `organisation`.

    The first admin leads. An expert profile's one admin is the expert. `hours` are in all, shared
    between the admins.
    """

    platform: str
    handle: str
    name: str
    unit: str
    requester: str
    admins: tuple[str, ...]
    purpose: str
    audience: str
    mailbox: str = ""
    represents: str = "unit"
    role: str = ""
    hours: str = "3"
    url: str = ""
    lasting: str = ""
    reason: str = ""
    name_reason: str = ""
    event: bool = False

    @property
    def is_expert(self) -> bool:
        """Does one official stand behind it?"""
        return bool(self.role)


def box(name: str) -> str:
    """A shared mailbox of the town."""
    return f"{name}@{DOMAIN}"


TOWN_NEWS = "Kerromme kaupungin päätöksistä, palveluista ja tapahtumista ja vastaamme kysymyksiin."
EVERYBODY = "Kaikille savonkoskelaisille. Voit kysyä, kommentoida ja antaa palautetta."

# fmt: off
LISTED = {
    "facebook_town": Wish("facebook", "savonkoskenkaupunki", "Savonkosken kaupunki", "viestinta", "eero", ("eero", "pirkko"), TOWN_NEWS, EVERYBODY, box("viestinta"), lasting="61570000000001"),
    "instagram_town": Wish("instagram", "savonkosken_kaupunki", "Savonkosken kaupunki", "viestinta", "eero", ("eero", "noora"), "Näytämme kuvin, mitä kaupungissa tapahtuu.", EVERYBODY, box("viestinta")),
    "youtube_town": Wish("youtube", "savonkoskidemo", "Savonkoski TV", "viestinta", "eero", ("eero", "joonas"), "Lähetämme valtuuston kokoukset ja kaupungin omat videot.", "Kaupungin päätöksistä kiinnostuneille. Kommentit ovat auki.", box("viestinta"), "service", lasting="UCdemo0000000000000000_A"),
    "linkedin_town": Wish("linkedin", "savonkosken-kaupunki", "Savonkosken kaupunki", "talous", "helka", ("helka", "eero"), "Kerromme kaupungista työnantajana ja avoimista työpaikoista.", "Työnhakijoille ja yhteistyökumppaneille, jotka voivat kysyä työstä.", box("rekry"), url="https://www.linkedin.com/company/savonkosken-kaupunki"),
    "facebook_library": Wish("facebook", "savonkoskenkirjasto", "Savonkosken kirjasto", "kirjasto", "antti", ("antti", "kaisa"), "Kerromme kirjaston tapahtumista, uusista hankinnoista ja poikkeuksista aukioloissa.", "Kirjaston käyttäjille ja muille savonkoskelaisille, jotka voivat toivoa hankintoja.", box("kirjasto")),
    "instagram_library": Wish("instagram", "savonkosken_kirjasto", "Savonkosken kirjasto", "kirjasto", "antti", ("antti", "kaisa"), "Suosittelemme kirjoja ja näytämme, mitä kirjastossa tapahtuu.", "Lukijoille, jotka voivat suositella omia kirjojaan.", box("kirjasto")),
    "x_town": Wish("x", "savonkoski_demo", "Savonkosken kaupunki", "viestinta", "eero", ("eero", "pirkko"), "Tiedotamme häiriöistä ja päätöksistä.", EVERYBODY, box("viestinta")),
    "facebook_festival": Wish("facebook", "koskijuhlat2026", "Koskijuhlat", "koskijuhlat", "kaisa", ("kaisa", "sanna"), "Kerromme Koskijuhlien ohjelmasta ja järjestelyistä.", "Juhlavieraille, jotka voivat ehdottaa ohjelmaa.", box("koskijuhlat"), "event", event=True),
    "expert_noora": Wish("instagram", "savonkoski.nuoriso.noora", "Savonkosken nuorisopalvelut Noora Lepoharjula", "nuoriso", "noora", ("noora",), "Kerron nuorten illoista ja vastaan nuorten kysymyksiin.", "13–17-vuotiaille nuorille, jotka voivat kysyä mitä vain.", role="nuorisotyöntekijä, verkkonuorisotyö"),
    "mastodon_town": Wish("mastodon", "savonkoski@some.example", "Savonkosken kaupunki", "viestinta", "eero", ("eero", "timo"), TOWN_NEWS, EVERYBODY, box("viestinta"), url="https://some.example/@savonkoski"),
    "expert_riitta": Wish("linkedin", "riitta-kirkasojala-demo", "Savonkosken kansalaisopisto Riitta Kirkasojala", "opisto", "riitta", ("riitta",), "Kirjoitan aikuisten oppimisesta ja opiston tulevista kursseista.", "Aikuisopiskelijoille ja opettajille, jotka voivat kysyä kursseista.", role="kansalaisopiston rehtori", url="https://www.linkedin.com/in/riitta-kirkasojala-demo"),
}

SETUP = Wish("tiktok", "savonkoskinuoret", "Savonkosken nuorisopalvelut", "nuoriso", "noora", ("noora", "joonas"), "Näytämme, mitä nuorten tiloissa tapahtuu.", "13–17-vuotiaille nuorille, jotka saavat ehdottaa aiheita.", box("nuoriso"))

REQUESTS = {
    "draft": Wish("instagram", "savonkosken_kesatyot", "Nuorten kesätyöt", "nuoriso", "noora", ("noora", "joonas"), "Kerromme 15–17-vuotiaille kaupungin kesätyöpaikoista, hakemisesta ja työn aloittamisesta.", "15–17-vuotiaille nuorille ja heidän vanhemmilleen.", box("nuoriso"), "matter"),
    "awaiting_consent": Wish("linkedin", "annika-stromkulla-demo", "Savonkosken kaupunkisuunnittelu Annika Strömkulla", "kaavoitus", "jarmo", ("annika",), "Kerron kaavoituksen vaiheista ja siitä, miten niihin voi vaikuttaa.", "Asukkaille ja rakentajille, jotka voivat kysyä kaavoista.", role="kaavoitusarkkitehti", url="https://www.linkedin.com/in/annika-stromkulla-demo"),
    "water": Wish("facebook", "savonkoskenvesi", "Savonkosken vesihuolto", "vesi", "emma", ("emma", "ville"), "Kerromme vesikatkoista ja huoltotöistä kuntalaisille.", "Vesihuollon asiakkaille, jotka voivat ilmoittaa häiriöistä.", box("vesihuolto"), hours="0,25"),
    "courses": Wish("instagram", "savonkosken_opisto", "Kansalaisopiston kurssit", "opisto", "riitta", ("riitta", "noora"), "Esittelemme opiston kursseja ja opettajia.", "Kurssilaisille, jotka voivat toivoa uusia kursseja.", box("opisto")),
    "library_tiktok": Wish("tiktok", "savonkoskenkirjasto", "Savonkosken kirjasto", "kirjasto", "saara", ("saara", "lauri"), "Suosittelemme kirjoja nuorille lyhyin videoin.", "Nuorille lukijoille, jotka voivat tehdä omia suosituksia.", box("kirjasto")),
    "culture_weeks": Wish("instagram", "savonkosken_kulttuuriviikot", "Kulttuuriviikot", "kulttuuri", "kaisa", ("kaisa", "antti"), "Kerromme kulttuuriviikkojen ohjelmasta.", "Kävijöille, jotka voivat ehdottaa esiintyjiä.", box("kulttuuri"), "event", name_reason="Kulttuuriviikot on tapahtuman vakiintunut nimi.", event=True),
    "returned": Wish("instagram", "paivakotikapytikka", "Päiväkoti Käpytikka", "kapytikka", "petri", ("petri", "leena"), "Näytämme, mitä päiväkodin arjessa tapahtuu.", "Perheille, jotka voivat kysyä päiväkodin arjesta.", box("varhaiskasvatus")),
    "rejected": Wish("snapchat", "savonkoskinuori", "Savonkosken nuorisopalvelut", "nuoriso", "joonas", ("joonas", "noora"), "Olemme siellä, missä nuoret ovat.", "13–17-vuotiaille nuorille.", box("nuoriso"), reason="Moni nuori käyttää vain tätä palvelua, ja haluamme kokeilla sitä."),
    "withdrawn": Wish("facebook", "koskenkoulu", "Kosken koulu", "koulu", "leena", ("leena", "petri"), "Kerromme koulun tapahtumista.", "Koulun perheille, jotka voivat kysyä ja toivoa.", box("koulut")),
    "lapsed": Wish("facebook", "savonkoskenmatkailu", "Matkailuneuvonta", "matkailu", "sanna", ("sanna", "ilkka"), "Kerromme, mitä Savonkoskella voi nähdä ja tehdä.", "Matkailijoille, jotka voivat kysyä neuvoa.", box("matkailu")),
}
# fmt: on
