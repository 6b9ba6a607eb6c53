"""Keys for single uses, derived from the root key by label: none is stored."""

import hashlib
import hmac
import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from typing import Any

from flask import current_app


def derive(label: str, root: bytes | None = None) -> bytes:
    """The 256-bit key for one use, such as "form" or "session", from our own root or another."""
    return hmac.digest(root or current_app.config["ROOT_KEY"], label.encode(), "sha256")


def keyed_hash(label: str, text: str, root: bytes | None = None) -> str:
    """HMAC-SHA-256 of a text under the key of that label, in hex."""
    return hmac.new(derive(label, root), text.encode(), hashlib.sha256).hexdigest()


def seal(label: str, data: dict[str, Any]) -> str:
    """Sign a small JSON object so that it can travel through a form."""
    body = urlsafe_b64encode(json.dumps(data, separators=(",", ":")).encode()).decode().rstrip("=")
    return f"{body}.{keyed_hash(label, body)[:43]}"


def unseal(label: str, text: str) -> dict[str, Any] | None:
    """What was sealed, or None where the text is not ours."""
    body, _, signature = text.partition(".")
    if not hmac.compare_digest(keyed_hash(label, body)[:43].encode(), signature.encode()):
        return None
    data: dict[str, Any] = json.loads(urlsafe_b64decode(body + "=" * (-len(body) % 4)))
    return data
