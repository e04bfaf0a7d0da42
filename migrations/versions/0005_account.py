"""Keep links in mails, and what others read instead of a protected name"""

import sqlalchemy as sa
from alembic import op

revision = '0005_account'
down_revision = '0004_second_factor'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('account_link',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('user_id', sa.Integer(), nullable=False),
    sa.Column('purpose', sa.Enum('login', 'reset', 'new_address', 'old_address', name='linkpurpose', native_enum=False, length=32), nullable=False),
    sa.Column('token_hash', sa.String(), nullable=False),
    sa.Column('email', sa.String(), nullable=True),
    sa.Column('created_at', sa.DateTime(), nullable=False),
    sa.Column('expires_at', sa.DateTime(), nullable=False),
    sa.Column('used_at', sa.DateTime(), nullable=True),
    sa.ForeignKeyConstraint(['user_id'], ['user.id'], name=op.f('fk_account_link_user_id_user')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_account_link')),
    sa.UniqueConstraint('token_hash', name=op.f('uq_account_link_token_hash'))
    )
    op.create_index('ix_account_link_expires_at', 'account_link', ['expires_at'])
    op.create_index(op.f('ix_account_link_user_id'), 'account_link', ['user_id'])
    op.add_column('user', sa.Column('alias', sa.String(), nullable=True))
    op.create_index('ix_user_alias', 'user', ['alias'], unique=True)
    if op.get_bind().dialect.name == "sqlite":  # a deleted invitation's id is never given again
        with op.batch_alter_table(
            'invitation', recreate='always', table_kwargs={'sqlite_autoincrement': True}
        ):
            pass


def downgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        with op.batch_alter_table('invitation', recreate='always'):
            pass
    op.drop_index('ix_user_alias', 'user')
    op.drop_column('user', 'alias')
    op.drop_table('account_link')
