"""What a notice to a platform must hold before a person may send it."""

import re
from collections.abc import Sequence

from flask_babel import force_locale
from flask_babel import gettext as _

from intake.fakes.models import Case
from intake.fakes.notice_text import LANGUAGES, SECTIONS, locations
from intake.fakes.states import Way
from intake.people import town
from intake.web.forms import Problem

LAW = re.compile(r"§|\bSection \d|\bArticle \d+[^0-9]{1,40}(Code|Act)")


def problems(case: Case, text: str, route: str, channel: str) -> Sequence[Problem]:
    """What a notice lacks: a way, who sends it, where the fake is; as a notice of illegal content
    the law and the good faith too (2022/2065 art. 16(2)(a)-(d)). What gives a reporter away is
    refused where the notice is stored (A68)."""
    found = [] if route.strip() else [Problem(_("Say where the notice goes."), "route")]
    found += [Problem(sentence, "text") for sentence in _missing(case, text, channel)]
    return found


def _missing(case: Case, text: str, channel: str) -> list[str]:
    own = town.current()
    found = []
    if own.contact_email not in text:
        found.append(_("Sign the notice with the town's own e-mail address."))
    if not any(own.name(language) in text for language in ("fi", "sv", "en")):
        found.append(_("Name the town as the sender."))
    if not any(address in text for address in locations(case)):
        found.append(_("Give the exact address of the fake profile."))
    if channel == Way.ART16:
        if not LAW.search(text) and not any(one in text for one in SECTIONS.values()):
            found.append(_("Say why the content is illegal and name the law."))
        if not _speaks_of_good_faith(text):
            found.append(_("State that the notice is made in good faith."))
    return found


def _speaks_of_good_faith(text: str) -> bool:
    """Art. 16(2)(d), in either language of a notice."""
    for language in LANGUAGES:
        with force_locale(language):
            if str(_("in good faith")) in text.casefold():
                return True
    return False
