"""Letters: one person each, plain text and HTML from the same words, over SMTP."""

import smtplib
from dataclasses import dataclass
from email.message import EmailMessage
from email.utils import format_datetime
from typing import Any
from urllib.parse import unquote, urlsplit

from flask import current_app, render_template
from flask_babel import force_locale

from intake import clock, subjects

TIMEOUT = 20  # seconds: a slow mail server holds up only the deliverer


@dataclass(frozen=True)
class Outcome:
    """What came of a try: sent; else `final` (refused for good) or `uncertain` (cut after DATA)."""

    sent: bool = False
    final: bool = False
    uncertain: bool = False
    problem: str = ""


def compose(message: Any, reader: Any, subject: Any) -> EmailMessage:
    """The letter of an outbox row: its template's first line is the subject, the rest the text."""
    config = current_app.config
    track = subjects.tracks()[message.track]
    path = track.address(subject) if subject is not None else "/desk"
    with force_locale(reader.language):
        context = {
            "message": message,
            "reader": reader,
            "subject": subject,
            "track": track,
            "link": config["BASE_URL"].rstrip("/") + path,
            "duty": current_app.extensions["duty"](message.track, subject, reader),
            "event": current_app.extensions["event"](message),
        }
        first, _, body = (
            render_template(f"mail/{message.template}.txt", **context).strip().partition("\n")
        )
        paragraphs = [part.strip() for part in body.split("\n\n") if part.strip()]
        html = render_template("mail/letter.html", title=first, paragraphs=paragraphs, **context)
        plain = render_template("mail/letter.txt", paragraphs=paragraphs, **context)
    letter = EmailMessage()
    letter["Subject"] = " ".join(first.split())
    letter["From"] = config["MAIL_FROM"]
    letter["To"] = reader.email
    letter["Date"] = format_datetime(clock.now())
    letter["Message-ID"] = f"<{message.id}@{urlsplit(config['BASE_URL']).hostname}>"
    letter["Auto-Submitted"] = "auto-generated"
    letter["Content-Language"] = reader.language
    letter.set_content(plain)
    letter.add_alternative(html, subtype="html")
    return letter


def send(server: str, letter: EmailMessage) -> Outcome:
    """Hand a letter to the mail server and say what came of it; never raises for the network."""
    begun = False
    try:
        with _connect(server) as smtp:
            begun = True
            refused = smtp.send_message(letter)
    except smtplib.SMTPResponseException as error:
        return _refusal(error.smtp_code)
    except smtplib.SMTPRecipientsRefused as error:
        return _refusal(max(code for code, _ in error.recipients.values()))
    except smtplib.SMTPServerDisconnected:
        return Outcome(uncertain=begun, problem="the connection was cut")
    except (OSError, smtplib.SMTPException) as error:
        return Outcome(
            uncertain=begun and isinstance(error, TimeoutError), problem=type(error).__name__
        )
    return Outcome(sent=not refused)


def _refusal(code: int) -> Outcome:
    return Outcome(final=code >= 500, problem=f"the mail server answered {code}")


def _connect(address: str) -> smtplib.SMTP:
    url = urlsplit(address)
    host = url.hostname or "localhost"
    if url.scheme == "smtps":
        smtp: smtplib.SMTP = smtplib.SMTP_SSL(host, url.port or 465, timeout=TIMEOUT)
    else:
        smtp = smtplib.SMTP(host, url.port or 25, timeout=TIMEOUT)
    if url.scheme == "smtp+starttls":
        smtp.starttls()
    if url.username:
        smtp.login(unquote(url.username), unquote(url.password or ""))
    return smtp
