"""Profiles that are taken over or lost.

Revision ID: 0004
Revises: 0003
"""

import sqlalchemy as sa
from alembic import op

revision = '0004'
down_revision = '0003'
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table('profile', schema=None) as batch_op:
        batch_op.add_column(sa.Column('alarm', sa.Enum('clear', 'hijacked', 'lost', name='alarmstate', native_enum=False, length=32), server_default='clear', nullable=False))
        batch_op.add_column(sa.Column('alarm_since', sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column('alarm_due_at', sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column('alarm_by_id', sa.String(length=16), nullable=True))
        batch_op.add_column(sa.Column('clearing_by_id', sa.String(length=16), nullable=True))
        batch_op.add_column(sa.Column('interim_channel', sa.Text(), nullable=True))
        batch_op.create_index(batch_op.f('ix_profile_alarm_due_at'), ['alarm_due_at'], unique=False)
        batch_op.create_foreign_key(batch_op.f('fk_profile_alarm_by_id'), 'person', ['alarm_by_id'], ['id'])
        batch_op.create_foreign_key(batch_op.f('fk_profile_clearing_by_id'), 'person', ['clearing_by_id'], ['id'])



def downgrade() -> None:
    with op.batch_alter_table('profile', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('fk_profile_clearing_by_id'), type_='foreignkey')
        batch_op.drop_constraint(batch_op.f('fk_profile_alarm_by_id'), type_='foreignkey')
        batch_op.drop_index(batch_op.f('ix_profile_alarm_due_at'))
        batch_op.drop_column('interim_channel')
        batch_op.drop_column('clearing_by_id')
        batch_op.drop_column('alarm_by_id')
        batch_op.drop_column('alarm_due_at')
        batch_op.drop_column('alarm_since')
        batch_op.drop_column('alarm')

