"""Rules of services and special hosts that keepers add, and what is kept where two keys meet.

Revision ID: 0011
Revises: 0010
"""

import sqlalchemy as sa
from alembic import op

revision = '0011'
down_revision = '0010'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        'special_host',
        sa.Column('id', sa.String(length=16), nullable=False),
        sa.Column('host', sa.String(length=253), nullable=False),
        sa.Column('kind', sa.Enum('short_links', 'shared', name='hostkind', native_enum=False, length=32), nullable=False),
        sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_special_host')),
        sa.UniqueConstraint('host', name=op.f('uq_special_host_host')),
    )
    op.create_table(
        'address_rule',
        sa.Column('platform_code', sa.String(length=24), nullable=False),
        sa.Column('statement', sa.JSON(), nullable=False),
        sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(['platform_code'], ['platform.code'], name=op.f('fk_address_rule_platform_code_platform')),
        sa.PrimaryKeyConstraint('platform_code', name=op.f('pk_address_rule')),
    )
    with op.batch_alter_table('address', schema=None) as batch_op:
        batch_op.add_column(sa.Column('meets', sa.String(length=300), nullable=True))
    with op.batch_alter_table('case_key', schema=None) as batch_op:
        batch_op.add_column(sa.Column('meets', sa.String(length=300), nullable=True))
        batch_op.add_column(sa.Column('whole', sa.Boolean(), server_default='0', nullable=False))


def downgrade() -> None:
    with op.batch_alter_table('case_key', schema=None) as batch_op:
        batch_op.drop_column('whole')
        batch_op.drop_column('meets')
    with op.batch_alter_table('address', schema=None) as batch_op:
        batch_op.drop_column('meets')
    op.drop_table('address_rule')
    op.drop_table('special_host')
