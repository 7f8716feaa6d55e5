create table kept_keys (
    id       bigint      generated always as identity primary key,
    name     text        not null check (name ~ '^[a-z-]{1,40}$'),
    sealed   bytea       not null,
    made_at  timestamptz not null
);
comment on table kept_keys is 'Keys that hashes and seals hang on for years, drawn by chance. A secret of the installation only seals them, so that it can change.';
comment on column kept_keys.name is 'What the key is for; of several rows the newest that the secrets open holds.';
comment on column kept_keys.sealed is 'AES-256-GCM under the secret of the installation; sealed anew at a start with another one.';
create index kept_keys_by_name on kept_keys (name, id desc);
