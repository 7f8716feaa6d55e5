-- A notice can change: who gets the money asks and the office decides, the office revokes, or the resolution falls and its notice with it.
create table grant_change_requests (
    id            bigint generated always as identity primary key,
    request_id    uuid not null unique,
    resolution_id bigint not null references grant_notices,
    purpose       text not null check (char_length(purpose) <= 1000),
    project_to    date,
    amount_cents  bigint check (amount_cents > 0),
    reason        text not null check (char_length(reason) between 10 and 2000),
    asked_by      bigint not null references persons,
    asked_at      timestamptz not null,
    constraint a_change_changes_something check (purpose <> '' or project_to is not null or amount_cents is not null)
);
comment on table grant_change_requests is 'Who gets a grant asks for another purpose, a longer time or less money; what is empty stays.';
comment on column grant_change_requests.amount_cents is 'Euro cents, all of the grant, less than until now.';
comment on column grant_change_requests.request_id is 'Chosen by the form, so that a form sent twice asks once.';
create index grant_change_requests_by_resolution on grant_change_requests (resolution_id, id);
create index grant_change_requests_by_asking on grant_change_requests (asked_by);

create table grant_change_answers (
    change_id bigint primary key references grant_change_requests,
    outcome   text not null check (outcome in ('granted', 'declined')),
    reason    text not null check (char_length(reason) <= 2000),
    person_id bigint not null references persons,
    at        timestamptz not null,
    constraint a_no_has_a_reason check (outcome = 'granted' or char_length(reason) >= 10)
);
comment on table grant_change_answers is 'What the office says to it; never by the person who asked.';
create index grant_change_answers_by_person on grant_change_answers (person_id);

-- The resolution was annulled: what was promised is free again.
create table grant_falls (
    resolution_id bigint primary key references grants,
    person_id     bigint not null references persons,
    at            timestamptz not null
);
comment on table grant_falls is 'Grants whose resolution was annulled after the notice or the order.';
create index grant_falls_by_person on grant_falls (person_id);

create table grant_changes (
    resolution_id bigint not null references grant_notices,
    version       int not null check (version > 1),
    cause         text not null check (cause in ('request', 'office', 'annulment')),
    change_id     bigint unique references grant_change_requests,
    purpose       text not null check (char_length(purpose) <= 1000),
    amount_cents  bigint not null check (amount_cents >= 0),
    project_to    date not null,
    proof_due     date not null check (proof_due > project_to),
    simple_proof  boolean not null,
    reason        text not null check (char_length(reason) <= 2000),
    content       jsonb not null,
    pdf           bytea not null check (octet_length(pdf) between 1 and 12582912),
    sha256        bytea not null generated always as (sha256(pdf)) stored,
    issued_by     bigint not null references persons,
    issued_at     timestamptz not null,
    primary key (resolution_id, version),
    check ((cause = 'request') = (change_id is not null)),
    check (cause <> 'annulment' or amount_cents = 0)
);
comment on table grant_changes is 'Änderungs-, Widerrufs- und Rücknahmebescheide (VwVfG §§ 48, 49), word for word; the notice itself is version 1.';
comment on column grant_changes.purpose is 'As it is from now on; empty where it is still the one of the notice.';
comment on column grant_changes.amount_cents is 'Euro cents, all of the grant from now on; 0 where nothing is left of it.';
create index grant_changes_by_issuing on grant_changes (issued_by);

create table grant_change_services (
    resolution_id bigint not null,
    version       int not null,
    channel       text not null check (channel in ('post', 'hand')),
    sent_on       date not null,
    served_on     date not null,
    objection_to  date not null,
    recorded_by   bigint not null references persons,
    recorded_at   timestamptz not null,
    primary key (resolution_id, version),
    foreign key (resolution_id, version) references grant_changes,
    constraint a_letter_of_change_arrives_on_the_fourth_day check (served_on = sent_on + case channel when 'post' then 4 else 0 end),
    constraint a_month_to_object_to_a_change check (objection_to >= (served_on + interval '1 month')::date)
);
comment on table grant_change_services is 'When a change was made known and until when it can be objected to; see grant_services.';
create index grant_change_services_by_recording on grant_change_services (recorded_by);

create function grant_terms(resolution bigint)
    returns table (version int, amount_cents bigint, purpose text, project_to date, proof_due date, simple_proof boolean) language sql stable as $$
    select coalesce(c.version, 1), coalesce(c.amount_cents, g.amount_cents), coalesce(c.purpose, ''), coalesce(c.project_to, n.project_to),
           coalesce(c.proof_due, n.proof_due), coalesce(c.simple_proof, n.simple_proof)
      from grants g
      join grant_notices n on n.resolution_id = g.resolution_id
      left join lateral (select * from grant_changes x where x.resolution_id = g.resolution_id order by x.version desc limit 1) c on true
     where g.resolution_id = resolution
$$;
comment on function grant_terms is 'What the notice says now, after all its changes; no row without a notice.';

