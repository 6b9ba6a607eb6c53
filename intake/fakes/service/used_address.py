"""Somebody else uses the address of a closed profile of the town's: that is a report like any
other, by the colleague who saw it (O8, P5)."""

import secrets
from datetime import datetime
from typing import Any

from intake import clock
from intake.fakes.choices import Act, Harm, TargetKind
from intake.fakes.matching import report_keys
from intake.fakes.service import incoming
from intake.profiles.models import Profile
from intake.profiles.states import AddressState


def report(profile: Profile, what_was_seen: str, by: Any, now: datetime) -> None:
    """Open a case for the newest address of a closed profile, or join the one there is; inside
    write()."""
    former = [line for line in profile.addresses if line.state is AddressState.FORMER]
    newest = max(former, key=lambda line: (not line.lasting, line.state_since))
    incoming.receive(
        incoming.Sent(
            answers={
                "target_kind": TargetKind.OFFICIAL.value,
                "acts": [Act.OTHER.value],
                "description": what_was_seen,
                "seen_at": clock.today(now).isoformat(),
                "harm": Harm.UNSAID.value,
            },
            lines=[report_keys.read(newest.url or newest.typed, profile.platform_id)],
            nonce=secrets.token_hex(16),
            language=by.language,
            by=by,
            profile_id=profile.id,
            unit_id=profile.unit_id,
        ),
        now,
    )
