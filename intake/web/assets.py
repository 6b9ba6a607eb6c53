"""Stylesheet, script and icons, each at an address that changes with its content."""

import gzip
import hashlib
from dataclasses import dataclass
from pathlib import Path

from flask import Flask, Response, abort, request

from intake import ports
from intake.web import access

STATIC = Path(__file__).parent.parent / "static"
SHEETS = ("tokens", "base", "layout", "components", "lists", "forms", "print")
TYPES = {
    "site.css": "text/css; charset=utf-8",
    "site.js": "text/javascript; charset=utf-8",
    "proof.js": "text/javascript; charset=utf-8",
    "receipt.js": "text/javascript; charset=utf-8",
    "icons.svg": "image/svg+xml",
}


@dataclass(frozen=True)
class Asset:
    """The content of one file as it is served."""

    body: bytes
    packed: bytes
    version: str


def init_app(app: Flask) -> None:
    """Read the files once, serve them, and give templates `asset(name)`."""
    ports.of(app).assets = {name: _read(name) for name in TYPES}
    names = ", ".join(f"'{name}'" for name in TYPES)
    app.add_url_rule(f"/<any({names}):name>", "asset", serve)
    app.jinja_env.globals["asset"] = asset


def _read(name: str) -> Asset:
    files = [STATIC / name]
    if name == "site.css":
        files = [STATIC / "css" / f"{sheet}.css" for sheet in SHEETS]
    body = b"".join(file.read_bytes() for file in files)
    return Asset(body, gzip.compress(body, mtime=0), hashlib.sha256(body).hexdigest()[:16])


def asset(name: str) -> str:
    """The address of a file as it is now; raises KeyError where there is none of that name."""
    return f"{request.script_root}/{name}?v={ports.here().assets[name].version}"


@access.public(access.FOREVER)
def serve(name: str) -> Response:
    """A file in the asked version; any other version is 404, so that none is cached as another."""
    found = ports.here().assets[name]
    if request.args.get("v") != found.version:
        abort(404)
    packed = request.accept_encodings["gzip"] > 0
    answer = Response(found.packed if packed else found.body, content_type=TYPES[name])
    if packed:
        answer.content_encoding = "gzip"
    answer.vary.add("Accept-Encoding")
    return answer
