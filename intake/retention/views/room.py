"""What the pages of this package share."""

from flask import Blueprint

room = Blueprint("retention", __name__)
