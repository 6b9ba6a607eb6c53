"""What the pages of this room share."""

from flask import Blueprint

from intake.people.models import Role

DESK = (Role.HANDLER.value, Role.LEAD.value, Role.KEEPER.value)  # who handles cases

room = Blueprint("fakes", __name__)
