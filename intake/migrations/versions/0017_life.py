"""The life of a listed profile: reviews, whether it goes on, absences, a closing in good order.

Revision ID: 0017
Revises: 0016
"""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = '0017'
down_revision = '0016'
branch_labels = None
depends_on = None

REVIEW, SOON, LOOKS = timedelta(days=180), timedelta(days=30), (90, 365)


def upgrade() -> None:
    moment = sa.DateTime(timezone=True)
    with op.batch_alter_table('profile', schema=None) as table:
        table.add_column(sa.Column('closing_posted_on', sa.Date(), nullable=True))
        table.add_column(sa.Column('copied_on', sa.Date(), nullable=True))
        table.add_column(sa.Column('continuation', sa.Enum('goes_on', 'in_question', name='continuationstate', native_enum=False, length=32), server_default='goes_on', nullable=False))
        table.add_column(sa.Column('continuation_since', moment, nullable=True))
        table.add_column(sa.Column('continuation_due_at', moment, nullable=True))
        table.add_column(sa.Column('presence', sa.Enum('present', 'away', name='presencestate', native_enum=False, length=32), server_default='present', nullable=False))
        table.add_column(sa.Column('presence_since', moment, nullable=True))
        table.add_column(sa.Column('presence_due_at', moment, nullable=True))
        table.add_column(sa.Column('away_from', sa.Date(), nullable=True))
        table.add_column(sa.Column('away_until', sa.Date(), nullable=True))
        table.add_column(sa.Column('away_cover', sa.Text(), nullable=True))
        for column in ('continuation_due_at', 'presence_due_at', 'review_due_on', 'recheck_on'):
            table.create_index(op.f(f'ix_profile_{column}'), [column], unique=False)
    op.create_table(
        'profile_review',
        sa.Column('profile_id', sa.String(length=16), nullable=False),
        sa.Column('by_id', sa.String(length=16), nullable=False),
        sa.Column('reviewed_on', sa.Date(), nullable=False),
        sa.Column('last_post_on', sa.Date(), nullable=False),
        sa.Column('questions_received', sa.Integer(), nullable=False),
        sa.Column('questions_answered', sa.Integer(), nullable=False),
        sa.Column('longest_days', sa.Integer(), nullable=False),
        sa.Column('outlook', sa.Enum('goes_on', 'no_time', 'no_use', name='outlook', native_enum=False, length=32), nullable=False),
        sa.Column('id', sa.String(length=16), nullable=False),
        sa.Column('created_at', moment, nullable=False),
        sa.ForeignKeyConstraint(['by_id'], ['person.id'], name=op.f('fk_profile_review_by_id')),
        sa.ForeignKeyConstraint(['profile_id'], ['profile.id'], name=op.f('fk_profile_review_profile_id')),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_profile_review')),
    )
    op.create_index(op.f('ix_profile_review_profile_id'), 'profile_review', ['profile_id'])
    _make_changes(moment)
    _give_days()


