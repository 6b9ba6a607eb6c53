"""Imports through the ordinary functions: bring files, let them be checked, let them be written."""

from intake import clock
from intake.data.base import db
from intake.data.write import write
from intake.engine.table import EFFECT
from intake.people import service, town
from intake.people.importing import running
from intake.people.models import Import, Level, Person, Role
from intake.web.forms import Upload
from tests.people import towns


def found() -> Person:
    """A town of nothing but one administrator."""
    with write():
        now = clock.now()
        town.store(mail_domains=[towns.DOMAIN])
        root = service.add_unit(Level.ROOT, "Savonkoski", "", None, EFFECT, now)
        address = f"first@{towns.DOMAIN}"
        made = service.add_person(address, "Eka Hallinnoija", "", root, EFFECT, now)
        service.grant(made, Role.ADMINISTRATOR, EFFECT, now)
    return made


def bring(person: Person, *files: bytes, name: str = "lista.csv") -> str:
    """Bring files; the id of the import."""
    uploads = [Upload(name, content) for content in files]
    with write():
        return running.bring(uploads, db.session.get_one(Person, person.id), clock.now()).id


def again(import_id: str) -> Import:
    """The import as it is now."""
    db.session.rollback()
    return db.session.get_one(Import, import_id, populate_existing=True)


def checked(person: Person, *files: bytes) -> Import:
    """Bring files and have them checked."""
    import_id = bring(person, *files)
    running.advance(clock.now())
    return again(import_id)


def confirm(import_id: str, person: Person, **how: bool) -> None:
    """Press the button on what is shown now."""
    seen = running.report_of(again(import_id))["digest"]
    with write():
        made = db.session.get_one(Import, import_id)
        running.confirm(made, seen, db.session.get_one(Person, person.id), **how)


def written(person: Person, *files: bytes) -> Import:
    """Bring files, have them checked and written."""
    made = checked(person, *files)
    confirm(made.id, person)
    running.advance(clock.now())
    return again(made.id)
