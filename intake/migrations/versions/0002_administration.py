"""Accounts, the logo, imports and report routes.

Revision ID: 0002
Revises: 0001
"""

import sqlalchemy as sa
from alembic import op

revision = '0002'
down_revision = '0001'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('town_image',
    sa.Column('name', sa.String(length=20), nullable=False),
    sa.Column('sha256', sa.String(length=64), nullable=False),
    sa.Column('media_type', sa.String(length=20), nullable=False),
    sa.Column('width', sa.Integer(), nullable=False),
    sa.Column('height', sa.Integer(), nullable=False),
    sa.Column('content', sa.LargeBinary(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('name', name=op.f('pk_town_image'))
    )
    op.create_table('report_route',
    sa.Column('platform_code', sa.String(length=24), nullable=False),
    sa.Column('channel', sa.Enum('rules', 'art16', 'complaint', name='channel', native_enum=False, length=32), nullable=False),
    sa.Column('address', sa.Text(), nullable=False),
    sa.Column('needs_account', sa.Boolean(), nullable=False),
    sa.Column('asks', sa.Text(), nullable=False),
    sa.Column('checked_on', sa.Date(), nullable=True),
    sa.Column('id', sa.String(length=16), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['platform_code'], ['platform.code'], name=op.f('fk_report_route_platform_code')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_report_route')),
    sa.UniqueConstraint('platform_code', 'channel', name=op.f('uq_report_route_platform_code_channel'))
    )
    op.create_table('import',
    sa.Column('by_id', sa.String(length=16), nullable=False),
    sa.Column('stage', sa.Enum('checking', 'faulty', 'checked', 'writing', 'done', 'failed', name='importstage', native_enum=False, length=32), nullable=False),
    sa.Column('done', sa.Integer(), nullable=False),
    sa.Column('total', sa.Integer(), nullable=False),
    sa.Column('report', sa.Text(), nullable=False),
    sa.Column('finished_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('id', sa.String(length=16), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['by_id'], ['person.id'], name=op.f('fk_import_by_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_import'))
    )
    with op.batch_alter_table('import', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_import_by_id'), ['by_id'], unique=False)

    op.create_table('import_file',
    sa.Column('import_id', sa.String(length=16), nullable=False),
    sa.Column('number', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('name', sa.String(length=200), nullable=False),
    sa.Column('sha256', sa.String(length=64), nullable=False),
    sa.Column('content', sa.LargeBinary(), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['import_id'], ['import.id'], name=op.f('fk_import_file_import_id')),
    sa.PrimaryKeyConstraint('import_id', 'number', name=op.f('pk_import_file'))
    )
    op.create_table('link_token',
    sa.Column('purpose', sa.Enum('first_start', 'invitation', 'reset', name='linkpurpose', native_enum=False, length=32), nullable=False),
    sa.Column('person_id', sa.String(length=16), nullable=True),
    sa.Column('hash', sa.String(length=64), nullable=False),
    sa.Column('ends_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('used_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('id', sa.String(length=16), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_link_token_person_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_link_token')),
    sa.UniqueConstraint('hash', name=op.f('uq_link_token_hash'))
    )
    with op.batch_alter_table('link_token', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_link_token_ends_at'), ['ends_at'], unique=False)
        batch_op.create_index(batch_op.f('ix_link_token_person_id'), ['person_id'], unique=False)

    with op.batch_alter_table('session', schema=None) as batch_op:
        batch_op.add_column(sa.Column('browser', sa.String(length=60), nullable=True))

    with op.batch_alter_table('training', schema=None) as batch_op:
        batch_op.add_column(sa.Column('cancelled_at', sa.DateTime(timezone=True), nullable=True))

    with op.batch_alter_table('unit', schema=None) as batch_op:
        batch_op.add_column(sa.Column('code', sa.String(length=40), nullable=True))
        batch_op.create_unique_constraint(batch_op.f('uq_unit_code'), ['code'])

    op.create_index(op.f('ix_absence_deputy_id'), 'absence', ['deputy_id'], unique=False)
    op.create_index(op.f('ix_address_state_due_at'), 'address', ['state', 'due_at'], unique=False)
    op.create_index(op.f('ix_profile_ends_on'), 'profile', ['ends_on'], unique=False)
    op.create_index(op.f('ix_profile_name_id'), 'profile', ['name', 'id'], unique=False)
    op.create_index(op.f('ix_profile_platform_id_name_id'), 'profile', ['platform_id', 'name', 'id'], unique=False)
    op.drop_index(op.f('ix_profile_platform_id'), table_name='profile')
    op.create_index(op.f('ix_profile_admin_profile_id'), 'profile_admin', ['profile_id'], unique=False)


def downgrade() -> None:
    op.drop_index(op.f('ix_profile_admin_profile_id'), table_name='profile_admin')
    op.create_index(op.f('ix_profile_platform_id'), 'profile', ['platform_id'], unique=False)
    op.drop_index(op.f('ix_profile_platform_id_name_id'), table_name='profile')
    op.drop_index(op.f('ix_profile_name_id'), table_name='profile')
    op.drop_index(op.f('ix_profile_ends_on'), table_name='profile')
    op.drop_index(op.f('ix_address_state_due_at'), table_name='address')
    op.drop_index(op.f('ix_absence_deputy_id'), table_name='absence')

    with op.batch_alter_table('unit', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('uq_unit_code'), type_='unique')
        batch_op.drop_column('code')

    with op.batch_alter_table('training', schema=None) as batch_op:
        batch_op.drop_column('cancelled_at')

    with op.batch_alter_table('session', schema=None) as batch_op:
        batch_op.drop_column('browser')

    with op.batch_alter_table('link_token', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_link_token_person_id'))
        batch_op.drop_index(batch_op.f('ix_link_token_ends_at'))

    op.drop_table('link_token')
    with op.batch_alter_table('import', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_import_by_id'))

    op.drop_table('import_file')
    op.drop_table('import')
    op.drop_table('report_route')
    op.drop_table('town_image')
