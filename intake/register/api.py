"""The public interface for machines, version 1: open to every site, it changes nothing."""

import json
from typing import Any

from flask import Blueprint, Response, abort, jsonify, request, url_for

from intake.refusals import Refused, Unseen, marked
from intake.register import check, queries
from intake.web import access

room = Blueprint("api", __name__, url_prefix="/api/v1")
BODY = 64 * 1024


class BadQuery(Refused):
    """A query that cannot be answered as it stands."""

    status = 422
    sentence = marked("Send a text of at most 2,048 characters as q.")


class BadQueries(Refused):
    """A batch that cannot be answered as it stands."""

    status = 422
    sentence = marked(
        "Send an object with queries: a list of at most 100 texts of at most 2,048 characters."
    )


@room.after_request
def allow_json(response: Response) -> Response:
    """Let pages of other sites send JSON: a browser asks for leave first."""
    if request.method == "OPTIONS":
        response.headers["Access-Control-Allow-Headers"] = "Content-Type"
        response.headers["Access-Control-Allow-Methods"] = "GET, HEAD, OPTIONS, POST"
    return response


@room.get("/profiles")
@access.public(access.FRESH, cross_origin=True)
def profiles() -> Any:
    """The list of official profiles, a page at a time: `next` and `previous` lead on;
    `near`: none has the very words that were asked for."""
    if len(request.args.get("q", "")) > check.LONGEST:
        raise BadQuery
    filters = queries.Filters.of(request.args)
    listing = queries.listing(
        filters, after=request.args.get("after", ""), before=request.args.get("before", "")
    )
    return jsonify(
        profiles=[entry.as_json() for entry in listing.entries],
        next=_page(filters, after=listing.after),
        previous=_page(filters, before=listing.before),
        near=listing.is_near,
    )


def _page(filters: queries.Filters, **cursor: str | None) -> str | None:
    if not all(cursor.values()):
        return None
    values: dict[str, Any] = {**filters.active, **cursor}
    return url_for("api.profiles", **values)


@room.get("/profiles/<slug>")
@access.public(access.FRESH, cross_origin=True)
def profile(slug: str) -> Any:
    """One listed profile; a closed expert's is not here (E5)."""
    entry = queries.by_slug(slug)
    if entry.is_anonymous:
        raise Unseen
    return jsonify(entry.as_whole_json())


@room.get("/check")
@access.public(access.FRESH, cross_origin=True)
def check_one() -> Any:
    """The verdict on one text."""
    text = check.asked(request.args).get("q")
    if text is None or len(text) > check.LONGEST:
        raise BadQuery
    return jsonify(check.answer(text, queries.known()).as_json())


@room.post("/check")
@access.public(access.FRESH, cross_origin=True, limit=BODY)
def check_many() -> Any:
    """The verdicts on up to a hundred texts, in their order."""
    if request.mimetype != "application/json" or request.content_encoding:
        abort(415)
    try:
        content = json.loads(request.get_data())
    except (ValueError, RecursionError):
        abort(400)
    texts = _texts(content)
    return jsonify(results=[line.as_json() for line in check.answers(texts, queries.known())])


def _texts(content: Any) -> list[str]:
    texts = content.get("queries") if isinstance(content, dict) else None
    if not isinstance(texts, list) or len(texts) > check.MOST:
        raise BadQueries
    if not all(isinstance(text, str) and len(text) <= check.LONGEST for text in texts):
        raise BadQueries
    return texts
