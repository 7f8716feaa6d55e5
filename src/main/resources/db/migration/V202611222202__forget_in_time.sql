create table retention_rounds (
    rule     text primary key,
    next_at  timestamptz not null
);
comment on table retention_rounds is 'When each rule of privacy/register.yml is due again; a copy of the application that carries one out holds the lock of its row.';

create table retention_runs (
    id      bigint generated always as identity primary key,
    rule    text not null,
    at      timestamptz not null,
    "rows"  bigint not null check ("rows" >= 0)
);
comment on table retention_runs is 'What was forgotten: rule, when, how many rows. Kept for two years.';
create index retention_runs_by_rule on retention_runs (rule, id desc);
create index retention_runs_by_time on retention_runs (at);

alter table mails add column once boolean not null default false;
comment on column mails.once is 'The whole row goes when the mail is sent or its time is over: nothing of it is to stay.';
alter table mails add column unsubscribe text not null default '';
comment on column mails.unsubscribe is 'Address that ends such mails at one click (RFC 8058); empty where the mail answers a deed.';
create index mails_by_age on mails (created_at);
