-- From the resolution to the money: the notice on an own project or the order to an office, payouts, the proof of use, the end.
create table grant_rules (
    fund_key            text not null references funds,
    valid_from          date not null,
    single_payout_cents bigint not null check (single_payout_cents >= 0),
    first_percent       int not null check (first_percent between 1 and 100),
    simple_proof_cents  bigint not null check (simple_proof_cents >= 0),
    proof_days          int not null check (proof_days between 1 and 366),
    repay_days          int not null check (repay_days between 1 and 366),
    carries_over        boolean not null,
    source              text not null,
    is_default          boolean not null,
    primary key (fund_key, valid_from)
);
comment on table grant_rules is 'How a fund pays and asks for proof, from the city pack; the latest row before the day holds.';
comment on column grant_rules.single_payout_cents is 'Euro cents up to which a grant is paid at once.';
comment on column grant_rules.first_percent is 'Percent of a larger grant that may be paid before an interim proof is accepted.';
comment on column grant_rules.simple_proof_cents is 'Euro cents of the grant up to which the proof of use is one page.';
comment on column grant_rules.proof_days is 'Days after the end of the project until the proof of use is due.';
comment on column grant_rules.repay_days is 'Days until money asked back is due.';
comment on column grant_rules.carries_over is 'Whether money of a year may be used after its last day.';

create table grant_texts (
    piece       text not null check (piece in ('grant', 'conditions', 'payout', 'proof-simple', 'proof-full', 'remedy')),
    valid_from  date not null,
    words       text not null check (words <> ''),
    source      text not null,
    primary key (piece, valid_from)
);
comment on table grant_texts is 'Pieces of the notice, in German, from the city pack; the latest of each before the day holds.';

create table grants (
    resolution_id bigint primary key references resolutions,
    kind          text not null check (kind in ('notice', 'order')),
    amount_cents  bigint not null check (amount_cents > 0),
    opened_by     bigint not null references persons,
    opened_at     timestamptz not null
);
comment on table grants is 'A granting resolution that is carried out: by a notice to whoever asked, or by an order to an office.';
comment on column grants.amount_cents is 'Euro cents as resolved.';
create index grants_by_opening on grants (opened_by);

-- Where the money of each grant is. Written by movements alone.
create table grant_balances (
    resolution_id  bigint primary key references resolutions,
    reserved_cents bigint not null,
    granted_cents  bigint not null default 0,
    paid_cents     bigint not null default 0,
    constraint nothing_beyond_the_grant check (reserved_cents >= 0 and granted_cents >= 0 and paid_cents >= 0)
);
create table grant_movements (
    entry_id      bigint primary key references ledger_entries,
    resolution_id bigint not null references resolutions,
    kind          text not null check (kind in ('grant', 'pay', 'rest', 'back', 'lapse')),
    payout_id     bigint unique,
    check (payout_id is null or kind = 'pay')
);
comment on table grant_movements is 'The entries of the ledger that belong to a grant. rest: promised and not needed; back: paid and returned; lapse: not used by the end of the year.';
create index grant_movements_by_resolution on grant_movements (resolution_id, entry_id);

create table grant_notices (
    resolution_id bigint primary key references grants,
    content       jsonb not null,
    pdf           bytea not null check (octet_length(pdf) between 1 and 12582912),
    sha256        bytea not null generated always as (sha256(pdf)) stored,
    project_from  date not null,
    project_to    date not null,
    proof_due     date not null,
    simple_proof  boolean not null,
    issued_by     bigint not null references persons,
    issued_at     timestamptz not null,
    check (project_to >= project_from and proof_due > project_to)
);
comment on table grant_notices is 'Zuwendungsbescheid as it was issued, word for word; never changed.';
create index grant_notices_by_issuing on grant_notices (issued_by);

