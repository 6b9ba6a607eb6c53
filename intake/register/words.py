"""The words of the public face."""

from flask_babel import lazy_gettext as _l

from intake.profiles.models import ProfileKind

KINDS = {
    ProfileKind.OFFICE: _l("Office profile"),
    ProfileKind.EXPERT: _l("Expert profile"),
}

# By what else a kind is found, folded: the policy has two names for an office profile.
KIND_WORDS = {
    ProfileKind.OFFICE: "virkaprofiili virkamiesprofiili tjansteprofil office profile",
    ProfileKind.EXPERT: "asiantuntijaprofiili expertprofil expert profile",
}

LANGUAGES = {
    "fi": _l("Finnish"),
    "sv": _l("Swedish"),
    "en": _l("English"),
    "se": _l("Sámi"),
    "other": _l("Another language"),
}

PRIVATE_MESSAGES = {
    "answered": _l("We answer private messages."),
    "not_read": _l("We do not read private messages."),
    "closed": _l("Private messages are closed."),
}

COVERS = {
    "notice": _l("When the expert is away, a notice in the profile says so."),
    "elsewhere": _l("When the expert is away, others answer questions."),
    "colleague": _l("When the expert is away, another expert profile answers."),
}
