-- What a row says beside itself: numbers and words only, so that its canonical JSON (RFC 8785) is the same everywhere.
create function is_plain(details jsonb) returns boolean language sql immutable as $$
    select jsonb_typeof(details) = 'object' and not exists (
        select from jsonb_each(case jsonb_typeof(details) when 'object' then details else '{}' end) said
         where not case jsonb_typeof(said.value)
                   when 'string' then true
                   when 'number' then said.value::text ~ '^-?[0-9]{1,16}$'
                                      and abs(said.value::numeric) <= 9007199254740991
                   else false end)
$$;

alter table audit_entries
    add column office     text not null default '' check (office ~ '^([a-z]+(-[a-z]+)*(:\S+)?)?$'),
    add column salt       bytea not null default uuid_send(gen_random_uuid()) check (octet_length(salt) = 16),
    add column written_in xid8 not null default pg_current_xact_id(),
    add constraint details_are_plain check (is_plain(details));
comment on column audit_entries.person_id is 'Who did it, a number that leads nowhere once the person is erased; null for the application itself. Never public.';
comment on column audit_entries.office is 'In which role and for which area or body, as coordinator:ost; empty where it was no office.';
comment on column audit_entries.reason is 'Why, in the words of staff or as the key of a reason; public where the deed is.';
comment on column audit_entries.salt is '122 random bits that hide who did it, and the whole row where it is not public, behind their hashes.';
comment on column audit_entries.written_in is 'The transaction that wrote it: the sealing looks only at rows of transactions that had not ended the time before.';
create index audit_entries_by_transaction on audit_entries (written_in);
create index audit_entries_by_deed on audit_entries (deed, id desc);

create table audit_keys (
    id          text primary key check (id = encode(sha256(public_key), 'hex')),
    public_key  bytea not null,
    valid_from  timestamptz not null
);
comment on table audit_keys is 'Public Ed25519 keys that signed blocks or were announced by one; append-only.';
comment on column audit_keys.id is 'Fingerprint: SHA-256 of the key, hexadecimal.';
comment on column audit_keys.public_key is 'SubjectPublicKeyInfo, DER (RFC 8410).';

create table audit_blocks (
    number       bigint      primary key check (number > 0),
    before       bigint      generated always as (number - 1) stored,
    previous     bytea       unique,
    root         bytea       not null check (octet_length(root) = 32),
    entries      int         not null check (entries >= 0),
    first_entry  bigint      not null,
    last_entry   bigint      not null,
    sealed_at    timestamptz not null,
    key_id       text        not null references audit_keys,
    next_key_id  text        references audit_keys,
    hash         bytea       not null unique check (octet_length(hash) = 32),
    signature    bytea       not null check (octet_length(signature) = 64),
    horizon      xid8        not null,
    cluster      bigint      not null,
    unique (number, hash),
    foreign key (before, previous) references audit_blocks (number, hash),
    check ((number = 1) = (previous is null)),
    check (entries > 0 or next_key_id is not null),
    check (case when entries = 0 then first_entry = 0 and last_entry = 0 else first_entry > 0 and last_entry >= first_entry end),
    check (next_key_id <> key_id)
);
comment on table audit_blocks is 'Rows of the audit, sealed: a chain, each block signed and holding the hash of the one before; append-only.';
comment on column audit_blocks.before is 'With previous it refers to the block before, so that the chain has no gap and no fork.';
comment on column audit_blocks.root is 'Merkle tree hash of its rows (RFC 9162, section 2.1.1).';
comment on column audit_blocks.first_entry is 'Lowest id of its rows; rows whose deed took longer follow in a later block.';
comment on column audit_blocks.next_key_id is 'The key that signs from the next block on; null while it stays.';
comment on column audit_blocks.signature is 'Ed25519 (RFC 8032) over the canonical header, see src/docs/decisions/0010.';
comment on column audit_blocks.horizon is 'Rows of transactions before this one are all sealed.';
comment on column audit_blocks.cluster is 'The installation of PostgreSQL that counted these transactions; a restored copy counts anew.';

create table audit_seals (
    entry_id  bigint primary key references audit_entries,
    block     bigint not null references audit_blocks,
    position  int    not null check (position >= 0),
    leaf      bytea  not null check (octet_length(leaf) = 32),
    unique (block, position)
);
comment on table audit_seals is 'Which row stands where in which block; append-only.';
comment on column audit_seals.leaf is 'Hash of the row as it was when it was sealed: names the row when it is changed afterwards.';

create trigger audit_keys_are_append_only before update or delete or truncate on audit_keys
    for each statement execute function forbid_change();
create trigger audit_blocks_are_append_only before update or delete or truncate on audit_blocks
    for each statement execute function forbid_change();
create trigger audit_seals_are_append_only before update or delete or truncate on audit_seals
    for each statement execute function forbid_change();
