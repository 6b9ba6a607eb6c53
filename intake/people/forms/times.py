"""How long things may take, and how late they may be: the settings that are numbers."""

from typing import Any

from flask_babel import lazy_gettext as _l

from intake.people.forms.setting_group import SettingsForm
from intake.web.forms import Amount, Whole


class TimesForm(SettingsForm):
    """How long things may take. The least of each leaves room for its reminder."""

    group = "times"
    title = _l("Deadlines and limits")
    about = _l(
        "A change holds for what begins after it. Deadlines that are running keep their day."
    )
    draft_days = Whole(
        _l("A draft that nobody edits (days)"),
        hint=_l("Then it is deleted. The requester is reminded 90 days before."),
        least="97",
        most="730",
    )
    consent_days = Whole(
        _l("Consent of an expert (days)"),
        hint=_l("Then the request is a draft again. The expert is reminded 23 days before."),
        least="24",
        most="180",
        clause="E2",
    )
    decision_working_days = Whole(
        _l("Decision on a request (working days)"),
        hint=_l(
            "The supervisor is reminded before and on the last day, the next one up five days "
            "after it. Nothing decides for them."
        ),
        least="5",
        most="60",
        clause="O3",
    )
    completion_days = Whole(
        _l("Completing a returned request (days)"),
        hint=_l("Proposed to who returns it. Then the supervisor may let the request lapse."),
        least="4",
        most="180",
    )
    setup_days = Whole(
        _l("Set-up of an approved profile (days)"),
        hint=_l("Then its supervisor gives it more time or cancels it. The admins are reminded."),
        least="17",
        most="365",
        clause="O6",
    )
    tick_days = Whole(
        _l("A tick in the set-up checklist (days)"),
        hint=_l("An older one is asked again before the profile is listed."),
        least="1",
        most="365",
    )
    address_days = Whole(
        _l("Confirming a typed address (days)"),
        hint=_l("Those who may confirm it are reminded, then the supervisor is told."),
        least="8",
        most="90",
        clause="P4",
    )
    closing_notice_days = Whole(
        _l("Notice before an office profile closes (days)"),
        hint=_l("A shorter one needs a reason."),
        least="8",
        most="365",
        clause="O8",
    )
    expert_closing_notice_days = Whole(
        _l("Notice before an expert profile closes (days)"),
        hint=_l(
            "A shorter one needs a reason. It also runs when the consent is withdrawn or the "
            "expert leaves."
        ),
        least="8",
        most="365",
        clause="O8",
    )
    alarm_hours = Whole(
        _l("Seeing to a profile that is taken over (hours)"),
        hint=_l("The register warns of it at once. After this the register keepers are reminded."),
        least="1",
        most="24",
        clause="P5",
    )
    lost_days = Whole(
        _l("Looking again at a profile that is lost (days)"),
        hint=_l("After this the register keepers are reminded."),
        least="1",
        most="30",
        clause="P5",
    )
    answering_days = Whole(
        _l("Answers to residents (days)"),
        hint=_l("Proposed in each request."),
        least="1",
        most="30",
        clause="O7",
    )
    low_hours = Amount(
        _l("Working time that is too little (hours a week)"),
        hint=_l("Below it the request and its supervisor are warned. With none it cannot be sent."),
        least="0.25",
        most="20",
        clause="O2",
    )


class ProfileTimesForm(SettingsForm):
    """How long what belongs to the life of a listed profile may take."""

    group = "profiles"
    title = _l("Profiles in use")
    about = _l("When profiles are reviewed, and what is asked of whom meanwhile.")
    office_review_days = Whole(
        _l("Review of an office profile (days)"),
        hint=_l(
            "Its admins are asked again after this. Then the supervisor and the keepers are told."
        ),
        least="30",
        most="730",
        clause="O7",
    )
    expert_review_days = Whole(
        _l("Review of an expert profile (days)"), least="30", most="730", clause="O7"
    )
    review_grace_days = Whole(
        _l("A late review is told in the register (days)"),
        hint=_l("So long after its day the register says since when nobody has confirmed it."),
        least="1",
        most="365",
        clause="O7",
    )
    continuation_days = Whole(
        _l("Deciding whether a profile goes on (days)"),
        hint=_l("When admins are too few, or somebody asks to close it."),
        least="8",
        most="90",
        clause="O8",
    )
    change_days = Whole(
        _l("Agreeing to a change of a profile (days)"),
        hint=_l("Who is asked is reminded before, then the supervisor is told."),
        least="8",
        most="90",
        clause="O3",
    )
    handover_days = Whole(
        _l("Checking off an admin who left (days)"),
        hint=_l("Two people say that they get in no more. Then supervisor and keepers are told."),
        least="1",
        most="30",
        clause="G9",
    )
    quiet_days = Whole(
        _l("An expert away with nobody in their place (days)"),
        hint=_l("Longer than this, the register calls the profile quiet."),
        least="1",
        most="180",
        clause="E4",
    )


def _days(label: Any, *, most: str, least: str = "1", hint: Any = "") -> Whole:
    return Whole(label, hint=hint, least=least, most=most, clause="P5")


class CaseTimesForm(SettingsForm):
    """How long fake profiles may wait."""

    group = "cases"
    title = _l("Fake profiles")
    about = _l("When handlers and lead handlers are reminded. Nothing is decided by time alone.")
    urgent_hours = _days(
        _l("Looking at an urgent report (office hours)"),
        hint=_l("Urgent: somebody has given money or data, or is asked for bank codes."),
        most="16",
    )
    triage_working_days = _days(_l("Looking at any other report (working days)"), most="10")
    review_working_days = _days(_l("Deciding whether it is a fake (working days)"), most="30")
    info_days = _days(_l("A reporter's time to answer a question (days)"), most="90")
    answer_days = _days(
        _l("Waiting for a service to answer (days)"),
        hint=_l("No law fixes how many days a service has."),
        most="60",
        least="3",
    )
    no_answer_days = _days(_l("Next step when a service has not answered (days)"), most="30")
    refusal_days = _days(_l("Next step when a service has refused (days)"), most="60")
    recovery_days = _days(_l("Looking at a profile that is being got back (days)"), most="14")
    police_working_days = _days(
        _l("Deciding whether the police are told (working days)"), most="30"
    )
    flood_cases = Whole(
        _l("New cases an hour that handlers are told of one by one"),
        hint=_l("Beyond it they get one message an hour. Every report is kept."),
        least="1",
        most="200",
        clause="P5",
    )
