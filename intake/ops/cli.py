"""Commands: `flask --app app <command>`."""

import sys
from pathlib import Path
from typing import IO

import click
from flask import Flask, current_app
from flask.cli import AppGroup

from intake import clock, config, logs
from intake.addresses.command import read_lines
from intake.data import full_text
from intake.data.write import write
from intake.engine import audit_trail, jobs, outbox, replay, tracks
from intake.engine.table import CLOCK
from intake.fakes import reporter
from intake.ops import backup as backing_up
from intake.ops import doctor, health, sqlite_to_postgres
from intake.security import field_encryption
from intake.web import catalogues

keys_group = AppGroup("keys", help="The keys that single fields are sealed with.")
search_group = AppGroup("search", help="What lists are searched by.")
trail_group = AppGroup("trail", help="The chain of everything that was done.")


def init_app(app: Flask) -> None:
    """Register the commands."""
    with app.app_context():
        backing_up.tell_history()
    for command in COMMANDS:
        app.cli.add_command(command)


@trail_group.command("verify")
@click.option(
    "--head", "file", type=click.File(), help="A head printed earlier and kept elsewhere."
)
def verify(file: IO[str] | None) -> None:
    """Find what was edited, removed, inserted or re-ordered, in the trail and in what it tells of:
    addresses, states, marks, roles, work addresses, settings."""
    if said := health.database():
        raise config.NotStarted(f"{said[0].upper()}{said[1:]}: start the server once.")
    found = replay.examine(_anchor(file))
    for line in (*found.faults, *found.flags):
        click.echo(logs.visible(line))
    if file is None:
        click.echo("No head from elsewhere was given: a cut end cannot be told from a whole one.")
    erased = f", the words of {found.erased} erased" if found.erased else ""
    verdict = f"{len(found.faults)} faults" if found.faults else "whole"
    click.echo(f"{found.entries} entries{erased}, {found.rows} rows: {verdict}")
    sys.exit(1 if found.faults else 0)


def _anchor(file: IO[str] | None) -> tuple[int, str] | None:
    """A head as `flask trail head` prints it."""
    if file is None:
        return None
    found = file.read().split()
    if len(found) < 2 or not found[0].isdecimal():
        raise click.UsageError("--head: a line printed by `flask trail head` is needed.")
    return int(found[0]), found[1]


@trail_group.command("head")
def head() -> None:
    """Print the end of the chain, to be kept elsewhere."""
    seq, digest = audit_trail.head()
    click.echo(f"{seq} {digest}")


@keys_group.command("rotate-fields")
def rotate_fields() -> None:
    """Seal contact data under a new key, while servers run; the older keys only open."""
    field_encryption.add_key()
    rows = reporter.seal_again()
    with write():
        facts = {"rows": rows}
        about = backing_up.Installation()
        audit_trail.record(CLOCK, clock.now(), about, "installation", "rotate_fields", facts=facts)
    click.echo(f"{rows} rows are sealed under the new key. Back up {config.KEYS} now.")


@search_group.command("rebuild")
def rebuild() -> None:
    """Describe everything anew that can be searched, while servers run; what is gone is found no
    more."""
    for name, number in full_text.rebuild().items():
        click.echo(f"{name}: {number}")


@click.command("read-address")
def read_address() -> None:
    """Read profile addresses from standard input; one JSON object for each line."""
    read_lines(sys.stdin.buffer, sys.stdout)


@click.command("tick")
def tick() -> None:
    """Run the jobs that are due."""
    click.echo(", ".join(jobs.tick()) or "nothing was due")


@click.command("deliver")
def deliver() -> None:
    """Send the messages that are due."""
    if not current_app.config["MAIL_URL"]:
        click.echo("no mail server is set (INTAKE_MAIL_URL): messages are kept")
        return
    click.echo(f"{outbox.deliver()} sent")


@click.command("workflow")
@click.argument("name", required=False)
def workflow(name: str | None) -> None:
    """Print a workflow's table, or the names of all."""
    found = tracks.tracks().get(name or "")
    if found is None:
        click.echo("\n".join(tracks.tracks()))
        return
    click.echo(tracks.as_markdown(found))


@click.command("translations")
def translations() -> None:
    """Bring the catalogues up to date and say what is not translated."""
    lacking = list(catalogues.update(Path(str(current_app.template_folder))))
    for line in lacking:
        click.echo(line)
    click.echo(f"{len(lacking)} sentences lack a translation")


@click.command("doctor")
@click.option("--mail", "address", metavar="ADDRESS", help="Also send a test message there.")
def examine(address: str | None) -> None:
    """Check the installation; exit code 1 where something is BAD."""
    now = clock.now()
    found = [*doctor.examine(now), *([doctor.send_to(address, now)] if address else [])]
    for finding in found:
        click.echo(logs.visible(str(finding)))
    sys.exit(any(finding.level == "BAD" for finding in found))


FOLDER = click.Path(file_okay=False, path_type=Path)


@click.command("backup")
@click.argument("folder", type=FOLDER)
@click.option("--keys", type=FOLDER, help="Where keys and settings go; else into the backup.")
@click.option("--keep", type=click.IntRange(1), help="How many backups stay in FOLDER.")
def backup(folder: Path, keys: Path | None, keep: int | None) -> None:
    """Back up the embedded installation into a new folder below FOLDER, while it runs."""
    click.echo(backing_up.back_up(folder, keys, keep, clock.now()))


@click.command("restore")
@click.argument("folder", type=FOLDER)
@click.option("--keys", type=FOLDER, help="Where keys and settings lie; else in the backup.")
@click.option("--head", "file", type=click.File(), help="A newer head of the trail.")
def restore(folder: Path, keys: Path | None, file: IO[str] | None) -> None:
    """Restore a backup into an empty instance."""
    for line in backing_up.restore(folder, keys, _anchor(file), clock.now()):
        click.echo(line)


@click.command("take-over")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
def take_over(file: Path) -> None:
    """Copy an embedded database FILE into the empty PostgreSQL that is set."""
    click.echo(
        f"{sqlite_to_postgres.take_over(file)} rows are here now. Keep {file.name} for a while."
    )


COMMANDS = (
    trail_group,
    keys_group,
    search_group,
    read_address,
    tick,
    deliver,
    workflow,
    translations,
    examine,
    backup,
    restore,
    take_over,
)
