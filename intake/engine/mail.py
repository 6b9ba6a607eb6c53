"""Letters: one person each, plain text and HTML from the same words, over SMTP."""

import smtplib
import socket
import ssl
import threading
from contextlib import suppress
from dataclasses import dataclass
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime, parseaddr
from typing import Any
from urllib.parse import unquote, urlsplit

from flask import current_app, render_template
from flask_babel import force_locale

from intake import clock, ports
from intake.engine import tracks
from intake.security.sealed import Sealed
from intake.text import mail_sent
from intake.web import unicode_controls

TIMEOUT = 20  # seconds of silence: a slow mail server holds up only the deliverer
CUT = "the connection was cut"
WHOLE = 90  # seconds for a whole letter: less than the lease of its message


@dataclass(frozen=True)
class Outcome:
    """What came of a try: sent; else `final` (refused for good) or `uncertain` (cut after DATA)."""

    sent: bool = False
    final: bool = False
    uncertain: bool = False
    problem: str = ""


@dataclass(frozen=True)
class Letter:
    """What a reader gets: the subject, the paragraphs of the text, and both forms of the whole.
    `to` is sealed where nobody but the mail server may read it."""

    to: str
    language: str
    subject: str
    paragraphs: tuple[str, ...]
    plain: str
    html: str


def write(message: Any, reader: Any, subject: Any, *, hide_secrets: bool = False) -> Letter:
    """The letter of an outbox row in its reader's language; the template's first line is the
    subject, the rest its paragraphs. `hide_secrets` leaves out a link that opens something."""
    with force_locale(reader.language):
        context = _context(message, reader, subject)
        if hide_secrets and getattr(tracks.matter(message.track), "secret", False):
            context["link"] = f"{current_app.config['BASE_URL'].rstrip('/')}/…"
        text = render_template(f"mail/{message.template}.txt", **context).strip()
        text = ports.here().guard.masked(subject, text)
        first, _, body = text.partition("\n")
        paragraphs = tuple(part.strip() for part in body.split("\n\n") if part.strip())
        shown = {**context, "title": first, "paragraphs": paragraphs}
        return Letter(
            to=message.address or reader.email,
            language=reader.language,
            subject=unicode_controls.shown(" ".join(first.split())),
            paragraphs=paragraphs,
            plain=unicode_controls.shown(render_template("mail/letter.txt", **shown)),
            html=unicode_controls.shown_in_html(render_template("mail/letter.html", **shown)),
        )


def _context(message: Any, reader: Any, subject: Any) -> dict[str, Any]:
    matter = tracks.matter(message.track)
    path = getattr(reader, "path", "")  # where a reader who is no person goes
    if not path:
        path = matter.address(subject) if subject is not None else "/desk"
    context = {
        "message": message,
        "reader": reader,
        "subject": subject,
        "title": message.title if subject is None else matter.title(subject),
        "link": current_app.config["BASE_URL"].rstrip("/") + path,
        "duty": None,
        "event": ports.here().event(message),
        "lang": reader.language,
    }
    if isinstance(matter, tracks.Notice):
        return context | dict(matter.tells(subject, clock.now()))
    return context | _standing(matter, subject, reader)


def _standing(track: tracks.Track, subject: Any, reader: Any) -> dict[str, Any]:
    """How a subject of a track stands, and what waits for the reader."""
    state = None if subject is None else track.workflow.state_of(subject)
    tag = None if state is None else track.words.states.get(state)
    return {
        "duty": ports.here().duty(track.name, subject, reader),
        "state": tag.text if tag else "",
    }


def envelope(message_id: str, letter: Letter) -> EmailMessage:
    """The letter as it is handed to a mail server: always the same Message-ID."""
    config = current_app.config
    made = EmailMessage()
    made["Subject"] = letter.subject
    made["From"] = sender()
    to = letter.to.opened() if isinstance(letter.to, Sealed) else letter.to
    made["To"] = Address(addr_spec=mail_sent(to))  # one reader, whatever the address holds (A39)
    made["Date"] = format_datetime(clock.now())
    made["Message-ID"] = f"<{message_id}@{urlsplit(config['BASE_URL']).hostname}>"
    made["Auto-Submitted"] = "auto-generated"
    made.set_content(letter.plain)
    made.add_alternative(letter.html, subtype="html")
    made["Content-Language"] = letter.language  # after the content, which clears such headers
    return made


def sender() -> Address:
    """Who sends: the name and the address of the configuration."""
    name, address = parseaddr(current_app.config["MAIL_FROM"])
    return Address(name, addr_spec=mail_sent(address))


class _Line(smtplib.SMTP):
    """A connection that is cut when a letter takes too long, however often the server says
    something; and that knows whether the text of a letter was handed over."""

    handed_over = False
    watch: threading.Timer

    def connect(self, *where: Any, **how: Any) -> tuple[int, bytes]:
        self.watch = threading.Timer(WHOLE, self._cut)
        self.watch.daemon = True
        self.watch.start()
        try:
            return super().connect(*where, **how)
        except OSError:
            self.watch.cancel()
            raise

    def data(self, msg: Any) -> tuple[int, bytes]:
        self.handed_over = True
        return super().data(msg)

    def close(self) -> None:
        self.watch.cancel()
        super().close()

    def _cut(self) -> None:
        if self.sock is not None:
            with suppress(OSError):
                self.sock.shutdown(socket.SHUT_RDWR)


class _Tls(_Line, smtplib.SMTP_SSL):
    """The same, encrypted from its first byte."""


def send(server: str, letter: EmailMessage) -> Outcome:
    """Hand a letter to the mail server and say what came of it; never raises for the network.

    Only a refusal of the letter itself is final: a server that refuses us may be set right.
    """
    line = None
    try:
        line = connect(server)
        line.send_message(letter)
    except smtplib.SMTPRecipientsRefused as error:
        return _refusal(max(code for code, _ in error.recipients.values()))
    except smtplib.SMTPDataError as error:
        half = error.smtp_code < 400  # an answer to the text that was cut in its digits
        return Outcome(uncertain=True, problem=CUT) if half else _refusal(error.smtp_code)
    except smtplib.SMTPResponseException as error:
        return Outcome(problem=f"the mail server answered {error.smtp_code}")
    except smtplib.SMTPServerDisconnected:
        cut = line is not None and line.handed_over
        return Outcome(uncertain=cut, problem=CUT)
    except (OSError, smtplib.SMTPException) as error:
        return Outcome(problem=type(error).__name__)
    finally:
        _leave(line)
    return Outcome(sent=True)


def _leave(line: _Line | None) -> None:
    """Say good-bye; what the server answers changes nothing of what it has taken."""
    if line is not None:
        with suppress(OSError, smtplib.SMTPException):
            line.quit()
        line.close()


def _refusal(code: int) -> Outcome:
    return Outcome(final=code >= 500, problem=f"the mail server answered {code}")


def connect(address: str) -> _Line:
    """A connection to the mail server of `INTAKE_MAIL_URL`, signed in; raises what smtplib does."""
    url = urlsplit(address)
    host, trusted = url.hostname or "localhost", ssl.create_default_context()
    if url.scheme == "smtps":
        line: _Line = _Tls(host, url.port or 465, timeout=TIMEOUT, context=trusted)
    else:
        line = _Line(host, url.port or 25, timeout=TIMEOUT)
    try:
        if url.scheme == "smtp+starttls":
            line.starttls(context=trusted)
        if url.username:
            line.login(unquote(url.username), unquote(url.password or ""))
    except BaseException:
        line.close()
        raise
    return line
