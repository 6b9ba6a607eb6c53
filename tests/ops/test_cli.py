"""The commands of the operator."""

import re

from sqlalchemy import text

from intake.data.base import db
from intake.data.write import write
from tests.establishment.making import make_request
from tests.faults import unguard_trail


def run(app, *arguments, **kwargs):
    """Run a command in a context of its own."""
    return app.test_cli_runner().invoke(args=arguments, **kwargs)


def test_trail_head_and_verify(app, cast, tmp_path):
    make_request(cast)
    head = run(app, "trail", "head").output
    number, digest = head.split()
    assert int(number) > 0
    assert len(digest) == 64
    kept = tmp_path / "head"
    kept.write_text(head)
    found = run(app, "trail", "verify", "--head", str(kept))
    assert found.exit_code == 0
    assert re.fullmatch(rf"{number} entries, [1-9]\d+ rows: whole\n", found.output)


def test_a122_without_a_head_from_elsewhere_it_says_what_it_cannot_tell(app, cast):
    make_request(cast)
    found = run(app, "trail", "verify")
    assert found.exit_code == 0
    assert found.output.startswith("No head from elsewhere was given")


def test_trail_verify_names_what_was_changed(app, cast, tmp_path):
    make_request(cast)
    kept = tmp_path / "head"
    kept.write_text(run(app, "trail", "head").output)
    unguard_trail()
    with write():
        db.session.execute(text("UPDATE trail SET step = 'x' WHERE seq = 2"))
    found = run(app, "trail", "verify", "--head", str(kept))
    assert found.exit_code == 1
    assert "entry 2: was changed" in found.output


def test_tick_and_deliver(app, cast):
    assert "deadlines" in run(app, "tick").output
    assert run(app, "tick").output == "nothing was due\n"
    assert "no mail server is set" in run(app, "deliver").output
    app.config["MAIL_URL"] = "smtp://127.0.0.1:9"
    assert run(app, "deliver").output == "0 sent\n"


def test_a_workflow_is_printed(app):
    names = run(app, "workflow").output.split()
    assert names[:2] == ["grant", "profile"]
    assert set(names) >= {"request", "case", "police", "alarm", "change", "presence"}
    table = run(app, "workflow", "request").output
    assert "| `submit` | `draft`, `returned` | `submitted` |" in table


def test_read_address_reads_lines(app):
    given = "instagram.com/savonkoski\n\n\xff\n".encode("latin-1")
    output = run(app, "read-address", input=given).output.splitlines()
    assert len(output) == 2
    assert '"keys": ["instagram:handle:savonkoski"]' in output[0]


def test_translations_are_brought_up_to_date_without_loss(app):
    from intake.web import catalogues

    before = {code: catalogues.joined(code) for code in catalogues.TRANSLATED}
    assert run(app, "translations").output == "0 sentences lack a translation\n"
    for code, catalogue in before.items():
        after = catalogues.joined(code)
        assert {message.id: message.string for message in after} == {
            message.id: message.string for message in catalogue
        }
