"""Commands: `flask --app app <command>`."""

import sys
from pathlib import Path
from typing import IO

import click
from flask import Flask, current_app
from flask.cli import AppGroup

from intake import jobs, outbox, subjects, trail, translating
from intake.addresses.command import read_lines

trail_group = AppGroup("trail", help="The chain of everything that was done.")


def init_app(app: Flask) -> None:
    """Register the commands."""
    for command in (trail_group, read_address, tick, deliver, workflow, translations):
        app.cli.add_command(command)


@trail_group.command("verify")
@click.option(
    "--head", "file", type=click.File(), help="A head printed earlier and kept elsewhere."
)
def verify(file: IO[str] | None) -> None:
    """Find what was edited, removed, inserted or re-ordered."""
    anchor = None
    if file is not None:
        number, digest = file.read().split()[:2]
        anchor = (int(number), digest)
    faults = list(trail.verify(anchor))
    for line in (*faults, *trail.flags()):
        click.echo(line)
    seq, _digest = trail.head()
    click.echo(f"{seq} entries: " + ("whole" if not faults else f"{len(faults)} faults"))
    sys.exit(1 if faults else 0)


@trail_group.command("head")
def head() -> None:
    """Print the end of the chain, to be kept elsewhere."""
    seq, digest = trail.head()
    click.echo(f"{seq} {digest}")


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
    found = subjects.tracks().get(name or "")
    if found is None:
        click.echo("\n".join(subjects.tracks()))
        return
    click.echo(subjects.as_markdown(found))


@click.command("translations")
def translations() -> None:
    """Bring the catalogues up to date and say what is not translated."""
    lacking = list(translating.update(Path(str(current_app.template_folder))))
    for line in lacking:
        click.echo(line)
    click.echo(f"{len(lacking)} sentences lack a translation")
