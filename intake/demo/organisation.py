"""The invented town of Savonkoski: its units, its people, who heads what."""

from datetime import datetime, timedelta
from unicodedata import normalize

from intake import clock
from intake.data.write import write
from intake.engine.table import EFFECT
from intake.handbook import service as handbook
from intake.handbook.models import TrainingKind
from intake.people import passwords, service, town
from intake.people.models import Level, Person, Role, Unit

DOMAIN = "savonkoski.example"
PASSWORD = passwords.DEMO  # printed for everybody, and good nowhere else

TOWN = {
    "name_fi": "Savonkoski",
    "name_sv": "Savonkoski stad",
    "name_en": "Town of Savonkoski",
    "genitive_fi": "Savonkosken",
    "genitive_sv": "Savonkoskis",
    "genitive_en": "Savonkoski's",
    "mail_domains": [DOMAIN, f"edu.{DOMAIN}"],
    "contact_email": f"viestinta@{DOMAIN}",
    "dpo_contact": f"tietosuoja@{DOMAIN}",
    "it_contact": f"tietohallinto@{DOMAIN}",
    "register_page": f"https://www.{DOMAIN}/some",
    "is_demo": True,
}

# fmt: off
SECTOR, AREA, UNIT, GROUP = Level.SECTOR, Level.SERVICE_AREA, Level.UNIT, Level.WORKING_GROUP

# code, code above, level, Finnish, Swedish, head, standing deputy
UNITS = (
    ("town", "", Level.ROOT, "Savonkosken kaupunki", "Savonkoski stad", "veikko", ""),
    ("konserni", "town", SECTOR, "Konsernipalvelut", "Koncerntjänster", "aune", "eero"),
    (
        "hallinto",
        "konserni",
        AREA,
        "Hallinto ja viestintä",
        "Förvaltning och kommunikation",
        "eero",
        "aune",
    ),
    ("viestinta", "hallinto", UNIT, "Viestintä", "Kommunikation", "eero", "aune"),
    ("portti", "hallinto", UNIT, "Palvelupiste Portti", "Servicepunkten Porten", "pirkko", ""),
    ("tietohallinto", "konserni", AREA, "Tietohallinto", "Dataadministration", "timo", ""),
    ("talous", "konserni", AREA, "Talous ja henkilöstö", "Ekonomi och personal", "helka", ""),
    ("elinvoima", "town", SECTOR, "Elinvoimapalvelut", "Livskraftstjänster", "jarmo", ""),
    (
        "elinkeinot",
        "elinvoima",
        AREA,
        "Elinkeinot ja matkailu",
        "Näringsliv och turism",
        "sanna",
        "",
    ),
    ("matkailu", "elinkeinot", UNIT, "Matkailuneuvonta", "Turistinformation", "", ""),
    ("tyollisyys", "elinvoima", AREA, "Työllisyyspalvelut", "Sysselsättningstjänster", "ilkka", ""),
    ("kaavoitus", "elinvoima", AREA, "Kaupunkisuunnittelu", "Stadsplanering", "annika", ""),
    ("sivistys", "town", SECTOR, "Sivistyspalvelut", "Bildningstjänster", "oona", ""),
    ("varhaiskasvatus", "sivistys", AREA, "Varhaiskasvatus", "Småbarnspedagogik", "petri", ""),
    ("kapytikka", "varhaiskasvatus", UNIT, "Päiväkoti Käpytikka", "Daghemmet Käpytikka", "", ""),
    ("opetus", "sivistys", AREA, "Opetus", "Undervisning", "leena", ""),
    ("koulu", "opetus", UNIT, "Kosken koulu", "Kosken koulu", "", ""),
    ("lukio", "opetus", UNIT, "Savonkosken lukio", "Savonkoski gymnasium", "", ""),
    (
        "kulttuuri",
        "sivistys",
        AREA,
        "Kulttuuri ja vapaa-aika",
        "Kultur och fritid",
        "kaisa",
        "antti",
    ),
    ("kirjasto", "kulttuuri", UNIT, "Kirjasto", "Biblioteket", "antti", "kaisa"),
    ("nuoriso", "kulttuuri", UNIT, "Nuorisopalvelut", "Ungdomstjänster", "", ""),
    ("opisto", "kulttuuri", UNIT, "Kansalaisopisto", "Medborgarinstitutet", "riitta", ""),
    ("liikunta", "kulttuuri", UNIT, "Liikuntapalvelut", "Idrottstjänster", "joonas", ""),
    ("tekniset", "town", SECTOR, "Tekniset palvelut", "Tekniska tjänster", "elina", ""),
    ("kadut", "tekniset", AREA, "Kadut ja puistot", "Gator och parker", "ville", ""),
    ("vesi", "tekniset", AREA, "Vesihuolto", "Vattentjänster", "", ""),
    ("tilat", "tekniset", AREA, "Tilapalvelut", "Lokalservice", "", ""),
    ("ruoka", "tekniset", AREA, "Ruoka- ja puhtauspalvelut", "Mat- och städservice", "", ""),
    ("rakennus", "tekniset", AREA, "Rakennusvalvonta", "Byggnadstillsyn", "", ""),
    ("koskijuhlat", "kulttuuri", GROUP, "Koskijuhlat", "Koskijuhlat", "", ""),
    ("lapset", "sivistys", GROUP, "Lapsiystävällinen kunta", "Barnvänlig kommun", "", ""),
)

