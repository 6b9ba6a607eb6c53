"""The time to decide on the police, marks as their cases say, and roles that two people give.

Revision ID: 0010
Revises: 0009
"""

import json
from datetime import datetime

import sqlalchemy as sa
from alembic import op

from intake import clock
from intake.data.base import UTC, random_id

revision = '0010'
down_revision = '0009'
branch_labels = None
depends_on = None

OPEN = (
    'received', 'under_review', 'needs_info', 'confirmed', 'platform_notified', 'no_answer',
    'platform_refused', 'escalated', 'reopened',
)
OVER = ('spam', 'not_fake', 'duplicate', 'recovering', 'recovered')
POLICE_DAYS = 5  # working days, where the town has not chosen another number

case = sa.table(
    'case', *map(sa.column, ('id', 'state', 'police', 'held')),
    sa.column('confirmed_at', UTC), sa.column('police_from', UTC), sa.column('police_due_at', UTC),
)
case_key = sa.table('case_key', sa.column('key'), sa.column('case_id'))
address = sa.table('address', *map(sa.column, ('key', 'state', 'profile_id')))
profile = sa.table('profile', *map(sa.column, ('id', 'state')))
address_mark = sa.table(
    'address_mark', *map(sa.column, ('id', 'key', 'mark')),
    *(sa.column(name, UTC) for name in ('since', 'until', 'created_at')),
)
setting = sa.table('setting', *map(sa.column, ('name', 'value')))


def upgrade() -> None:
    with op.batch_alter_table('case', schema=None) as batch_op:
        batch_op.add_column(sa.Column('police_from', sa.DateTime(timezone=True), nullable=True))
    with op.batch_alter_table('role_grant', schema=None) as batch_op:
        batch_op.add_column(sa.Column('confirmed_by_id', sa.String(length=16), nullable=True))
        batch_op.create_foreign_key(
            batch_op.f('fk_role_grant_confirmed_by_id'), 'person', ['confirmed_by_id'], ['id']
        )
    _create_proposals()
    now = clock.now()
    _decide_on_the_police(now)
    _set_marks(now)


def _create_proposals() -> None:
    op.create_table('role_proposal',
    sa.Column('state', sa.Enum('proposed', 'granted', 'refused', 'withdrawn', 'lapsed', name='grantstate', native_enum=False, length=32), nullable=True),
    sa.Column('person_id', sa.String(length=16), nullable=False),
    sa.Column('role', sa.Enum('keeper', 'handler', 'lead', 'administrator', name='role', native_enum=False, length=32), nullable=False),
    sa.Column('by_id', sa.String(length=16), nullable=False),
    sa.Column('lapses_on', sa.Date(), nullable=False),
    sa.Column('reference', sa.String(length=24), nullable=True),
    sa.Column('state_since', sa.DateTime(timezone=True), nullable=False),
    sa.Column('due_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('revision', sa.Integer(), nullable=False),
    sa.Column('id', sa.String(length=16), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['by_id'], ['person.id'], name=op.f('fk_role_proposal_by_id')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_role_proposal_person_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_role_proposal')),
    sa.UniqueConstraint('reference', name=op.f('uq_role_proposal_reference'))
    )
    with op.batch_alter_table('role_proposal', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_role_proposal_due_at'), ['due_at'], unique=False)
        batch_op.create_index(batch_op.f('ix_role_proposal_person_id'), ['person_id'], unique=False)
        batch_op.create_index('ix_role_proposal_state_due_at', ['state', 'due_at'], unique=False)
        batch_op.create_index('uq_role_proposal_open', ['person_id', 'role'], unique=True, sqlite_where=sa.text("state = 'proposed'"), postgresql_where=sa.text("state = 'proposed'"))


def _decide_on_the_police(now: datetime) -> None:
    """Nobody was ever asked: those who handle confirmed fakes are from now on, with the whole time
    to decide, and what the town does not hold to be a fake (any more) has no confirmation."""
    bind = op.get_bind()
    over = sa.update(case).where(case.c.state.in_(OVER))
    bind.execute(over.values(confirmed_at=None, police_due_at=None))
    waits = sa.update(case).where(
        case.c.confirmed_at.is_not(None), case.c.police == 'not_considered'
    )
    bind.execute(waits.values(police_from=now))
    chosen = bind.execute(
        sa.select(setting.c.value).where(setting.c.name == 'police_working_days')
    ).scalar()
    due = clock.due(now, json.loads(chosen) if chosen else POLICE_DAYS, working=True)
    bind.execute(waits.where(case.c.state.in_(OPEN)).values(police_due_at=due))


def _set_marks(now: datetime) -> None:
    """Every address carries what its case says of it, and nothing where there is no case."""
    bind = op.get_bind()
    own = set(bind.execute(
        sa.select(address.c.key).join(profile, profile.c.id == address.c.profile_id)
        .where(address.c.state == 'current', profile.c.state != 'closed')
    ).scalars())
    wanted: dict[str, str] = {}
    query = sa.select(case_key.c.key, case.c.state, case.c.confirmed_at, case.c.held)
    for key, state, confirmed_at, held in bind.execute(
        query.join(case, case.c.id == case_key.c.case_id)
    ):
        if confirmed_at is not None:
            wanted[key] = 'held' if key in own else 'confirmed'
        elif state in OPEN and not held:
            wanted[key] = 'held'
    standing = sa.select(address_mark.c.id, address_mark.c.key, address_mark.c.mark)
    for mark_id, key, mark in bind.execute(standing.where(address_mark.c.until.is_(None))).all():
        if wanted.get(key) == mark:
            del wanted[key]
        else:
            bind.execute(
                sa.update(address_mark).where(address_mark.c.id == mark_id).values(until=now)
            )
    for key, mark in wanted.items():
        bind.execute(sa.insert(address_mark).values(
            id=random_id(), key=key, mark=mark, since=now, created_at=now
        ))


def downgrade() -> None:
    op.drop_table('role_proposal')
    with op.batch_alter_table('role_grant', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('fk_role_grant_confirmed_by_id'), type_='foreignkey')
        batch_op.drop_column('confirmed_by_id')
    with op.batch_alter_table('case', schema=None) as batch_op:
        batch_op.drop_column('police_from')