create table grant_services (
    resolution_id bigint primary key references grant_notices,
    channel       text not null check (channel in ('post', 'hand')),
    sent_on       date not null,
    served_on     date not null,
    objection_to  date not null,
    recorded_by   bigint not null references persons,
    recorded_at   timestamptz not null,
    constraint a_letter_arrives_on_the_fourth_day check (served_on = sent_on + case channel when 'post' then 4 else 0 end),
    constraint a_month_to_object check (objection_to >= (served_on + interval '1 month')::date)
);
comment on table grant_services is 'When the notice was made known (VwVfG § 41 (2), since 2025: the fourth day after posting) and until when it can be objected to (VwGO § 70: one month).';
create index grant_services_by_recording on grant_services (recorded_by);

create table grant_waivers (
    resolution_id bigint primary key references grant_services,
    person_id     bigint not null references persons,
    at            timestamptz not null
);
comment on table grant_waivers is 'Rechtsbehelfsverzicht: whoever got the notice does not object; it is final at once.';
create index grant_waivers_by_person on grant_waivers (person_id);

create table grant_accounts (
    resolution_id bigint primary key references grants,
    holder        text not null check (char_length(holder) between 2 and 70),
    iban          text not null check (iban ~ '^[A-Z]{2}[0-9]{2}[A-Z0-9]{11,30}$'),
    person_id     bigint not null references persons,
    at            timestamptz not null
);
comment on table grant_accounts is 'Where the money goes; for the office alone, gone some time after the end.';
create index grant_accounts_by_person on grant_accounts (person_id);

create table grant_payouts (
    id            bigint generated always as identity primary key,
    request_id    uuid not null unique,
    resolution_id bigint not null references grants,
    amount_cents  bigint not null check (amount_cents > 0),
    asked_by      bigint not null references persons,
    asked_at      timestamptz not null
);
comment on column grant_payouts.request_id is 'Chosen by the form, so that a form sent twice asks once.';
create index grant_payouts_by_resolution on grant_payouts (resolution_id, id);
create index grant_payouts_by_asking on grant_payouts (asked_by);
alter table grant_movements add foreign key (payout_id) references grant_payouts;

create table payout_releases (
    payout_id bigint not null references grant_payouts,
    turn      int not null check (turn in (1, 2)),
    person_id bigint not null references persons,
    at        timestamptz not null,
    primary key (payout_id, turn),
    constraint four_eyes unique (payout_id, person_id)
);
comment on table payout_releases is 'Two different people of the administration release a payout; neither asked for it.';
create index payout_releases_by_person on payout_releases (person_id);

create table grant_proofs (
    resolution_id bigint not null references grant_notices,
    version       int not null check (version > 0),
    kind          text not null check (kind in ('interim', 'final')),
    spent_cents   bigint not null check (spent_cents >= 0),
    report        text not null check (char_length(report) between 20 and 10000),
    sent_by       bigint not null references persons,
    sent_at       timestamptz not null,
    primary key (resolution_id, version)
);
comment on table grant_proofs is 'Verwendungsnachweis, each version as it was sent.';
comment on column grant_proofs.spent_cents is 'Euro cents of the grant that were used.';
create index grant_proofs_by_sending on grant_proofs (sent_by);

create table grant_proof_lines (
    resolution_id bigint not null,
    version       int not null,
    position      int not null check (position > 0),
    what          text not null check (char_length(what) between 1 and 200),
    planned_cents bigint not null check (planned_cents >= 0),
    actual_cents  bigint not null check (actual_cents >= 0),
    primary key (resolution_id, version, position),
    foreign key (resolution_id, version) references grant_proofs
);
comment on table grant_proof_lines is 'Cost as planned and as it was, euro cents gross.';

create table grant_proof_answers (
    resolution_id bigint not null,
    version       int not null,
    outcome       text not null check (outcome in ('accepted', 'returned')),
    note          text not null check (char_length(note) <= 2000),
    person_id     bigint not null references persons,
    at            timestamptz not null,
    primary key (resolution_id, version),
    foreign key (resolution_id, version) references grant_proofs,
    check (outcome = 'accepted' or char_length(note) >= 10)
);
create index grant_proof_answers_by_person on grant_proof_answers (person_id);

