"""Reports of fake profiles and their cases.

Revision ID: 0005
Revises: 0004
"""

import sqlalchemy as sa
from alembic import op

revision = '0005'
down_revision = '0004'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('report',
    sa.Column('reference', sa.String(length=16), nullable=False),
    sa.Column('code_hash', sa.String(length=64), nullable=False),
    sa.Column('answers', sa.JSON(), nullable=False),
    sa.Column('language', sa.String(length=2), nullable=False),
    sa.Column('held', sa.Enum('trap', 'fast', 'flood', name='held', native_enum=False, length=32), nullable=True),
    sa.Column('by_id', sa.String(length=16), nullable=True),
    sa.Column('id', sa.String(length=16), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['by_id'], ['person.id'], name=op.f('fk_report_by_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_report')),
    sa.UniqueConstraint('code_hash', name=op.f('uq_report_code_hash')),
    sa.UniqueConstraint('reference', name=op.f('uq_report_reference'))
    )
    op.create_table('case',
    sa.Column('state', sa.Enum('received', 'under_review', 'needs_info', 'duplicate', 'spam', 'not_fake', 'confirmed', 'platform_notified', 'no_answer', 'platform_refused', 'escalated', 'taken_down', 'closed_unresolved', 'reopened', 'recovering', 'recovered', name='casestate', native_enum=False, length=32), nullable=True),
    sa.Column('name', sa.String(length=200), nullable=False),
    sa.Column('platform_code', sa.String(length=24), nullable=False),
    sa.Column('priority', sa.Enum('normal', 'urgent', name='priority', native_enum=False, length=32), nullable=False),
    sa.Column('held', sa.Boolean(), nullable=False),
    sa.Column('acts', sa.JSON(), nullable=False),
    sa.Column('profile_id', sa.String(length=16), nullable=True),
    sa.Column('unit_id', sa.String(length=16), nullable=True),
    sa.Column('handler_id', sa.String(length=16), nullable=True),
    sa.Column('main_case_id', sa.String(length=16), nullable=True),
    sa.Column('triage_by', sa.DateTime(timezone=True), nullable=True),
    sa.Column('taken_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('second_by_id', sa.String(length=16), nullable=True),
    sa.Column('second_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('unit_answer', sa.Enum('not_ours', 'no_longer_ours', 'not_reached', name='unitanswer', native_enum=False, length=32), nullable=True),
    sa.Column('confirmed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('notice_by', sa.DateTime(timezone=True), nullable=True),
    sa.Column('outcome', sa.Enum('removed', 'restricted', 'labelled', 'renamed', 'hidden_in_eu', 'gone_without_answer', name='outcome', native_enum=False, length=32), nullable=True),
    sa.Column('ground', sa.Enum('official', 'was_official', 'namesake', 'parody', 'other_body', 'not_found', 'no_harm', name='ground', native_enum=False, length=32), nullable=True),
    sa.Column('looks_private', sa.Boolean(), nullable=False),
    sa.Column('ended_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('recheck_on', sa.Date(), nullable=True),
    sa.Column('next_check_on', sa.Date(), nullable=True),
    sa.Column('same_text', sa.String(length=64), nullable=True),
    sa.Column('packet_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('no_warning_reason', sa.Text(), nullable=False),
    sa.Column('police', sa.Enum('not_considered', 'not_needed', 'victim_advised', 'filed_by_victim', 'filed_by_town', 'investigation_ended', name='policestate', native_enum=False, length=32), nullable=False),
    sa.Column('police_since', sa.DateTime(timezone=True), nullable=True),
    sa.Column('police_due_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('reference', sa.String(length=24), nullable=True),
    sa.Column('state_since', sa.DateTime(timezone=True), nullable=False),
    sa.Column('due_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('revision', sa.Integer(), nullable=False),
    sa.Column('id', sa.String(length=16), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['handler_id'], ['person.id'], name=op.f('fk_case_handler_id')),
    sa.ForeignKeyConstraint(['main_case_id'], ['case.id'], name=op.f('fk_case_main_case_id')),
    sa.ForeignKeyConstraint(['profile_id'], ['profile.id'], name=op.f('fk_case_profile_id')),
    sa.ForeignKeyConstraint(['second_by_id'], ['person.id'], name=op.f('fk_case_second_by_id')),
    sa.ForeignKeyConstraint(['unit_id'], ['unit.id'], name=op.f('fk_case_unit_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_case')),
    sa.UniqueConstraint('reference', name=op.f('uq_case_reference'))
    )
    with op.batch_alter_table('case', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_case_due_at'), ['due_at'], unique=False)
        batch_op.create_index(batch_op.f('ix_case_handler_id_due_at'), ['handler_id', 'due_at'], unique=False)
        batch_op.create_index(batch_op.f('ix_case_held_due_at_id'), ['held', 'due_at', 'id'], unique=False)
        batch_op.create_index(batch_op.f('ix_case_main_case_id'), ['main_case_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_case_platform_code'), ['platform_code'], unique=False)
        batch_op.create_index(batch_op.f('ix_case_police_due_at'), ['police_due_at'], unique=False)
        batch_op.create_index(batch_op.f('ix_case_profile_id'), ['profile_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_case_same_text_due_at_id'), ['same_text', 'due_at', 'id'], unique=False)
        batch_op.create_index(batch_op.f('ix_case_state_due_at_id'), ['state', 'due_at', 'id'], unique=False)
        batch_op.create_index(batch_op.f('ix_case_unit_id'), ['unit_id'], unique=False)

    op.create_table('addition',
    sa.Column('report_id', sa.String(length=16), nullable=False),
    sa.Column('case_id', sa.String(length=16), nullable=True),
    sa.Column('kind', sa.String(length=16), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('id', sa.String(length=16), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['case_id'], ['case.id'], name=op.f('fk_addition_case_id')),
    sa.ForeignKeyConstraint(['report_id'], ['report.id'], name=op.f('fk_addition_report_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_addition'))
    )
    with op.batch_alter_table('addition', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_addition_case_id'), ['case_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_addition_report_id'), ['report_id'], unique=False)

    op.create_table('contact',
    sa.Column('report_id', sa.String(length=16), nullable=False),
    sa.Column('encrypted', sa.Text(), nullable=False),
    sa.Column('mail_hash', sa.String(length=64), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['report_id'], ['report.id'], name=op.f('fk_contact_report_id')),
    sa.PrimaryKeyConstraint('report_id', name=op.f('pk_contact'))
    )
    with op.batch_alter_table('contact', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_contact_mail_hash'), ['mail_hash'], unique=False)

    op.create_table('follow',
    sa.Column('hash', sa.String(length=64), nullable=False),
    sa.Column('report_id', sa.String(length=16), nullable=False),
    sa.Column('ends_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['report_id'], ['report.id'], name=op.f('fk_follow_report_id')),
    sa.PrimaryKeyConstraint('hash', name=op.f('pk_follow'))
    )
    with op.batch_alter_table('follow', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_follow_report_id'), ['report_id'], unique=False)

    op.create_table('case_key',
    sa.Column('key', sa.String(length=300), nullable=False),
    sa.Column('case_id', sa.String(length=16), nullable=False),
    sa.Column('from_case_id', sa.String(length=16), nullable=True),
    sa.Column('shown', sa.Text(), nullable=False),
    sa.Column('id', sa.String(length=16), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['case_id'], ['case.id'], name=op.f('fk_case_key_case_id')),
    sa.ForeignKeyConstraint(['from_case_id'], ['case.id'], name=op.f('fk_case_key_from_case_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_case_key')),
    sa.UniqueConstraint('key', name=op.f('uq_case_key_key'))
    )
    with op.batch_alter_table('case_key', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_case_key_case_id'), ['case_id'], unique=False)

    op.create_table('case_name',
    sa.Column('case_id', sa.String(length=16), nullable=False),
    sa.Column('text', sa.String(length=300), nullable=False),
    sa.Column('skeleton', sa.String(length=900), nullable=False),
    sa.Column('folded', sa.String(length=300), nullable=False),
    sa.Column('size', sa.Integer(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['case_id'], ['case.id'], name=op.f('fk_case_name_case_id')),
    sa.PrimaryKeyConstraint('case_id', 'text', name=op.f('pk_case_name'))
    )
    with op.batch_alter_table('case_name', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_case_name_size'), ['size'], unique=False)
        batch_op.create_index(batch_op.f('ix_case_name_skeleton'), ['skeleton'], unique=False)

    op.create_table('case_report',
    sa.Column('case_id', sa.String(length=16), nullable=False),
    sa.Column('report_id', sa.String(length=16), nullable=False),
    sa.Column('from_case_id', sa.String(length=16), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['case_id'], ['case.id'], name=op.f('fk_case_report_case_id')),
    sa.ForeignKeyConstraint(['from_case_id'], ['case.id'], name=op.f('fk_case_report_from_case_id')),
    sa.ForeignKeyConstraint(['report_id'], ['report.id'], name=op.f('fk_case_report_report_id')),
    sa.PrimaryKeyConstraint('case_id', 'report_id', name=op.f('pk_case_report'))
    )
    with op.batch_alter_table('case_report', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_case_report_report_id'), ['report_id'], unique=False)

    op.create_table('evidence',
    sa.Column('sha256', sa.String(length=64), nullable=False),
    sa.Column('media_type', sa.String(length=40), nullable=False),
    sa.Column('size', sa.Integer(), nullable=False),
    sa.Column('name', sa.String(length=255), nullable=False),
    sa.Column('pages', sa.Integer(), nullable=False),
    sa.Column('report_id', sa.String(length=16), nullable=True),
    sa.Column('case_id', sa.String(length=16), nullable=True),
    sa.Column('staged_for', sa.String(length=64), nullable=True),
    sa.Column('by_id', sa.String(length=16), nullable=True),
    sa.Column('id', sa.String(length=16), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['by_id'], ['person.id'], name=op.f('fk_evidence_by_id')),
    sa.ForeignKeyConstraint(['case_id'], ['case.id'], name=op.f('fk_evidence_case_id')),
    sa.ForeignKeyConstraint(['report_id'], ['report.id'], name=op.f('fk_evidence_report_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_evidence'))
    )
    with op.batch_alter_table('evidence', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_evidence_case_id'), ['case_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_evidence_report_id'), ['report_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_evidence_sha256'), ['sha256'], unique=False)
        batch_op.create_index(batch_op.f('ix_evidence_staged_for'), ['staged_for'], unique=False)

    op.create_table('evidence_page',
    sa.Column('evidence_id', sa.String(length=16), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('sha256', sa.String(length=64), nullable=False),
    sa.Column('media_type', sa.String(length=40), nullable=False),
    sa.Column('size', sa.Integer(), nullable=False),
    sa.Column('width', sa.Integer(), nullable=False),
    sa.Column('height', sa.Integer(), nullable=False),
    sa.Column('id', sa.String(length=16), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['evidence_id'], ['evidence.id'], name=op.f('fk_evidence_page_evidence_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_evidence_page'))
    )
    with op.batch_alter_table('evidence_page', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_evidence_page_evidence_id'), ['evidence_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_evidence_page_sha256'), ['sha256'], unique=False)

    op.create_table('exclusion',
    sa.Column('case_id', sa.String(length=16), nullable=False),
    sa.Column('person_id', sa.String(length=16), nullable=False),
    sa.Column('by_id', sa.String(length=16), nullable=True),
    sa.Column('ended_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('id', sa.String(length=16), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['by_id'], ['person.id'], name=op.f('fk_exclusion_by_id')),
    sa.ForeignKeyConstraint(['case_id'], ['case.id'], name=op.f('fk_exclusion_case_id')),
    sa.ForeignKeyConstraint(['person_id'], ['person.id'], name=op.f('fk_exclusion_person_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_exclusion'))
    )
    with op.batch_alter_table('exclusion', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_exclusion_case_id'), ['case_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_exclusion_person_id'), ['person_id'], unique=False)

    op.create_table('filing',
    sa.Column('case_id', sa.String(length=16), nullable=False),
    sa.Column('way', sa.Enum('rules', 'art16', 'complaint', 'body', 'dsc', 'police', 'recovery', name='way', native_enum=False, length=32), nullable=False),
    sa.Column('route', sa.Text(), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('copy', sa.Text(), nullable=False),
    sa.Column('words_confirmed', sa.Boolean(), nullable=False),
    sa.Column('reference', sa.String(length=100), nullable=False),
    sa.Column('sent_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('by_id', sa.String(length=16), nullable=True),
    sa.Column('receipt_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('decided_on', sa.Date(), nullable=True),
    sa.Column('decision', sa.Text(), nullable=False),
    sa.Column('id', sa.String(length=16), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['by_id'], ['person.id'], name=op.f('fk_filing_by_id')),
    sa.ForeignKeyConstraint(['case_id'], ['case.id'], name=op.f('fk_filing_case_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_filing'))
    )
    with op.batch_alter_table('filing', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_filing_case_id'), ['case_id'], unique=False)

    op.create_table('look',
    sa.Column('case_id', sa.String(length=16), nullable=False),
    sa.Column('by_id', sa.String(length=16), nullable=False),
    sa.Column('seen_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('there', sa.Boolean(), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('id', sa.String(length=16), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['by_id'], ['person.id'], name=op.f('fk_look_by_id')),
    sa.ForeignKeyConstraint(['case_id'], ['case.id'], name=op.f('fk_look_case_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_look'))
    )
    with op.batch_alter_table('look', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_look_case_id'), ['case_id'], unique=False)

    op.create_table('note',
    sa.Column('case_id', sa.String(length=16), nullable=False),
    sa.Column('by_id', sa.String(length=16), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('id', sa.String(length=16), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['by_id'], ['person.id'], name=op.f('fk_note_by_id')),
    sa.ForeignKeyConstraint(['case_id'], ['case.id'], name=op.f('fk_note_case_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_note'))
    )
    with op.batch_alter_table('note', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_note_case_id'), ['case_id'], unique=False)

    op.create_table('public_warning',
    sa.Column('case_id', sa.String(length=16), nullable=False),
    sa.Column('profile_id', sa.String(length=16), nullable=True),
    sa.Column('texts', sa.JSON(), nullable=False),
    sa.Column('ends_on', sa.Date(), nullable=False),
    sa.Column('by_id', sa.String(length=16), nullable=False),
    sa.Column('ended_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('id', sa.String(length=16), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['by_id'], ['person.id'], name=op.f('fk_public_warning_by_id')),
    sa.ForeignKeyConstraint(['case_id'], ['case.id'], name=op.f('fk_public_warning_case_id')),
    sa.ForeignKeyConstraint(['profile_id'], ['profile.id'], name=op.f('fk_public_warning_profile_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_public_warning'))
    )
    with op.batch_alter_table('public_warning', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_public_warning_case_id'), ['case_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_public_warning_ends_on'), ['ends_on'], unique=False)
        batch_op.create_index(batch_op.f('ix_public_warning_profile_id'), ['profile_id'], unique=False)

    op.create_table('question',
    sa.Column('case_id', sa.String(length=16), nullable=False),
    sa.Column('report_id', sa.String(length=16), nullable=False),
    sa.Column('phrase', sa.String(length=24), nullable=False),
    sa.Column('by_id', sa.String(length=16), nullable=False),
    sa.Column('answered_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('id', sa.String(length=16), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['by_id'], ['person.id'], name=op.f('fk_question_by_id')),
    sa.ForeignKeyConstraint(['case_id'], ['case.id'], name=op.f('fk_question_case_id')),
    sa.ForeignKeyConstraint(['report_id'], ['report.id'], name=op.f('fk_question_report_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_question'))
    )
    with op.batch_alter_table('question', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_question_case_id'), ['case_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_question_report_id'), ['report_id'], unique=False)

    op.create_table('report_address',
    sa.Column('report_id', sa.String(length=16), nullable=False),
    sa.Column('place', sa.Integer(), nullable=False),
    sa.Column('typed', sa.Text(), nullable=False),
    sa.Column('key', sa.String(length=300), nullable=True),
    sa.Column('deep_link', sa.Text(), nullable=True),
    sa.Column('note', sa.String(length=24), nullable=True),
    sa.Column('case_id', sa.String(length=16), nullable=True),
    sa.Column('id', sa.String(length=16), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['case_id'], ['case.id'], name=op.f('fk_report_address_case_id')),
    sa.ForeignKeyConstraint(['report_id'], ['report.id'], name=op.f('fk_report_address_report_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_report_address'))
    )
    with op.batch_alter_table('report_address', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_report_address_case_id'), ['case_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_report_address_report_id'), ['report_id'], unique=False)

    op.create_table('reveal',
    sa.Column('case_id', sa.String(length=16), nullable=False),
    sa.Column('what', sa.String(length=40), nullable=False),
    sa.Column('by_id', sa.String(length=16), nullable=False),
    sa.Column('until', sa.DateTime(timezone=True), nullable=False),
    sa.Column('id', sa.String(length=16), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['by_id'], ['person.id'], name=op.f('fk_reveal_by_id')),
    sa.ForeignKeyConstraint(['case_id'], ['case.id'], name=op.f('fk_reveal_case_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_reveal'))
    )
    with op.batch_alter_table('reveal', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_reveal_by_id'), ['by_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_reveal_case_id'), ['case_id'], unique=False)

    op.create_table('watch',
    sa.Column('profile_id', sa.String(length=16), nullable=False),
    sa.Column('case_id', sa.String(length=16), nullable=False),
    sa.Column('due_on', sa.Date(), nullable=False),
    sa.Column('looked_by_id', sa.String(length=16), nullable=True),
    sa.Column('looked_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('id', sa.String(length=16), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['case_id'], ['case.id'], name=op.f('fk_watch_case_id')),
    sa.ForeignKeyConstraint(['looked_by_id'], ['person.id'], name=op.f('fk_watch_looked_by_id')),
    sa.ForeignKeyConstraint(['profile_id'], ['profile.id'], name=op.f('fk_watch_profile_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_watch'))
    )
    with op.batch_alter_table('watch', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_watch_case_id'), ['case_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_watch_due_on'), ['due_on'], unique=False)
        batch_op.create_index(batch_op.f('ix_watch_profile_id'), ['profile_id'], unique=False)



def downgrade() -> None:
    with op.batch_alter_table('watch', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_watch_profile_id'))
        batch_op.drop_index(batch_op.f('ix_watch_due_on'))
        batch_op.drop_index(batch_op.f('ix_watch_case_id'))

    op.drop_table('watch')
    with op.batch_alter_table('reveal', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_reveal_case_id'))
        batch_op.drop_index(batch_op.f('ix_reveal_by_id'))

    op.drop_table('reveal')
    with op.batch_alter_table('report_address', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_report_address_report_id'))
        batch_op.drop_index(batch_op.f('ix_report_address_case_id'))

    op.drop_table('report_address')
    with op.batch_alter_table('question', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_question_report_id'))
        batch_op.drop_index(batch_op.f('ix_question_case_id'))

    op.drop_table('question')
    with op.batch_alter_table('public_warning', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_public_warning_profile_id'))
        batch_op.drop_index(batch_op.f('ix_public_warning_ends_on'))
        batch_op.drop_index(batch_op.f('ix_public_warning_case_id'))

    op.drop_table('public_warning')
    with op.batch_alter_table('note', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_note_case_id'))

    op.drop_table('note')
    with op.batch_alter_table('look', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_look_case_id'))

    op.drop_table('look')
    with op.batch_alter_table('filing', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_filing_case_id'))

    op.drop_table('filing')
    with op.batch_alter_table('exclusion', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_exclusion_person_id'))
        batch_op.drop_index(batch_op.f('ix_exclusion_case_id'))

    op.drop_table('exclusion')
    with op.batch_alter_table('evidence_page', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_evidence_page_sha256'))
        batch_op.drop_index(batch_op.f('ix_evidence_page_evidence_id'))

    op.drop_table('evidence_page')
    with op.batch_alter_table('evidence', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_evidence_staged_for'))
        batch_op.drop_index(batch_op.f('ix_evidence_sha256'))
        batch_op.drop_index(batch_op.f('ix_evidence_report_id'))
        batch_op.drop_index(batch_op.f('ix_evidence_case_id'))

    op.drop_table('evidence')
    with op.batch_alter_table('case_name', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_case_name_skeleton'))
        batch_op.drop_index(batch_op.f('ix_case_name_size'))

    op.drop_table('case_name')
    with op.batch_alter_table('case_report', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_case_report_report_id'))

    op.drop_table('case_report')
    with op.batch_alter_table('case_key', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_case_key_case_id'))

    op.drop_table('case_key')
    with op.batch_alter_table('follow', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_follow_report_id'))

    op.drop_table('follow')
    with op.batch_alter_table('contact', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_contact_mail_hash'))

    op.drop_table('contact')
    with op.batch_alter_table('addition', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_addition_report_id'))
        batch_op.drop_index(batch_op.f('ix_addition_case_id'))

    op.drop_table('addition')

    with op.batch_alter_table('case', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_case_unit_id'))
        batch_op.drop_index(batch_op.f('ix_case_state_due_at_id'))
        batch_op.drop_index(batch_op.f('ix_case_same_text_due_at_id'))
        batch_op.drop_index(batch_op.f('ix_case_profile_id'))
        batch_op.drop_index(batch_op.f('ix_case_police_due_at'))
        batch_op.drop_index(batch_op.f('ix_case_platform_code'))
        batch_op.drop_index(batch_op.f('ix_case_main_case_id'))
        batch_op.drop_index(batch_op.f('ix_case_held_due_at_id'))
        batch_op.drop_index(batch_op.f('ix_case_handler_id_due_at'))
        batch_op.drop_index(batch_op.f('ix_case_due_at'))

    op.drop_table('case')
    op.drop_table('report')
