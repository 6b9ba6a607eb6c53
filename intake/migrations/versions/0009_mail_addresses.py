"""Addresses of people and mail domains of the town in their one normal form.

Revision ID: 0009
Revises: 0008
"""

import unicodedata

import idna
import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

PERSON = sa.table("person", sa.column("id", sa.String), sa.column("email", sa.String))


def upgrade() -> None:
    connection = op.get_bind()
    known = {row.id: row.email for row in connection.execute(sa.select(PERSON))}
    taken = set(known.values())
    for person_id, email in known.items():
        normal = _normal(email)
        if normal != email and normal not in taken:  # of two the one that is used stays
            taken.add(normal)
            connection.execute(
                PERSON.update().where(PERSON.c.id == person_id).values(email=normal)
            )


def downgrade() -> None:
    """The addresses mean the same in either form."""


def _normal(email: str) -> str:
    """What `intake.text.mail_key` makes of an address, as of this migration."""
    plain = unicodedata.normalize("NFKC", email)
    seen = "".join(sign for sign in plain if unicodedata.category(sign) != "Cf").strip().lower()
    local, at, domain = seen.rpartition("@")
    if domain.isascii() and "xn--" not in domain:
        return seen
    try:
        return f"{local}{at}{idna.decode(domain, uts46=True)}"
    except UnicodeError:
        return seen