alter table grant_movements drop constraint grant_movements_kind_check;
alter table grant_movements add constraint grant_movements_kind_check check (kind in ('grant', 'pay', 'rest', 'back', 'lapse', 'revoke'));
comment on table grant_movements is 'The entries of the ledger that belong to a grant. rest: promised and not needed; back: paid and returned; lapse: not used by the end of the year; revoke: promised no longer.';

-- As before; and of a grant whose resolution fell only what takes it back.
create or replace function on_a_grant() returns trigger language plpgsql as $$
declare
    it jsonb := to_jsonb(new);
    number bigint := case when it ? 'resolution_id' then (it->>'resolution_id')::bigint
        when it ? 'payout_id' then (select resolution_id from grant_payouts where id = (it->>'payout_id')::bigint)
        when it ? 'change_id' then (select resolution_id from grant_change_requests where id = (it->>'change_id')::bigint)
        else (select resolution_id from grant_repayments where id = (it->>'repayment_id')::bigint) end;
begin
    perform from resolutions where id = number for no key update;
    if tg_table_name = 'grant_falls' or exists (select from grant_falls where resolution_id = number) then
        if tg_table_name not in ('grant_falls', 'grant_changes', 'grant_change_services', 'grant_movements', 'grant_repayments', 'grant_receipts',
                                 'grant_ends')
           or tg_table_name = 'grant_movements' and it->>'kind' not in ('revoke', 'back')
           or tg_table_name = 'grant_changes' and it->>'cause' <> 'annulment' then
            raise exception 'Resolution % fell', number using errcode = 'check_violation', constraint = 'a_resolution_rests';
        end if;
    elsif resolution_rests(number) or not exists (select from standing_resolutions where resolution_id = number) then
        raise exception 'Resolution % rests', number using errcode = 'check_violation', constraint = 'a_resolution_rests';
    end if;
    if tg_table_name <> 'grant_change_services' and exists (select from grant_ends where resolution_id = number) then
        raise exception 'Grant % is settled', number using errcode = 'check_violation', constraint = 'a_grant_is_settled';
    end if;
    return new;
end $$;

create or replace function move_a_grant() returns trigger language plpgsql as $$
declare
    entry ledger_entries;
    resolution resolutions;
begin
    select * into entry from ledger_entries where id = new.entry_id;
    select * into resolution from resolutions where id = new.resolution_id;
    if entry.budget_id <> resolution.budget_id
       or not entry.from_account || '-' || entry.to_account = any (case new.kind when 'grant' then array['reserved-granted']
            when 'pay' then array['granted-paid'] when 'rest' then array['granted-available'] when 'back' then array['paid-available']
            when 'revoke' then array['granted-available'] else array['reserved-available', 'granted-available'] end)
       or new.payout_id is not null and ((select count(*) from payout_releases where payout_id = new.payout_id) <> 2
            or not exists (select from grant_payouts where id = new.payout_id and resolution_id = new.resolution_id and amount_cents = entry.amount_cents))
       or new.kind = 'pay' and new.payout_id is null and not exists (select from grants where resolution_id = new.resolution_id and kind = 'order') then
        raise exception 'Entry % does not move grant %', new.entry_id, new.resolution_id using errcode = 'check_violation';
    end if;
    insert into grant_balances (resolution_id, reserved_cents) values (new.resolution_id, resolution.amount_cents) on conflict do nothing;
    update grant_balances
       set reserved_cents = reserved_cents - case entry.from_account when 'reserved' then entry.amount_cents else 0 end,
           granted_cents = granted_cents + case when entry.to_account = 'granted' then entry.amount_cents
                                                when entry.from_account = 'granted' then -entry.amount_cents else 0 end,
           paid_cents = paid_cents + case when entry.to_account = 'paid' then entry.amount_cents
                                          when entry.from_account = 'paid' then -entry.amount_cents else 0 end
     where resolution_id = new.resolution_id;
    return new;
end $$;

create or replace function prove_in_order() returns trigger language plpgsql as $$
begin
    if new.version <> 1 + (select count(*) from grant_proofs where resolution_id = new.resolution_id)
       or exists (select from grant_proofs p left join grant_proof_answers a on (a.resolution_id, a.version) = (p.resolution_id, p.version)
                   where p.resolution_id = new.resolution_id and (a.outcome is null or a.outcome = 'accepted' and p.kind = 'final'))
       or new.spent_cents > (select amount_cents from grant_terms(new.resolution_id)) then
        raise exception 'Grant % takes no such proof', new.resolution_id using errcode = 'check_violation', constraint = 'prove_in_order';
    end if;
    return new;
end $$;

create function ask_for_change() returns trigger language plpgsql as $$
declare
    terms record;
begin
    select * into terms from grant_terms(new.resolution_id);
    if exists (select from grant_change_requests q where q.resolution_id = new.resolution_id
                and not exists (select from grant_change_answers a where a.change_id = q.id))
       or new.amount_cents >= terms.amount_cents or new.project_to <= terms.project_to then
        raise exception 'Notice % takes no such change', new.resolution_id using errcode = 'check_violation', constraint = 'ask_for_change';
    end if;
    return new;
