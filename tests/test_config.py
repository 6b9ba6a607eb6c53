"""The operator's settings, keys, and what may not meet the public."""

import pytest

from intake import config, create_app
from intake.config import BadSettings
from intake.security import keys


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


PRODUCTION = {"BASE_URL": "https://profiilit.savonkoski.example"}


@pytest.mark.parametrize(
    "given",
    [
        {"BASE_URL": "savonkoski"},
        {"BASE_URL": "https://x:y"},
        {"BASE_URL": "http://profiilit.savonkoski.example"},
        {"BASE_URL": "https://www.savonkoski.example/profiilit"},
        {**PRODUCTION, "LIMITS": "off"},
        {**PRODUCTION, "ARGON2_COST": "test"},
        {"LIMITS": "maybe"},
        {"JOBS": "true"},
        {"LOG_LEVEL": "loud"},
        {"LIMITS_STORAGE": "nowhere://"},
        {"PROXY_HOPS": "-1"},
        {"PROXY_HOPS": "one"},
        {"MAIL_FROM": "viestinta"},
        {"MAIL_URL": "mail.savonkoski.example"},
        {"MAIL_URL": "http://mail.savonkoski.example"},
        {"DATABASE_URL": "mysql://x"},
        {"DATABASE_URL": "nonsense"},
    ],
)
def test_a48_what_is_unsafe_or_cannot_work_does_not_start(tmp_path, given):
    with pytest.raises(BadSettings, match=f"INTAKE_{[*given][-1]}"):
        create_app(given, tmp_path)


def test_a48_the_debugger_does_not_start_in_production(tmp_path, monkeypatch):
    monkeypatch.setenv("FLASK_DEBUG", "1")
    with pytest.raises(BadSettings, match="FLASK_DEBUG"):
        create_app(PRODUCTION, tmp_path)


def test_all_that_is_wrong_is_said_at_once(tmp_path):
    with pytest.raises(BadSettings) as refusal:
        create_app({"BASE_URL": "x", "LIMITS": "x", "PROXY_HOPS": "x"}, tmp_path)
    assert len(refusal.value.message.splitlines()) == 3


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("INTAKE_BASE_ULR", "Perhaps INTAKE_BASE_URL was meant."),
        ("INTAKE_MAIL_URL_FIL", "Perhaps INTAKE_MAIL_URL_FILE was meant."),
        ("INTAKE_QQQQQQQQQ", "is no setting.$"),
    ],
)
def test_what_is_no_setting_is_named_with_the_nearest(tmp_path, monkeypatch, name, hint):
    monkeypatch.setenv(name, "x")
    with pytest.raises(BadSettings, match=hint):
        config.load(tmp_path)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ('mail_form = "x"', "settings.toml: mail_form is no setting. Perhaps mail_from was meant."),
        ("mail_from = tiukka-salasana", "settings.toml is not valid TOML."),
        ("mail_from = '\udcff'", "settings.toml is not written in UTF-8."),
    ],
)
def test_settings_that_cannot_be_read_are_named(tmp_path, content, said):
    (tmp_path / "settings.toml").write_bytes(content.encode(errors="surrogateescape"))
    with pytest.raises(BadSettings) as refusal:
        config.load(tmp_path)
    assert refusal.value.message.endswith(said)
    assert "salasana" not in refusal.value.message


def test_a_file_or_folder_that_is_not_there_is_named(tmp_path, monkeypatch):
    monkeypatch.setenv("INTAKE_MAIL_URL_FILE", str(tmp_path / "gone"))
    with pytest.raises(BadSettings, match="gone cannot be used: No such file"):
        config.load(tmp_path)
    (tmp_path / "file").write_text("")
    with pytest.raises(BadSettings, match="cannot be used"):
        config.load(tmp_path / "file")


@pytest.mark.parametrize(
    "key",
    [
        "",
        "not hex",
        "7c3f" * 4,  # short
        "00" * 32,
        "deadbeef" * 8,
        bytes(range(32)).hex(),
        b"this is the secret key of a town".hex(),
    ],
)
def test_a48_a163_a_key_that_can_be_guessed_does_not_start(tmp_path, key):
    (tmp_path / "keys.toml").write_text(f'root = "{key}"\n')
    with pytest.raises(BadSettings, match=r"keys\.toml") as refusal:
        create_app({}, tmp_path)
    assert key == "" or key not in refusal.value.message


def test_a163_each_use_has_a_key_of_its_own(app):
    labels = ("session", "form", "carried", "device", "account", "backup", "settings")
    assert len({keys.derive(label) for label in labels}) == len(labels)


@pytest.mark.parametrize("host", ["0.0.0.0", "192.0.2.1", "::"])  # noqa: S104 -- what is refused
def test_an_open_door_without_tls_does_not_start(app, monkeypatch, host):
    values = dict(app.config)
    with pytest.raises(BadSettings, match="TLS_ELSEWHERE"):
        config.refuse_open_door(host, values)
    config.refuse_open_door("127.0.0.1", values)
    config.refuse_open_door(host, {**values, "TLS_ELSEWHERE": "yes"})
    config.refuse_open_door(host, {**values, "BASE_URL": "https://profiilit.savonkoski.example"})


def test_in_production_cookies_are_bound_to_host_and_tls(tmp_path):
    app = create_app({"BASE_URL": "https://profiilit.savonkoski.example"}, tmp_path)
    assert app.config["SESSION_COOKIE_NAME"] == "__Host-session"
    assert app.config["SESSION_COOKIE_SECURE"] is True
    answer = app.test_client().get("/healthz", base_url="https://profiilit.savonkoski.example")
    assert answer.headers["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains"
    with app.app_context():
        from intake.data.base import db

        db.engine.dispose()


def test_a33_a_foreign_host_is_refused(app):
    assert app.test_client().get("/", headers={"Host": "evil.example"}).status_code == 400
