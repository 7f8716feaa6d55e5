create table identities (
    id          bigint generated always as identity primary key,
    provider    text not null check (provider ~ '^[a-z][a-z0-9-]{0,39}$'),
    subject     text not null check (char_length(subject) between 1 and 255),
    person_id   bigint not null references persons on delete cascade,
    level       text not null check (level in ('none', 'low', 'substantial', 'high')),
    acr         text not null check (char_length(acr) <= 200),
    first_seen  date not null,
    last_seen   date not null check (last_seen >= first_seen),
    unique (provider, subject)
);
comment on table identities is 'By whom else people are known: an OpenID provider and its number for the person. No name, no address, nothing the provider told besides.';
comment on column identities.provider is 'Key below motette.oidc in the configuration.';
comment on column identities.subject is 'The claim sub: opaque, never given to anybody else by this provider (OpenID Connect Core 1.0, section 2).';
comment on column identities.level is 'Level of assurance when the person last came this way (Regulation (EU) 910/2014, Art. 8); none where the provider says nothing we know.';
comment on column identities.acr is 'The word of the provider that the level was read from; empty where it said none.';
comment on column identities.last_seen is 'Day, Europe/Berlin: nobody is followed by the hour.';
create index identities_of_person on identities (person_id);

create table oidc_sign_ins (
    sign_in_id    bigint primary key references sign_ins on delete cascade,
    identity_id   bigint references identities on delete set null,
    provider      text not null,
    level         text not null check (level in ('none', 'low', 'substantial', 'high')),
    acr           text not null check (char_length(acr) <= 200),
    session_hash  bytea check (octet_length(session_hash) = 32)
);
comment on table oidc_sign_ins is 'What a provider said of a sign-in: goes with the row of sign_ins.';
comment on column oidc_sign_ins.session_hash is 'SHA-256 of the claim sid, by which the provider may end the sign-in (OpenID Connect Back-Channel Logout 1.0); null where it gave none.';
create index oidc_sign_ins_of_identity on oidc_sign_ins (identity_id);
create index oidc_sign_ins_of_session on oidc_sign_ins (session_hash) where session_hash is not null;

create table oidc_spent (
    hash        bytea primary key check (octet_length(hash) = 32),
    expires_at  timestamptz not null
);
comment on table oidc_spent is 'SHA-256 of what a provider may bring back once only: the state of a sign-in, the number of a logout token. Deleted after its end.';
create index oidc_spent_by_end on oidc_spent (expires_at);

alter table sign_ins drop constraint sign_ins_end_reason_check;
alter table sign_ins add constraint sign_ins_end_reason_check check (end_reason in (
    'signed-out', 'everywhere', 'device-ended', 'replaced', 'reuse', 'over', 'provider', 'role-lost', 'blocked', 'erased'));
