-- A payout that was asked for can be taken back or refused before two people have released it; then another can be asked for.
create table payout_endings (
    payout_id bigint primary key references grant_payouts,
    outcome   text not null check (outcome in ('withdrawn', 'refused')),
    reason    text not null check (char_length(reason) <= 2000),
    person_id bigint not null references persons,
    at        timestamptz not null,
    constraint a_refused_payout_has_a_reason check (outcome = 'withdrawn' or char_length(reason) >= 10)
);
comment on table payout_endings is 'Payouts that are not paid: withdrawn by whoever asked, or refused by the office.';
create index payout_endings_by_person on payout_endings (person_id);

create function end_a_payout() returns trigger language plpgsql as $$
begin
    if exists (select from grant_movements where payout_id = new.payout_id) then
        raise exception 'Payout % is paid', new.payout_id using errcode = 'check_violation', constraint = 'end_a_payout';
    end if;
    return new;
end $$;
create function an_ended_payout_is_not_paid() returns trigger language plpgsql as $$
begin
    if exists (select from payout_endings where payout_id = new.payout_id) then
        raise exception 'Payout % has ended', new.payout_id using errcode = 'check_violation', constraint = 'an_ended_payout_is_not_paid';
    end if;
    return new;
end $$;
create or replace function ask_for_payout() returns trigger language plpgsql as $$
begin
    if not grant_is_final(new.resolution_id, (new.asked_at at time zone 'Europe/Berlin')::date)
       or not exists (select from grant_accounts where resolution_id = new.resolution_id)
       or exists (select from grant_payouts p where p.resolution_id = new.resolution_id
                   and not exists (select from grant_movements m where m.payout_id = p.id)
                   and not exists (select from payout_endings e where e.payout_id = p.id))
       or new.amount_cents > (select granted_cents from grant_balances where resolution_id = new.resolution_id) then
        raise exception 'Grant % pays nothing now', new.resolution_id using errcode = 'check_violation', constraint = 'ask_for_payout';
    end if;
    return new;
end $$;
create trigger a_on_a_grant before insert on payout_endings for each row execute function on_a_grant();
create trigger b_end_a_payout before insert on payout_endings for each row execute function end_a_payout();
create trigger c_not_ended before insert on payout_releases for each row execute function an_ended_payout_is_not_paid();
create trigger d_not_ended before insert on grant_movements for each row when (new.payout_id is not null)
    execute function an_ended_payout_is_not_paid();
create trigger endings_of_payouts_stay before update or delete or truncate on payout_endings for each statement execute function forbid_change();
