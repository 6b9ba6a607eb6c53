"""The sentences of the history about what is kept how long, and what a person's data is called."""

from flask_babel import lazy_gettext as _l

HISTORY = {
    "change": _l("%(actor)s changed how long data is kept."),
    "erase": _l("Data that had been kept long enough was erased."),
    "refuse": _l("Nothing was erased: the clock may have jumped."),
    "confirm": _l("%(actor)s confirmed that the clock is right."),
    "disclose": _l("%(actor)s looked up everything about one address."),
    "disclose_report": _l("%(actor)s opened protected data to answer who asked for their own."),
}

SECTIONS = {
    "person": _l("Person"),
    "role": _l("Roles"),
    "office": _l("Units that the person heads"),
    "absence": _l("Absences"),
    "handbook": _l("Guidelines and trainings"),
    "session": _l("Sign-ins and links"),
    "request": _l("Requests"),
    "consent": _l("Consents"),
    "profile": _l("Profiles"),
    "report": _l("Reports of fake profiles"),
    "act": _l("Lines of the trail"),
    "named": _l("Other rows that name the person"),
    "letter": _l("Messages"),
    "mention": _l("Where the address or the name stands in free text"),
}

LABELS = {
    "name": _l("Name"),
    "email": _l("E-mail address"),
    "phone": _l("Telephone"),
    "title": _l("Title"),
    "unit": _l("Unit"),
    "language": _l("Language"),
    "since": _l("Since"),
    "until": _l("Until"),
    "what": _l("What"),
    "state": _l("State"),
    "part": _l("Their part"),
    "cancelled": _l("Cancelled"),
    "number": _l("Number"),
    "at": _l("Time"),
    "reference": _l("Reference"),
    "task": _l("Work task"),
    "hours": _l("Hours a week"),
    "contact": _l("Contact data"),
    "answers": _l("Answers"),
    "addresses": _l("Addresses"),
    "additions": _l("Additions"),
    "files": _l("Files"),
    "subject": _l("Of what"),
    "template": _l("Kind"),
    "fate": _l("What became of it"),
    "where": _l("Place"),
    "row": _l("Row"),
}

PARTS = {
    "requester": _l("requester"),
    "subject": _l("expert"),
    "admin": _l("admin"),
    "decider": _l("decides or has decided"),
    "head": _l("head"),
    "deputy": _l("stands in"),
    "absent": _l("away"),
}
