"""The trail keeps digests of what decides outward truth and rights, their salts beside it; the
newest comparison of both, and a mark of the keys that the database belongs to.

Revision ID: 0012
Revises: 0011
"""

import sqlalchemy as sa
from alembic import op

revision = '0012'
down_revision = '0011'
branch_labels = None
depends_on = None


def upgrade() -> None:
    # no batch: it would make the table anew, without its triggers
    op.add_column('trail', sa.Column('witness', sa.Text(), nullable=True))
    op.create_table(
        'trail_salt',
        sa.Column('table_name', sa.String(length=24), nullable=False),
        sa.Column('row_id', sa.String(length=254), nullable=False),
        sa.Column('salts', sa.Text(), nullable=False),
        sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint('table_name', 'row_id', name=op.f('pk_trail_salt')),
    )
    op.create_table(
        'trail_check',
        sa.Column('id', sa.String(length=16), nullable=False),
        sa.Column('at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('entries', sa.Integer(), nullable=False),
        sa.Column('rows', sa.Integer(), nullable=False),
        sa.Column('erased', sa.Integer(), nullable=False),
        sa.Column('faults', sa.Integer(), nullable=False),
        sa.Column('said', sa.Text(), nullable=False),
        sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_trail_check')),
    )
    op.create_table(
        'key_mark',
        sa.Column('id', sa.String(length=16), nullable=False),
        sa.Column('mark', sa.String(length=64), nullable=False),
        sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_key_mark')),
    )


def downgrade() -> None:
    op.drop_table('key_mark')
    op.drop_table('trail_check')
    op.drop_table('trail_salt')
    op.drop_column('trail', 'witness')
