"""How the handbook's values look to people."""

from flask_babel import lazy_gettext as _l

from intake.handbook.models import APPROVALS, Approval
from intake.subjects import Tag

APPROVAL_TAGS = {
    Approval.APPROVED: Tag(APPROVALS[Approval.APPROVED], "ok", "check"),
    Approval.ON_TRIAL: Tag(APPROVALS[Approval.ON_TRIAL], "wait", "half"),
    Approval.NOT_APPROVED: Tag(APPROVALS[Approval.NOT_APPROVED], "calm", "stop"),
}

HISTORY = {
    "acknowledgement": {"acknowledge": _l("%(actor)s acknowledged the guidelines.")},
    "training": {"record": _l("%(actor)s recorded a training.")},
}
