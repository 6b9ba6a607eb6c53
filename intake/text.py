"""One normal form of what people type."""


def clean(text: str) -> str:
    """One normal form of what was typed: LF line ends, no NUL, no half characters."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "\ufffd")
    return text.encode("utf-8", "replace").decode() if not _encodable(text) else text


def _encodable(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True
