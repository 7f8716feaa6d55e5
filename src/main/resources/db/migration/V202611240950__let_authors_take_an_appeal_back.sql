-- An appeal ends where its author takes it back before it is decided, as it does where they go. There is still only one.
alter table statement_appeal_endings
    add column withdrawn boolean not null default false;
comment on table statement_appeal_endings is 'Appeals that nobody decides any more, because whoever made them took them back or has gone.';
comment on column statement_appeal_endings.withdrawn is 'Whether the author took it back; else they have gone.';
