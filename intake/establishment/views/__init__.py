"""The pages of requests."""

from importlib import import_module
from importlib.util import find_spec

from flask import Blueprint

room = Blueprint("establishment", __name__, url_prefix="/establishment")

for name in ("requests", "form", "steps"):
    if find_spec(f"{__name__}.{name}"):
        import_module(f"{__name__}.{name}")
