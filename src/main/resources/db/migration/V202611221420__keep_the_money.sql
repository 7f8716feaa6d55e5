create table funds (
    key          text primary key,
    name         text not null unique,
    body_kind    text not null,
    per          text not null check (per in ('body', 'inhabitant', 'city')),
    opens_on     text check (opens_on ~ '^\d\d-\d\d$'),
    closes_on    text check (closes_on ~ '^\d\d-\d\d$'),
    source       text not null
);
comment on column funds.opens_on is 'Month and day of the year before the budget year from which ideas are taken; null: all year.';

create table fund_rates (
    fund_key     text not null references funds,
    valid_from   date not null,
    amount_cents bigint not null check (amount_cents > 0),
    source       text not null,
    is_default   boolean not null,
    primary key (fund_key, valid_from)
);
comment on column fund_rates.amount_cents is 'Euro cents per year and per body, inhabitant or city, as the fund says.';

create table budgets (
    id        bigint generated always as identity primary key,
    fund_key  text not null references funds,
    body_key  text not null references bodies,
    year      int  not null check (year between 2000 and 2200),
    unique (fund_key, body_key, year)
);
comment on table budgets is 'Fund x body x fiscal year.';

create table budget_accounts (
    budget_id     bigint not null references budgets,
    account       text not null check (account in ('appropriation', 'available', 'reserved', 'granted', 'paid')),
    balance_cents bigint not null default 0,
    primary key (budget_id, account),
    constraint no_account_below_zero check (balance_cents >= 0 or account = 'appropriation')
);
comment on table budget_accounts is 'Balance of each account, kept by the trigger on ledger_entries alone; appropriation is the contra account, so that all accounts of a budget sum to zero.';

create table ledger_entries (
    id            bigint generated always as identity primary key,
    budget_id     bigint not null references budgets,
    from_account  text not null,
    to_account    text not null,
    amount_cents  bigint not null check (amount_cents > 0),
    reason        text not null check (reason <> ''),
    reference     text not null,
    person_id     bigint references persons,
    at            timestamptz not null,
    check ((from_account, to_account) in (
        ('appropriation', 'available'), ('available', 'appropriation'),
        ('available', 'reserved'), ('reserved', 'available'),
        ('reserved', 'granted'), ('granted', 'available'),
        ('granted', 'paid'), ('paid', 'available'))),
    foreign key (budget_id, from_account) references budget_accounts (budget_id, account),
    foreign key (budget_id, to_account) references budget_accounts (budget_id, account)
);
comment on table ledger_entries is 'Every movement of money: euro cents from one account to another, with reason, reference and person. Append-only; balances are its sums.';
create index ledger_entries_by_budget on ledger_entries (budget_id, id);
create trigger ledger_entries_are_append_only before update or delete or truncate on ledger_entries
    for each statement execute function forbid_change();

create function open_budget_accounts() returns trigger language plpgsql as $$
begin
    insert into budget_accounts (budget_id, account)
    select new.id, account from unnest(array['appropriation', 'available', 'reserved', 'granted', 'paid']) account;
    return null;
end $$;
create trigger a_budget_opens_with_its_accounts after insert on budgets
    for each row execute function open_budget_accounts();

-- One lock per budget orders all movements of its money, so opposite movements cannot deadlock;
-- the check on budget_accounts then refuses whatever would take an account below zero.
create function move_money() returns trigger language plpgsql as $$
begin
    perform 1 from budgets where id = new.budget_id for no key update;
    update budget_accounts
       set balance_cents = balance_cents + case account when new.to_account then new.amount_cents else -new.amount_cents end
     where budget_id = new.budget_id and account in (new.from_account, new.to_account);
    return null;
end $$;
create trigger a_ledger_entry_moves_money after insert on ledger_entries
    for each row execute function move_money();

-- Nobody writes a balance but the ledger.
create function only_the_ledger_writes_balances() returns trigger language plpgsql as $$
begin
    if pg_trigger_depth() < 2 then
        raise exception 'balances follow from the ledger' using errcode = 'restrict_violation';
    end if;
    return null;
end $$;
create trigger balances_follow_from_the_ledger before insert or update or delete or truncate on budget_accounts
    for each statement execute function only_the_ledger_writes_balances();
