create table vote_kiosks (
    id          bigint generated always as identity primary key,
    round_id    bigint not null references vote_rounds,
    token_hash  bytea not null unique check (octet_length(token_hash) = 32),
    number      smallint not null check (number between 100 and 999),
    opened_at   timestamptz not null,
    opened_by   bigint not null references persons,
    expires_at  timestamptz not null check (expires_at > opened_at),
    closed_at   timestamptz
);
comment on table vote_kiosks is 'Shared tablets on which people vote one after the other. Nobody is signed in on them; a cookie says which tablet it is.';
comment on column vote_kiosks.number is 'What the tablet shows and the coordinator types; different among those that are open.';
create unique index vote_kiosks_open on vote_kiosks (number) where closed_at is null;

create table vote_kiosk_unlocks (
    kiosk_id    bigint primary key references vote_kiosks on delete cascade,
    attempt     text not null check (length(attempt) between 8 and 80),
    sealed      bytea not null,
    done        boolean not null default false,
    expires_at  timestamptz not null
);
comment on table vote_kiosk_unlocks is 'One ballot for one voter on one tablet, for ten minutes at most. Gone when it is over.';
comment on column vote_kiosk_unlocks.attempt is 'Stands in the forms of this one ballot, so that those of the voter before do nothing.';
comment on column vote_kiosk_unlocks.done is 'Whether the ballot is cast.';
comment on column vote_kiosk_unlocks.sealed is 'Before casting the entry that the roll will have, after it the receipt that the screen still shows; sealed under a key that is in no database.';
create index vote_kiosk_unlocks_by_end on vote_kiosk_unlocks (expires_at);
