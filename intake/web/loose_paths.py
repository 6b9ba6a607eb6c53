"""Addresses as people type them from a poster: `/Ilmoita`, `/ilmoita/`, lead to the page."""

from typing import Any

from flask import Flask, current_app, redirect, request, url_for
from werkzeug.exceptions import HTTPException, NotFound


def init_app(app: Flask) -> None:
    """Look again where nothing was found."""
    app.before_request(_meant)


def _meant() -> Any:
    """A way to what an address without its last slashes names; in small letters too where no
    part of it is a name or a secret."""
    if request.method != "GET" or not isinstance(request.routing_exception, NotFound):
        return None
    plain = request.path.rstrip("/")
    for path, is_folded in ((plain, False), (plain.lower(), True)):
        if path == request.path:
            continue
        try:
            endpoint, values = current_app.url_map.bind("").match(path, method="GET")
        except HTTPException:
            continue
        if not (is_folded and values):
            query = request.args.to_dict(flat=False)
            return redirect(url_for(endpoint, **{**query, **values}))
    return None