create table grant_repayments (
    id            bigint generated always as identity primary key,
    request_id    uuid not null unique,
    resolution_id bigint not null references grants,
    amount_cents  bigint not null check (amount_cents > 0),
    reason        text not null check (char_length(reason) between 10 and 2000),
    due_on        date not null,
    person_id     bigint not null references persons,
    at            timestamptz not null
);
comment on table grant_repayments is 'Rückforderung: what was paid and not used for the purpose is asked back.';
create index grant_repayments_by_resolution on grant_repayments (resolution_id);
create index grant_repayments_by_person on grant_repayments (person_id);
create table grant_receipts (
    repayment_id bigint primary key references grant_repayments,
    entry_id     bigint not null unique references grant_movements,
    received_on  date not null,
    person_id    bigint not null references persons,
    at           timestamptz not null
);
comment on table grant_receipts is 'The money came back, whole.';
create index grant_receipts_by_person on grant_receipts (person_id);

create table order_steps (
    resolution_id bigint not null references grants,
    step          text not null check (step in ('ordered', 'planned', 'under-way', 'done')),
    turn          int not null generated always as (case step when 'ordered' then 1 when 'planned' then 2 when 'under-way' then 3 else 4 end) stored,
    office        text not null check (char_length(office) between 2 and 120),
    note          text not null check (char_length(note) <= 1000),
    person_id     bigint not null references persons,
    at            timestamptz not null,
    primary key (resolution_id, step)
);
comment on table order_steps is 'How far an order to an office is; the public reads office and note.';
create index order_steps_by_person on order_steps (person_id);

create table grant_ends (
    resolution_id bigint primary key references grants,
    person_id     bigint not null references persons,
    at            timestamptz not null
);
comment on table grant_ends is 'Settled: nothing is promised any more, nothing is owed.';
create index grant_ends_by_person on grant_ends (person_id);

-- Deeds on one grant follow each other; none while the mayor objects, none after the end.
create function on_a_grant() returns trigger language plpgsql as $$
declare
    number bigint := case when to_jsonb(new) ? 'resolution_id' then (to_jsonb(new)->>'resolution_id')::bigint
        when to_jsonb(new) ? 'payout_id' then (select resolution_id from grant_payouts where id = (to_jsonb(new)->>'payout_id')::bigint)
        else (select resolution_id from grant_repayments where id = (to_jsonb(new)->>'repayment_id')::bigint) end;
begin
    perform from resolutions where id = number for no key update;
    if resolution_rests(number) or not exists (select from standing_resolutions where resolution_id = number) then
        raise exception 'Resolution % rests', number using errcode = 'check_violation', constraint = 'a_resolution_rests';
    end if;
    if exists (select from grant_ends where resolution_id = number) then
        raise exception 'Grant % is settled', number using errcode = 'check_violation', constraint = 'a_grant_is_settled';
    end if;
    return new;
end $$;
-- An objection waits for what is under way on the same resolution.
create function object_after_deeds() returns trigger language plpgsql as $$
begin
    perform from resolutions where id = new.resolution_id for no key update;
    return new;
end $$;
create trigger a_object_after_deeds before insert on resolution_objections for each row execute function object_after_deeds();
create trigger a_object_after_deeds before insert on resolution_objection_ends for each row execute function object_after_deeds();

create function follow_the_resolution() returns trigger language plpgsql as $$
begin
    if not exists (select from resolutions where id = new.resolution_id and kind in ('granted', 'granted-in-part')
            and amount_cents = new.amount_cents and budget_id is not null) then
        raise exception 'Resolution % grants no such amount', new.resolution_id using errcode = 'check_violation';
    end if;
    return new;
end $$;

create function move_a_grant() returns trigger language plpgsql as $$
declare
    entry ledger_entries;
    resolution resolutions;
