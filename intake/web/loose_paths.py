"""Addresses as people type them from a poster: `/Ilmoita`, `/ilmoita/`, lead to the page."""

from typing import Any

from flask import Flask, current_app, redirect, request, url_for
from werkzeug.exceptions import HTTPException, NotFound


def init_app(app: Flask) -> None:
    """Look again where nothing was found."""
    app.before_request(_meant)


def _meant() -> Any:
    """A way to the page that an address names without its last slashes, and in small letters:
    to pages alone whose address holds no name and no secret."""
    if request.method != "GET" or not isinstance(request.routing_exception, NotFound):
        return None
    plain = request.path.rstrip("/")
    try:
        endpoint, values = current_app.url_map.bind("").match(plain.lower(), method="GET")
    except HTTPException:
        return None
    if values:
        return None
    asked: dict[str, Any] = request.args.to_dict(flat=False)
    return redirect(url_for(endpoint, **asked))
