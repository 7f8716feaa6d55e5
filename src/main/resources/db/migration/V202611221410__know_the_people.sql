create table persons (
    id           bigint generated always as identity primary key,
    pseudonym    text not null check (char_length(pseudonym) between 2 and 60),
    email        text unique check (email = lower(email) and char_length(email) <= 254),
    demo_key     text unique,
    home_quarter text references quarters,
    created_at   timestamptz not null
);
comment on table persons is 'Somebody who signed in. The pseudonym is what the public sees; the address is never shown.';
comment on column persons.demo_key is 'Set for the people of the demo city only.';
comment on column persons.home_quarter is 'The quarter the person says to live in; a claim, no proof of residence.';

create table roles (
    id          bigint generated always as identity primary key,
    person_id   bigint not null references persons,
    name        text not null check (name in ('coordinator', 'officer', 'councillor', 'chair', 'fund-partner', 'administrator', 'auditor')),
    scope       text not null default '',
    from_date   date not null,
    to_date     date,
    granted_by  bigint references persons,
    granted_at  timestamptz not null,
    check (to_date is null or to_date >= from_date),
    check ((name in ('coordinator', 'councillor', 'chair', 'fund-partner')) = (scope <> '')),
    unique (person_id, name, scope, from_date)
);
comment on table roles is 'A role is a row: person, role, area or body, term. Only a running term acts.';
comment on column roles.scope is 'Key of the coordinator area or of the body; empty for roles of the whole city.';
comment on column roles.to_date is 'Last day of the term, Europe/Berlin; null while open.';

create table sign_in_links (
    token_hash  bytea primary key check (octet_length(token_hash) = 32),
    email       text not null,
    next        text not null default '/',
    created_at  timestamptz not null,
    expires_at  timestamptz not null,
    used_at     timestamptz,
    check (expires_at > created_at)
);
comment on table sign_in_links is 'Single-use links sent by mail; only the SHA-256 of the token is kept.';
comment on column sign_in_links.next is 'Path of this site that the person wanted before signing in.';
create index sign_in_links_by_email on sign_in_links (email, created_at);
