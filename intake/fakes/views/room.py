"""What the pages of this room share."""

from flask import Blueprint

room = Blueprint("fakes", __name__)
