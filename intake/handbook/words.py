"""How the handbook's values look to people."""

from flask_babel import lazy_gettext as _l

from intake.engine.tracks import Tag
from intake.handbook.models import APPROVALS, Approval

APPROVAL_TAGS = {
    Approval.APPROVED: Tag(APPROVALS[Approval.APPROVED], "ok", "check"),
    Approval.ON_TRIAL: Tag(APPROVALS[Approval.ON_TRIAL], "wait", "half"),
    Approval.NOT_APPROVED: Tag(APPROVALS[Approval.NOT_APPROVED], "calm", "stop"),
}

HISTORY = {
    "stored_key": {
        "reread": _l("The stored address was read anew."),
        "narrow": _l("The stored address stood for a whole host; now it stands for one page."),
        "meet": _l("Read anew, the stored address is the same as another's. Both were kept apart."),
    },
    "acknowledgement": {"acknowledge": _l("%(actor)s acknowledged the guidelines.")},
    "guidelines": {"publish": _l("%(actor)s published a new version of the guidelines.")},
    "training": {
        "record": _l("%(actor)s recorded a training."),
        "cancel": _l("%(actor)s cancelled a training that was recorded by mistake."),
    },
    "platform": {
        "add": _l("%(actor)s added a service."),
        "change": _l("%(actor)s changed what is said of a service."),
        "retire": _l("%(actor)s took a service out of use."),
        "restore": _l("%(actor)s took a service back into use."),
        "add_host": _l("%(actor)s added a host to a service."),
        "remove_host": _l("%(actor)s removed a host from a service."),
        "state_rule": _l("%(actor)s stated how the service's addresses name a profile."),
        "drop_rule": _l("%(actor)s removed what was stated of the service's addresses."),
    },
    "special_host": {
        "add": _l("%(actor)s added a host to the lists of special hosts."),
        "remove": _l("%(actor)s removed a host from the lists of special hosts."),
    },
    "report_route": {
        "add": _l("%(actor)s added a report route."),
        "change": _l("%(actor)s changed a report route."),
        "check": _l("%(actor)s tried a report route."),
        "remove": _l("%(actor)s removed a report route."),
    },
}
