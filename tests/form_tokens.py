"""Tokens of forms, made without asking for the page."""

import secrets

from flask import Flask

from intake import clock
from intake.security import keys


def token_of(app: Flask, person_id: str, endpoint: str, path: str, **other) -> str:
    """A token as a form of a person would carry it, but for what is named."""
    values = app.url_map.bind("").match(path.split("?")[0], method="POST")[1]
    purpose = ":".join([endpoint, *(f"{key}={values[key]}" for key in sorted(values))])
    content = {
        "for": purpose,
        "who": person_id,
        "nonce": secrets.token_hex(16),
        "at": int(clock.now().timestamp()),
    }
    return keys.seal("form", {**content, **other})
