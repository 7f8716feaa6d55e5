create table residence_batches (
    id             bigint generated always as identity primary key,
    made_by        bigint references persons,
    made_at        timestamptz not null,
    printed_at     timestamptz,
    dispatched_at  timestamptz,
    voided_at      timestamptz,
    void_reason    text not null default '' check (char_length(void_reason) <= 1000),
    check (dispatched_at is null or printed_at is not null),
    check ((voided_at is null) = (void_reason = ''))
);
comment on table residence_batches is 'Letters with codes that are printed together, once.';
comment on column residence_batches.printed_at is 'When the file with the codes was handed out; it is made once.';
comment on column residence_batches.dispatched_at is 'When somebody said that the letters are on their way, or a day after printing; from then on no address is left.';

create table residence_letters (
    id              bigint generated always as identity primary key,
    person_id       bigint not null references persons,
    quarter_key     text not null references quarters,
    birth_year      smallint check (birth_year between 1900 and 2200),
    asked_at        timestamptz not null,
    address_sealed  bytea,
    birth_hash      bytea check (octet_length(birth_hash) = 32),
    address_hash    bytea check (octet_length(address_hash) = 32),
    case_id         bigint references residence_cases,
    batch_id        bigint references residence_batches,
    code_hash       bytea unique check (octet_length(code_hash) = 32),
    code_until      timestamptz,
    closed_at       timestamptz,
    closed_as       text check (closed_as in ('used', 'withdrawn', 'void', 'expired', 'unprinted', 'case', 'ended')),
    check ((closed_at is null) = (closed_as is null)),
    check ((code_hash is null) = (code_until is null)),
    check (closed_at is null or (address_sealed is null and birth_hash is null and address_hash is null and code_hash is null)),
    check (closed_at is not null or (birth_hash is not null and address_hash is not null)),
    check (code_hash is null or batch_id is not null)
);
comment on table residence_letters is 'Somebody asked for a code by letter. Name and address stand here encrypted until the letters are on their way, then nowhere.';
comment on column residence_letters.address_sealed is 'AES-256-GCM under a key that is not in the database.';
comment on column residence_letters.code_hash is 'Keyed hash; the code itself exists on paper only.';
comment on column residence_letters.case_id is 'While this case is open the letter waits.';
create unique index residence_letters_one_open on residence_letters (person_id) where closed_at is null;
create index residence_letters_by_person on residence_letters (person_id, asked_at);
create index residence_letters_to_print on residence_letters (asked_at) where batch_id is null and closed_at is null;
create index residence_letters_by_batch on residence_letters (batch_id);
create index residence_letters_by_address on residence_letters (address_hash) where closed_at is null;
