"""What the public may know of a listed profile: pages, API and check show nothing else of it."""

from datetime import date, timedelta
from enum import StrEnum
from typing import Any
from urllib.parse import unquote, urlsplit

from flask import current_app, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from intake import clock, ports
from intake.engine.tracks import Tag
from intake.people import town
from intake.profiles.models import KINDS, Address, Profile, ProfileKind
from intake.profiles.states import AddressState, AlarmState, ProfileState
from intake.register import words
from intake.web import locale, templating


class Status(StrEnum):
    """Where a listed profile stands."""

    OFFICIAL = "official"
    CLOSING = "closing"
    ENDED = "ended"  # its day has passed, and nobody has said what became of it
    CLOSED = "closed"
    HIJACKED = "hijacked"  # listed, but somebody else holds it
    LOST = "lost"  # listed, but the town cannot get in


ALARMS = {AlarmState.HIJACKED: Status.HIJACKED, AlarmState.LOST: Status.LOST}
STATUSES = {
    ProfileState.ACTIVE: Status.OFFICIAL,
    ProfileState.CLOSING_ANNOUNCED: Status.CLOSING,
    ProfileState.CLOSED: Status.CLOSED,
}


SENTENCES = {
    Status.HIJACKED: _l(
        "This profile of the town has been taken over. Do not trust its messages now."
    ),
    Status.LOST: _l("The town cannot get into this profile of its own at the moment."),
}
WARNINGS = {
    Status.HIJACKED: Tag(_l("Taken over, do not trust"), "bad", "stop"),
    Status.LOST: Tag(_l("Lost in the service"), "bad", "stop"),
}


