"""Every address of the application and what it reads of a query: found, not listed, so that a new
page is in the sweeps by itself."""

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from flask import Flask, request
from werkzeug.routing import Rule

from intake.web import access
from tests.access_table import WHO, rows
from tests.scene import Scene

PART = re.compile(r"<(?:\w+(?:\([^)]*\))?:)?(\w+)>")


def rules(app: Flask, method: str) -> list[Rule]:
    """The rules that take a method."""
    return [rule for rule in app.url_map.iter_rules() if method in rule.methods]


def declared(app: Flask, endpoint: str) -> access.Access:
    """What a view says of who may open it."""
    return app.view_functions[endpoint].access


def pages(scene: Scene) -> list[tuple[str, str]]:
    """(who, address) of every page: a first reader for each rule and kind of access."""
    kinds = {
        (endpoint, signs): (WHO[signs.index(".")], path.format_map(scene.ids))
        for endpoint, path, signs in rows()
        if "." in signs
    }
    found = list(kinds.values())
    plain = [
        rule.rule
        for rule in rules(scene.app, "GET")
        if not rule.arguments and not declared(scene.app, rule.endpoint).roles
    ]
    found += [("requester", path) for path in plain]
    found += [("nobody", path) for path in plain]
    found += [("nobody", "/check?q=nuoret.active&lang=sv"), ("nobody", "/api/v1/check?q=nuoret")]
    found += [("keeper", "/profiles?q=nuoriso"), ("keeper", "/establishment?q=nuoriso&after=x")]
    return found


def asking(scene: Scene) -> list[tuple[str, str, tuple[str, ...]]]:
    """(who, path, names) of every page that reads fields of its query, once for each rule."""
    match = scene.app.url_map.bind("").match
    found: dict[str, tuple[str, str, tuple[str, ...]]] = {}
    for who, address in pages(scene):
        path = address.split("?")[0]
        endpoint = match(path)[0]
        with _noted() as names:
            scene.clients[who].get(address)
        wanted = tuple(sorted(names - {"lang", "csrf_token"}))
        if wanted and (endpoint not in found or who == "keeper"):
            found[endpoint] = (who, path, wanted)
    return [*found.values(), ("nobody", "/sign-in", ("lang", "next"))]


@contextmanager
def _noted() -> Iterator[set[str]]:
    """The names that are asked of the query meanwhile."""
    names: set[str] = set()
    kept = {name: getattr(access.Sent, name) for name in ("get", "getlist", "__getitem__")}
    kept["__contains__"] = access.Sent.__contains__

    def noting(real):
        def asks(self, key, *rest, **more):
            if request and self is request.args:
                names.add(key)
            return real(self, key, *rest, **more)

        return asks

    for name, real in kept.items():
        setattr(access.Sent, name, noting(real))
    try:
        yield names
    finally:
        for name in kept:
            delattr(access.Sent, name)


def ones(scene: Scene) -> list[tuple[str, str]]:
    """(who, path with {} in the place of one part) of every rule that names a thing."""
    adapter = scene.app.url_map.bind("")
    found = {("nobody", "/{}"): None, ("nobody", "/static/{}"): None}
    for endpoint, path, signs in rows():
        who = WHO[signs.index(".")] if "." in signs else "keeper"
        address = path.format_map(scene.ids).split("?")[0]
        rule, values = adapter.match(address, return_rule=True)
        found |= {
            (endpoint, part): (who, _hollow(rule.rule, values, part))
            for part in values
            if part in rule.arguments - set(rule.defaults or ()) and (endpoint, part) not in found
        }
    return [one or key for key, one in found.items()]


def _hollow(rule: str, values: Mapping[str, object], part: str) -> str:
    """The path of a rule with {} in the place of one part."""
    return PART.sub(lambda name: "{}" if name[1] == part else str(values[name[1]]), rule)
