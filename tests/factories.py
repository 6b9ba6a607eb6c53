"""Making people, units and what they do, through the ordinary services."""

from datetime import date

from sqlalchemy import select

from intake import clock
from intake.data.base import db
from intake.data.write import write
from intake.people import passwords
from intake.people.models import Absence, Level, Person, Role, RoleGrant, Unit

PASSWORD = "koskikara-lumpeet-77"


class Make:
    """Plain functions that make rows; each commits, so that requests see it."""

    def unit(
        self, name: str, parent: Unit | None = None, level: Level = Level.UNIT, **columns
    ) -> Unit:
        """A unit below another; without a parent the town itself."""
        level = Level.ROOT if parent is None else level
        return self._add(
            Unit(
                name_fi=name,
                name_sv=columns.pop("name_sv", ""),
                level=level,
                parent_id=parent and parent.id,
                **columns,
            )
        )

    def person(self, name: str, unit: Unit | None = None, *roles: Role, **columns) -> Person:
        """An active person with the password of all the tests."""
        email = columns.pop("email", name.lower().replace(" ", ".") + "@savonkoski.example")
        person = self._add(
            Person(
                name=name,
                email=email,
                unit_id=unit and unit.id,
                password_hash=passwords.hashed(PASSWORD),
                **columns,
            )
        )
        for role in roles:
            self._add(RoleGrant(person_id=person.id, role=role))
        return person

    def head(self, unit: Unit, person: Person, deputy: Person | None = None) -> None:
        """Let a person head a unit."""
        with write():
            unit = db.session.get(Unit, unit.id)
            unit.head_id, unit.deputy_id = person.id, deputy and deputy.id

    def absence(
        self, person: Person, begins: date, until: date, deputy: Person | None = None
    ) -> Absence:
        """Let a person be away, both days included."""
        return self._add(
            Absence(
                person_id=person.id,
                begins=begins,
                until=until,
                deputy_id=deputy and deputy.id,
                entered_by_id=person.id,
            )
        )

    def leave(self, person: Person) -> None:
        """Let a person leave the town's service."""
        with write():
            db.session.get(Person, person.id).ended_at = clock.now()

    def _add(self, row):
        with write():
            db.session.add(row)
            db.session.flush()
        return row


class Cast:
    """The town of the tests: a tree with heads and deputies, and somebody for each relation.

    town (mayor) > sector (director) > area (head, deputy `deputy`) > library (chief) and youth
    (no head: `head` decides); another sector with `stranger`'s unit and `far_head`.
    """

    def __init__(self, make: Make) -> None:
        self.make = make
        self.town = make.unit("Savonkoski")
        self.sector = make.unit("Sivistyspalvelut", self.town, Level.SECTOR)
        self.area = make.unit("Kulttuuri ja vapaa-aika", self.sector, Level.SERVICE_AREA)
        self.library = make.unit("Kirjasto", self.area)
        self.youth = make.unit("Nuorisopalvelut", self.area)
        self.far_sector = make.unit("Tekniset palvelut", self.town, Level.SECTOR)
        self.far = make.unit("Vesihuolto", self.far_sector)
        self.mayor = make.person("Veikko Suvantolinna", self.town)
        self.director = make.person("Oona Talvilehtola", self.sector)
        self.head = make.person("Kaisa Ruskotuulela", self.area)
        self.deputy = make.person("Helka Vuorivirtanen", self.area)
        self.chief = make.person("Antti Muurainvaara", self.library)
        self.requester = make.person("Noora Lepoharjula", self.youth)
        self.admin = make.person(
            "Joonas Metsäpurola", self.youth, email="joonas.metsapurola@savonkoski.example"
        )
        self.colleague = make.person("Riitta Kirkasojala", self.youth)
        self.far_head = make.person("Elina Aurinkolampela", self.far_sector)
        self.stranger = make.person("Emma Karhulehtola", self.far)
        self.keeper = make.person("Eero Kivihalla", self.sector, Role.KEEPER)
        self.other_keeper = make.person("Aune Lumivuo", self.far_sector, Role.KEEPER)
        self.handler = make.person("Pirkko Saranevala", self.sector, Role.HANDLER)
        self.administrator = make.person("Timo Rantapajula", self.sector, Role.ADMINISTRATOR)
        self.leaver = make.person(
            "Ilkka Särkijoutsela", self.youth, email="ilkka@savonkoski.example"
        )
        make.head(self.town, self.mayor)
        make.head(self.sector, self.director)
        make.head(self.area, self.head, self.deputy)
        make.head(self.library, self.chief)
        make.head(self.far_sector, self.far_head)
        make.leave(self.leaver)
        from intake.people import town

        with write():
            town.store(
                name_fi="Savonkoski",
                name_sv="Savonkoski stad",
                name_en="Town of Savonkoski",
                genitive_fi="Savonkosken",
                genitive_sv="Savonkoskis",
                genitive_en="Savonkoski's",
                mail_domains=["savonkoski.example"],
                contact_email="viestinta@savonkoski.example",
            )

    def ids(self) -> dict[str, tuple[type, str]]:
        """Class and id of every row, by the name of its part."""
        rows = {
            name: value for name, value in vars(self).items() if isinstance(value, Unit | Person)
        }
        return {name: (type(value), value.id) for name, value in rows.items()}

    @classmethod
    def found(cls, make: Make, ids: dict[str, tuple[type, str]]) -> "Cast":
        """The cast of a database that has it already."""
        cast = object.__new__(cls)
        cast.make = make
        rows = {row.id: row for kind in (Unit, Person) for row in db.session.scalars(select(kind))}
        for name, (_kind, row_id) in ids.items():
            setattr(cast, name, rows[row_id])
        return cast

    def everyone(self) -> dict[str, Person]:
        """Every person of the cast by the name of their part."""
        return {name: value for name, value in vars(self).items() if isinstance(value, Person)}
