create table residence_cases (
    id            bigint generated always as identity primary key,
    kind          text not null check (kind in ('two-accounts', 'two-identities', 'two-letters')),
    matched       text not null check (matched in ('', 'birth', 'address', 'both')),
    person_id     bigint not null references persons,
    other_id      bigint references persons,
    way           text not null check (way in ('letter', 'desk', 'provider', 'register')),
    quarter_key   text not null references quarters,
    birth_year    smallint check (birth_year between 1900 and 2200),
    birth_hash    bytea check (octet_length(birth_hash) = 32),
    address_hash  bytea check (octet_length(address_hash) = 32),
    witness_id    bigint references persons,
    opened_at     timestamptz not null,
    decided_at    timestamptz,
    decided_by    bigint references persons,
    decision      text check (decision in ('first', 'second', 'both')),
    reason        text not null default '' check (char_length(reason) <= 1000),
    check (other_id is null or other_id <> person_id),
    check ((kind = 'two-identities') or other_id is not null or decided_at is not null),
    check ((decided_at is null) = (decision is null)),
    check (decided_at is null or birth_hash is null),
    check (decided_at is not null or birth_hash is not null)
);
comment on table residence_cases is 'Somebody showed residence, but the roll seems to know them already: staff decides with a reason.';
comment on column residence_cases.person_id is 'Whoever came second; other_id is who is in the roll (or has a letter on the way).';
comment on column residence_cases.matched is 'What is equal: name and birth, name and address, or both.';
comment on column residence_cases.birth_hash is 'What is to be entered, kept only while the case is open, as is address_hash.';
comment on column residence_cases.decision is 'first: the first keeps the entry. second: the entry moves. both: they are different people.';
create unique index residence_cases_one_open on residence_cases (person_id) where decided_at is null;
create index residence_cases_by_person on residence_cases (person_id, id);
create index residence_cases_by_other on residence_cases (other_id, id);
