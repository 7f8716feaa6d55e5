-- After the count nothing changes any more that its result is reckoned from.
create function vote_round_is_counted() returns trigger language plpgsql as $$
begin
    if exists (select from vote_counts c where c.round_id = new.round_id) then
        raise exception 'round % is counted: its candidates stay as they are', new.round_id using errcode = 'integrity_constraint_violation';
    end if;
    return new;
end $$;
create trigger counted_versions_stay before insert or update on vote_candidate_versions for each row execute function vote_round_is_counted();
create trigger counted_withdrawals_stay before insert or update on vote_withdrawals for each row execute function vote_round_is_counted();
comment on function vote_round_is_counted() is 'A later price or a withdrawal would make another result of the same ballots.';
