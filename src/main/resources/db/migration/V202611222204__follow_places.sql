create table watches (
    id            bigint generated always as identity primary key,
    person_id     bigint references persons on delete cascade,
    email         text check (email = lower(email) and char_length(email) <= 254),
    quarter_key   text references quarters,
    district_key  text references districts,
    language      text not null,
    confirm_hash  bytea unique check (octet_length(confirm_hash) = 32),
    end_hash      bytea not null check (octet_length(end_hash) = 32),
    asked_at      timestamptz not null,
    confirmed_at  timestamptz,
    check (num_nonnulls(person_id, email) = 1),
    check (num_nonnulls(quarter_key, district_key) = 1),
    check ((confirmed_at is null) = (confirm_hash is not null)),
    unique nulls not distinct (person_id, email, quarter_key, district_key)
);
comment on table watches is 'Who wants to hear what becomes of a place: a person, or an address that confirmed it.';
comment on column watches.confirm_hash is 'SHA-256 of the token of the link that confirms it; null once confirmed.';
comment on column watches.end_hash is 'SHA-256 of the token of the link that ends all watches of the same recipient; the same in all of them.';
create index watches_by_end on watches (end_hash);
create index watches_by_person on watches (person_id);
create index watches_by_email on watches (email);
create index watches_unconfirmed on watches (asked_at) where confirmed_at is null;
