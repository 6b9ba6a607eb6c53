"""The first steps of a town that takes the service into use: a list that ticks itself off, on the
desk of its administrators until all is done."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from flask import Blueprint, Flask, current_app, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import current_user
from sqlalchemy import distinct, func, select

from intake import clock
from intake.data.base import db
from intake.data.write import write
from intake.engine import audit_trail, tracks
from intake.handbook.models import Acknowledgement, GuidelineVersion, Platform
from intake.people import queries as people
from intake.people import town
from intake.people.models import Level, Person, Role, RoleGrant, Unit
from intake.people.town import Town
from intake.refusals import NotAllowed, Unseen
from intake.register import queries as register
from intake.web import access
from intake.web.forms import BaseForm

room = Blueprint("first_steps", __name__)
DONE = tracks.Tag(_l("done"), "ok", "check")
OPEN = tracks.Tag(_l("not yet"), "calm", "dot")
HISTORY = {
    "guidelines": _l("%(actor)s took the guidelines as they are."),
    "platforms": _l("%(actor)s took the social media services as they are."),
}


class List:
    """The list itself, as the trail names it."""

    subject_type = id = "first_steps"


@dataclass(frozen=True)
class Standing:
    """How far the town has got."""

    town: Town
    has_units: bool
    has_people: bool
    keepers: int
    handlers: int
    administrators: int
    taken: frozenset[str]  # what was changed, or taken as it is
    has_mail: bool
    has_profile: bool


@dataclass(frozen=True)
class Step:
    """One step: why it matters, how to see whether it is done, and where it is done. What is
    `shipped` may also be taken as it is."""

    code: str
    title: Any
    why: Any
    is_done: Callable[[Standing], bool]
    endpoint: str = ""
    values: dict[str, Any] = field(default_factory=dict)
    optional: bool = False
    shipped: bool = False

    @property
    def url(self) -> str:
        """Where it is done, empty where the operator does it."""
        if self.shipped:
            return url_for("first_steps.take", code=self.code)
        return self.path

    @property
    def path(self) -> str:
        """The page of what it is about."""
        return url_for(self.endpoint, **self.values) if self.endpoint else ""


def _is_named(now: Standing) -> bool:
    return all(now.town.name(code) != Town().name(code) for code in now.town.languages)


STEPS = (
    Step(
        "names",
        _l("Name the town"),
        _l("Its name stands on every page, in each of its languages."),
        _is_named,
        "people.town_group",
        {"group": "names"},
    ),
    Step(
        "mail_domains",
        _l("Give the town's mail domains"),
        _l("Mailboxes and work addresses are held against them."),
        lambda now: now.town.mail_domains != Town().mail_domains,
        "people.town_group",
        {"group": "addresses"},
    ),
    Step(
        "contacts",
        _l("Give the contacts"),
        _l("At least communications and the data protection officer."),
        lambda now: now.town.contact_email != Town().contact_email and bool(now.town.dpo_contact),
        "people.town_group",
        {"group": "contacts"},
    ),
    Step(
        "register_page",
        _l("Link to the register from the town's own site"),
        _l("And give that page's address here: from it residents see that the register is real."),
        lambda now: bool(now.town.register_page),
        "people.town_group",
        {"group": "addresses"},
    ),
    Step(
        "units",
        _l("Enter the organisation and its heads"),
        _l("A request goes to the head of its unit: one by one, or from a file."),
        lambda now: now.has_units,
        "people.units",
    ),
    Step(
        "mail",
        _l("Let messages be sent"),
        _l("The operator sets INTAKE_MAIL_URL. Until then messages can only be read here."),
        lambda now: now.has_mail,
    ),
    Step(
        "people",
        _l("Enter the people"),
        _l("Those who ask for profiles, run them and decide on them."),
        lambda now: now.has_people,
        "people.persons",
    ),
    Step(
        "keepers",
        _l("Grant two people the role of register keeper"),
        _l("What one keeper may not do alone, another one confirms."),
        lambda now: now.keepers >= 2,
        "people.persons",
    ),
    Step(
        "handlers",
        _l("Grant two people the role of case handler, one of them as lead"),
        _l("Reports of fake profiles come to them. Until then they come to the register keepers."),
        lambda now: now.handlers >= 2,
        "people.persons",
    ),
    Step(
        "administrators",
        _l("Grant a second person the role of administrator"),
        _l("So that the town is not shut out when one is away."),
        lambda now: now.administrators >= 2,
        "people.persons",
    ),
    Step(
        "guidelines",
        _l("Look at the guidelines"),
        _l("Everybody who runs a profile acknowledges them. Write the town's own, or take these."),
        lambda now: "guidelines" in now.taken,
        "handbook.acknowledge",
        shipped=True,
    ),
    Step(
        "platforms",
        _l("Look at the social media services"),
        _l("Which of them may be used for work? Change what is shipped, or take it as it is."),
        lambda now: "platforms" in now.taken,
        "handbook.platforms",
        shipped=True,
    ),
    Step(
        "profile",
        _l("List the first profile"),
        _l("Begin with one that exists already: ask for it, decide, set it up."),
        lambda now: now.has_profile,
        "establishment.start",
    ),
    Step(
        "look",
        _l("Give the town's colour and logo"),
        _l("Without them the pages have the product's own."),
        lambda now: bool(now.town.colour or now.town.logo),
        "people.town_look",
        optional=True,
    ),
)


@dataclass(frozen=True)
class Progress:
    """The steps as they stand; what is optional counts neither way."""

    done: list[Step]
    open: list[Step]

    @property
    def total(self) -> int:
        """How many there are, without those that are optional."""
        return sum(not step.optional for step in (*self.done, *self.open))

    @property
    def count(self) -> int:
        """How many of these are done."""
        return sum(not step.optional for step in self.done)


def init_app(app: Flask) -> None:
    """Register the page on which something shipped is taken as it is."""
    app.register_blueprint(room)
    with app.app_context():
        tracks.tell_history("first_steps", HISTORY)


def of(person: Any) -> Progress | None:
    """What is left to do, for an administrator; None for others and where all is done."""
    if Role.ADMINISTRATOR not in person.roles:
        return None
    now = standing()
    done = [step for step in STEPS if step.is_done(now)]
    progress = Progress(done, [step for step in STEPS if step not in done])
    return progress if progress.count < progress.total else None


def standing() -> Standing:
    """How far the town has got; always the same few queries."""
    keepers, administrators = _holders(Role.KEEPER), _holders(Role.ADMINISTRATOR)
    active = select(Person.id).where(Person.ended_at.is_(None)).limit(2).subquery()
    row = db.session.execute(
        select(
            keepers.label("keepers"),
            _holders(Role.HANDLER, Role.LEAD).label("handlers"),
            administrators.label("administrators"),
            select(func.count()).select_from(active).scalar_subquery().label("people"),
            select(Unit.id)
            .where(Unit.level != Level.ROOT, Unit.head_id.is_not(None), Unit.ended_at.is_(None))
            .exists()
            .label("units"),
        )
    ).one()
    return Standing(
        town=town.current(),
        has_units=row.units,
        has_people=row.people > 1,
        keepers=row.keepers,
        handlers=row.handlers,
        administrators=row.administrators,
        taken=_taken(),
        has_mail=bool(current_app.config["MAIL_URL"]),
        has_profile=register.count() > 0,
    )


def _holders(*roles: Role) -> Any:
    return (
        select(func.count(distinct(Person.id)))
        .join(RoleGrant, RoleGrant.person_id == Person.id)
        .where(RoleGrant.role.in_(roles), RoleGrant.ended_at.is_(None), Person.ended_at.is_(None))
        .scalar_subquery()
    )


def _taken() -> frozenset[str]:
    """What is the town's by now: changed, or taken as it is; guidelines also where a keeper or an
    administrator has acknowledged them."""
    looked = select(RoleGrant.person_id).where(
        RoleGrant.role.in_([Role.KEEPER, Role.ADMINISTRATOR]), RoleGrant.ended_at.is_(None)
    )
    changed = audit_trail.Entry.subject_id.in_(select(Platform.code))
    row = db.session.execute(
        select(
            select(GuidelineVersion.id).where(GuidelineVersion.number > 1).exists().label("own"),
            select(Acknowledgement.id)
            .where(Acknowledgement.person_id.in_(looked))
            .exists()
            .label("read"),
            select(audit_trail.Entry.seq).where(changed).exists().label("platforms"),
        )
    ).one()
    found = {entry.step for entry, _words in audit_trail.history([List.id])}
    found |= {"guidelines"} if row.own or row.read else set()
    found |= {"platforms"} if row.platforms else set()
    return frozenset(found)


def take(code: str, by: Person, now: datetime) -> None:
    """Note that something shipped was looked at and is taken as it is; once is enough."""
    if Role.ADMINISTRATOR not in by.roles:
        raise NotAllowed
    if code not in _taken():
        audit_trail.record(by, now, List, "first_steps", code)


@room.route("/first-steps/<code>", methods=["GET", "POST"], endpoint="take")
@access.roles(Role.ADMINISTRATOR.value)
def take_page(code: str) -> Any:
    """Look at what is shipped, and take it as it is."""
    step = next((one for one in STEPS if one.code == code and one.shipped), None)
    if step is None:
        raise Unseen
    form = BaseForm()
    if not form.validate_on_submit():
        return render_template("desk/first_step.html", form=form, step=step), form.status
    person_id = current_user.id
    with write(form) as done:
        person = people.active_person(person_id)
        if person is None:
            raise NotAllowed
        take(code, person, clock.now())
        done.leads_to = url_for("desk.index")
    flash(_("Saved."))
    return redirect(done.leads_to, 303)
