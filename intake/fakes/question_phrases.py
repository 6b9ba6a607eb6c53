"""The set phrases in which a handler asks a reporter: the follow page shows no other words, so
that nothing of a case can slip into them (A60)."""

from enum import StrEnum

from flask_babel import lazy_gettext as _l


class Phrase(StrEnum):
    """What a handler can ask."""

    SCREENSHOT = "screenshot"
    ADDRESS = "address"
    WHEN = "when"
    WHAT_HAPPENED = "what_happened"
    CONTACT = "contact"
    STILL_THERE = "still_there"


LABELS = {
    Phrase.SCREENSHOT: _l("Can you send a screenshot that shows the profile's name and address?"),
    Phrase.ADDRESS: _l("What is the profile's exact address? Copy it from the browser or the app."),
    Phrase.WHEN: _l("When did you see the profile, or get a message from it?"),
    Phrase.WHAT_HAPPENED: _l("What did the profile ask you to do, and what happened then?"),
    Phrase.CONTACT: _l("How can we reach you? Leave an e-mail address or a phone number."),
    Phrase.STILL_THERE: _l("Can you still see the profile?"),
}
