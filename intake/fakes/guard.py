"""The guard of what leaves the house, as far as reports go: what of a case must not stand in a
notice, a warning, a packet, a letter or the register.

Sealed values (who reported: name, addresses, numbers, names of their files) are barred everywhere;
a reporter's words everywhere but in the packet for the police; the fake's names and addresses in a
warning and in the register. It is called where the text is stored or made, so by every way there.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import StrEnum
from typing import Any

from flask import current_app
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import or_, select

from intake import addresses, clock
from intake.data.base import db
from intake.fakes import queries, reporter
from intake.fakes.matching import report_keys
from intake.fakes.matching.report_keys import TypedAddress
from intake.fakes.models import Addition, Case, Evidence, Report
from intake.fakes.reporter import Told
from intake.people import town
from intake.people.models import Person
from intake.profiles.models import Profile
from intake.refusals import Unready
from intake.security import outgoing
from intake.security.outgoing import Bar, Barred, Hit, Kind
from intake.web.forms import Problem


class Leaving(StrEnum):
    """Where a text goes, for which other things are barred."""

    NOTICE = "notice"  # to the service, an authority, a body
    WARNING = "warning"
    PACKET = "packet"
    LETTER = "letter"
    REGISTER = "register"


WORDLESS = {Leaving.PACKET}  # the police get what was told
NAMELESS = {Leaving.WARNING, Leaving.REGISTER}  # the fake is never named there
WHOLE_NAMES = {Leaving.LETTER, Leaving.REGISTER}  # where colleagues of the same first name stand
NO_WORDS = ("urls", "visible_name")  # where and what the fake is: not the reporter's words
NO_ADDRESS = ("text:", "name:")  # a key of what was typed as an address and is none
MAILBOX = re.compile(r"[^\W\d_]{3,}")
SENTENCES = {
    Kind.NAME: _l("The text names somebody who reported."),
    Kind.MAIL: _l("The text holds the e-mail address of somebody who reported."),
    Kind.PHONE: _l("The text holds the telephone number of somebody who reported."),
    Kind.FILE: _l("The text holds the name of a reporter's file, which may tell who reported."),
    Kind.WORDS: _l("The text repeats what a reporter wrote."),
    Kind.FAKE: _l("Do not name the fake profile or its address."),
}


def refuse(case: Case, fields: Mapping[str, str], leaving: Leaving, by: Any) -> None:
    """Raise Unready where a text must not leave, with a problem beside its field."""
    if found := problems(case, fields, leaving, by):
        raise Unready(found)


def problems(
    case: Case, fields: Mapping[str, str], leaving: Leaving, by: Any = None
) -> list[Problem]:
    """What must go from some texts, by their fields, each kind of thing once."""
    written = {name: text for name, text in fields.items() if text}
    if not written:
        return []
    bar = bar_of(case, leaving, by)
    return [
        Problem(sentence, name)
        for name, text in written.items()
        for sentence in _sentences(text, outgoing.found(text, bar))
    ]


def _sentences(text: str, hits: Sequence[Hit]) -> Iterator[str]:
    """Each kind that was found, quoted where its writer may read it anyway."""
    for kind in dict.fromkeys(hit.kind for hit in hits):
        quoted = [text[hit.start : hit.end] for hit in hits if hit.kind is kind and hit.is_open]
        said = " ".join(f"“{' '.join(one.split())}”" for one in dict.fromkeys(quoted))
        sentence = str(SENTENCES[kind])
        yield (
            _("%(sentence)s Take it out: %(words)s", sentence=sentence, words=said)
            if said
            else _("%(sentence)s Take it out.", sentence=sentence)
        )


def fake_problems(case: Case, fields: Mapping[str, str]) -> list[Problem]:
    """Where some texts name the fake, by their fields."""
    bar = Bar(list(_fake(case)), own=list(_own(case, None)))
    return [
        Problem(str(SENTENCES[Kind.FAKE]), name)
        for name, text in fields.items()
        if outgoing.found(text, bar)
    ]


def bar_of(case: Case, leaving: Leaving, by: Any = None) -> Bar:
    """What of a case must not leave this way; `by` is who wrote the text, to whom it may be said
    what is open to them."""
    reports = queries.reports_of(case)
    barred = list(_sealed(case, reports, leaving, by))
    if leaving not in WORDLESS:
        barred += [Barred(Kind.WORDS, text, is_open=True) for text in _written(reports)]
    if leaving in NAMELESS and (leaving is not Leaving.REGISTER or case.confirmed_at):
        barred += _fake(case)
    return Bar(barred, list(_own(case, by)), list(_shown(case, reports)))


def masked(case: Case, text: str, leaving: Leaving, by: Any = None) -> str:
    """A text that nobody can mend any more, with a placeholder where something must not leave."""
    return outgoing.masked(text, bar_of(case, leaving, by)) if text else text


def name_of(
    text: str, line: TypedAddress, visible: str, told: Told, files: Iterable[Evidence]
) -> str:
    """What a new case is called, after what its reporter typed as the address: letters and lists
    bear it, so it holds nothing of who they are; their name only where it is the profile's, in its
    address or as its `visible` name."""
    barred = [*_of_told(told, parts=True, is_open=False), *_of_files(files)]
    is_address = bool(line.keys) and not line.keys[0].startswith(NO_ADDRESS)
    return outgoing.masked(text, Bar(barred, shown=[text if is_address else visible]))


def _sealed(case: Case, reports: Sequence[Report], leaving: Leaving, by: Any) -> Iterator[Barred]:
    opened = queries.revealed_to(case, by, clock.now()) if isinstance(by, Person) else {}
    told = reporter.to_compare(reports)
    for report_id, one in told.items():
        is_open = f"contact:{report_id}" in opened
        yield from _of_told(one, parts=leaving not in WHOLE_NAMES, is_open=is_open)
    yield from _of_files(file for file in queries.evidence_of(case) if file.report_id)


def _of_told(told: Told, *, parts: bool, is_open: bool) -> Iterator[Barred]:
    yield Barred(Kind.NAME, told.name, parts=parts, is_open=is_open)
    yield Barred(Kind.MAIL, told.email, is_open=is_open)
    yield Barred(Kind.PHONE, told.phone, is_open=is_open)
    yield Barred(Kind.WORDS, told.secrecy_reason, is_open=is_open)
    mailbox = MAILBOX.findall(told.email.partition("@")[0])
    if len(mailbox) > 1:  # most often first and last name
        yield Barred(Kind.NAME, " ".join(mailbox), parts=False, is_open=is_open)


def _of_files(files: Iterable[Evidence]) -> Iterator[Barred]:
    """Names of files; without the ending only where they are more than a word."""
    for file in files:
        name = file.name.opened()
        stem = name.rpartition(".")[0]
        yield Barred(Kind.FILE, name)
        if len(outgoing.EACH.findall(stem)) > 1 and len(stem) >= outgoing.LEAST["anywhere"]:
            yield Barred(Kind.FILE, stem)


def _written(reports: Sequence[Report]) -> Iterator[str]:
    """Every text of some reports and of what was added to them."""
    for report in reports:
        for name, answer in report.answers.items():
            if isinstance(answer, str) and name not in NO_WORDS:
                yield answer
        for line in report.addresses:
            if line.key is None or line.key.startswith(NO_ADDRESS):
                yield line.typed
    ids = [report.id for report in reports]
    yield from db.session.scalars(select(Addition.text).where(Addition.report_id.in_(ids)))


def _fake(case: Case) -> Iterator[Barred]:
    for name in report_keys.names_of(case):
        yield Barred(Kind.FAKE, name, is_open=True)


def _own(case: Case, by: Any) -> Iterator[str]:
    """Names and addresses of the town's own, in which what is barred may stand: those of the
    genuine profile, of the town, and of whoever signs."""
    own = town.current()
    yield from (own.name(language) for language in ("fi", "sv", "en"))
    yield from (own.contact_email, own.phone, *own.postal_address.splitlines())
    if isinstance(by, Person):
        yield from (by.name, by.email)
    if case.unit is not None:
        yield from (case.unit.name_fi, case.unit.name_sv)
    if (profile := case.profile) is not None:
        yield from _of_profile(profile)


def _of_profile(profile: Profile) -> Iterator[str]:
    yield from (profile.name, profile.unit.name_fi, profile.unit.name_sv)
    if profile.subject is not None:
        yield profile.subject.name
    for line in profile.current:
        yield from (line.url or "", line.typed, line.key.split(":", 2)[-1])


def _shown(case: Case, reports: Sequence[Report]) -> Iterator[str]:
    """Names and addresses of the reported profile: of these a name or words may be a part."""
    for line in queries.keys_of(case):
        if not line.key.startswith(NO_ADDRESS):
            yield from (line.key.split(":", 2)[-1], line.shown)
            yield addresses.canonical_url(line.key) or ""
    yield from (str(report.answers.get("visible_name") or "") for report in reports)


class Guard:
    """The guard as mechanism and the rooms below call it, through `ports`."""

    def masked(self, subject: Any, text: str, /) -> str:
        """A letter about a case, without what must not leave; of anything else as it is."""
        return masked(subject, text, Leaving.LETTER) if isinstance(subject, Case) else text

    def refuse(self, profile: Profile, published: Mapping[str, Any], /) -> None:
        """Raise Unready where a text of a profile must not be published for what was reported of
        it. Its writers are no handlers: they are not told what it is, nor of which kind."""
        fields = {name: str(text) for name, text in published.items() if text}
        found = {
            problem.field
            for case in (_cases_about(profile) if fields else ())
            for problem in problems(case, fields, Leaving.REGISTER)
        }
        if found:
            current_app.logger.warning("a text for the register was refused")
            sentence = _(
                "This holds something that must not be published. Word it otherwise, or ask a "
                "handler of fake profiles."
            )
            raise Unready([Problem(sentence, name) for name in fields if name in found])


def _cases_about(profile: Profile) -> Iterable[Case]:
    """Those that imitate the profile or its unit."""
    about = Case.unit_id == profile.unit_id
    if profile.id:  # else it is not set up yet
        about = or_(about, Case.profile_id == profile.id)
    return db.session.scalars(select(Case).where(about).options(*queries.WITH)).all()
