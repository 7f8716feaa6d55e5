create table residence_desk_codes (
    person_id     bigint primary key references persons,
    code_hash     bytea not null unique check (octet_length(code_hash) = 32),
    nonce         bytea not null check (octet_length(nonce) = 16),
    quarter_key   text not null references quarters,
    birth_year    smallint check (birth_year between 1900 and 2200),
    birth_hash    bytea not null check (octet_length(birth_hash) = 32),
    address_hash  bytea not null check (octet_length(address_hash) = 32),
    card_sealed   bytea not null,
    made_at       timestamptz not null,
    expires_at    timestamptz not null check (expires_at > made_at)
);
comment on table residence_desk_codes is 'For ten minutes: what a coordinator compares with an identity card. The row goes when it is used or over.';
comment on column residence_desk_codes.card_sealed is 'Name, date of birth and address, AES-256-GCM under a key that is not in the database.';
comment on column residence_desk_codes.nonce is 'The code is a keyed function of it, so that the phone can show it again and the database does not know it.';
create index residence_desk_codes_by_end on residence_desk_codes (expires_at);
