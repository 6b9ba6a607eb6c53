"""Forms: the base form with its token, and the fields every room builds with.

A form turns text into values and says what is wrong in the reader's language; it never queries
and never decides.
"""

from intake.web.forms.base import BaseForm, Problem
from intake.web.forms.fields import (
    Amount,
    Choice,
    Day,
    File,
    Line,
    Lines,
    Mail,
    Offered,
    Password,
    Radio,
    Seen,
    Tick,
    Ticks,
    Told,
    Upload,
    Whole,
    too_long,
)
from intake.web.forms.token import (
    LIFETIME,
    UsedToken,
    follow_repeat,
    forget_old_tokens,
    purpose,
    sent_here,
    sent_token,
)

__all__ = [
    "LIFETIME",
    "Amount",
    "BaseForm",
    "Choice",
    "Day",
    "File",
    "Line",
    "Lines",
    "Mail",
    "Offered",
    "Password",
    "Problem",
    "Radio",
    "Seen",
    "Tick",
    "Ticks",
    "Told",
    "Upload",
    "UsedToken",
    "Whole",
    "follow_repeat",
    "forget_old_tokens",
    "purpose",
    "sent_here",
    "sent_token",
    "too_long",
]
