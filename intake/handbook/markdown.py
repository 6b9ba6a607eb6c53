"""Markdown for readers: none of the writer's HTML, few elements, links that lead to no harm."""

import re
from dataclasses import dataclass

import nh3
from markdown_it import MarkdownIt
from markdown_it.token import Token
from markupsafe import Markup

PARSER = MarkdownIt("commonmark", {"html": False})
HEADINGS = {"h2", "h3", "h4"}
ELEMENTS = HEADINGS | {
    *("p", "ul", "ol", "li", "blockquote", "strong", "em", "a", "code", "pre", "hr", "br")
}
SCHEMES = {"http", "https", "mailto"}
WAYS = re.compile(r"https?://|mailto:|#|/(?![/\\])", re.IGNORECASE)


@dataclass(frozen=True)
class Heading:
    """A heading of a text: 2 is the highest level, as the page itself has the first."""

    level: int
    id: str
    text: str


@dataclass(frozen=True)
class Rendered:
    """A text as HTML, and its headings in order."""

    html: Markup
    headings: list[Heading]

    @property
    def contents(self) -> list[tuple[Heading, list[Heading]]]:
        """Each highest heading with those of the next level below it."""
        found: list[tuple[Heading, list[Heading]]] = []
        for heading in self.headings:
            if heading.level == 2 or not found:
                found.append((heading, []))
            elif heading.level == 3:
                found[-1][1].append(heading)
        return found


def render(text: str, prefix: str = "section") -> Rendered:
    """Markdown as HTML that is safe to show (A27); `prefix` begins the ids of its headings."""
    tokens = PARSER.parse(text)
    headings = [
        _number(tokens, place, f"{prefix}-{number}")
        for number, place in enumerate(_headings(tokens), start=1)
    ]
    dirty = PARSER.renderer.render(tokens, PARSER.options, {})
    clean = nh3.clean(
        dirty,
        tags=ELEMENTS,
        attributes={"a": {"href"}, **{tag: {"id"} for tag in HEADINGS}},
        attribute_filter=_only_our_ways,
        url_schemes=SCHEMES,
        link_rel="noopener noreferrer",
    )
    return Rendered(Markup(clean), headings)  # noqa: S704 -- cleaned in the line above


def _headings(tokens: list[Token]) -> list[int]:
    return [place for place, token in enumerate(tokens) if token.type == "heading_open"]


def _number(tokens: list[Token], place: int, id: str) -> Heading:
    level = min(max(int(tokens[place].tag[1]), 2), 4)
    tokens[place].tag = tokens[place + 2].tag = f"h{level}"
    tokens[place].attrSet("id", id)
    return Heading(level, id, _words(tokens[place + 1]))


def _words(inline: Token) -> str:
    return "".join(child.content for child in inline.children or [])


def _only_our_ways(tag: str, attribute: str, value: str) -> str | None:
    """A link has a scheme of ours, or is a path or a place on this site: `//evil` is neither."""
    astray = tag == "a" and attribute == "href" and not WAYS.match(value)
    return None if astray else value


def news(old: str, new: str) -> str:
    """The paragraphs of a text that an older one does not have, as Markdown."""
    known = {_on_one_line(block) for block in _blocks(old)}
    return "\n\n".join(block for block in _blocks(new) if _on_one_line(block) not in known)


def _blocks(text: str) -> list[str]:
    return [block for block in re.split(r"\n\s*\n", text.strip()) if block]


def _on_one_line(block: str) -> str:
    return " ".join(block.split())
