create table residence_proofs (
    id           bigint generated always as identity primary key,
    person_id    bigint not null references persons,
    quarter_key  text not null references quarters,
    way          text not null check (way in ('letter', 'desk', 'provider', 'register')),
    birth_year   smallint check (birth_year between 1900 and 2200),
    shown_at     timestamptz not null,
    valid_until  timestamptz not null,
    witness_id   bigint references persons,
    ended_at     timestamptz,
    end_kind     text check (end_kind in ('person', 'replaced', 'undone', 'case', 'expired')),
    check (valid_until > shown_at),
    check ((ended_at is null) = (end_kind is null))
);
comment on table residence_proofs is 'Who showed where they live, how and until when; a running row is an entry of the electoral roll.';
comment on column residence_proofs.birth_year is 'Kept only where a rule asks for an age; null otherwise.';
comment on column residence_proofs.witness_id is 'The coordinator who saw the identity card; null for the other ways.';
create unique index residence_proofs_one_running on residence_proofs (person_id) where ended_at is null;
create index residence_proofs_by_person on residence_proofs (person_id);
create index residence_proofs_by_end on residence_proofs (valid_until) where ended_at is null;

create table residence_keys (
    kind      text     not null check (kind in ('birth', 'address')),
    hash      bytea    not null check (octet_length(hash) = 32),
    twin      smallint not null default 0 check (twin >= 0),
    proof_id  bigint   not null references residence_proofs on delete cascade,
    primary key (kind, hash, twin),
    unique (proof_id, kind)
);
comment on table residence_keys is 'One person, one entry: keyed hashes of who showed residence, unique among the running proofs. They go when the proof ends.';
comment on column residence_keys.kind is 'birth: name and date of birth. address: name and address.';
comment on column residence_keys.twin is '0, unless staff decided that two people only look alike.';

create function forget_keys_of_ended_proof() returns trigger language plpgsql as $$
begin
    delete from residence_keys where proof_id = new.id;
    return null;
end $$;
create trigger ended_proofs_hold_no_identity after update of ended_at on residence_proofs
    for each row when (new.ended_at is not null) execute function forget_keys_of_ended_proof();
