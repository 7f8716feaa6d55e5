create extension if not exists pg_trgm;

-- Rows in these tables are facts: they are added, never changed.
create function forbid_change() returns trigger language plpgsql as $$
begin
    raise exception '% is append-only', tg_table_name using errcode = 'restrict_violation';
end $$;

create table audit_entries (
    id          bigint generated always as identity primary key,
    at          timestamptz not null,
    person_id   bigint,
    deed        text        not null check (deed ~ '^[a-z]+([.-][a-z]+)*$'),
    subject     text        not null,
    reason      text        not null default '',
    details     jsonb       not null default '{}'
);
comment on table audit_entries is 'Who did what, when and why; written in the transaction of the deed. Ids only, no personal data.';
create trigger audit_entries_are_append_only before update or delete or truncate on audit_entries
    for each statement execute function forbid_change();
create index audit_entries_by_subject on audit_entries (subject, id);

create table mails (
    id           bigint generated always as identity primary key,
    topic        text        not null,
    recipient    text        not null,
    subject      text        not null,
    body         text        not null,
    created_at   timestamptz not null,
    sent_at      timestamptz,
    attempts     int         not null default 0 check (attempts >= 0),
    next_try_at  timestamptz not null,
    unique (recipient, topic)
);
comment on table mails is 'Outbox: a mail is written in the transaction of the deed it tells of and sent by a job afterwards.';
comment on column mails.topic is 'What the mail tells of, for example idea-published:128; one mail per recipient and topic.';
create index mails_to_send on mails (next_try_at) where sent_at is null;
