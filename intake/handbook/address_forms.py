"""Forms by which keepers say how addresses are read, without code."""

from typing import Any

from flask_babel import lazy_gettext as _l

from intake.addresses import Stated, Where
from intake.handbook.forms import YES_NO
from intake.handbook.models import HOST_KINDS
from intake.web.forms import BaseForm, Line, Lines, Radio, Whole

WHERE = {
    Where.SEGMENT: _l("in the path: service.example/name"),
    Where.PARAMETER: _l("in a parameter: service.example/user?id=name"),
    Where.SUBDOMAIN: _l("before the host: name.service.example"),
}


class SpecialHostForm(BaseForm):
    """A host for one of the two lists."""

    host = Line(
        _l("Host"),
        hint=_l("The name alone, without https:// and without a path."),
        most=253,
        width="22",
        inputmode="url",
    )
    kind = Radio(_l("What is it?"), choices=list(HOST_KINDS.items()))


def _words(label: Any, hint: Any, **more: Any) -> Lines:
    return Lines(label, hint=hint, rows=3, most=2000, width="22", optional=True, **more)


class RuleForm(BaseForm):
    """Where in the addresses of a service the name of a profile stands, and what a name is."""

    hosts = Lines(
        _l("Hosts"),
        hint=_l("One on a line, the usual one first; www. is known anyway."),
        rows=3,
        most=1000,
        width="22",
        clause="S2",
    )
    where = Radio(_l("Where does the name stand?"), choices=list(WHERE.items()))
    before = _words(
        _l("Path before the name"),
        _l("For example users. One on a line where there are several; empty where there is none."),
    )
    at = Line(
        _l("Sign right before the name"),
        hint=_l("For example @. Empty where there is none."),
        most=1,
        width="9",
        optional=True,
    )
    parameter = Line(
        _l("Name of the parameter"),
        hint=_l("Only where the name stands in a parameter."),
        most=40,
        width="9",
        optional=True,
    )
    fold = Radio(_l("Are A and a the same in a name?"), choices=YES_NO)
    letters = Radio(_l("Can a name have letters such as å, ä and ö?"), choices=YES_NO)
    marks = Line(
        _l("Signs in a name beside letters and digits"),
        hint=_l("For example _.-"),
        most=12,
        width="9",
        optional=True,
    )
    least = Whole(_l("Shortest name (characters)"), least="1", most="100")
    most = Whole(_l("Longest name (characters)"), least="1", most="100")
    reserved = _words(
        _l("Words that are nobody's name"),
        _l("The service's own pages, such as about or login, one on a line."),
    )
    below = _words(
        _l("Pages of a profile"),
        _l("Words after the name that still lead to the profile, such as photos, one on a line."),
    )
    examples = Lines(
        _l("Examples"),
        hint=_l("Addresses of the service, one on a line: of profiles, and of other pages."),
        rows=4,
        most=4000,
        missing=_l("Give at least one address of a profile, to try the rule on."),
    )

    def statement(self, code: str) -> Stated:
        """What the form states."""
        return Stated(
            code=code,
            hosts=tuple(dict.fromkeys(_split(self.hosts.data))),
            where=Where(self.where.data),
            before=tuple(one.strip("/") for one in _split(self.before.data)) or ("",),
            at=(self.at.data or "").strip(),
            parameter=(self.parameter.data or "").strip(),
            fold=self.fold.data == "yes",
            letters=self.letters.data == "yes",
            marks="".join((self.marks.data or "").split()),
            least=int(self.least.data or 1),
            most=int(self.most.data or 100),
            reserved=frozenset(one.lower() for one in _split(self.reserved.data)),
            below=frozenset(_split(self.below.data)),
        )


def _split(text: str | None) -> list[str]:
    return (text or "").split()


def shown(stated: Stated) -> dict[str, Any]:
    """A statement as the form shows it."""
    return {
        **stated.as_json(),
        "hosts": "\n".join(stated.hosts),
        "before": "\n".join(stated.before).strip(),
        "fold": "yes" if stated.fold else "no",
        "letters": "yes" if stated.letters else "no",
        "reserved": "\n".join(sorted(stated.reserved)),
        "below": "\n".join(sorted(stated.below)),
    }