end $$;
create function another_decides_on_a_change() returns trigger language plpgsql as $$
begin
    if new.person_id in (select q.asked_by from grant_change_requests q where q.id = new.change_id
                          union select a.applicant_id from grant_change_requests q join resolutions r on r.id = q.resolution_id
                           join applications a on a.id = r.application_id where q.id = new.change_id) then
        raise exception 'Person % may not decide on change %', new.person_id, new.change_id
            using errcode = 'check_violation', constraint = 'another_decides_on_a_change';
    end if;
    return new;
end $$;
create function change_in_order() returns trigger language plpgsql as $$
declare
    terms record;
begin
    select * into terms from grant_terms(new.resolution_id);
    if new.version <> terms.version + 1 or new.amount_cents > terms.amount_cents or new.project_to < terms.project_to
       or new.cause = 'request' and not exists (select from grant_change_requests q join grant_change_answers a on a.change_id = q.id
            where q.id = new.change_id and q.resolution_id = new.resolution_id and a.outcome = 'granted'
              and new.amount_cents = coalesce(q.amount_cents, terms.amount_cents) and new.project_to = coalesce(q.project_to, terms.project_to))
       or new.cause = 'annulment' and not exists (select from grant_falls where resolution_id = new.resolution_id) then
        raise exception 'Notice % changes otherwise', new.resolution_id using errcode = 'check_violation', constraint = 'change_in_order';
    end if;
    return new;
end $$;
-- Asked at the end of the transaction, when the money has moved.
create function money_follows_the_change() returns trigger language plpgsql as $$
begin
    if exists (select from grant_balances b where b.resolution_id = new.resolution_id and b.granted_cents + b.paid_cents - (
            select coalesce(sum(p.amount_cents), 0) from grant_repayments p where p.resolution_id = new.resolution_id
               and not exists (select from grant_receipts x where x.repayment_id = p.id)) > new.amount_cents) then
        raise exception 'The money of notice % does not follow its change', new.resolution_id
            using errcode = 'check_violation', constraint = 'money_follows_the_change';
    end if;
    return null;
end $$;
create function fall_with_the_resolution() returns trigger language plpgsql as $$
begin
    if not exists (select from resolution_objection_ends where resolution_id = new.resolution_id and outcome = 'annulled') then
        raise exception 'Resolution % was not annulled', new.resolution_id using errcode = 'check_violation', constraint = 'fall_with_the_resolution';
    end if;
    return null;
end $$;
create function annulled_money_goes_back() returns trigger language plpgsql as $$
begin
    if new.outcome = 'annulled' and exists (select from grant_balances b where b.resolution_id = new.resolution_id and b.granted_cents > 0) then
        raise exception 'Money of annulled resolution % is still promised', new.resolution_id
            using errcode = 'check_violation', constraint = 'annulled_money_goes_back';
    end if;
    return null;
end $$;

create trigger a_on_a_grant before insert on grant_change_requests for each row execute function on_a_grant();
create trigger a_on_a_grant before insert on grant_change_answers for each row execute function on_a_grant();
create trigger a_on_a_grant before insert on grant_falls for each row execute function on_a_grant();
create trigger a_on_a_grant before insert on grant_changes for each row execute function on_a_grant();
create trigger a_on_a_grant before insert on grant_change_services for each row execute function on_a_grant();
create trigger b_ask_for_change before insert on grant_change_requests for each row execute function ask_for_change();
create trigger b_another_decides before insert on grant_change_answers for each row execute function another_decides_on_a_change();
create trigger b_change_in_order before insert on grant_changes for each row execute function change_in_order();
create constraint trigger money_follows_the_change after insert on grant_changes deferrable initially deferred
    for each row execute function money_follows_the_change();
create constraint trigger fall_with_the_resolution after insert on grant_falls deferrable initially deferred
    for each row execute function fall_with_the_resolution();
create constraint trigger annulled_money_goes_back after insert on resolution_objection_ends deferrable initially deferred
    for each row execute function annulled_money_goes_back();

create trigger change_requests_stay before update or delete or truncate on grant_change_requests for each statement execute function forbid_change();
create trigger change_answers_stay before update or delete or truncate on grant_change_answers for each statement execute function forbid_change();
create trigger falls_stay before update or delete or truncate on grant_falls for each statement execute function forbid_change();
create trigger changes_stay before update or delete or truncate on grant_changes for each statement execute function forbid_change();
create trigger change_services_stay before update or delete or truncate on grant_change_services for each statement execute function forbid_change();

alter table grant_texts drop constraint grant_texts_piece_check;
alter table grant_texts add constraint grant_texts_piece_check check (piece in ('grant', 'conditions', 'payout', 'proof-simple', 'proof-full', 'remedy',
    'change', 'revocation', 'revocation-whole', 'annulment', 'new-purpose', 'new-period', 'new-amount', 'claim', 'unchanged', 'sender', 'closing'));
