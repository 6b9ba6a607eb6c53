"""How long data is kept where keepers have chosen, what may not be erased, how far the erasing has
come, and what was opened of one person's data.

Revision ID: 0014
Revises: 0013
"""

from datetime import datetime

import sqlalchemy as sa
from alembic import op

revision = '0014'
down_revision = '0013'
branch_labels = None
depends_on = None


def moment(name: str, *, nullable: bool = False) -> sa.Column[datetime]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def upgrade() -> None:
    # no batch: it would make the tables anew, and empty those that hang on them
    op.add_column('person', moment('erased_at', nullable=True))
    op.add_column('profile', moment('erased_at', nullable=True))
    op.create_table(
        'retention_period',
        sa.Column('code', sa.String(length=24), nullable=False),
        sa.Column('length', sa.Integer(), nullable=False),
        moment('created_at'),
        sa.PrimaryKeyConstraint('code', name=op.f('pk_retention_period')),
    )
    op.create_table(
        'retention_run',
        sa.Column('id', sa.String(length=16), nullable=False),
        moment('at', nullable=True),
        moment('confirmed_at', nullable=True),
        moment('refused_at', nullable=True),
        sa.Column('unclean', sa.Boolean(), nullable=False),
        moment('created_at'),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_retention_run')),
    )
    op.create_table(
        'legal_hold',
        sa.Column('id', sa.String(length=16), nullable=False),
        sa.Column('subject_type', sa.String(length=24), nullable=False),
        sa.Column('subject_id', sa.String(length=16), nullable=False),
        sa.Column('reason', sa.Text(), nullable=False),
        sa.Column('by_id', sa.String(length=16), nullable=False),
        moment('since'),
        moment('lifted_at', nullable=True),
        moment('created_at'),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_legal_hold')),
    )
    op.create_index(op.f('ix_legal_hold_subject_id'), 'legal_hold', ['subject_id'])
    op.create_index(
        'uq_legal_hold_standing',
        'legal_hold',
        ['subject_id'],
        unique=True,
        sqlite_where=sa.text('lifted_at IS NULL'),
        postgresql_where=sa.text('lifted_at IS NULL'),
    )
    op.create_table(
        'disclosure',
        sa.Column('id', sa.String(length=16), nullable=False),
        sa.Column('address', sa.Text(), nullable=False),
        sa.Column('by_id', sa.String(length=16), nullable=False),
        moment('until'),
        moment('created_at'),
        sa.ForeignKeyConstraint(['by_id'], ['person.id'], name=op.f('fk_disclosure_by_id')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_disclosure')),
    )


def downgrade() -> None:
    op.drop_table('disclosure')
    op.drop_index('uq_legal_hold_standing', table_name='legal_hold')
    op.drop_index(op.f('ix_legal_hold_subject_id'), table_name='legal_hold')
    op.drop_table('legal_hold')
    op.drop_table('retention_run')
    op.drop_table('retention_period')
    op.drop_column('profile', 'erased_at')
    op.drop_column('person', 'erased_at')
