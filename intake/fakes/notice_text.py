"""The text of a notice to a platform: the town's own set phrases, never a reporter's words."""

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum
from urllib.parse import parse_qsl, urlencode, urlsplit

from flask import current_app
from flask_babel import force_locale
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from intake import addresses
from intake.fakes import guard, queries
from intake.fakes.evidence import integrity_check
from intake.fakes.guard import Leaving
from intake.fakes.models import Case
from intake.fakes.states import Way
from intake.handbook import queries as handbook
from intake.handbook.models import WEB
from intake.people import town
from intake.people.models import Person
from intake.profiles.models import Profile, ProfileKind
from intake.security import outgoing
from intake.web import templating

LANGUAGES = ("en", "fi")  # English first: most who read notices do not read Finnish
PLACE = {"id", "story_fbid", "fbid", "v", "screen_name", "phone", "domain", "post"}


class Offence(StrEnum):
    """What a fake profile may be under the Criminal Code of Finland (39/1889)."""

    IDENTITY = "identity"
    FRAUD = "fraud"
    PAYMENT = "payment"
    OFFICIAL = "official"
    DEFAMATION = "defamation"


SECTIONS = {
    Offence.IDENTITY: "38:9a",
    Offence.FRAUD: "36:1",
    Offence.PAYMENT: "37:8",
    Offence.OFFICIAL: "16:9",
    Offence.DEFAMATION: "24:9",
}
OFFENCES = {
    Offence.IDENTITY: _l("identity theft"),
    Offence.FRAUD: _l("fraud"),
    Offence.PAYMENT: _l("means of payment fraud"),
    Offence.OFFICIAL: _l("impersonating an official"),
    Offence.DEFAMATION: _l("defamation"),
}
READY = {
    Offence.IDENTITY: _l(
        "Identity theft, Criminal Code of Finland (39/1889) %(section)s: to mislead others, the "
        "profile uses identifying information of another without right, such as name, pictures "
        "and emblem, and so causes more than slight harm."
    ),
    Offence.FRAUD: _l(
        "Fraud, Criminal Code of Finland (39/1889) %(section)s: by deceiving people the profile "
        "tries to gain money unlawfully and causes them financial loss. An attempt is punishable."
    ),
    Offence.PAYMENT: _l(
        "Means of payment fraud, Criminal Code of Finland (39/1889) %(section)s: the profile "
        "tries to get hold of bank or card codes, to use them without right."
    ),
    Offence.OFFICIAL: _l(
        "Impersonating an official, Criminal Code of Finland (39/1889) %(section)s: to mislead "
        "others, the profile acts as an authority that exercises public power."
    ),
    Offence.DEFAMATION: _l(
        "Defamation, Criminal Code of Finland (39/1889) %(section)s: the profile spreads false "
        "statements that are apt to cause harm to the person they concern."
    ),
}
OF_ACTS = {
    "phishing": Offence.PAYMENT,
    "scam": Offence.FRAUD,
    "draw": Offence.FRAUD,
    "defamation": Offence.DEFAMATION,
}


def likely(case: Case) -> list[Offence]:
    """The offences that come to mind with what was reported; a handler decides."""
    acts = [act for report in queries.reports_of(case) for act in report.answers.get("acts") or ()]
    found = [OF_ACTS[act] for act in acts if act in OF_ACTS]
    return list(dict.fromkeys([Offence.IDENTITY, *found]))


def draft(
    case: Case,
    sender: Person,
    channel: str,
    language: str,
    offences: Sequence[str],
    now: datetime,
) -> str:
    """The notice on one channel (Way.RULES or Way.ART16) in English or Finnish, to be read and
    mended by a person before it goes (2022/2065 art. 16(2))."""
    with force_locale(language):
        parts = (
            [_heading(channel)],
            _who(sender, language),
            _authority(case),
            _location(case),
            _imitated(case),
            _reasons(channel, offences),
            _harm(case),
            _evidence(case),
            _request(),
            _faith(),
            _reply(case, now),
        )
        return "\n\n".join("\n".join(lines) for lines in parts if lines)


def _heading(channel: str) -> str:
    if channel == Way.ART16:
        return str(_("Notice of illegal content under Article 16 of Regulation (EU) 2022/2065"))
    return str(_("Report of a fake profile: impersonation of a public authority"))


def _who(sender: Person, language: str) -> list[str]:
    own = town.current()
    who = ", ".join(part for part in (sender.name, sender.title) if part)
    told = [
        _("Who we are: %(town)s, a municipality in Finland.", town=own.name(language)),
        _("Sent on behalf of the town by: %(person)s", person=who),
        _("E-mail: %(mail)s", mail=own.contact_email),
    ]
    if own.postal_address:
        told.append(_("Address: %(address)s", address=own.postal_address.replace("\n", ", ")))
    if own.phone:
        told.append(_("Telephone: %(phone)s", phone=own.phone))
    return told


def register_url(profile: Profile | None) -> str:
    """The whole address of the register, or of a profile's entry in it."""
    base: str = current_app.config["BASE_URL"].rstrip("/")
    return f"{base}/register/{profile.slug}" if profile and profile.slug else f"{base}/register"


