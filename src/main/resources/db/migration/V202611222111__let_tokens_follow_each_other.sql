create table refresh_tokens (
    token_hash  bytea primary key check (octet_length(token_hash) = 32),
    sign_in_id  bigint not null references sign_ins on delete cascade,
    created_at  timestamptz not null,
    expires_at  timestamptz not null,
    used_at     timestamptz,
    salt        bytea check (octet_length(salt) = 32),
    check (expires_at > created_at),
    check (salt is null or used_at is not null)
);
comment on table refresh_tokens is 'The tokens of a sign-in, each used once and followed by the next; of 256 random bits only the SHA-256 is kept.';
comment on column refresh_tokens.used_at is 'When the next one was given out; whoever shows this one much later does not own it alone.';
comment on column refresh_tokens.salt is 'With the token itself it yields the next one again, for an answer that was lost; taken away soon after.';
create index refresh_tokens_of_sign_in on refresh_tokens (sign_in_id);
