"""first

Revision ID: 0001
Revises: 
"""

import sqlalchemy as sa
from alembic import op

revision = '0001'
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('address_mark',
    sa.Column('key', sa.String(length=300), nullable=False),
    sa.Column('mark', sa.Enum('held', 'confirmed', name='markkind', native_enum=False, length=32), nullable=False),
    sa.Column('since', sa.DateTime(timezone=True), nullable=False),
    sa.Column('until', sa.DateTime(timezone=True), nullable=True),
    sa.Column('id', sa.String(length=16), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_address_mark'))
    )
    with op.batch_alter_table('address_mark', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_address_mark_key'), ['key'], unique=False)

    op.create_table('counter',
    sa.Column('name', sa.String(length=8), nullable=False),
    sa.Column('year', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('last', sa.Integer(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('name', 'year', name=op.f('pk_counter'))
    )
    op.create_table('guideline_version',
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('text_fi', sa.Text(), nullable=False),
    sa.Column('text_sv', sa.Text(), nullable=False),
    sa.Column('text_en', sa.Text(), nullable=False),
    sa.Column('in_force_on', sa.Date(), nullable=False),
    sa.Column('id', sa.String(length=16), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_guideline_version')),
    sa.UniqueConstraint('number', name=op.f('uq_guideline_version_number'))
    )
    op.create_table('job_run',
    sa.Column('job', sa.String(length=40), nullable=False),
    sa.Column('period', sa.String(length=20), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('job', 'period', name=op.f('pk_job_run'))
    )
    op.create_table('outbox',
    sa.Column('key', sa.String(length=120), nullable=False),
    sa.Column('template', sa.String(length=40), nullable=False),
    sa.Column('track', sa.String(length=24), nullable=False),
    sa.Column('step', sa.String(length=40), nullable=False),
    sa.Column('entry', sa.String(length=16), nullable=True),
    sa.Column('subject_type', sa.String(length=24), nullable=False),
    sa.Column('subject_id', sa.String(length=16), nullable=False),
    sa.Column('title', sa.Text(), nullable=False),
    sa.Column('party', sa.String(length=40), nullable=False),
    sa.Column('person_id', sa.String(length=16), nullable=False),
    sa.Column('fate', sa.Enum('waiting', 'under_way', 'sent', 'uncertain', 'given_up', 'void', name='fate', native_enum=False, length=32), nullable=False),
    sa.Column('tries', sa.Integer(), nullable=False),
    sa.Column('due_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('lease_until', sa.DateTime(timezone=True), nullable=True),
    sa.Column('sent_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('problem', sa.Text(), nullable=True),
    sa.Column('id', sa.String(length=16), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_outbox')),
    sa.UniqueConstraint('key', name=op.f('uq_outbox_key'))
    )
    with op.batch_alter_table('outbox', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_outbox_due_at'), ['due_at'], unique=False)
        batch_op.create_index(batch_op.f('ix_outbox_person_id'), ['person_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_outbox_subject_id'), ['subject_id'], unique=False)

    op.create_table('platform',
    sa.Column('code', sa.String(length=24), nullable=False),
    sa.Column('name', sa.String(length=60), nullable=False),
    sa.Column('kind', sa.Enum('community', 'media', 'blog', 'wiki', 'forum', 'podcast', 'link_sharing', 'messaging', 'web_site', name='platformkind', native_enum=False, length=32), nullable=False),
    sa.Column('approval', sa.Enum('approved', 'on_trial', 'not_approved', name='approval', native_enum=False, length=32), nullable=False),
    sa.Column('has_messages', sa.Boolean(), nullable=False),
    sa.Column('bio_limit', sa.Integer(), nullable=True),
    sa.Column('terms_url', sa.Text(), nullable=False),
    sa.Column('retired_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('code', name=op.f('pk_platform'))
    )
    op.create_table('search_word',
    sa.Column('index', sa.String(length=24), nullable=False),
    sa.Column('word', sa.String(length=200).with_variant(sa.String(length=200, collation='C'), 'postgresql'), nullable=False),
    sa.Column('subject_id', sa.String(length=16), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('index', 'word', 'subject_id', name=op.f('pk_search_word'))
    )
    with op.batch_alter_table('search_word', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_search_word_index_subject_id'), ['index', 'subject_id'], unique=False)

    op.create_table('setting',
    sa.Column('name', sa.String(length=60), nullable=False),
    sa.Column('value', sa.Text(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('name', name=op.f('pk_setting'))
    )
    op.create_table('trail',
    sa.Column('seq', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('entry', sa.String(length=16), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('actor', sa.String(length=16), nullable=False),
    sa.Column('cause', sa.String(length=16), nullable=True),
    sa.Column('subject_type', sa.String(length=24), nullable=False),
    sa.Column('subject_id', sa.String(length=16), nullable=False),
    sa.Column('track', sa.String(length=24), nullable=False),
    sa.Column('step', sa.String(length=40), nullable=False),
    sa.Column('old', sa.String(length=32), nullable=True),
    sa.Column('new', sa.String(length=32), nullable=True),
    sa.Column('revision', sa.Integer(), nullable=False),
    sa.Column('facts', sa.Text(), nullable=False),
    sa.Column('digest', sa.String(length=64), nullable=True),
    sa.Column('previous', sa.String(length=64), nullable=False),
    sa.Column('hash', sa.String(length=64), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('seq', name=op.f('pk_trail')),
    sa.UniqueConstraint('entry', name=op.f('uq_trail_entry')),
    sa.UniqueConstraint('previous', name=op.f('uq_trail_previous'))
    )
    with op.batch_alter_table('trail', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_trail_actor'), ['actor'], unique=False)
        batch_op.create_index(batch_op.f('ix_trail_at'), ['at'], unique=False)
        batch_op.create_index(batch_op.f('ix_trail_subject_id'), ['subject_id'], unique=False)

    op.create_table('trail_head',
    sa.Column('id', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('seq', sa.Integer(), nullable=False),
    sa.Column('hash', sa.String(length=64), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_trail_head'))
    )
    op.create_table('unit',
    sa.Column('parent_id', sa.String(length=16), nullable=True),
    sa.Column('level', sa.Enum('root', 'sector', 'service_area', 'unit', 'working_group', name='level', native_enum=False, length=32), nullable=False),
    sa.Column('name_fi', sa.String(length=120), nullable=False),
    sa.Column('name_sv', sa.String(length=120), nullable=False),
    sa.Column('head_id', sa.String(length=16), nullable=True),
    sa.Column('deputy_id', sa.String(length=16), nullable=True),
    sa.Column('ended_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('id', sa.String(length=16), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['deputy_id'], ['person.id'], name=op.f('fk_unit_deputy_id'), use_alter=True),
    sa.ForeignKeyConstraint(['head_id'], ['person.id'], name=op.f('fk_unit_head_id'), use_alter=True),
    sa.ForeignKeyConstraint(['parent_id'], ['unit.id'], name=op.f('fk_unit_parent_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_unit'))
    )
    with op.batch_alter_table('unit', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_unit_deputy_id'), ['deputy_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_unit_head_id'), ['head_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_unit_parent_id'), ['parent_id'], unique=False)

    op.create_table('used_token',
    sa.Column('hash', sa.String(length=64), nullable=False),
    sa.Column('place', sa.String(length=300), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('hash', name=op.f('pk_used_token'))
    )
    op.create_table('person',
    sa.Column('email', sa.String(length=254), nullable=False),
    sa.Column('name', sa.String(length=120), nullable=False),
    sa.Column('title', sa.String(length=120), nullable=False),
    sa.Column('unit_id', sa.String(length=16), nullable=True),
    sa.Column('language', sa.String(length=2), nullable=False),
    sa.Column('password_hash', sa.String(length=200), nullable=True),
    sa.Column('ended_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('id', sa.String(length=16), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['unit_id'], ['unit.id'], name=op.f('fk_person_unit_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_person')),
    sa.UniqueConstraint('email', name=op.f('uq_person_email'))
    )
    with op.batch_alter_table('person', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_person_unit_id'), ['unit_id'], unique=False)

    op.create_table('platform_host',
    sa.Column('host', sa.String(length=253), nullable=False),
    sa.Column('platform_code', sa.String(length=24), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['platform_code'], ['platform.code'], name=op.f('fk_platform_host_platform_code')),
    sa.PrimaryKeyConstraint('host', name=op.f('pk_platform_host'))
    )
    with op.batch_alter_table('platform_host', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_platform_host_platform_code'), ['platform_code'], unique=False)

    op.create_table('trail_words',
    sa.Column('entry', sa.String(length=16), nullable=False),
    sa.Column('salt', sa.String(length=32), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['entry'], ['trail.entry'], name=op.f('fk_trail_words_entry')),
    sa.PrimaryKeyConstraint('entry', name=op.f('pk_trail_words'))
    )
    op.create_table('absence',
    sa.Column('person_id', sa.String(length=16), nullable=False),
    sa.Column('begins', sa.Date(), nullable=False),
    sa.Column('until', sa.Date(), nullable=False),
    sa.Column('deputy_id', sa.String(length=16), nullable=True),
    sa.Column('entered_by_id', sa.String(length=16), nullable=False),
    sa.Column('cancelled_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('id', sa.String(length=16), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['deputy_id'], ['person.id'], name=op.f('fk_absence_deputy_id')),
    sa.ForeignKeyConstraint(['entered_by_id'], ['person.id'], name=op.f('fk_absence_entered_by_id')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_absence_person_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_absence'))
    )
    with op.batch_alter_table('absence', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_absence_person_id_until'), ['person_id', 'until'], unique=False)

    op.create_table('acknowledgement',
    sa.Column('person_id', sa.String(length=16), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('id', sa.String(length=16), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_acknowledgement_person_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_acknowledgement')),
    sa.UniqueConstraint('person_id', 'number', name=op.f('uq_acknowledgement_person_id_number'))
    )
    with op.batch_alter_table('acknowledgement', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_acknowledgement_person_id'), ['person_id'], unique=False)

    op.create_table('profile',
    sa.Column('state', sa.Enum('setup', 'active', 'closing_announced', 'closed', 'never_opened', name='profilestate', native_enum=False, length=32), nullable=True),
    sa.Column('kind', sa.Enum('office', 'expert', name='profilekind', native_enum=False, length=32), nullable=False),
    sa.Column('platform_id', sa.String(length=24), nullable=False),
    sa.Column('unit_id', sa.String(length=16), nullable=False),
    sa.Column('name', sa.String(length=100), nullable=False),
    sa.Column('slug', sa.String(length=120), nullable=True),
    sa.Column('subject_id', sa.String(length=16), nullable=True),
    sa.Column('texts', sa.JSON(), nullable=False),
    sa.Column('rhythm', sa.String(length=16), nullable=False),
    sa.Column('answering_days', sa.Integer(), nullable=False),
    sa.Column('decided', sa.String(length=16), nullable=True),
    sa.Column('decided_by_id', sa.String(length=16), nullable=True),
    sa.Column('decided_key', sa.String(length=300), nullable=True),
    sa.Column('consent_on', sa.Date(), nullable=True),
    sa.Column('consent_ended_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('setup_until', sa.Date(), nullable=True),
    sa.Column('listed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('confirmed_on', sa.Date(), nullable=True),
    sa.Column('review_due_on', sa.Date(), nullable=True),
    sa.Column('closes_on', sa.Date(), nullable=True),
    sa.Column('closing_reason', sa.Text(), nullable=False),
    sa.Column('successor', sa.Text(), nullable=False),
    sa.Column('closed_on', sa.Date(), nullable=True),
    sa.Column('recheck_on', sa.Date(), nullable=True),
    sa.Column('ends_on', sa.Date(), nullable=True),
    sa.Column('reference', sa.String(length=24), nullable=True),
    sa.Column('state_since', sa.DateTime(timezone=True), nullable=False),
    sa.Column('due_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('revision', sa.Integer(), nullable=False),
    sa.Column('id', sa.String(length=16), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['decided_by_id'], ['person.id'], name=op.f('fk_profile_decided_by_id')),
    sa.ForeignKeyConstraint(['platform_id'], ['platform.code'], name=op.f('fk_profile_platform_id')),
    sa.ForeignKeyConstraint(['subject_id'], ['person.id'], name=op.f('fk_profile_subject_id')),
    sa.ForeignKeyConstraint(['unit_id'], ['unit.id'], name=op.f('fk_profile_unit_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_profile')),
    sa.UniqueConstraint('reference', name=op.f('uq_profile_reference')),
    sa.UniqueConstraint('slug', name=op.f('uq_profile_slug'))
    )
    with op.batch_alter_table('profile', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_profile_due_at'), ['due_at'], unique=False)
        batch_op.create_index(batch_op.f('ix_profile_platform_id'), ['platform_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_profile_state_due_at'), ['state', 'due_at'], unique=False)
        batch_op.create_index(batch_op.f('ix_profile_state_name_id'), ['state', 'name', 'id'], unique=False)
        batch_op.create_index(batch_op.f('ix_profile_subject_id'), ['subject_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_profile_unit_id'), ['unit_id'], unique=False)

    op.create_table('request',
    sa.Column('state', sa.Enum('draft', 'awaiting_consent', 'submitted', 'returned', 'approved', 'rejected', 'withdrawn', 'lapsed', name='requeststate', native_enum=False, length=32), nullable=True),
    sa.Column('kind', sa.Enum('office', 'expert', name='profilekind', native_enum=False, length=32), nullable=False),
    sa.Column('requester_id', sa.String(length=16), nullable=False),
    sa.Column('subject_id', sa.String(length=16), nullable=True),
    sa.Column('unit_id', sa.String(length=16), nullable=True),
    sa.Column('platform_id', sa.String(length=24), nullable=True),
    sa.Column('name', sa.String(length=100), nullable=False),
    sa.Column('sought', sa.Text(), nullable=False),
    sa.Column('key', sa.String(length=300), nullable=True),
    sa.Column('decider_id', sa.String(length=16), nullable=True),
    sa.Column('acting_id', sa.String(length=16), nullable=True),
    sa.Column('named_id', sa.String(length=16), nullable=True),
    sa.Column('handed_to_id', sa.String(length=16), nullable=True),
    sa.Column('deciding_unit_id', sa.String(length=16), nullable=True),
    sa.Column('why', sa.JSON(), nullable=False),
    sa.Column('draft', sa.JSON(), nullable=False),
    sa.Column('edited_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('complete_by', sa.Date(), nullable=True),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('hand_ons', sa.Integer(), nullable=False),
    sa.Column('reference', sa.String(length=24), nullable=True),
    sa.Column('state_since', sa.DateTime(timezone=True), nullable=False),
    sa.Column('due_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('revision', sa.Integer(), nullable=False),
    sa.Column('id', sa.String(length=16), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['acting_id'], ['person.id'], name=op.f('fk_request_acting_id')),
    sa.ForeignKeyConstraint(['decider_id'], ['person.id'], name=op.f('fk_request_decider_id')),
    sa.ForeignKeyConstraint(['deciding_unit_id'], ['unit.id'], name=op.f('fk_request_deciding_unit_id')),
    sa.ForeignKeyConstraint(['handed_to_id'], ['person.id'], name=op.f('fk_request_handed_to_id')),
    sa.ForeignKeyConstraint(['named_id'], ['person.id'], name=op.f('fk_request_named_id')),
    sa.ForeignKeyConstraint(['platform_id'], ['platform.code'], name=op.f('fk_request_platform_id')),
    sa.ForeignKeyConstraint(['requester_id'], ['person.id'], name=op.f('fk_request_requester_id')),
    sa.ForeignKeyConstraint(['subject_id'], ['person.id'], name=op.f('fk_request_subject_id')),
    sa.ForeignKeyConstraint(['unit_id'], ['unit.id'], name=op.f('fk_request_unit_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_request')),
    sa.UniqueConstraint('reference', name=op.f('uq_request_reference'))
    )
    with op.batch_alter_table('request', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_request_due_at'), ['due_at'], unique=False)
        batch_op.create_index(batch_op.f('ix_request_edited_at_id'), ['edited_at', 'id'], unique=False)
        batch_op.create_index(batch_op.f('ix_request_requester_id'), ['requester_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_request_state_due_at'), ['state', 'due_at'], unique=False)
        batch_op.create_index(batch_op.f('ix_request_subject_id'), ['subject_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_request_unit_id'), ['unit_id'], unique=False)

    op.create_table('role_grant',
    sa.Column('person_id', sa.String(length=16), nullable=False),
    sa.Column('role', sa.Enum('keeper', 'handler', 'lead', 'administrator', name='role', native_enum=False, length=32), nullable=False),
    sa.Column('by_id', sa.String(length=16), nullable=True),
    sa.Column('ended_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('id', sa.String(length=16), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['by_id'], ['person.id'], name=op.f('fk_role_grant_by_id')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_role_grant_person_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_role_grant'))
    )
    with op.batch_alter_table('role_grant', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_role_grant_person_id'), ['person_id'], unique=False)

    op.create_table('session',
    sa.Column('hash', sa.String(length=64), nullable=False),
    sa.Column('person_id', sa.String(length=16), nullable=False),
    sa.Column('ends_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('ended_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_session_person_id')),
    sa.PrimaryKeyConstraint('hash', name=op.f('pk_session'))
    )
    with op.batch_alter_table('session', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_session_ends_at'), ['ends_at'], unique=False)
        batch_op.create_index(batch_op.f('ix_session_person_id'), ['person_id'], unique=False)

    op.create_table('training',
    sa.Column('person_id', sa.String(length=16), nullable=False),
    sa.Column('kind', sa.Enum('social_media', 'security', name='trainingkind', native_enum=False, length=32), nullable=False),
    sa.Column('held_on', sa.Date(), nullable=False),
    sa.Column('until', sa.Date(), nullable=True),
    sa.Column('id', sa.String(length=16), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_training_person_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_training'))
    )
    with op.batch_alter_table('training', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_training_person_id'), ['person_id'], unique=False)

    op.create_table('address',
    sa.Column('state', sa.Enum('typed', 'current', 'dropped', 'former', name='addressstate', native_enum=False, length=32), nullable=True),
    sa.Column('profile_id', sa.String(length=16), nullable=False),
    sa.Column('key', sa.String(length=300), nullable=False),
    sa.Column('kind', sa.String(length=24), nullable=False),
    sa.Column('url', sa.Text(), nullable=True),
    sa.Column('typed', sa.Text(), nullable=False),
    sa.Column('lasting', sa.Boolean(), nullable=False),
    sa.Column('allowed_by_id', sa.String(length=16), nullable=True),
    sa.Column('typed_by_id', sa.String(length=16), nullable=False),
    sa.Column('confirmed_by_id', sa.String(length=16), nullable=True),
    sa.Column('seen_on', sa.Date(), nullable=True),
    sa.Column('until', sa.Date(), nullable=True),
    sa.Column('reference', sa.String(length=24), nullable=True),
    sa.Column('state_since', sa.DateTime(timezone=True), nullable=False),
    sa.Column('due_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('revision', sa.Integer(), nullable=False),
    sa.Column('id', sa.String(length=16), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['allowed_by_id'], ['person.id'], name=op.f('fk_address_allowed_by_id')),
    sa.ForeignKeyConstraint(['confirmed_by_id'], ['person.id'], name=op.f('fk_address_confirmed_by_id')),
    sa.ForeignKeyConstraint(['profile_id'], ['profile.id'], name=op.f('fk_address_profile_id')),
    sa.ForeignKeyConstraint(['typed_by_id'], ['person.id'], name=op.f('fk_address_typed_by_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_address')),
    sa.UniqueConstraint('reference', name=op.f('uq_address_reference'))
    )
    with op.batch_alter_table('address', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_address_due_at'), ['due_at'], unique=False)
        batch_op.create_index(batch_op.f('ix_address_key'), ['key'], unique=False)
        batch_op.create_index(batch_op.f('ix_address_profile_id'), ['profile_id'], unique=False)
        batch_op.create_index('uq_address_current', ['key'], unique=True, sqlite_where=sa.text("state = 'current'"), postgresql_where=sa.text("state = 'current'"))

    op.create_table('checklist_tick',
    sa.Column('profile_id', sa.String(length=16), nullable=False),
    sa.Column('place', sa.Integer(), nullable=False),
    sa.Column('item', sa.String(length=32), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('done_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('by_id', sa.String(length=16), nullable=True),
    sa.Column('note', sa.Text(), nullable=False),
    sa.Column('id', sa.String(length=16), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['by_id'], ['person.id'], name=op.f('fk_checklist_tick_by_id')),
    sa.ForeignKeyConstraint(['profile_id'], ['profile.id'], name=op.f('fk_checklist_tick_profile_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_checklist_tick'))
    )
    with op.batch_alter_table('checklist_tick', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_checklist_tick_profile_id'), ['profile_id'], unique=False)

    op.create_table('consent',
    sa.Column('request_id', sa.String(length=16), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.String(length=16), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('guideline_version', sa.Integer(), nullable=False),
    sa.Column('matter', sa.String(length=64), nullable=False),
    sa.Column('given_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('withdrawn_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('id', sa.String(length=16), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_consent_person_id')),
    sa.ForeignKeyConstraint(['request_id'], ['request.id'], name=op.f('fk_consent_request_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_consent'))
    )
    with op.batch_alter_table('consent', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_consent_request_id'), ['request_id'], unique=False)

    op.create_table('decision',
    sa.Column('request_id', sa.String(length=16), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('kind', sa.Enum('approved', 'rejected', 'returned', 'lapsed', name='decisionkind', native_enum=False, length=32), nullable=False),
    sa.Column('by_id', sa.String(length=16), nullable=False),
    sa.Column('for_id', sa.String(length=16), nullable=True),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('conditions', sa.JSON(), nullable=False),
    sa.Column('training_reason', sa.Text(), nullable=False),
    sa.Column('contact', sa.String(length=200), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('id', sa.String(length=16), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['by_id'], ['person.id'], name=op.f('fk_decision_by_id')),
    sa.ForeignKeyConstraint(['for_id'], ['person.id'], name=op.f('fk_decision_for_id')),
    sa.ForeignKeyConstraint(['request_id'], ['request.id'], name=op.f('fk_decision_request_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_decision'))
    )
    with op.batch_alter_table('decision', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_decision_request_id'), ['request_id'], unique=False)

    op.create_table('near_name',
    sa.Column('profile_id', sa.String(length=16), nullable=False),
    sa.Column('text', sa.String(length=300), nullable=False),
    sa.Column('skeleton', sa.String(length=900), nullable=False),
    sa.Column('folded', sa.String(length=300), nullable=False),
    sa.Column('size', sa.Integer(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['profile_id'], ['profile.id'], name=op.f('fk_near_name_profile_id')),
    sa.PrimaryKeyConstraint('profile_id', 'text', name=op.f('pk_near_name'))
    )
    with op.batch_alter_table('near_name', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_near_name_size'), ['size'], unique=False)
        batch_op.create_index(batch_op.f('ix_near_name_skeleton'), ['skeleton'], unique=False)

    op.create_table('profile_admin',
    sa.Column('profile_id', sa.String(length=16), nullable=False),
    sa.Column('place', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.String(length=16), nullable=False),
    sa.Column('task', sa.String(length=80), nullable=False),
    sa.Column('hours_update', sa.Numeric(precision=5, scale=2), nullable=False),
    sa.Column('hours_interaction', sa.Numeric(precision=5, scale=2), nullable=False),
    sa.Column('lead', sa.Boolean(), nullable=False),
    sa.Column('accepted_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('since', sa.DateTime(timezone=True), nullable=False),
    sa.Column('until', sa.DateTime(timezone=True), nullable=True),
    sa.Column('rights', sa.Enum('owner', 'editor', 'poster', name='right', native_enum=False, length=32), nullable=True),
    sa.Column('two_step', sa.Enum('on', 'off', 'not_offered', name='twostep', native_enum=False, length=32), nullable=True),
    sa.Column('recovery_shared', sa.Boolean(), nullable=True),
    sa.Column('stated_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('id', sa.String(length=16), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_profile_admin_person_id')),
    sa.ForeignKeyConstraint(['profile_id'], ['profile.id'], name=op.f('fk_profile_admin_profile_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_profile_admin'))
    )
    with op.batch_alter_table('profile_admin', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_profile_admin_person_id'), ['person_id'], unique=False)
        batch_op.create_index('uq_profile_admin_current', ['profile_id', 'person_id'], unique=True, sqlite_where=sa.text('until IS NULL'), postgresql_where=sa.text('until IS NULL'))

    op.create_table('remark',
    sa.Column('request_id', sa.String(length=16), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('page', sa.String(length=24), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('id', sa.String(length=16), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['request_id'], ['request.id'], name=op.f('fk_remark_request_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_remark'))
    )
    with op.batch_alter_table('remark', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_remark_request_id'), ['request_id'], unique=False)

    op.create_table('request_conflict',
    sa.Column('request_id', sa.String(length=16), nullable=False),
    sa.Column('person_id', sa.String(length=16), nullable=False),
    sa.Column('why', sa.String(length=24), nullable=False),
    sa.Column('id', sa.String(length=16), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_request_conflict_person_id')),
    sa.ForeignKeyConstraint(['request_id'], ['request.id'], name=op.f('fk_request_conflict_request_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_request_conflict')),
    sa.UniqueConstraint('request_id', 'person_id', name=op.f('uq_request_conflict_request_id_person_id'))
    )
    with op.batch_alter_table('request_conflict', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_request_conflict_person_id'), ['person_id'], unique=False)

    op.create_table('request_reader',
    sa.Column('request_id', sa.String(length=16), nullable=False),
    sa.Column('person_id', sa.String(length=16), nullable=False),
    sa.Column('id', sa.String(length=16), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_request_reader_person_id')),
    sa.ForeignKeyConstraint(['request_id'], ['request.id'], name=op.f('fk_request_reader_request_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_request_reader')),
    sa.UniqueConstraint('request_id', 'person_id', name=op.f('uq_request_reader_request_id_person_id'))
    )
    with op.batch_alter_table('request_reader', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_request_reader_person_id'), ['person_id'], unique=False)

    op.create_table('request_version',
    sa.Column('request_id', sa.String(length=16), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('answers', sa.JSON(), nullable=False),
    sa.Column('digest', sa.String(length=64), nullable=False),
    sa.Column('sent_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('by_id', sa.String(length=16), nullable=False),
    sa.Column('id', sa.String(length=16), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['by_id'], ['person.id'], name=op.f('fk_request_version_by_id')),
    sa.ForeignKeyConstraint(['request_id'], ['request.id'], name=op.f('fk_request_version_request_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_request_version')),
    sa.UniqueConstraint('request_id', 'number', name=op.f('uq_request_version_request_id_number'))
    )
    op.create_table('request_admin',
    sa.Column('version_id', sa.String(length=16), nullable=False),
    sa.Column('place', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.String(length=16), nullable=False),
    sa.Column('task', sa.String(length=80), nullable=False),
    sa.Column('hours_update', sa.Numeric(precision=5, scale=2), nullable=False),
    sa.Column('hours_interaction', sa.Numeric(precision=5, scale=2), nullable=False),
    sa.Column('lead', sa.Boolean(), nullable=False),
    sa.Column('accepted_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('declined_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('id', sa.String(length=16), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_request_admin_person_id')),
    sa.ForeignKeyConstraint(['version_id'], ['request_version.id'], name=op.f('fk_request_admin_version_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_request_admin')),
    sa.UniqueConstraint('version_id', 'person_id', name=op.f('uq_request_admin_version_id_person_id'))
    )
    with op.batch_alter_table('request_admin', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_request_admin_person_id'), ['person_id'], unique=False)

    # unit and person point at each other: the second direction is added when both are there
    with op.batch_alter_table('unit', schema=None) as batch_op:
        batch_op.create_foreign_key(op.f('fk_unit_head_id'), 'person', ['head_id'], ['id'])
        batch_op.create_foreign_key(op.f('fk_unit_deputy_id'), 'person', ['deputy_id'], ['id'])


def downgrade() -> None:
    with op.batch_alter_table('unit', schema=None) as batch_op:
        batch_op.drop_constraint(op.f('fk_unit_deputy_id'), type_='foreignkey')
        batch_op.drop_constraint(op.f('fk_unit_head_id'), type_='foreignkey')

    with op.batch_alter_table('request_admin', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_request_admin_person_id'))

    op.drop_table('request_admin')
    op.drop_table('request_version')
    with op.batch_alter_table('request_reader', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_request_reader_person_id'))

    op.drop_table('request_reader')
    with op.batch_alter_table('request_conflict', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_request_conflict_person_id'))

    op.drop_table('request_conflict')
    with op.batch_alter_table('remark', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_remark_request_id'))

    op.drop_table('remark')
    with op.batch_alter_table('profile_admin', schema=None) as batch_op:
        batch_op.drop_index('uq_profile_admin_current', sqlite_where=sa.text('until IS NULL'), postgresql_where=sa.text('until IS NULL'))
        batch_op.drop_index(batch_op.f('ix_profile_admin_person_id'))

    op.drop_table('profile_admin')
    with op.batch_alter_table('near_name', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_near_name_skeleton'))
        batch_op.drop_index(batch_op.f('ix_near_name_size'))

    op.drop_table('near_name')
    with op.batch_alter_table('decision', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_decision_request_id'))

    op.drop_table('decision')
    with op.batch_alter_table('consent', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_consent_request_id'))

    op.drop_table('consent')
    with op.batch_alter_table('checklist_tick', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_checklist_tick_profile_id'))

    op.drop_table('checklist_tick')
    with op.batch_alter_table('address', schema=None) as batch_op:
        batch_op.drop_index('uq_address_current', sqlite_where=sa.text("state = 'current'"), postgresql_where=sa.text("state = 'current'"))
        batch_op.drop_index(batch_op.f('ix_address_profile_id'))
        batch_op.drop_index(batch_op.f('ix_address_key'))
        batch_op.drop_index(batch_op.f('ix_address_due_at'))

    op.drop_table('address')
    with op.batch_alter_table('training', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_training_person_id'))

    op.drop_table('training')
    with op.batch_alter_table('session', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_session_person_id'))
        batch_op.drop_index(batch_op.f('ix_session_ends_at'))

    op.drop_table('session')
    with op.batch_alter_table('role_grant', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_role_grant_person_id'))

    op.drop_table('role_grant')
    with op.batch_alter_table('request', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_request_unit_id'))
        batch_op.drop_index(batch_op.f('ix_request_subject_id'))
        batch_op.drop_index(batch_op.f('ix_request_state_due_at'))
        batch_op.drop_index(batch_op.f('ix_request_requester_id'))
        batch_op.drop_index(batch_op.f('ix_request_edited_at_id'))
        batch_op.drop_index(batch_op.f('ix_request_due_at'))

    op.drop_table('request')
    with op.batch_alter_table('profile', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_profile_unit_id'))
        batch_op.drop_index(batch_op.f('ix_profile_subject_id'))
        batch_op.drop_index(batch_op.f('ix_profile_state_name_id'))
        batch_op.drop_index(batch_op.f('ix_profile_state_due_at'))
        batch_op.drop_index(batch_op.f('ix_profile_platform_id'))
        batch_op.drop_index(batch_op.f('ix_profile_due_at'))

    op.drop_table('profile')
    with op.batch_alter_table('acknowledgement', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_acknowledgement_person_id'))

    op.drop_table('acknowledgement')
    with op.batch_alter_table('absence', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_absence_person_id_until'))

    op.drop_table('absence')
    op.drop_table('trail_words')
    with op.batch_alter_table('platform_host', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_platform_host_platform_code'))

    op.drop_table('platform_host')
    with op.batch_alter_table('person', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_person_unit_id'))

    op.drop_table('person')
    op.drop_table('used_token')
    with op.batch_alter_table('unit', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_unit_parent_id'))
        batch_op.drop_index(batch_op.f('ix_unit_head_id'))
        batch_op.drop_index(batch_op.f('ix_unit_deputy_id'))

    op.drop_table('unit')
    op.drop_table('trail_head')
    with op.batch_alter_table('trail', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_trail_subject_id'))
        batch_op.drop_index(batch_op.f('ix_trail_at'))
        batch_op.drop_index(batch_op.f('ix_trail_actor'))

    op.drop_table('trail')
    op.drop_table('setting')
    with op.batch_alter_table('search_word', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_search_word_index_subject_id'))

    op.drop_table('search_word')
    op.drop_table('platform')
    with op.batch_alter_table('outbox', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_outbox_subject_id'))
        batch_op.drop_index(batch_op.f('ix_outbox_person_id'))
        batch_op.drop_index(batch_op.f('ix_outbox_due_at'))

    op.drop_table('outbox')
    op.drop_table('job_run')
    op.drop_table('guideline_version')
    op.drop_table('counter')
    with op.batch_alter_table('address_mark', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_address_mark_key'))

    op.drop_table('address_mark')
