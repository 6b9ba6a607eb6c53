"""How the handbook's values look to people."""

from intake.handbook.models import APPROVALS, Approval
from intake.subjects import Tag

APPROVAL_TAGS = {
    Approval.APPROVED: Tag(APPROVALS[Approval.APPROVED], "ok", "check"),
    Approval.ON_TRIAL: Tag(APPROVALS[Approval.ON_TRIAL], "wait", "half"),
    Approval.NOT_APPROVED: Tag(APPROVALS[Approval.NOT_APPROVED], "calm", "stop"),
}
