"""What is done to people and the organisation; every change leaves a line in the trail."""

from intake.people.service.absences import (
    cancel_absence,
    change_absence,
    enter_absence,
    is_over,
    may_change_absence,
    may_enter_absence,
)
from intake.people.service.persons import (
    add_person,
    change_person,
    end_service,
    may_settle,
    move_person,
    take_back,
)
from intake.people.service.roles import GRANTS, grant, take, withdraw
from intake.people.service.units import add_unit, change_unit, end_unit, name_head, why_not_end

__all__ = [
    "GRANTS",
    "add_person",
    "add_unit",
    "cancel_absence",
    "change_absence",
    "change_person",
    "change_unit",
    "end_service",
    "end_unit",
    "enter_absence",
    "grant",
    "is_over",
    "may_change_absence",
    "may_enter_absence",
    "may_settle",
    "move_person",
    "name_head",
    "take",
    "take_back",
    "why_not_end",
    "withdraw",
]
