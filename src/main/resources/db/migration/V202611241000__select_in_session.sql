-- What a body means to pay for of all that stands on its agenda: a scratch selection that everybody in the room follows, and the list of
-- motions it becomes. Each saving is a version; nothing is written over.
create table council_selections (
    id              bigint generated always as identity primary key,
    request_id      uuid not null unique,
    session_id      bigint not null references council_invitations,
    version         int not null check (version >= 1),
    basis           text not null check (basis in ('', 'round', 'votes', 'ratio', 'shares')),
    run_id          bigint references allocation_runs,
    moved           boolean not null,
    available_cents bigint not null check (available_cents >= 0),
    at              timestamptz not null,
    by              bigint not null references persons,
    unique (session_id, version),
    unique (id, moved),
    constraint a_rule_has_its_run check ((run_id is not null) = (basis in ('votes', 'ratio', 'shares')))
);
comment on table council_selections is 'Selections in a session, the last version holds.';
comment on column council_selections.basis is 'The proposal it started from: of the voting round, or of a rule; empty without.';
comment on column council_selections.run_id is 'The recorded run of the rule.';
comment on column council_selections.moved is 'Whether this version is a list of motions: each is moved when its item is called.';
comment on column council_selections.available_cents is 'What the body had left, euro cents.';
create index council_selections_by_run on council_selections (run_id) where run_id is not null;
create index council_selections_by_person on council_selections (by);

create table council_selection_lines (
    selection_id  bigint not null,
    moved         boolean not null,
    item_id       bigint not null references agenda_items,
    chosen        boolean not null,
    cost_cents    bigint not null check (cost_cents >= 0),
    amount_cents  bigint not null check (amount_cents >= 0),
    proposed      boolean not null,
    reason        text not null check (char_length(reason) <= 1000),
    primary key (selection_id, item_id),
    foreign key (selection_id, moved) references council_selections (id, moved),
    constraint a_motion_has_its_amount check (not (moved and chosen) or amount_cents > 0 and (cost_cents = 0 or amount_cents <= cost_cents)),
    constraint whoever_differs_says_why check (not moved or char_length(reason) >= 10
        or chosen = proposed and (not chosen or amount_cents = cost_cents))
);
comment on column council_selection_lines.cost_cents is 'What it costs, or what is asked of the fund; 0 where that is not known.';
comment on column council_selection_lines.proposed is 'Whether the proposal pays for it; false without one.';
create index council_selection_lines_by_item on council_selection_lines (item_id);

create function select_in_session() returns trigger language plpgsql as $$
begin
    perform from council_sessions where id = new.session_id for no key update;
    if exists (select from council_room_ends where session_id = new.session_id)
       or exists (select from council_session_cancellations where session_id = new.session_id) then
        raise exception 'Session % is over', new.session_id using errcode = 'check_violation', constraint = 'select_in_session';
    end if;
    update council_rooms set version = version + 1 where session_id = new.session_id;
    return new;
end $$;
create trigger b_select_in_session before insert on council_selections for each row execute function select_in_session();

create function motions_are_paid_for() returns trigger language plpgsql as $$
begin
    if new.moved and (select coalesce(sum(amount_cents), 0) from council_selection_lines where selection_id = new.id and chosen) > new.available_cents then
        raise exception 'Selection % asks for more than there is', new.id using errcode = 'check_violation', constraint = 'motions_are_paid_for';
    end if;
    return null;
end $$;
create constraint trigger motions_are_paid_for after insert on council_selections deferrable initially deferred
    for each row execute function motions_are_paid_for();

create function lines_belong_to_the_session() returns trigger language plpgsql as $$
begin
    if (select session_id from council_selections where id = new.selection_id)
            is distinct from (select session_id from agenda_items where id = new.item_id and secrecy = '') then
        raise exception 'Item % is not to be selected', new.item_id using errcode = 'check_violation', constraint = 'lines_belong_to_the_session';
    end if;
    return new;
end $$;
create trigger lines_belong_to_the_session before insert on council_selection_lines for each row execute function lines_belong_to_the_session();

create trigger selections_stay before update or delete or truncate on council_selections for each statement execute function forbid_change();
create trigger selection_lines_stay before update or delete or truncate on council_selection_lines for each statement execute function forbid_change();
