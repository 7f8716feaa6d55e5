create table idea_sendings (
    key_hash    bytea primary key check (octet_length(key_hash) = 32),
    idea_number bigint not null references ideas,
    received_at timestamptz not null
);
comment on table idea_sendings is 'Ideas begun offline and sent by a device, one row a key: sent again, they are found again. Kept as long as the idea.';
comment on column idea_sendings.key_hash is 'SHA-256 over the key, 32 random bytes that only the device of the idea knows; guest or account, a key hands in one idea.';
create index idea_sendings_by_idea on idea_sendings (idea_number);
