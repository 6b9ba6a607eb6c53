"""Keys for single uses, derived from the root key by label: none is stored."""

import hashlib
import hmac
from typing import Any

from flask import current_app
from itsdangerous import BadData, URLSafeSerializer


def derive(label: str, root: bytes | None = None) -> bytes:
    """The 256-bit key for one use, such as "form" or "session", from our own root or another."""
    return hmac.digest(root or current_app.config["ROOT_KEY"], label.encode(), "sha256")


def keyed_hash(label: str, text: str, root: bytes | None = None) -> str:
    """HMAC-SHA-256 of a text under the key of that label, in hex."""
    return hmac.new(derive(label, root), text.encode(), hashlib.sha256).hexdigest()


def signed(label: str, data: dict[str, Any]) -> str:
    """A small JSON object, signed so that it can travel through a form or a cookie."""
    return _signer(label).dumps(data)


def verified(label: str, text: str) -> dict[str, Any] | None:
    """What was signed under a label, or None where the text is not ours."""
    try:
        data: dict[str, Any] = _signer(label).loads(text)
    except BadData:
        return None
    return data


def _signer(label: str) -> URLSafeSerializer:
    how = {"key_derivation": "hmac", "digest_method": hashlib.sha256}
    return URLSafeSerializer(derive(label), signer_kwargs=how)
