-- Test ballots before a round opens. Nothing leads from here to the urn: no column, no key, no trigger.
create table vote_rehearsals (
    id        uuid primary key,
    round_id  bigint not null references vote_rounds on delete cascade,
    ideas     bigint[] not null,
    points    smallint[] not null,
    at        timestamptz not null,
    check (cardinality(ideas) = cardinality(points))
);
comment on table vote_rehearsals is 'Test ballots (Probestimmen) of those who prepare a round: plain, nobody''s, without a place in any count; gone when the round opens.';
comment on column vote_rehearsals.id is 'Of the filled-in form: sent twice, it counts once.';
comment on column vote_rehearsals.ideas is 'Ideas that were ticked; numbers of candidates change until the announcement.';
create index vote_rehearsals_by_round on vote_rehearsals (round_id);

-- None after the opening, whatever a program does.
create function vote_rehearsal_is_over() returns trigger language plpgsql as $$
begin
    if exists (select from vote_rounds r join vote_announcements a on a.round_id = r.id
                where r.id = new.round_id and r.opens_at <= new.at) then
        raise exception 'round % is open: nobody rehearses any more', new.round_id using errcode = 'integrity_constraint_violation';
    end if;
    return new;
end $$;
create trigger rehearsals_end_with_the_opening before insert or update on vote_rehearsals
    for each row execute function vote_rehearsal_is_over();
