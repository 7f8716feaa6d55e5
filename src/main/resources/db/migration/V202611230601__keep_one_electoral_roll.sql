create table vote_roll (
    round_id      bigint not null references vote_rounds,
    voter         bytea not null check (octet_length(voter) = 32),
    person_id     bigint references persons,
    district_key  text not null references districts,
    further_key   text references districts,
    quarter_key   text not null references quarters,
    age_group     text not null default '' check (age_group in ('', '14-17', '18-29', '30-44', '45-64', '65+')),
    channel       text not null check (channel in ('web', 'kiosk', 'paper')),
    hour          timestamptz not null check (hour = date_trunc('hour', hour)),
    primary key (round_id, voter),
    check (further_key <> district_key)
);
comment on table vote_roll is 'The electoral roll of a round (Wählerverzeichnis): who has voted, not how. One entry a person, whatever the channel.';
comment on column vote_roll.voter is 'Keyed hash of the identity that residence was shown with, of this round alone.';
comment on column vote_roll.person_id is 'The account where there is one: for the notice that the list changed. Null for paper and kiosk without an account, and after an erasure.';
comment on column vote_roll.hour is 'Rounded down to the hour, so that nobody meets it with a ballot.';
create unique index vote_roll_one_account on vote_roll (round_id, person_id) where person_id is not null;
create index vote_roll_by_person on vote_roll (person_id);

create table vote_urn (
    round_id  bigint not null references vote_rounds,
    token     bytea not null check (octet_length(token) = 32),
    sealed    bytea not null,
    receipt   text not null check (receipt ~ '^[0-9A-HJKMNP-TV-Z]{20}$'),
    primary key (round_id, token),
    unique (round_id, receipt)
);
comment on table vote_urn is 'Ballots until the close: sealed, all of one length a round, found again by their voter alone. Emptied when they are counted.';
comment on column vote_urn.token is 'Keyed hash of the voter under a key of the round that is destroyed at the close; random for paper and kiosk.';
comment on column vote_urn.sealed is 'The choice, AES-256-GCM under the key of the round: nobody reads an interim result.';
comment on column vote_urn.receipt is 'What the voter can look up after the close (Quittung), Crockford base 32.';

-- Apart from the tables above, so that a role or a backup can be kept away from it.
create schema vote_keys;
create table vote_keys.round_keys (
    round_id  bigint primary key references vote_rounds,
    sealed    bytea not null
);
comment on table vote_keys.round_keys is 'The key of each round until the close, itself sealed under MOTETTE_BALLOT_SECRET, which is in no database. The row goes when the ballots are counted.';
-- As infra/database/rights.sql does where this stands already.
do $$
begin
    if exists (select from pg_roles where rolname = 'motette_application') then
        grant usage on schema vote_keys to motette_application;
        grant select, insert, delete on vote_keys.round_keys to motette_application;
    end if;
end $$;

create table vote_choices (
    id_hash     bytea primary key check (octet_length(id_hash) = 32),
    round_id    bigint not null references vote_rounds,
    sealed      bytea not null,
    expires_at  timestamptz not null
);
comment on table vote_choices is 'A choice not cast yet, for the way over sign-in, another tab or another device; sealed under a key that only its browser holds.';
create index vote_choices_by_end on vote_choices (expires_at);

create table vote_counts (
    round_id    bigint primary key references vote_rounds,
    at          timestamptz not null,
    ballots     int not null check (ballots >= 0),
    voters      int not null check (voters >= 0),
    key_gone    boolean not null check (key_gone),
    check (ballots <= 2 * voters)
);
comment on table vote_counts is 'The urn was emptied once: the ballots stand below in the order of a lot, the key is destroyed. Fewer ballots than voters only where a ballot paper was not handed back, invalid or unreadable; more only where somebody got a paper for each of two districts.';

create table vote_ballots (
    round_id      bigint not null references vote_rounds,
    district_key  text not null references districts,
    serial        int not null check (serial >= 1),
    method        text not null check (method in ('internet', 'kiosk', 'paper')),
    choices       smallint[] not null,
    points        smallint[],
    primary key (round_id, district_key, serial),
    check (points is null or cardinality(points) = cardinality(choices))
);
comment on table vote_ballots is 'Ballots after the close, a district each, shuffled: nothing leads back to a voter or a time. Append only.';

create table vote_receipts (
    round_id  bigint not null references vote_rounds,
    receipt   text not null,
    primary key (round_id, receipt)
);
comment on table vote_receipts is 'Receipts of all counted ballots, without the ballots.';

-- No ballot enters after the count, whatever a program does; nothing counted changes.
create function vote_urn_is_closed() returns trigger language plpgsql as $$
begin
    if exists (select from vote_counts c where c.round_id = new.round_id) then
        raise exception 'round % is counted', new.round_id using errcode = 'integrity_constraint_violation';
    end if;
    return new;
end $$;
create trigger counted_urns_stay_empty before insert or update on vote_urn for each row execute function vote_urn_is_closed();

create function vote_counted_stays() returns trigger language plpgsql as $$
begin
    raise exception 'counted ballots and published results do not change' using errcode = 'integrity_constraint_violation';
end $$;
create trigger counted_ballots_stay before update or delete on vote_ballots for each row execute function vote_counted_stays();
create trigger receipts_stay before update or delete on vote_receipts for each row execute function vote_counted_stays();
create trigger counts_stay before update or delete on vote_counts for each row execute function vote_counted_stays();
