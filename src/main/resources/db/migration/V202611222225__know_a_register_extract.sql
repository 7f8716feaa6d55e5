create table register_extracts (
    id         bigint generated always as identity primary key,
    made_by    bigint references persons,
    made_at    timestamptz not null,
    lines      int not null check (lines >= 0),
    refused    jsonb not null default '[]',
    refusals   int not null check (refusals >= 0),
    taken_at   timestamptz
);
comment on table register_extracts is 'An extract of the register of residents, read from a file that is not kept; it counts once it is taken over.';
comment on column register_extracts.refused is 'The first lines that could not be read: [{"line": 12, "reason": "born"}]; numbers and reasons, no content.';

create table register_entries (
    extract_id    bigint not null references register_extracts on delete cascade,
    entry_hash    bytea not null check (octet_length(entry_hash) = 32),
    birth_hash    bytea not null check (octet_length(birth_hash) = 32),
    address_hash  bytea not null check (octet_length(address_hash) = 32),
    quarter_key   text not null references quarters,
    birth_year    smallint check (birth_year between 1900 and 2200),
    primary key (entry_hash, extract_id)
);
comment on table register_entries is 'Keyed hashes only: nobody can be read out of it, but who types the same can be recognised.';
comment on column register_entries.entry_hash is 'Of name, date of birth and address together.';
create index register_entries_by_extract on register_entries (extract_id);
