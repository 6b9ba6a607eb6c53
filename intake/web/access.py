"""Who may open a page: one decorator for each view, and silence means no.

This is mechanism only. What a person may do to a subject is decided by the parties of its
workflow; what they may see by the room's `visible_to`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar
from urllib.parse import urlsplit

from flask import Flask, Request, Response, abort, current_app, request
from flask_login import current_user
from werkzeug.datastructures import ImmutableMultiDict, iter_multi_items
from werkzeug.exceptions import HTTPException

from intake import ports
from intake.text import clean

View = TypeVar("View", bound=Callable[..., Any])
NO_STORE = "no-store"
FRESH = "public, no-cache"  # shown at once when it changes, cheap by ETag
SHORT = "public, max-age=60"
FOREVER = "public, max-age=31536000, immutable"
FORMS = ("", "application/x-www-form-urlencoded", "multipart/form-data")
MOST = 256 * 1024  # bytes of the words of an ordinary form
SAME_ORIGIN = "same-origin"
UNSEEN = "no-referrer"  # pages whose own address is a secret

CONTENT_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "form-action 'self'; frame-ancestors 'none'; base-uri 'none'; object-src 'none'; "
    "require-trusted-types-for 'script'; trusted-types 'none'; report-uri /csp-report"
)
INERT = "default-src 'none'; sandbox"  # what somebody handed in: shown, but nothing of it acts

DRESS = {  # what every answer wears
    "Content-Security-Policy": CONTENT_POLICY,
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": (
        "camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=()"
    ),
    "X-Frame-Options": "DENY",
}


@dataclass(frozen=True)
class Access:
    """Who may open a view: `public`, any of `roles`, or (no roles) everybody signed in."""

    public: bool = False
    roles: tuple[str, ...] = ()
    cache: str = NO_STORE
    cross_origin: bool = False  # readable and postable from other sites: the public API
    limit: int = MOST
    files: int = 0
    referrer: str = SAME_ORIGIN
    alike: bool = False  # the same bytes for everybody: may be kept and given again
    policy: str = CONTENT_POLICY
    cookies: bool = True  # may the answer keep anything in the browser

    def most(self, mimetype: str) -> int:
        """Bytes of body that a view takes of a form of this kind."""
        return self.limit + (self.files if mimetype == "multipart/form-data" else 0)

    def __str__(self) -> str:
        return "anyone" if self.public else ", ".join(self.roles) or "staff"


def _mark(access: Access) -> Callable[[View], View]:
    def decorate(view: View) -> View:
        view.access = access  # type: ignore[attr-defined]
        return view

    return decorate


def public(
    cache: str = NO_STORE,
    *,
    cross_origin: bool = False,
    limit: int = MOST,
    files: int = 0,
    referrer: str = SAME_ORIGIN,
    alike: bool = False,
    cookies: bool = True,
) -> Callable[[View], View]:
    """Anyone, signed in or not; what caches may hold is `alike` for everybody. Without `cookies`
    neither language nor session is kept in the browser; `limit` and `files` as in `roles`."""
    return _mark(
        Access(
            public=True,
            cache=cache,
            cross_origin=cross_origin,
            limit=limit,
            files=files,
            referrer=referrer,
            alike=alike or cache in (FRESH, SHORT),
            cookies=cookies,
        )
    )


def staff(view: View) -> View:
    """Every active person who is signed in."""
    return _mark(Access())(view)


def roles(
    *names: str,
    limit: int = MOST,
    files: int = 0,
    referrer: str = SAME_ORIGIN,
    policy: str = CONTENT_POLICY,
) -> Callable[[View], View]:
    """Holders of one of the roles today; `limit` in bytes of a form's words and `files` of what
    comes with them; `policy` where an answer is no page of ours."""
    return _mark(Access(roles=names, limit=limit, files=files, referrer=referrer, policy=policy))


def of(endpoint: str | None) -> Access | None:
    """What the view of an endpoint declares."""
    view = current_app.view_functions.get(endpoint or "")
    found: Access | None = getattr(view, "access", None)
    return found


def most(app: Flask, path: str, method: str, mimetype: str) -> int:
    """Bytes of body that whatever answers at a path takes, known before any of it is read."""
    try:
        endpoint, _values = app.url_map.bind("").match(path, method)
    except HTTPException:  # nothing is there: its page takes nothing
        return MOST
    declared: Access = getattr(app.view_functions[endpoint], "access", Access())
    return declared.most(mimetype)


def may_set_cookies() -> bool:
    """May this answer keep anything in the browser?"""
    declared = of(request.endpoint)
    return declared is None or declared.cookies


class Sent(ImmutableMultiDict[str, Any]):
    """Query and fields as sent, cleaned here once, before anything reads them (A102)."""

    def __init__(self, mapping: Any = None) -> None:
        super().__init__(
            [
                (clean(name), clean(value) if isinstance(value, str) else value)
                for name, value in iter_multi_items(mapping or ())
                if isinstance(name, str)  # a part of a form may come without a name
            ]
        )


class CleanRequest(Request):
    """A request in which no text holds what a database would not take.

    To the views a HEAD is the GET whose head it asks for: the body is left out on the way out.
    """

    parameter_storage_class = Sent

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.method == "HEAD":
            self.method = "GET"


def init_app(app: Flask) -> None:
    """Clean and guard every request and dress every answer."""
    app.request_class = CleanRequest
    public(SHORT)(app.view_functions["static"])
    app.before_request(_guard)
    app.after_request(_dress)


def _guard() -> Any:
    if "\x00" in request.path:  # nothing has such a name
        abort(404)
    if request.endpoint is None:  # no such page, or not this method: the error page says so
        return None
    access = of(request.endpoint)
    if access is None:
        abort(403)
    request.max_content_length = access.most(request.mimetype)
    request.max_form_memory_size = access.limit  # of one text: files lie on disk, words in memory
    request.max_form_parts = 250
    if request.method == "POST" and not access.cross_origin:
        _refuse_foreign_form(access)
    if access.public:
        return None
    if not current_user.is_authenticated:
        return ports.here().ask_to_sign_in()
    if access.roles and not current_user.roles & set(access.roles):
        abort(403)
    return None


def _refuse_foreign_form(access: Access) -> None:
    """Forms come from our own pages, and as forms: JSON where a form is due is no form."""
    if not _same_origin(access):
        abort(403)
    if request.mimetype not in FORMS or request.content_encoding:
        abort(415)


def _same_origin(access: Access) -> bool:
    """No browser lies in these headers; where both are missing, the form token decides.

    Browsers that do not know the first (Safari before 16.4) call the origin of a form `null` where
    its page sends no referrer: there `null` says as little as nothing.
    """
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site in ("same-origin", "none")
    origin = request.headers.get("Origin")
    if origin is None or (origin == "null" and access.referrer == UNSEEN):
        return True
    ours = urlsplit(request.host_url)
    return origin == f"{ours.scheme}://{ours.netloc}"


def _dress(response: Response) -> Response:
    access = of(request.endpoint)
    cache = access.cache if access and response.status_code < 400 else NO_STORE
    headers = response.headers
    headers.update(DRESS)
    if access and response.status_code == 200:
        headers["Content-Security-Policy"] = access.policy
    # the form of signing in, shown in the place of a page, goes where an origin must be told
    own_page = access is not None and response.status_code != 401
    headers["Referrer-Policy"] = access.referrer if access and own_page else SAME_ORIGIN
    shared = access is not None and access.cross_origin
    headers["Cross-Origin-Resource-Policy"] = "cross-origin" if shared else "same-origin"
    if shared:
        headers["Access-Control-Allow-Origin"] = "*"
    headers["Cache-Control"] = cache
    if current_app.config["BASE_URL"].startswith("https://"):
        headers["Strict-Transport-Security"] = "max-age=31536000; includeSubDomains"
    if cache in (FRESH, SHORT):
        response.vary.update(["Accept-Language", "Cookie"])  # the language is chosen by them
    if cache == FRESH:
        _tag(response)
    return response


def _tag(response: Response) -> None:
    if response.status_code == 200 and not response.direct_passthrough:
        response.add_etag()
        response.make_conditional(request)