# key, name, title, unit, roles, language
PEOPLE = (
    ("veikko", "Veikko Suvantolinna", "kaupunginjohtaja", "town", (), "fi"),
    ("aune", "Aune Lumivuo", "hallintojohtaja", "konserni", (), "fi"),
    ("eero", "Eero Kivihalla", "viestintäpäällikkö", "viestinta", (Role.KEEPER, Role.LEAD), "fi"),
    ("pirkko", "Pirkko Saranevala", "palveluesimies", "portti", (Role.HANDLER,), "fi"),
    (
        "timo",
        "Timo Rantapajula",
        "tietohallintopäällikkö",
        "tietohallinto",
        (Role.ADMINISTRATOR,),
        "fi",
    ),
    ("helka", "Helka Vuorivirtanen", "henkilöstöpäällikkö", "talous", (), "fi"),
    ("jarmo", "Jarmo Kuusisuvanto", "elinvoimajohtaja", "elinvoima", (), "fi"),
    ("sanna", "Sanna Hietakorvela", "elinkeinopäällikkö", "elinkeinot", (), "fi"),
    ("ilkka", "Ilkka Särkijoutsela", "työllisyyspäällikkö", "tyollisyys", (), "fi"),
    ("annika", "Annika Strömkulla", "kaavoitusarkkitehti", "kaavoitus", (), "sv"),
    ("oona", "Oona Talvilehtola", "sivistysjohtaja", "sivistys", (), "fi"),
    ("petri", "Petri Honkasiltala", "varhaiskasvatuspäällikkö", "varhaiskasvatus", (), "fi"),
    ("leena", "Leena Pajusaarela", "opetuspäällikkö", "opetus", (), "fi"),
    ("kaisa", "Kaisa Ruskotuulela", "kulttuuri- ja vapaa-aikapäällikkö", "kulttuuri", (), "fi"),
    ("antti", "Antti Muurainvaara", "kirjastonjohtaja", "kirjasto", (), "fi"),
    ("saara", "Saara Tuulikorvela", "kirjastovirkailija", "kirjasto", (), "fi"),
    ("lauri", "Lauri Honkalampela", "kirjastovirkailija", "kirjasto", (), "fi"),
    ("noora", "Noora Lepoharjula", "nuorisotyöntekijä", "nuoriso", (), "fi"),
    ("riitta", "Riitta Kirkasojala", "rehtori", "opisto", (), "fi"),
    ("joonas", "Joonas Metsäpurola", "liikuntakoordinaattori", "liikunta", (), "fi"),
    ("elina", "Elina Aurinkolampela", "tekninen johtaja", "tekniset", (), "fi"),
    ("ville", "Ville Syvärantala", "kaupunginpuutarhuri", "kadut", (), "fi"),
    ("emma", "Emma Karhulehtola", "vesihuoltoinsinööri", "vesi", (), "fi"),
)

# fmt: on

PRINTED = {
    "noora": "unit staff",
    "kaisa": "supervisor",
    "eero": "register keeper, lead handler",
    "pirkko": "handler",
    "timo": "administrator",
}
UNTRAINED = {"pirkko"}  # has no training record
OLD_GUIDELINES = {"joonas"}  # has read only the version before this one


def email(name: str) -> str:
    """first.last in ASCII at the town's domain."""
    plain = normalize("NFKD", name).encode("ascii", "ignore").decode()
    return f"{plain.lower().replace(' ', '.')}@{DOMAIN}"


def found(now: datetime) -> tuple[dict[str, str], dict[str, str]]:
    """Found the town; ids of its units and of its people by their codes."""
    with write():
        town.store(**TOWN)
        units = _units(now)
        people = _people(units, now)
        for code, _above, _level, _fi, _sv, head, deputy in UNITS:
            service.name_head(units[code], people.get(head), people.get(deputy), EFFECT, now)
        return _ids(units), _ids(people)


def _ids(rows: dict[str, Unit] | dict[str, Person]) -> dict[str, str]:
    return {code: row.id for code, row in rows.items()}


def _units(now: datetime) -> dict[str, Unit]:
    made: dict[str, Unit] = {}
    for code, above, level, fi, sv, _head, _deputy in UNITS:
        made[code] = service.add_unit(level, fi, sv, made.get(above), EFFECT, now)
    return made


def _people(units: dict[str, Unit], now: datetime) -> dict[str, Person]:
    made = {}
    for key, name, title, unit, roles, language in PEOPLE:
        made[key] = service.add_person(
            email(name), name, title, units[unit], EFFECT, now, language=language, password=PASSWORD
        )
        for role in roles:
            service.grant(made[key], role, EFFECT, now)
    return made


def train(people: dict[str, Person], now: datetime, *, trainings: bool) -> None:
    """Everybody acknowledges the guidelines; all but a few have had both trainings."""
    for key, person in people.items():
        handbook.acknowledge(person, now)
        if not trainings or key in UNTRAINED:
            continue
        for kind in TrainingKind:
            held_on = clock.today(now) - timedelta(days=20)
            handbook.record_training(person, kind, held_on, None, EFFECT, now)
