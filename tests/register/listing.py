"""Profiles as they stand in the register, made as rows: how they got there is tested elsewhere."""

from datetime import date, timedelta

from intake import clock
from intake.data.base import db
from intake.data.write import write
from intake.profiles import names
from intake.profiles.models import Address, Profile, ProfileAdmin, ProfileKind
from intake.profiles.states import AddressState, ProfileState

ACTIVE, CLOSING, CLOSED = (
    ProfileState.ACTIVE,
    ProfileState.CLOSING_ANNOUNCED,
    ProfileState.CLOSED,
)
CURRENT, FORMER, TYPED = AddressState.CURRENT, AddressState.FORMER, AddressState.TYPED
TEXTS = {
    "purpose": "Kerromme kirjaston tapahtumista.",
    "audience": "Kirjaston käyttäjille",
    "answering": "Vuorossa oleva virkailija Veera Vastaaja vastaa.",
    "private_messages": "not_read",
    "private_messages_text": "Kirjoita osoitteeseen kirjasto@savonkoski.example.",
    "content_languages": ["fi", "sv"],
    "contact": "kirjasto@savonkoski.example",
}


def list_profile(
    cast,
    key="facebook:vanity:savonkoskenkirjasto",
    url=None,
    name="Savonkosken kirjasto",
    state=ACTIVE,
    kind=ProfileKind.OFFICE,
    address=None,
    **columns,
):
    """A profile with one address and, for an office profile, two admins."""
    number = list_profile.number = getattr(list_profile, "number", 0) + 1
    platform = key.split(":")[0]
    dates = {
        CLOSING: {"closes_on": date(2026, 12, 31)},
        CLOSED: {"closed_on": date(2026, 6, 30)},
    }
    with write():
        profile = Profile(
            name=name,
            slug=columns.pop("slug", f"profiili-{number}"),
            state=state,
            kind=kind,
            platform_id=platform,
            unit_id=columns.pop("unit", cast.library).id,
            texts=columns.pop("texts", TEXTS),
            listed_at=clock.now() - timedelta(days=100),
            confirmed_on=date(2026, 10, 3),
            **{**dates.get(state, {}), **columns},
        )
        db.session.add(profile)
        db.session.flush()
        add_address(cast, profile, key, url, address or (FORMER if state is CLOSED else CURRENT))
        if kind is ProfileKind.OFFICE:
            for place, (person, task) in enumerate(
                ((cast.chief, "kirjastonjohtaja"), (cast.head, "kulttuuripäällikkö"))
            ):
                db.session.add(
                    ProfileAdmin(
                        profile_id=profile.id,
                        place=place,
                        person_id=person.id,
                        task=task,
                        since=clock.now(),
                    )
                )
        names.remember(profile)
    return profile


def list_expert(cast, **columns):
    """An expert profile of the cast's requester."""
    columns = {
        "key": "instagram:handle:savonkoski.nuoriso.noora",
        "name": "Savonkosken nuorisopalvelut Noora Lepoharjula",
        "slug": "asiantuntija-1",
        "texts": {"role_defined": "Nuorisotyön asiantuntija", "purpose": "Kerron nuorisotyöstä."},
        "subject_id": cast.requester.id,
        "unit": cast.youth,
        **columns,
    }
    return list_profile(cast, kind=ProfileKind.EXPERT, **columns)


def add_address(cast, profile, key, url=None, state=CURRENT, **columns):
    """One more address of a profile; call inside write()."""
    platform, _kind, value = key.split(":", 2)
    hosts = {"x": "x.com", "mastodon": "some.example"}
    address = Address(
        profile_id=profile.id,
        key=key,
        kind=key.split(":")[1],
        url=url or f"https://www.{hosts.get(platform, platform + '.com')}/{value}",
        typed=value,
        state=state,
        typed_by_id=cast.requester.id,
        **columns,
    )
    db.session.add(address)
    return address
