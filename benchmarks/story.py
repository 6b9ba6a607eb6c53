"""What becomes of a profile: asked for, decided, set up, listed; or of a request on its way."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from benchmarks.filling import CHUNK, Filling
from intake import addresses
from intake.data import word_index
from intake.engine import outbox
from intake.establishment.answers import digest
from intake.establishment.models import (
    Conflict,
    Decision,
    DecisionKind,
    Reader,
    Request,
    RequestAdmin,
    Version,
)
from intake.establishment.states import RequestState
from intake.profiles import names, queries
from intake.profiles.alike import likeness
from intake.profiles.models import (
    Address,
    ChecklistItem,
    NearName,
    Profile,
    ProfileAdmin,
    ProfileKind,
    Right,
    TwoStep,
)
from intake.profiles.states import AddressState, ProfileState
from intake.register import index, words

DOMAIN = "savonkoski.example"
AGE = timedelta(days=3000)  # of the town's oldest profile
PLACES = (
    "Alakylän Harjun Honkalan Itärannan Jokivarren Kallion Kankaan Keskustan Kirkonkylän Kosken "
    "Kuusikon Lehtolan Lounaisen Mäntylän Niemen Pohjoisen Purolan Rannan Saarelan Suvannon"
).split()
MATTERS = (
    "kirjasto nuorisotalo uimahalli museo päiväkoti lukio neuvola jäähalli puisto satama "
    "musiikkiopisto työpaja teatteri torikauppa pyöräily vesilaitos kaavoitus matkailu arkisto "
    "retkeily kuvataidekoulu kansalaisopisto liikuntapuisto leirikeskus keittiö"
).split()
HOSTS = {
    "facebook": "https://www.facebook.com/",
    "instagram": "https://www.instagram.com/",
    "youtube": "https://www.youtube.com/@",
    "tiktok": "https://www.tiktok.com/@",
}
USUAL = ("facebook", "instagram", "facebook", "instagram", "youtube", "tiktok")
TEXTS = {
    "purpose": "Kerromme palveluista ja tapahtumista ja vastaamme kysymyksiin.",
    "audience": "Kaikille asukkaille. Voit kysyä, kommentoida ja ehdottaa.",
    "answering": "Hallinnoijat vastaavat arkisin vuorotellen.",
    "private_messages": "answered",
    "private_messages_text": "Vastaamme. Älä lähetä viestissä henkilötietoja.",
    "represents": "service",
}
SETUP_ITEMS = ("text_in_profile", "terms_current", "copyright", "link_back", "shared_mailbox")


def name_of(place: int) -> str:
    """A name that no other place has."""
    return f"{PLACES[place % 20]} {MATTERS[place // 20 % 25]} {place}"


@dataclass(frozen=True)
class Wish:
    """What somebody asks for, and who has to do with it."""

    place: int
    name: str
    platform: str
    handle: str
    url: str
    key: str
    unit: dict[str, Any]
    admins: tuple[dict[str, Any], dict[str, Any]]
    decider: dict[str, Any]
    at: datetime


@dataclass(frozen=True)
class Made:
    """A profile as the register has it; no slug where it is not listed."""

    slug: str
    name: str
    url: str


def _wish(filling: Filling, place: int) -> Wish:
    people, units = filling.people, filling.units
    platform, first = USUAL[place % len(USUAL)], place * 7 % len(people)
    handle = f"savonkoski{place}" if platform == "facebook" else f"savonkoski.{place}"
    url = HOSTS[platform] + handle
    return Wish(
        place=place,
        name=name_of(place),
        platform=platform,
        handle=handle,
        url=url,
        key=addresses.read(url, addresses.SHIPPED).keys[0],
        unit=units[1 + place % (len(units) - 1)],  # not the town itself
        admins=(people[first], people[(first + 1) % len(people)]),
        decider=people[(place + 1) % len(units)],
        at=filling.now - AGE + AGE / (4 * filling.size) * place,
    )


def profile(filling: Filling, place: int) -> Made:
    """A profile with the request it came of."""
    wish, state = _wish(filling, place), _state(place)
    request_id, version_id = _request(filling, wish, RequestState.APPROVED)
    _decided(filling, request_id, wish, DecisionKind.APPROVED)
    listed, closed = state is not ProfileState.SETUP, state is ProfileState.CLOSED
    ends = closed or state is ProfileState.CLOSING_ANNOUNCED
    waits = state in (ProfileState.SETUP, ProfileState.CLOSING_ANNOUNCED)
    later = filling.now + timedelta(days=20)
    row = filling.add(
        Profile,
        state=state,
        state_since=wish.at,
        due_at=later if waits else None,
        kind=ProfileKind.OFFICE,
        platform_id=wish.platform,
        unit_id=wish.unit["id"],
        name=wish.name,
        slug=f"toiminta-{place}" if listed else None,
        texts={**TEXTS, "content_languages": ["fi"], "contact": f"viestinta@{DOMAIN}"},
        decided=version_id,
        decided_by_id=wish.decider["id"],
        decided_key=wish.key,
        setup_until=later.date(),
        listed_at=wish.at if listed else None,
        confirmed_on=wish.at.date() if listed else None,
        closes_on=later.date() if ends and not closed else None,
        closing_reason="Palvelun käyttö on vähentynyt." if ends else "",
        successor="Kaupungin verkkosivut" if ends else "",
        closed_on=wish.at.date() if closed else None,
    )
    _belongings(filling, row["id"], wish, state)
    filling.flush(CHUNK)
    return Made(row["slug"] or "", wish.name, wish.url)


def _state(place: int) -> ProfileState:
    rare = {0: ProfileState.SETUP, 1: ProfileState.CLOSING_ANNOUNCED}
    usual = ProfileState.CLOSED if place % 100 < 12 else ProfileState.ACTIVE
    return rare.get(place % 100, usual)


def on_the_way(filling: Filling, place: int) -> None:
    """A request that has led to no profile: a draft, one to decide, or one rejected."""
    state = (RequestState.DRAFT, RequestState.SUBMITTED, RequestState.REJECTED)[place % 3]
    wish = _wish(filling, place)
    request_id, _version = _request(filling, wish, state)
    if state is RequestState.REJECTED:
        _decided(filling, request_id, wish, DecisionKind.REJECTED)
    filling.flush(CHUNK)


def draft(filling: Filling, place: int) -> tuple[str, int]:
    """A complete draft: its id, and the place of its requester among the people."""
    wish = _wish(filling, place)
    request_id, _version = _request(filling, wish, RequestState.DRAFT)
    return request_id, place * 7 % len(filling.people)


def _request(filling: Filling, wish: Wish, state: RequestState) -> tuple[str, str | None]:
    """A request in a state, with what was sent of it: its id, and that of the version."""
    requester, answers = wish.admins[0]["id"], _answers(wish)
    sent = state is not RequestState.DRAFT
    waits = state in (RequestState.DRAFT, RequestState.SUBMITTED)
    decider = wish.decider["id"] if sent else None
    row = filling.add(
        Request,
        reference=f"PP-{wish.at.year}-{wish.place:06d}" if sent else None,
        state=state,
        state_since=wish.at,
        due_at=filling.now + timedelta(days=9) if waits else None,
        revision=3,
        kind=ProfileKind.OFFICE,
        requester_id=requester,
        unit_id=wish.unit["id"],
        platform_id=wish.platform,
        name=wish.name,
        sought=f"{wish.name} {wish.platform} {wish.unit['name_fi']}".casefold(),
        key=wish.key,
        decider_id=decider,
        acting_id=decider,
        why=[["own_unit", wish.unit["id"], None]] if sent else [],
        draft=answers,
        edited_at=wish.at,
        version=int(sent),
    )
    filling.note("request", row["id"], "start", requester, wish.at, new="draft")
    return row["id"], _sent(filling, row["id"], wish, answers) if sent else None


def _sent(filling: Filling, request_id: str, wish: Wish, answers: dict[str, Any]) -> str:
    """What was frozen and told when the request was sent; the id of the version."""
    requester, decider = wish.admins[0]["id"], wish.decider["id"]
    version = filling.add(
        Version,
        request_id=request_id,
        number=1,
        answers=answers,
        digest=digest(answers),
        sent_at=wish.at,
        by_id=requester,
    )
    for number, person in enumerate(wish.admins):
        part = _part(wish, number)
        filling.add(RequestAdmin, version_id=version["id"], **part, accepted_at=wish.at)
        why = "admin" if number else "requester"
        filling.add(Conflict, request_id=request_id, person_id=person["id"], why=why)
    filling.add(Reader, request_id=request_id, person_id=decider)
    states = {"old": "draft", "new": "submitted"}
    entry = filling.note("request", request_id, "submit", requester, wish.at, **states)
    for person_id in (requester, decider):
        filling.add(
            outbox.Message,
            key=f"{entry}:{person_id}",
            template="step",
            track="request",
            step="submit",
            entry=entry,
            subject_type="request",
            subject_id=request_id,
            title=wish.name,
            party="requester",
            person_id=person_id,
            fate=outbox.Fate.SENT,
            due_at=wish.at,
            sent_at=wish.at,
        )
    return str(version["id"])


def _part(wish: Wish, number: int) -> dict[str, Any]:
    """What an admin does, in a request and in a profile."""
    return {
        "place": number,
        "person_id": wish.admins[number]["id"],
        "task": "viestintä",
        "hours_update": 1,
        "hours_interaction": 0.5,
        "lead": number == 0,
    }


def _decided(filling: Filling, request_id: str, wish: Wish, kind: DecisionKind) -> None:
    decider = wish.decider["id"]
    filling.add(
        Decision,
        request_id=request_id,
        version=1,
        kind=kind,
        by_id=decider,
        for_id=decider,
        at=wish.at,
    )
    step = "approve" if kind is DecisionKind.APPROVED else "reject"
    filling.note("request", request_id, step, decider, wish.at, old="submitted", new=kind.value)


def _belongings(filling: Filling, profile_id: str, wish: Wish, state: ProfileState) -> None:
    """Its admins, its address or checklist, its history, and what it is found by."""
    for number in range(len(wish.admins)):
        filling.add(
            ProfileAdmin,
            profile_id=profile_id,
            **_part(wish, number),
            accepted_at=wish.at,
            since=wish.at,
            rights=Right.OWNER,
            two_step=TwoStep.ON,
            recovery_shared=True,
            stated_at=wish.at,
        )
    cause = {"cause": "effect", "new": "setup"}
    filling.note("profile", profile_id, "prepare", wish.decider["id"], wish.at, **cause)
    if state is ProfileState.SETUP:
        for number, item in enumerate(SETUP_ITEMS):
            filling.add(ChecklistItem, profile_id=profile_id, place=number, item=item)
    else:
        _listed(filling, profile_id, wish, state)
    _found_by(filling, profile_id, wish, state)


def _listed(filling: Filling, profile_id: str, wish: Wish, state: ProfileState) -> None:
    closed = state is ProfileState.CLOSED
    second = wish.admins[1]["id"]
    filling.add(
        Address,
        profile_id=profile_id,
        state=AddressState.FORMER if closed else AddressState.CURRENT,
        state_since=wish.at,
        key=wish.key,
        kind=wish.key.split(":")[1],
        url=wish.url,
        typed=wish.url,
        typed_by_id=wish.admins[0]["id"],
        confirmed_by_id=second,
        seen_on=wish.at.date(),
    )
    filling.note("profile", profile_id, "list", second, wish.at, old="setup", new="active")
    if state is not ProfileState.ACTIVE:
        last = {"old": "active", "new": state.value}
        step = "close" if closed else "announce_closing"
        filling.note("profile", profile_id, step, second, wish.at, **last)


def _found_by(filling: Filling, profile_id: str, wish: Wish, state: ProfileState) -> None:
    value = wish.key.split(":", 2)[-1]
    for row in names.near_rows(profile_id, [wish.name, value], "", likeness.town_words()):
        filling.add(NearName, **row)
    found = {queries.INDEX: word_index.words(f"{wish.name} {value}")}
    if state is not ProfileState.SETUP:
        kinds = words.KIND_WORDS[ProfileKind.OFFICE]
        found[index.LIST] = word_index.words(f"{wish.name} {value} {kinds}")
    if state in index.OFFICIAL:
        found[index.NAMES] = [word_index.folded(wish.name)]
    for name, entries in found.items():
        for entry in sorted(set(entries)):
            filling.add(word_index.SearchWord, index=name, word=entry, subject_id=profile_id)


def _answers(wish: Wish) -> dict[str, Any]:
    """Every page of the form, as typed."""
    admins: dict[str, str] = {"admins-0-lead": "y"}
    for number, person in enumerate(wish.admins):
        admins |= {
            f"admins-{number}-person": person["id"],
            f"admins-{number}-task": "viestintä",
            f"admins-{number}-hours_update": "1",
            f"admins-{number}-hours_interaction": "0,5",
        }
    pages: dict[str, dict[str, str]] = {
        "profile": {
            "existing_profile": "no",
            "platform": wish.platform,
            "profile_name": wish.name,
            "profile_name_reason": "Nimi on asukkaille tuttu, ja sillä meitä haetaan.",
            "handle": wish.handle,
        },
        "unit": {
            "org_level": wish.unit["level"].value,
            "org_unit": wish.unit["id"],
            "represents": TEXTS["represents"],
        },
        "purpose": {"purpose": TEXTS["purpose"], "audience": TEXTS["audience"]},
        "admins": admins,
        "mailbox": {"shared_mailbox": f"palvelut@{DOMAIN}"},
        "content": {
            "content_plan": "Kuvia, lyhyitä tekstejä ja vastauksia, muutama julkaisu viikossa.",
            "update_rhythm": "weekly",
            "content_languages": "fi",
        },
        "questions": {
            "answering": TEXTS["answering"],
            "answering_days": "3",
            "private_messages": "answered",
            "private_messages_text": TEXTS["private_messages_text"],
        },
        "terms": {
            "terms_by": wish.admins[0]["id"],
            "terms_on": wish.at.date().isoformat(),
            "terms_version": "Ehdot tältä päivältä",
        },
        "closing": {"exit_plan": "Kaupungin verkkosivuille."},
        "decider": {"supervisor": ""},
    }
    return {
        slug: {name: [value] for name, value in fields.items()} for slug, fields in pages.items()
    }
