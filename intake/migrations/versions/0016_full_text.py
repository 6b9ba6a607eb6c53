"""The databases' own full text in place of a table of words, and a key that names are ordered by.

The documents are made by the program: a start that finds none makes them.

Revision ID: 0016
Revises: 0015
"""

import unicodedata

import sqlalchemy as sa
from alembic import op
from anyascii import anyascii
from sqlalchemy.dialects.postgresql import TSVECTOR

revision = '0016'
down_revision = '0015'
branch_labels = None
depends_on = None

ORDERED = ('person', 'profile')
EXACT = sa.String(60).with_variant(sa.String(60, collation='C'), 'postgresql')
KEY = sa.Text().with_variant(sa.Text(collation='C'), 'postgresql')
INDEXES = {  # of profiles, with the columns of before
    'ix_profile_state_{}_id': ('state',),
    'ix_profile_{}_id': (),
    'ix_profile_platform_id_{}_id': ('platform_id',),
}
FTS = (
    "CREATE VIRTUAL TABLE search_fts USING fts5(tokens, content='search_document',"
    " content_rowid='id', tokenize='ascii', detail=none, columnsize=0)",
    'CREATE VIRTUAL TABLE search_vocabulary USING fts5vocab(search_fts, row)',
)


def upgrade() -> None:
    op.drop_table('search_word')
    _make_tables()
    for table in ORDERED:
        op.add_column(table, sa.Column('sort_key', KEY, nullable=False, server_default=''))
        _give_keys(sa.table(table, *(sa.column(name) for name in ('id', 'name', 'sort_key'))))
    op.create_index('ix_person_sort_key_id', 'person', ['sort_key', 'id'])
    for name, before in INDEXES.items():
        op.drop_index(name.format('name'), 'profile')
        op.create_index(name.format('sort_key'), 'profile', [*before, 'sort_key', 'id'])
    op.drop_column('request', 'sought')


def _make_tables() -> None:
    is_sqlite = op.get_bind().dialect.name == 'sqlite'
    op.create_table(
        'search_document',
        sa.Column(
            'id',
            sa.BigInteger().with_variant(sa.Integer(), 'sqlite'),
            nullable=False,
        ),
        sa.Column('scope', sa.String(1), nullable=False),
        sa.Column('subject_id', sa.String(16), nullable=False),
        sa.Column('tokens', sa.Text().with_variant(TSVECTOR(), 'postgresql'), nullable=False),
        sa.PrimaryKeyConstraint('id', name='pk_search_document'),
        sa.UniqueConstraint('scope', 'subject_id', name='uq_search_document_scope_subject_id'),
    )
    op.create_table(
        'search_term',
        sa.Column('scope', sa.String(1), nullable=False),
        sa.Column('term', EXACT, nullable=False),
        sa.Column('back', EXACT, nullable=False),
        sa.PrimaryKeyConstraint('scope', 'term', name='pk_search_term'),
        sqlite_with_rowid=False,
    )
    op.create_index('ix_search_term_scope_back', 'search_term', ['scope', 'back'])
    op.create_table(
        'search_state',
        sa.Column('source', sa.String(16), nullable=False),
        sa.Column('version', sa.Integer(), nullable=False),
        sa.Column('after', sa.String(16), nullable=True),
        sa.PrimaryKeyConstraint('source', name='pk_search_state'),
    )
    if is_sqlite:
        for line in FTS:
            op.execute(line)
    else:
        op.create_index(
            'ix_search_document_tokens', 'search_document', ['tokens'], postgresql_using='gin'
        )


def _give_keys(table: sa.TableClause) -> None:
    connection = op.get_bind()
    rows = connection.execute(sa.select(table.c.id, table.c.name)).all()
    given = [{'this': row.id, 'key': _sort_key(row.name)} for row in rows]
    if given:
        change = table.update().where(table.c.id == sa.bindparam('this'))
        connection.execute(change.values(sort_key=sa.bindparam('key')), given)


def _sort_key(name: str) -> str:
    """What `intake.data.full_text.sort_key` makes of a name, as of this migration."""
    own = {'å': '{a', 'ä': '{b', 'æ': '{b', 'ö': '{c', 'ø': '{c', 'ü': 'y'}
    said = unicodedata.normalize('NFC', name.casefold())
    after_z = str.maketrans('{|}~', '    ')
    made = ''.join(own.get(sign) or anyascii(sign).lower().translate(after_z) for sign in said)
    return f'{made[:400]}\t{name[:400]}'


def downgrade() -> None:
    """The words of before are not made again: searching finds them once something is changed."""
    op.add_column('request', sa.Column('sought', sa.Text(), nullable=False, server_default=''))
    for name, before in INDEXES.items():
        op.drop_index(name.format('sort_key'), 'profile')
        op.create_index(name.format('name'), 'profile', [*before, 'name', 'id'])
    op.drop_index('ix_person_sort_key_id', 'person')
    for table in ORDERED:
        op.drop_column(table, 'sort_key')
    if op.get_bind().dialect.name == 'sqlite':
        op.execute('DROP TABLE search_vocabulary')
        op.execute('DROP TABLE search_fts')
    for name in ('search_state', 'search_term', 'search_document'):
        op.drop_table(name)
    exact = sa.String(200).with_variant(sa.String(200, collation='C'), 'postgresql')
    op.create_table(
        'search_word',
        sa.Column('index', sa.String(length=24), nullable=False),
        sa.Column('word', exact, nullable=False),
        sa.Column('subject_id', sa.String(length=16), nullable=False),
        sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint('index', 'word', 'subject_id', name='pk_search_word'),
    )
    op.create_index('ix_search_word_index_subject_id', 'search_word', ['index', 'subject_id'])