begin
    select * into entry from ledger_entries where id = new.entry_id;
    select * into resolution from resolutions where id = new.resolution_id;
    if entry.budget_id <> resolution.budget_id
       or not entry.from_account || '-' || entry.to_account = any (case new.kind when 'grant' then array['reserved-granted']
            when 'pay' then array['granted-paid'] when 'rest' then array['granted-available'] when 'back' then array['paid-available']
            else array['reserved-available', 'granted-available'] end)
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
create function only_movements_write() returns trigger language plpgsql as $$
begin
    if pg_trigger_depth() < 2 then
        raise exception 'balances of grants follow from movements' using errcode = 'restrict_violation';
    end if;
    return null;
end $$;
create trigger only_movements_write before insert or update or delete or truncate on grant_balances
    for each statement execute function only_movements_write();

-- Final: nobody objected within the month, or who got it said that they will not.
create function grant_is_final(resolution bigint, day date) returns boolean language sql stable as $$
    select exists (select from grant_services s left join grant_waivers w on w.resolution_id = s.resolution_id
                    where s.resolution_id = resolution and (w.resolution_id is not null or s.objection_to < day))
$$;

create function ask_for_payout() returns trigger language plpgsql as $$
begin
    if not grant_is_final(new.resolution_id, (new.asked_at at time zone 'Europe/Berlin')::date)
       or not exists (select from grant_accounts where resolution_id = new.resolution_id)
       or exists (select from grant_payouts p where p.resolution_id = new.resolution_id
                   and not exists (select from grant_movements m where m.payout_id = p.id))
       or new.amount_cents > (select granted_cents from grant_balances where resolution_id = new.resolution_id) then
        raise exception 'Grant % pays nothing now', new.resolution_id using errcode = 'check_violation', constraint = 'ask_for_payout';
    end if;
    return new;
end $$;
create function release_a_payout() returns trigger language plpgsql as $$
declare
    payout grant_payouts;
begin
    select * into payout from grant_payouts where id = new.payout_id;
    if new.person_id in (payout.asked_by, coalesce((select a.applicant_id from resolutions r join applications a on a.id = r.application_id
            where r.id = payout.resolution_id), 0))
       or new.turn <> 1 + (select count(*) from payout_releases where payout_id = new.payout_id) then
        raise exception 'Person % may not release payout %', new.person_id, new.payout_id using errcode = 'check_violation', constraint = 'four_eyes';
    end if;
    return new;
end $$;
create function prove_in_order() returns trigger language plpgsql as $$
begin
    if new.version <> 1 + (select count(*) from grant_proofs where resolution_id = new.resolution_id)
       or exists (select from grant_proofs p left join grant_proof_answers a on (a.resolution_id, a.version) = (p.resolution_id, p.version)
                   where p.resolution_id = new.resolution_id and (a.outcome is null or a.outcome = 'accepted' and p.kind = 'final'))
       or new.spent_cents > (select amount_cents from grants where resolution_id = new.resolution_id) then
        raise exception 'Grant % takes no such proof', new.resolution_id using errcode = 'check_violation', constraint = 'prove_in_order';
    end if;
    return new;
end $$;
create function go_on_in_order() returns trigger language plpgsql as $$
begin
    if new.turn <= coalesce((select max(turn) from order_steps where resolution_id = new.resolution_id), 0)
       or new.step <> 'ordered' and not exists (select from order_steps where resolution_id = new.resolution_id)
       or not exists (select from grants where resolution_id = new.resolution_id and kind = 'order') then
        raise exception 'Order % goes on otherwise', new.resolution_id using errcode = 'check_violation', constraint = 'go_on_in_order';
    end if;
    return new;
end $$;
create function settle() returns trigger language plpgsql as $$
begin
    if exists (select from grant_balances where resolution_id = new.resolution_id and (reserved_cents > 0 or granted_cents > 0))
       or not exists (select from grant_balances where resolution_id = new.resolution_id)
       or exists (select from grant_repayments p where p.resolution_id = new.resolution_id
                   and not exists (select from grant_receipts where repayment_id = p.id)) then
        raise exception 'Grant % is not settled', new.resolution_id using errcode = 'check_violation', constraint = 'settle';
    end if;
    return new;
