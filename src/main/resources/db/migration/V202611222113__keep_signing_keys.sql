create table signing_keys (
    id          text primary key check (id ~ '^[0-9a-f]{16}$'),
    sealed      bytea not null,
    made_at     timestamptz not null,
    signs_from  timestamptz not null check (signs_from >= made_at)
);
comment on table signing_keys is 'Keys that sign access tokens; the newest that has begun signs, the others still verify until they are taken away.';
comment on column signing_keys.id is 'Stands in the head of a token (kid, RFC 7515 section 4.1.4).';
comment on column signing_keys.sealed is '256 random bits, sealed with AES-256-GCM under MOTETTE_SECRET: the database alone signs nothing.';
comment on column signing_keys.signs_from is 'Some minutes after it was made, so that every copy knows the key before it meets it.';
