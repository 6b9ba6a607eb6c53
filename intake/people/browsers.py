"""A browser in two words, for the list of one's sessions: nothing that was sent is kept."""

FAMILIES = (  # the first that is named decides: most browsers name those they descend from too
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser/", "Samsung Internet"),
    ("Vivaldi/", "Vivaldi"),
    ("Firefox/", "Firefox"),
    ("FxiOS/", "Firefox"),
    ("CriOS/", "Chrome"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
)
SYSTEMS = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("CrOS", "ChromeOS"),
    ("Windows", "Windows"),
    ("Macintosh", "macOS"),
    ("Linux", "Linux"),
)


def named(user_agent: str) -> str:
    """Family and system such as "Firefox, Windows"; what is not known is left out."""
    found = (
        next((name for sign, name in names if sign in user_agent), "")
        for names in (FAMILIES, SYSTEMS)
    )
    return ", ".join(name for name in found if name)
