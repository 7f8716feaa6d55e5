-- Money of an order is spent by two: one enters it, another releases it.
create table order_spendings (
    id            bigint generated always as identity primary key,
    request_id    uuid not null unique,
    resolution_id bigint not null references grants,
    amount_cents  bigint not null check (amount_cents > 0),
    purpose       text not null check (char_length(purpose) between 3 and 200),
    entered_by    bigint not null references persons,
    entered_at    timestamptz not null
);
comment on table order_spendings is 'What an office wants to spend on an order; it counts once another person has released it.';
comment on column order_spendings.request_id is 'Chosen by the form, so that a form sent twice enters once.';
create index order_spendings_by_resolution on order_spendings (resolution_id, id);
create index order_spendings_by_entering on order_spendings (entered_by);

create table spending_answers (
    spending_id bigint primary key references order_spendings,
    outcome     text not null check (outcome in ('released', 'refused')),
    person_id   bigint not null references persons,
    at          timestamptz not null
);
comment on table spending_answers is 'released by a person other than the one who entered it, or refused, also by that person.';
create index spending_answers_by_person on spending_answers (person_id);

alter table grant_movements add column spending_id bigint unique references order_spendings;
alter table grant_movements add constraint a_payment_has_one_reason check (spending_id is null or kind = 'pay' and payout_id is null);
comment on column grant_movements.spending_id is 'What was released, where an office spends; null in movements before there were two people.';

create function enter_a_spending() returns trigger language plpgsql as $$
begin
    if not exists (select from grants where resolution_id = new.resolution_id and kind = 'order')
       or exists (select from order_spendings s where s.resolution_id = new.resolution_id
                   and not exists (select from spending_answers a where a.spending_id = s.id))
       or new.amount_cents > (select granted_cents from grant_balances where resolution_id = new.resolution_id) then
        raise exception 'Order % spends nothing now', new.resolution_id using errcode = 'check_violation', constraint = 'enter_a_spending';
    end if;
    return new;
end $$;
create function another_releases_a_spending() returns trigger language plpgsql as $$
declare
    number bigint := (select resolution_id from order_spendings where id = new.spending_id);
begin
    perform from resolutions where id = number for no key update;
    if new.outcome = 'released' and new.person_id = (select entered_by from order_spendings where id = new.spending_id) then
        raise exception 'Person % may not release spending %', new.person_id, new.spending_id using errcode = 'check_violation', constraint = 'four_eyes';
    end if;
    if new.outcome = 'released' and (resolution_rests(number) or exists (select from grant_ends where resolution_id = number)) then
        raise exception 'Resolution % rests', number using errcode = 'check_violation', constraint = 'a_resolution_rests';
    end if;
    return new;
end $$;
create function pay_what_was_released() returns trigger language plpgsql as $$
begin
    if new.kind = 'pay' and new.payout_id is null and not exists (
            select from order_spendings s join spending_answers a on a.spending_id = s.id and a.outcome = 'released'
              join ledger_entries l on l.id = new.entry_id
             where s.id = new.spending_id and s.resolution_id = new.resolution_id and s.amount_cents = l.amount_cents) then
        raise exception 'Nobody released entry % of order %', new.entry_id, new.resolution_id
            using errcode = 'check_violation', constraint = 'pay_what_was_released';
    end if;
    return new;
end $$;
create trigger a_on_a_grant before insert on order_spendings for each row execute function on_a_grant();
create trigger b_enter_a_spending before insert on order_spendings for each row execute function enter_a_spending();
create trigger b_another_releases before insert on spending_answers for each row execute function another_releases_a_spending();
create trigger c_pay_what_was_released before insert on grant_movements for each row execute function pay_what_was_released();
create trigger spendings_stay before update or delete or truncate on order_spendings for each statement execute function forbid_change();
create trigger spending_answers_stay before update or delete or truncate on spending_answers for each statement execute function forbid_change();
