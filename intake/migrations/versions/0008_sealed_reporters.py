"""Who reported lies sealed in one place: names of their files, and which colleague it was.

Revision ID: 0008
Revises: 0007
"""

import json

import sqlalchemy as sa
from alembic import op
from sqlalchemy import Connection

from intake.security import field_encryption  # what is sealed can be made by nothing else

revision = '0008'
down_revision = '0007'
branch_labels = None
depends_on = None

evidence = sa.table('evidence', sa.column('id'), sa.column('name'))
report = sa.table('report', sa.column('id'), sa.column('by_id'), sa.column('is_colleague'), sa.column('created_at'))
contact = sa.table('contact', sa.column('report_id'), sa.column('encrypted'), sa.column('created_at'))
person = sa.table('person', sa.column('id'), sa.column('name'), sa.column('email'))


def upgrade() -> None:
    with op.batch_alter_table('evidence', schema=None) as batch_op:
        batch_op.alter_column('name', existing_type=sa.String(length=255), type_=sa.Text(), existing_nullable=False)
    with op.batch_alter_table('report', schema=None) as batch_op:
        batch_op.add_column(sa.Column('is_colleague', sa.Boolean(), server_default=sa.false(), nullable=False))
    connection = op.get_bind()
    for row_id, name in connection.execute(sa.select(evidence.c.id, evidence.c.name)).all():
        sealed = field_encryption.encrypted(name)
        connection.execute(evidence.update().where(evidence.c.id == row_id).values(name=sealed))
    _seal_colleagues(connection)
    with op.batch_alter_table('report', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('fk_report_by_id'), type_='foreignkey')
        batch_op.drop_column('by_id')
        batch_op.alter_column('is_colleague', existing_type=sa.Boolean(), existing_nullable=False, server_default=None)


def _seal_colleagues(connection: Connection) -> None:
    """Name and work address of each colleague who reported, where no contact data were kept."""
    known = set(connection.scalars(sa.select(contact.c.report_id)))
    rows = connection.execute(
        sa.select(report.c.id, report.c.created_at, person.c.name, person.c.email)
        .join(person, person.c.id == report.c.by_id)
    ).all()
    for report_id, created_at, name, email in rows:
        connection.execute(report.update().where(report.c.id == report_id).values(is_colleague=sa.true()))
        if report_id not in known:
            told = {'name': name, 'email': email, 'phone': '', 'secrecy': False, 'secrecy_reason': ''}
            sealed = field_encryption.encrypted(json.dumps(told, ensure_ascii=False))
            connection.execute(contact.insert().values(report_id=report_id, encrypted=sealed, created_at=created_at))


def downgrade() -> None:
    """Which colleague reported stays in the contact data alone: the column comes back empty."""
    connection = op.get_bind()
    for row_id, name in connection.execute(sa.select(evidence.c.id, evidence.c.name)).all():
        opened = field_encryption.decrypted(name)[:255]
        connection.execute(evidence.update().where(evidence.c.id == row_id).values(name=opened))
    with op.batch_alter_table('report', schema=None) as batch_op:
        batch_op.add_column(sa.Column('by_id', sa.String(length=16), nullable=True))
        batch_op.create_foreign_key(batch_op.f('fk_report_by_id'), 'person', ['by_id'], ['id'])
        batch_op.drop_column('is_colleague')
    with op.batch_alter_table('evidence', schema=None) as batch_op:
        batch_op.alter_column('name', existing_type=sa.Text(), type_=sa.String(length=255), existing_nullable=False)
