"""The operator's settings, keys, and what may not meet the public."""

import pytest

from intake import config, create_app
from intake.config import BadSettings


def test_a_setting_comes_from_the_environment_a_file_or_its_default(tmp_path, monkeypatch):
    (tmp_path / "settings.toml").write_text('mail_from = "x@savonkoski.example"\n')
    secret = tmp_path / "url"
    secret.write_text("smtp://secret\n")
    monkeypatch.setenv("INTAKE_MAIL_URL_FILE", str(secret))
    monkeypatch.setenv("INTAKE_JOBS", "off")
    found = config.load(tmp_path)
    assert found["MAIL_FROM"] == "x@savonkoski.example"
    assert found["MAIL_URL"] == "smtp://secret"
    assert found["JOBS"] == "off"
    assert found["LIMITS"] == "on"


def test_keys_are_made_once_and_kept_from_others(tmp_path):
    first = config.root_key(tmp_path)
    assert len(first) == 32
    assert config.root_key(tmp_path) == first
    assert (tmp_path / "keys.toml").stat().st_mode & 0o077 == 0


@pytest.mark.parametrize(
    "given",
    [
        {"BASE_URL": "savonkoski"},
        {"BASE_URL": "http://profiilit.savonkoski.example"},
        {"BASE_URL": "https://profiilit.savonkoski.example", "LIMITS": "off"},
        {"BASE_URL": "https://profiilit.savonkoski.example", "ARGON2_COST": "test"},
    ],
)
def test_a48_what_is_unsafe_in_production_does_not_start(tmp_path, given):
    with pytest.raises(BadSettings, match="INTAKE_"):
        create_app(given, tmp_path)


def test_in_production_cookies_are_bound_to_host_and_tls(tmp_path):
    app = create_app({"BASE_URL": "https://profiilit.savonkoski.example"}, tmp_path)
    assert app.config["SESSION_COOKIE_NAME"] == "__Host-session"
    assert app.config["SESSION_COOKIE_SECURE"] is True
    answer = app.test_client().get("/healthz", base_url="https://profiilit.savonkoski.example")
    assert answer.headers["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains"
    with app.app_context():
        from intake.database import db

        db.engine.dispose()


def test_a33_a_foreign_host_is_refused(app):
    assert app.test_client().get("/healthz", headers={"Host": "evil.example"}).status_code == 400


def test_a40_forwarded_headers_count_only_behind_a_declared_proxy(app):
    from intake import serving

    assert serving._behind_proxies(app) is app
    app.config["PROXY_HOPS"] = "1"
    try:
        assert serving._behind_proxies(app).x_for == 1
    finally:
        app.config["PROXY_HOPS"] = "0"