class Entry:
    """A listed profile as the public sees it; a closed expert's has neither name nor address."""

    def __init__(self, profile: Profile) -> None:
        self._profile = profile
        self.id = profile.id
        self.slug = profile.slug
        today = clock.today()
        self.ended_on = profile.ended_on(today)
        self.stage = Status.ENDED if self.ended_on else STATUSES[profile.state]  # type: ignore[index]
        self.is_closed = self.stage is Status.CLOSED
        self.status = self.stage if self.is_closed else ALARMS.get(profile.alarm, self.stage)
        self.is_alarmed = self.status in ALARMS.values()
        self.interim_channel = profile.interim_channel
        self.kind = profile.kind
        self.is_office = profile.kind is ProfileKind.OFFICE
        self.is_anonymous = self.is_closed and not self.is_office
        self.platform = profile.platform
        self.rhythm = profile.rhythm
        self.answering_days = profile.answering_days
        self.since = clock.today(profile.listed_at) if profile.listed_at else None
        self.confirmed_on = None if self.is_closed else profile.confirmed_on
        self.ends_on = profile.ends_on
        self.closes_on = profile.closes_on if self.stage is Status.CLOSING else None
        self.closed_on = self._closed_on()
        self.reason = "" if self.is_anonymous else profile.closing_reason
        self.successor = "" if self.is_anonymous else profile.successor
        self.texts: dict[str, Any] = {} if self.is_closed else profile.texts
        self.unconfirmed_since = self._unconfirmed_since(today)
        self.is_away = not self.is_closed and profile.is_away(today)
        self.away_from = profile.away_from if self.is_away else None
        self.away_until = profile.away_until if self.is_away else None
        self.away_cover = profile.away_cover if self.is_away else None

    @property
    def is_quiet(self) -> bool:
        """Is an expert away for longer than the town's limit, with nobody in their place (E4)?"""
        if self.is_office or self.away_cover or not (self.away_from and self.away_until):
            return False
        return (self.away_until - self.away_from).days >= town.current().quiet_days

    def _unconfirmed_since(self, today: date) -> date | None:
        """The last day on which an admin confirmed it, where the next is long past (O7)."""
        due, grace = self._profile.review_due_on, town.current().review_grace_days
        if self.stage is not Status.OFFICIAL or due is None or due + timedelta(days=grace) >= today:
            return None
        return self.confirmed_on or self.since

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Entry) and other.id == self.id

    def __hash__(self) -> int:
        return hash(self.id)

    def _closed_on(self) -> date | None:
        if not self.is_closed:
            return None
        return self._profile.closed_on or clock.today(self._profile.state_since)

    @property
    def name(self) -> str:
        """The profile's name; its kind where the name is no longer public."""
        return str(words.KINDS[self.kind]) if self.is_anonymous else self._profile.name

    @property
    def kind_name(self) -> str:
        """Office or expert profile, in the reader's language."""
        return str(KINDS[self.kind])

    @property
    def unit(self) -> str:
        """The unit's name in the reader's language."""
        return self._profile.unit.name(locale.current())

    @property
    def address(self) -> Address | None:
        """The address people know: the readable one before the lasting number; of a closed
        profile the last it had."""
        if self.is_anonymous:
            return None
        wanted = AddressState.FORMER if self.is_closed else AddressState.CURRENT
        known = [line for line in self._profile.addresses if line.state is wanted]
        newest_last = sorted(known, key=lambda line: (not line.lasting, line.state_since))
        return newest_last[-1] if newest_last else None

    @property
    def url(self) -> str | None:
        """The canonical address."""
        return self.address.url if self.address else None

    @property
    def shown_url(self) -> str:
        """The address as people write it, without scheme and "www."."""
        return (self.url or "").removeprefix("https://").removeprefix("www.").rstrip("/")

    @property
    def handle(self) -> str:
        """The name in the service, as the service writes it."""
        if self.address is None:
            return ""
        value = self.address.key.split(":", 2)[-1]
        if self.platform.code == "mastodon":
            return f"@{value}"
        segments = urlsplit(self.url or "").path.strip("/").split("/")
        return unquote(segments[-1]) or value

    @property
    def path(self) -> str:
        """The path of its page."""
        return url_for("register.profile", slug=self.slug)

    @property
    def tag(self) -> Tag:
        """The status as people see it in a list: the year only where it is another."""
        if self.status in WARNINGS:
            return WARNINGS[self.status]
        if self.is_quiet:
            return Tag(_("Quiet until %(date)s", date=_short(self.away_until)), "wait", "clock")
        if self.status is Status.OFFICIAL:
            return Tag(_("Official"), "ok", "genuine")
        day = _short(self.closes_on or self.closed_on or self.ended_on)
        if self.status is Status.ENDED:
            return Tag(_("Was to end on %(date)s", date=day), "warn", "clock")
        if self.status is Status.CLOSING:
            return Tag(_("Closes on %(date)s", date=day), "warn", "clock")
        return Tag(_("Closed on %(date)s", date=day), "calm", "stop")

    @property
    def warning(self) -> str:
        """What the page says of a profile that is taken over or lost; nothing of any other."""
        return str(SENTENCES[self.status]) if self.is_alarmed else ""

    @property
    def contact(self) -> str:
        """Where to reach the town outside the service (P8)."""
        own = self.texts.get("contact") or self.work_address
        return str(own or ports.here().town().contact_email)

    @property
    def work_address(self) -> str:
        """The expert's address in the town's service (E5)."""
        subject = self._profile.subject
        return subject.email if subject is not None and not self.is_closed else ""

    @property
    def expert(self) -> list[str]:
        """The expert's name and title (E5)."""
        subject = self._profile.subject
        if subject is None or self.is_closed:
            return []
        return [part for part in (subject.name, subject.title) if part]

    @property
    def admins(self) -> list[str]:
        """Who runs an office profile and their tasks (O4), while it is not closed."""
        if self.is_closed or not self.is_office:
            return []
        return [
            ", ".join(part for part in (admin.person.name, admin.task) if part)
            for admin in self._profile.admins
            if admin.until is None and admin.person.is_active
        ]

    @property
    def languages(self) -> list[str]:
        """The languages of its content."""
        return [str(words.LANGUAGES.get(code, code)) for code in self._codes()]

    def _codes(self) -> list[str]:
        return list(self.texts.get("content_languages") or [])

    @property
    def private_messages(self) -> list[str]:
        """How private messages are handled (O9)."""
        said = words.PRIVATE_MESSAGES.get(self.texts.get("private_messages", ""))
        own = self.texts.get("private_messages_text", "")
        return [str(line) for line in (said, own) if line]

    @property
    def absence_cover(self) -> list[str]:
        """What happens while an expert is away (E4)."""
        said = words.COVERS.get(self.texts.get("absence_cover", ""))
        own = self.texts.get("absence_cover_text", "")
        return [str(line) for line in (said, own) if line]

    @property
    def own_link(self) -> str | None:
        """The address to link with rel="me", so that Mastodon marks the profile as verified."""
        if self.is_closed or self.ended_on or self.is_alarmed or self.platform.code != "mastodon":
            return None
        return self.url

    def as_json(self) -> dict[str, Any]:
        """What lists and the check tell machines."""
        base = current_app.config["BASE_URL"].rstrip("/")
        return {
            "name": self.name,
            "kind": self.kind.value,
            "platform": self.platform.code,
            "handle": self.handle,
            "url": self.url,
            "status": self.status.value,
            "unit": self.unit,
            "slug": self.slug,
            "register_url": base + url_for("register.profile", slug=self.slug, lang=None),
            "closes_on": _day(self.closes_on),
            "closed_on": _day(self.closed_on),
        }

    def as_whole_json(self) -> dict[str, Any]:
        """What the page tells, without anybody's name."""
        return {
            **self.as_json(),
            "purpose": self.texts.get("purpose", ""),
            "audience": self.texts.get("audience", ""),
            "languages": self._codes(),
            "contact": self.contact,
            "listed_on": _day(self.since),
            "confirmed_on": _day(self.confirmed_on),
            "ends_on": _day(self.ends_on),
            "ended_on": _day(self.ended_on),
            "unconfirmed_since": _day(self.unconfirmed_since),
            "away_until": _day(self.away_until),
            "closing_reason": self.reason,
            "successor": self.successor,
        }


def _short(day: date | None) -> str:
    whole = templating.long_date(day)
    this_year = str(clock.today().year)
    return whole.removesuffix(this_year).rstrip() if day else ""


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None
