"""The pages of requests."""

from flask import Blueprint

room = Blueprint("establishment", __name__, url_prefix="/establishment")
