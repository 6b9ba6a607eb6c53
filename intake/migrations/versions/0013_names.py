"""A used form says what it leads to; the deciding unit, which nothing read, goes.

Revision ID: 0013
Revises: 0012
"""
import sqlalchemy as sa
from alembic import op

revision = '0013'
down_revision = '0012'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.alter_column('used_token', 'place', new_column_name='leads_to')
    with op.batch_alter_table('request') as table:
        table.drop_constraint('fk_request_deciding_unit_id', type_='foreignkey')
        table.drop_column('deciding_unit_id')


def downgrade() -> None:
    with op.batch_alter_table('request') as table:
        table.add_column(sa.Column('deciding_unit_id', sa.String(length=16), nullable=True))
        table.create_foreign_key(
            'fk_request_deciding_unit_id', 'unit', ['deciding_unit_id'], ['id']
        )
    op.alter_column('used_token', 'leads_to', new_column_name='place')
