"""The headers that every answer wears, exactly."""

from werkzeug.test import TestResponse

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "form-action 'self'; frame-ancestors 'none'; base-uri 'none'; object-src 'none'; "
    "require-trusted-types-for 'script'; trusted-types 'none'; report-uri /csp-report"
)
DRESS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": (
        "camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=()"
    ),
    "X-Frame-Options": "DENY",
}
SECRET = ("people.first_start", "people.invitation", "people.new_password", "people.reset")
SECRET += ("fakes.",)  # reports, cases, and what reporters follow
SECRET += ("retention.look_up", "retention.person")  # whose data a keeper looks up
INERT = ("fakes.evidence_picture", "fakes.evidence_original")  # what somebody handed in
FRESH = ("register.", "api.")
KEPT = {
    **dict.fromkeys(
        ("well_known.favicon", "well_known.robots", "well_known.security"), "public, max-age=60"
    ),
    "handbook.guidelines": "public, max-age=60",
    "site.privacy": "public, max-age=60",
    "site.accessibility": "public, max-age=60",
    "static": "public, max-age=60",
    "asset": "public, max-age=31536000, immutable",
}


def cache_of(endpoint: str | None, status: int) -> str:
    if endpoint is None or status >= 400:
        return "no-store"
    return KEPT.get(endpoint, "public, no-cache" if endpoint.startswith(FRESH) else "no-store")


def assert_dressed(answer: TestResponse, endpoint: str | None) -> None:
    path, api = answer.request.path, (endpoint or "").startswith("api.")
    headers = answer.headers
    unseen = (endpoint or "").startswith(SECRET) and answer.status_code != 401
    referrer = "no-referrer" if unseen else "same-origin"
    dress = {**DRESS, "Referrer-Policy": referrer}
    if endpoint in INERT and answer.status_code == 200:
        dress["Content-Security-Policy"] = "default-src 'none'; sandbox"
    assert {name: headers.get(name) for name in dress} == dress, path
    assert headers["Cache-Control"] == cache_of(endpoint, answer.status_code), path
    shared = api or endpoint == "site.csp_report"
    assert headers["Cross-Origin-Resource-Policy"] == (
        "cross-origin" if shared else "same-origin"
    ), path
    assert headers.get("Access-Control-Allow-Origin") == ("*" if shared else None), path
    assert "Access-Control-Allow-Credentials" not in headers
    assert "Strict-Transport-Security" not in headers
    if headers["Cache-Control"].startswith("public"):
        assert "Set-Cookie" not in headers, path
    if answer.status_code >= 400:
        kind = "application/problem+json" if path.startswith("/api/") else "text/html"
        assert answer.mimetype == kind, path
