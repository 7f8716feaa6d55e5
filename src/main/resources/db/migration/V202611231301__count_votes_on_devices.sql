-- As in decide_in_session, but for the comparison of the figures with the votes on devices: a subquery of two columns has to be a row.
create or replace function end_vote() returns trigger language plpgsql as $$
declare
    vote council_votes;
    voters int := (select count(*) from council_voters where vote_id = new.vote_id);
    rules rules_of_procedure;
    counted record;
begin
    if new.outcome = 'void' then
        return new;
    end if;
    select * into vote from council_votes where id = new.vote_id;
    select r.* into rules from council_calendar c join rules_of(c.body_key, (c.starts_at at time zone 'Europe/Berlin')::date) r on true where c.id = vote.session_id;
    select count(*) filter (where choice = 'yes')::int as yes, count(*) filter (where choice = 'no')::int as no into counted
      from council_choices where vote_id = new.vote_id;
    if voters < vote.needed then
        raise exception 'Vote % lost its quorum', new.vote_id using errcode = 'check_violation', constraint = 'a_vote_keeps_its_quorum';
    end if;
    if new.yes + new.no + new.abstentions <> voters
       or vote.mode in ('open', 'names') and (new.yes <> counted.yes or new.no <> counted.no)
       or (new.outcome = 'adopted') <> (case when rules.majority = 'consensus' then new.no = 0 and new.yes > 0
                when rules.abstentions_count then new.yes > new.no + new.abstentions else new.yes > new.no end) then
        raise exception 'Vote % did not end so', new.vote_id using errcode = 'check_violation', constraint = 'end_vote';
    end if;
    return new;
end $$;