def _make_changes(moment: sa.DateTime) -> None:
    def states(name: str, *values: str) -> sa.Enum:
        return sa.Enum(*values, name=name, native_enum=False, length=32)

    def subject(name: str) -> list[Any]:
        return [
            sa.Column('id', sa.String(length=16), nullable=False),
            sa.Column('reference', sa.String(length=24), nullable=True),
            sa.Column('state_since', moment, nullable=False),
            sa.Column('due_at', moment, nullable=True),
            sa.Column('revision', sa.Integer(), nullable=False),
            sa.Column('created_at', moment, nullable=False),
            sa.PrimaryKeyConstraint('id', name=op.f(f'pk_{name}')),
            sa.UniqueConstraint('reference', name=op.f(f'uq_{name}_reference')),
        ]

    def key(name: str, column: str, table: str) -> sa.ForeignKeyConstraint:
        return sa.ForeignKeyConstraint([column], [f'{table}.id'], name=op.f(f'fk_{name}_{column}'))

    name = 'profile_change'
    op.create_table(
        name,
        sa.Column('state', states('changestate', 'proposed', 'accepted', 'in_force', 'refused', 'withdrawn'), nullable=True),
        sa.Column('profile_id', sa.String(length=16), nullable=False),
        sa.Column('what', states('changekind', 'admin', 'unit', 'text', 'name', 'office'), nullable=False),
        sa.Column('by_id', sa.String(length=16), nullable=False),
        sa.Column('person_id', sa.String(length=16), nullable=True),
        sa.Column('unit_id', sa.String(length=16), nullable=True),
        sa.Column('task', sa.String(length=80), nullable=True),
        sa.Column('hours_update', sa.Numeric(precision=5, scale=2), nullable=True),
        sa.Column('hours_interaction', sa.Numeric(precision=5, scale=2), nullable=True),
        sa.Column('field', sa.String(length=32), nullable=True),
        sa.Column('text', sa.Text(), nullable=True),
        sa.Column('mailbox', sa.String(length=254), nullable=True),
        sa.Column('accepted_at', moment, nullable=True),
        *subject(name),
        key(name, 'by_id', 'person'), key(name, 'person_id', 'person'),
        key(name, 'profile_id', 'profile'), key(name, 'unit_id', 'unit'),
    )
    other = 'profile_handover'
    op.create_table(
        other,
        sa.Column('state', states('handoverstate', 'open', 'said', 'done'), nullable=True),
        sa.Column('profile_id', sa.String(length=16), nullable=False),
        sa.Column('person_id', sa.String(length=16), nullable=False),
        *subject(other), key(other, 'person_id', 'person'), key(other, 'profile_id', 'profile'),
    )
    for table in (name, other):
        op.create_index(op.f(f'ix_{table}_due_at'), table, ['due_at'])
        op.create_index(op.f(f'ix_{table}_person_id'), table, ['person_id'])
        op.create_index(op.f(f'ix_{table}_profile_id'), table, ['profile_id'])
        op.create_index(op.f(f'ix_{table}_state_due_at'), table, ['state', 'due_at'])


def _give_days() -> None:
    """What is listed already is looked over in its turn, at the earliest in a month; the address of
    what is closed on the next of its days."""
    bound = op.get_bind()
    profile = sa.table(
        'profile', sa.column('id'), sa.column('state'), sa.column('confirmed_on', sa.Date()),
        sa.column('closed_on', sa.Date()), sa.column('review_due_on', sa.Date()),
        sa.column('recheck_on', sa.Date()), sa.column('due_at', sa.DateTime(timezone=True)),
        sa.column('continuation_due_at', sa.DateTime(timezone=True)),
    )
    today = datetime.now(UTC).date()
    rows = bound.execute(sa.select(profile).where(profile.c.state.in_(('active', 'closed')))).all()
    for row in rows:
        if row.state == 'active':
            day = max((row.confirmed_on or today) + REVIEW, today + SOON)
            values = {'review_due_on': day, 'continuation_due_at': _end_of(day)}
        elif row.closed_on and (day := _next_look(row.closed_on, today)):
            values = {'recheck_on': day, 'due_at': _end_of(day)}
        else:
            continue
        bound.execute(sa.update(profile).where(profile.c.id == row.id).values(**values))


def _next_look(closed: date, today: date) -> date | None:
    days = (closed + timedelta(days=days) for days in LOOKS)
    return next((day for day in days if day > today), None)


def _end_of(day: date) -> datetime:
    return datetime.combine(day, time(21, 59, 59), UTC)


def downgrade() -> None:
    for name in ('profile_handover', 'profile_change', 'profile_review'):
        op.drop_table(name)
    with op.batch_alter_table('profile', schema=None) as table:
        for column in ('continuation_due_at', 'presence_due_at', 'review_due_on', 'recheck_on'):
            table.drop_index(op.f(f'ix_profile_{column}'))
        for column in (
            'away_cover', 'away_until', 'away_from', 'presence_due_at', 'presence_since',
            'presence', 'continuation_due_at', 'continuation_since', 'continuation', 'copied_on',
            'closing_posted_on',
        ):
            table.drop_column(column)
