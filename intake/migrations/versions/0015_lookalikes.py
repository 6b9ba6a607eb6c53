"""Look-alikes are looked up by shape, core and bag; known neighbours; fakes
that somebody looked for.

Revision ID: 0015
Revises: 0014
"""

import sqlalchemy as sa
from alembic import op

revision = '0015'
down_revision = '0014'
branch_labels = None
depends_on = None


def upgrade() -> None:
    # the rows are filled anew at the start that follows, for no stamp says that they are filled
    with op.batch_alter_table('near_name', schema=None) as batch_op:
        for name, size in (('shape', 600), ('core', 300), ('bag', 600), ('own', 300)):
            column = sa.Column(name, sa.String(length=size), nullable=False, server_default='')
            batch_op.add_column(column)
        batch_op.add_column(
            sa.Column('trait', sa.String(length=32), nullable=False, server_default='plain')
        )
        batch_op.drop_index(batch_op.f('ix_near_name_skeleton'))
        batch_op.drop_column('skeleton')
    with op.batch_alter_table('near_name', schema=None) as batch_op:
        for name in ('shape', 'core', 'bag', 'own', 'trait'):
            batch_op.alter_column(name, server_default=None)
        for name in ('shape', 'core', 'bag'):
            batch_op.create_index(batch_op.f(f'ix_near_name_{name}'), [name], unique=False)
    op.create_table(
        'near_stamp',
        sa.Column('id', sa.Integer(), nullable=False),
        sa.Column('stamp', sa.String(length=16), nullable=False),
        sa.Column('words', sa.String(length=64), nullable=False),
        sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_near_stamp')),
    )
    op.create_table(
        'neighbour',
        sa.Column('id', sa.String(length=16), nullable=False),
        sa.Column('text', sa.String(length=300), nullable=False),
        sa.Column('key', sa.String(length=300), nullable=True),
        sa.Column('shape', sa.String(length=600), nullable=True),
        sa.Column('note', sa.Text(), nullable=False),
        sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_neighbour')),
        sa.UniqueConstraint('key', name=op.f('uq_neighbour_key')),
        sa.UniqueConstraint('shape', name=op.f('uq_neighbour_shape')),
    )
    op.create_table(
        'likely_fake',
        sa.Column('profile_id', sa.String(length=16), nullable=False),
        sa.Column('text', sa.String(length=300), nullable=False),
        sa.Column('looked_on', sa.Date(), nullable=False),
        sa.Column('by_id', sa.String(length=16), nullable=False),
        sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(['by_id'], ['person.id'], name=op.f('fk_likely_fake_by_id')),
        sa.ForeignKeyConstraint(
            ['profile_id'], ['profile.id'], name=op.f('fk_likely_fake_profile_id')
        ),
        sa.PrimaryKeyConstraint('profile_id', 'text', name=op.f('pk_likely_fake')),
    )


def downgrade() -> None:
    op.drop_table('likely_fake')
    op.drop_table('neighbour')
    op.drop_table('near_stamp')
    with op.batch_alter_table('near_name', schema=None) as batch_op:
        for name in ('shape', 'core', 'bag'):
            batch_op.drop_index(batch_op.f(f'ix_near_name_{name}'))
        for name in ('shape', 'core', 'bag', 'own', 'trait'):
            batch_op.drop_column(name)
        batch_op.add_column(
            sa.Column('skeleton', sa.String(length=900), nullable=False, server_default='')
        )
    with op.batch_alter_table('near_name', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_near_name_skeleton'), ['skeleton'], unique=False)
