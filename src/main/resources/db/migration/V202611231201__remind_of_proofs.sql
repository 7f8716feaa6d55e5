create table grant_reminders (
    resolution_id bigint not null references grant_notices,
    kind          text not null check (kind in ('before', 'after')),
    sent_at       timestamptz not null,
    primary key (resolution_id, kind)
);
comment on table grant_reminders is 'Mails about a proof of use that is due: one before the day and one after it.';
create trigger reminders_stay before update or delete or truncate on grant_reminders for each statement execute function forbid_change();