def _authority(case: Case) -> list[str]:
    told = [
        _(
            "Our authority: the town keeps a public register of its official profiles, which "
            "shows that we speak for the genuine one: %(url)s",
            url=register_url(case.profile),
        )
    ]
    if case.profile is not None and case.profile.kind is ProfileKind.EXPERT:
        told.append(_("The person who is imitated is employed by the town and named there."))
    return told


def _location(case: Case) -> list[str]:
    told = [_("The fake profile: %(name)s", name=case.name)]
    told += [_("Exact location: %(address)s", address=address) for address in locations(case)]
    return told


def locations(case: Case) -> list[str]:
    """Where the fake is: canonical addresses, those that were typed, single posts; without what
    would tell who shared them (A68)."""
    found: list[str] = []
    known = handbook.known()
    for line in queries.keys_of(case):
        kind, _colon, value = line.key.partition(":")
        canonical = addresses.canonical_url(line.key, known)
        shown = value.partition(":")[2] if kind == "name" else _bare(line.shown)
        found += [canonical or shown, shown if "." in shown or not canonical else ""]
    for report in queries.reports_of(case):
        own = [line for line in report.addresses if line.case_id == case.id and line.deep_link]
        found += [_bare(line.deep_link or "") for line in own]
    bar = guard.bar_of(case, Leaving.PACKET)  # reporters have typed their own number there
    return [outgoing.masked(address, bar) for address in dict.fromkeys(found) if address]


def _bare(address: str) -> str:
    """An address without what a share link says of who shared it."""
    parts = urlsplit(address.strip()) if "?" in address or "#" in address else None
    if parts is None:
        return address.strip()
    kept = urlencode([pair for pair in parse_qsl(parts.query) if pair[0] in PLACE])
    return parts._replace(query=kept, fragment="").geturl()


def _imitated(case: Case) -> list[str]:
    profile = case.profile
    if profile is None or not profile.current:
        return [
            _(
                "It pretends to be the town or a part of it. None of the town's genuine profiles, "
                "listed at %(url)s, may be touched.",
                url=register_url(None),
            )
        ]
    told = [_("It imitates this genuine profile of the town: %(name)s", name=profile.name)]
    told += [
        _("Address of the genuine profile: %(address)s", address=line.url or line.typed)
        for line in profile.current
    ]
    if profile.listed_at is not None:
        told.append(_("Official since: %(day)s", day=templating.long_date(profile.listed_at)))
    told.append(_("The genuine profile must not be touched."))
    return told


def _reasons(channel: str, offences: Sequence[str]) -> list[str]:
    if channel != Way.ART16:
        return [
            _(
                "Why it breaks your rules: without permission the profile presents itself as a "
                "public authority, with its name and likeness, and so deceives people."
            )
        ]
    told = [_("Why the content is illegal under the law of Finland:")]
    told += [f"- {READY[Offence(one)] % {'section': SECTIONS[Offence(one)]}}" for one in offences]
    return told


def _harm(case: Case) -> list[str]:
    answers = [report.answers for report in queries.reports_of(case)]
    harms = {str(one.get("harm")) for one in answers}
    acts = {act for one in answers for act in one.get("acts") or ()}
    if "money" in harms:
        return [_("Harm: people have lost money. Please act urgently.")]
    if "data" in harms or "phishing" in acts:
        return [_("Harm: people are led to give personal data or codes. Please act urgently.")]
    return [_("Harm: people take what the profile says for the word of an authority.")]


def _evidence(case: Case) -> list[str]:
    told = [
        _(
            "%(name)s, stored %(moment)s, SHA-256 %(hash)s",
            name=integrity_check.original_name(number, file),
            moment=templating.moment(file.created_at),
            hash=file.sha256,
        )
        for number, file in integrity_check.numbered(case)
    ]
    told += [
        _("Seen by an official of the town: %(moment)s", moment=templating.moment(look.seen_at))
        for look in queries.looks_of(case)
        if look.there
    ]
    return [_("Evidence that the town holds:"), *(f"- {line}" for line in told)] if told else []


def _request() -> list[str]:
    return [
        _(
            "We ask you to remove the fake profile or to disable access to it, and to preserve "
            "the data about it for the police."
        )
    ]


def _faith() -> list[str]:
    return [
        _(
            "We believe in good faith that the information and allegations in this notice are "
            "accurate and complete."
        )
    ]


def _reply(case: Case, now: datetime) -> list[str]:
    return [
        _(
            "Please answer to %(mail)s and quote our reference %(reference)s.",
            mail=town.current().contact_email,
            reference=case.reference,
        ),
        templating.long_date(now),
    ]


def service_of(case: Case) -> str:
    """The name of the service that the fake is on; empty for a web site and what is not known."""
    platform = handbook.platform(case.platform_code)
    return "" if platform is None or platform.code == WEB else str(platform.name)


def warning_draft(case: Case, language: str) -> str:
    """A public warning as it may stand: the genuine address alone, nothing of the fake."""
    profile = case.profile
    with force_locale(language):
        service = service_of(case) or _("the web")
        if profile is None or not profile.current:
            town_itself = _(
                "Someone pretends to be the town (%(service)s). The town's genuine profiles are "
                "listed here: %(url)s",
                service=service,
                url=register_url(None),
            )
            return str(town_itself)
        genuine = _(
            "Someone pretends to be %(name)s (%(service)s). The genuine profile is %(address)s",
            name=profile.name,
            service=service,
            address=profile.current[0].url or profile.current[0].typed,
        )
        return str(genuine)
