create table role_mappings (
    id          bigint generated always as identity primary key,
    provider    text not null check (provider ~ '^[a-z][a-z0-9-]{0,39}$'),
    claim       text not null check (char_length(claim) between 1 and 120),
    value       text not null check (char_length(value) between 1 and 200),
    role        text not null check (role in ('coordinator', 'officer', 'councillor', 'chair', 'fund-partner', 'auditor')),
    scope       text not null default '',
    days        int  not null check (days between 1 and 366),
    from_date   date not null,
    to_date     date check (to_date >= from_date),
    written_at  timestamptz not null,
    written_by  bigint references persons on delete set null,
    reason      text not null check (char_length(reason) between 5 and 500),
    ended_at    timestamptz,
    ended_by    bigint references persons on delete set null,
    end_reason  text not null default '' check (char_length(end_reason) <= 500),
    check ((role in ('coordinator', 'councillor', 'chair', 'fund-partner')) = (scope <> '')),
    check ((ended_at is not null) = (end_reason <> ''))
);
comment on table role_mappings is 'Which word of a provider gives which role here: the only way in which a claim from outside changes a role. Written by an administrator; the role of the administrator itself is never given this way.';
comment on column role_mappings.claim is 'Name of the claim; dots lead into objects, as in realm_access.roles.';
comment on column role_mappings.value is 'What the claim must be or, of a list, contain; compared letter by letter.';
comment on column role_mappings.days is 'Days for which a role is given after a sign-in that showed the claim: nobody keeps it who does not come back.';
comment on column role_mappings.to_date is 'Last day, Europe/Berlin; null while open.';
comment on column role_mappings.ended_at is 'From this moment on it gives nothing, and what it gave has ended.';
create unique index one_mapping_at_a_time on role_mappings (provider, claim, value, role, scope) where ended_at is null;

alter table roles add column mapping_id bigint references role_mappings;
comment on column roles.mapping_id is 'The mapping that gave the role, and that alone may take it; null for a role given by hand.';
create index roles_by_mapping on roles (mapping_id) where mapping_id is not null;
