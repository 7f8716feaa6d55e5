-- Ballot papers: printed with numbers that say nothing, handed out against an entry in the roll, typed twice by two people.
create table vote_paper_windows (
    round_id  bigint primary key references vote_rounds,
    minutes   int not null check (minutes between 0 and 10080),
    at        timestamptz not null,
    by        bigint not null references persons
);
comment on table vote_paper_windows is 'Until when papers that were handed in before the close may still be typed; the count waits for them. Made with the first batch of a round.';
comment on column vote_paper_windows.minutes is 'Minutes after the close.';

create table vote_sheet_batches (
    id            bigint generated always as identity primary key,
    round_id      bigint not null,
    district_key  text not null,
    sheets        smallint not null check (sheets between 10 and 500),
    made_at       timestamptz not null,
    made_by       bigint not null references persons,
    printed_at    timestamptz,
    foreign key (round_id, district_key) references vote_districts
);
comment on table vote_sheet_batches is 'A stack of ballot papers of one district. At least ten, so that nobody is found by the stack their paper came from.';
create index vote_sheet_batches_by_round on vote_sheet_batches (round_id);

create table vote_sheets (
    number    text primary key check (number ~ '^[0-9A-HJKMNP-TV-Z]{8}$'),
    batch_id  bigint not null references vote_sheet_batches
);
comment on table vote_sheets is 'Sheets by their printed numbers, which are random: neither voter nor order follows from them.';
create index vote_sheets_by_batch on vote_sheets (batch_id);

create table vote_hand_outs (
    id          bigint generated always as identity primary key,
    batch_id    bigint not null references vote_sheet_batches,
    by          bigint not null references persons,
    hour        timestamptz not null check (hour = date_trunc('hour', hour)),
    attempt     text not null unique check (length(attempt) between 8 and 80),
    voter       bytea check (octet_length(voter) = 32),
    undo_until  timestamptz,
    check ((voter is null) = (undo_until is null))
);
comment on table vote_hand_outs is 'That a sheet of a stack was handed out, not which and not to whom; the roll has the voter.';
comment on column vote_hand_outs.voter is 'The entry of the roll, for the two minutes in which a hand-out can be undone; then emptied.';
comment on column vote_hand_outs.attempt is 'Of one filled-in form: sent twice, it hands out once.';
create index vote_hand_outs_by_batch on vote_hand_outs (batch_id);
create index vote_hand_outs_to_forget on vote_hand_outs (undo_until) where undo_until is not null;

create table vote_sheet_entries (
    number     text not null references vote_sheets,
    turn       smallint not null check (turn in (1, 2)),
    person_id  bigint not null references persons,
    sealed     bytea,
    primary key (number, turn),
    unique (number, person_id)
);
comment on table vote_sheet_entries is 'Each sheet is typed twice, by two different people.';
comment on column vote_sheet_entries.sealed is 'What was typed, under the key of the round: nobody reads an interim result. Emptied once both agree.';

create table vote_sheet_outcomes (
    number     text primary key references vote_sheets,
    outcome    text not null check (outcome in ('valid', 'empty', 'invalid', 'unreadable')),
    looked_by  bigint references persons
);
comment on table vote_sheet_outcomes is 'Sheets that are settled, once each. Valid and empty ones lie in the urn, where nothing leads back to the sheet.';
comment on column vote_sheet_outcomes.looked_by is 'Who looked a third time, where the two typed differently.';

create table vote_box_counts (
    id        bigint generated always as identity primary key,
    batch_id  bigint not null references vote_sheet_batches,
    sheets    int not null check (sheets >= 0),
    at        timestamptz not null,
    by        bigint not null references persons
);
comment on table vote_box_counts is 'How many sheets of a stack were counted by hand in the box; the latest row holds.';
create index vote_box_counts_by_batch on vote_box_counts (batch_id);

create function vote_sheet_is_settled() returns trigger language plpgsql as $$
begin
    if tg_op = 'INSERT' and not exists (select from vote_sheet_outcomes o where o.number = new.number) then
        return new;
    end if;
    raise exception 'sheet % is settled', coalesce(new.number, old.number) using errcode = 'integrity_constraint_violation';
end $$;
create trigger settled_sheets_stay before update or delete on vote_sheet_outcomes for each row execute function vote_sheet_is_settled();
create trigger settled_sheets_are_not_typed before insert on vote_sheet_entries for each row execute function vote_sheet_is_settled();
