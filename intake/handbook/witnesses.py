"""What the chain vouches for in this room: services, their hosts, where reports go, guidelines."""

from intake.engine.witness import Witness
from intake.handbook.models import GuidelineVersion, Platform, PlatformHost, ReportRoute

WITNESSES = (
    Witness(Platform, ("stored_name", "kind", "approval", "terms_url", "retired_at"), shipped=True),
    Witness(PlatformHost, ("platform_code",), shipped=True),
    Witness(ReportRoute, ("platform_code", "channel", "address"), "platform_code", shipped=True),
    Witness(
        GuidelineVersion,
        ("number", "text_fi", "text_sv", "text_en", "in_force_on"),
        "number",
        shipped=True,
    ),
)
