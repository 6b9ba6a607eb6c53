"""The room's blueprint."""

from flask import Blueprint

room = Blueprint("people", __name__)
