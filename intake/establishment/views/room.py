"""The address under which every page of requests lies."""

from flask import Blueprint

room = Blueprint("establishment", "intake.establishment.views", url_prefix="/establishment")
