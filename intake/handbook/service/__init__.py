"""Changing what the town lays down: every change leaves a line in the trail."""

from intake.handbook.service.guidelines import acknowledge, publish
from intake.handbook.service.hosts import Cautioned
from intake.handbook.service.shipping import ensure_shipped
from intake.handbook.service.stored_keys import at_start as read_stored_keys
from intake.handbook.service.trainings import cancel_training, record_training, record_trainings

__all__ = [
    "Cautioned",
    "acknowledge",
    "cancel_training",
    "ensure_shipped",
    "publish",
    "read_stored_keys",
    "record_training",
    "record_trainings",
]