end $$;
create function ask_back() returns trigger language plpgsql as $$
begin
    if (select coalesce(sum(p.amount_cents), 0) + new.amount_cents from grant_repayments p where p.resolution_id = new.resolution_id
            and not exists (select from grant_receipts where repayment_id = p.id))
        > coalesce((select paid_cents from grant_balances where resolution_id = new.resolution_id), 0) then
        raise exception 'Grant % was not paid that much', new.resolution_id using errcode = 'check_violation', constraint = 'ask_back';
    end if;
    return new;
end $$;

create trigger a_on_a_grant before insert on grants for each row execute function on_a_grant();
create trigger a_on_a_grant before insert on grant_movements for each row execute function on_a_grant();
create trigger a_on_a_grant before insert on grant_notices for each row execute function on_a_grant();
create trigger a_on_a_grant before insert on grant_services for each row execute function on_a_grant();
create trigger a_on_a_grant before insert on grant_waivers for each row execute function on_a_grant();
create trigger a_on_a_grant before insert or update on grant_accounts for each row execute function on_a_grant();
create trigger a_on_a_grant before insert on grant_payouts for each row execute function on_a_grant();
create trigger a_on_a_grant before insert on payout_releases for each row execute function on_a_grant();
create trigger a_on_a_grant before insert on grant_proofs for each row execute function on_a_grant();
create trigger a_on_a_grant before insert on grant_proof_answers for each row execute function on_a_grant();
create trigger a_on_a_grant before insert on grant_repayments for each row execute function on_a_grant();
create trigger a_on_a_grant before insert on grant_receipts for each row execute function on_a_grant();
create trigger a_on_a_grant before insert on order_steps for each row execute function on_a_grant();
create trigger a_on_a_grant before insert on grant_ends for each row execute function on_a_grant();
create trigger b_follow_the_resolution before insert on grants for each row execute function follow_the_resolution();
create trigger b_move_a_grant before insert on grant_movements for each row execute function move_a_grant();
create trigger b_ask_for_payout before insert on grant_payouts for each row execute function ask_for_payout();
create trigger b_release_a_payout before insert on payout_releases for each row execute function release_a_payout();
create trigger b_prove_in_order before insert on grant_proofs for each row execute function prove_in_order();
create trigger b_go_on_in_order before insert on order_steps for each row execute function go_on_in_order();
create trigger b_ask_back before insert on grant_repayments for each row execute function ask_back();
create trigger b_settle before insert on grant_ends for each row execute function settle();

create trigger grants_stay before update or delete or truncate on grants for each statement execute function forbid_change();
create trigger movements_stay before update or delete or truncate on grant_movements for each statement execute function forbid_change();
create trigger notices_stay before update or delete or truncate on grant_notices for each statement execute function forbid_change();
create trigger services_stay before update or delete or truncate on grant_services for each statement execute function forbid_change();
create trigger waivers_stay before update or delete or truncate on grant_waivers for each statement execute function forbid_change();
create trigger payouts_stay before update or delete or truncate on grant_payouts for each statement execute function forbid_change();
create trigger releases_stay before update or delete or truncate on payout_releases for each statement execute function forbid_change();
create trigger proofs_stay before update or delete or truncate on grant_proofs for each statement execute function forbid_change();
create trigger proof_lines_stay before update or delete or truncate on grant_proof_lines for each statement execute function forbid_change();
create trigger proof_answers_stay before update or delete or truncate on grant_proof_answers for each statement execute function forbid_change();
create trigger repayments_stay before update or delete or truncate on grant_repayments for each statement execute function forbid_change();
create trigger receipts_stay before update or delete or truncate on grant_receipts for each statement execute function forbid_change();
create trigger order_steps_stay before update or delete or truncate on order_steps for each statement execute function forbid_change();
create trigger ends_stay before update or delete or truncate on grant_ends for each statement execute function forbid_change();
