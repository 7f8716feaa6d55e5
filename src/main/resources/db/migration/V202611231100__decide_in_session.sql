-- A body decides in its session: who is there, who may take part in an item, what is moved, how they vote, what they resolve
-- (SächsGemO §§ 20, 38, 39). Everybody who writes here waits for the row of the session, so that deeds in a room have an order.

-- What is on an agenda may be an application, too.
alter table agenda_items
    add column application_id bigint references applications,
    add constraint one_item_an_application unique (session_id, application_id);
create index agenda_items_by_application on agenda_items (application_id) where application_id is not null;
comment on column agenda_items.application_id is 'The application it is about; null for anything else. Its idea, where it has one, is idea_number.';

create or replace function keep_agenda() returns trigger language plpgsql as $$
declare
    it agenda_items := coalesce(new, old);
    invited boolean;
begin
    perform from council_sessions where id = it.session_id for no key update;
    invited := exists (select from council_invitations where session_id = it.session_id);
    if exists (select from council_session_cancellations where session_id = it.session_id)
       or (tg_op in ('UPDATE', 'DELETE') and invited)
       or (tg_op = 'INSERT' and invited <> (new.urgency <> ''))
       or (tg_op = 'UPDATE' and (new.id, new.session_id, new.idea_number, new.application_id, new.title, new.secrecy, new.urgency)
             is distinct from (old.id, old.session_id, old.idea_number, old.application_id, old.title, old.secrecy, old.urgency)) then
        raise exception 'The agenda of session % stands', it.session_id using errcode = 'check_violation';
    end if;
    return it;
end $$;

create table council_rooms (
    session_id  bigint primary key references council_invitations,
    opened_at   timestamptz not null,
    opened_by   bigint not null references persons,
    version     bigint not null default 1
);
comment on table council_rooms is 'A session that has begun. Nobody is invited later, nothing decided before.';
comment on column council_rooms.version is 'One more with each deed in the room: the three views follow it.';

create table council_room_ends (
    session_id  bigint primary key references council_rooms,
    at          timestamptz not null,
    by          bigint not null references persons
);
comment on table council_room_ends is 'Sessions that are closed. Nothing is recorded in them afterwards.';

create table council_attendance (
    id          bigint generated always as identity primary key,
    session_id  bigint not null references council_rooms,
    person_id   bigint not null references persons,
    seat        int check (seat > 0),
    present     boolean not null,
    at          timestamptz not null,
    by          bigint not null references persons
);
comment on table council_attendance is 'Coming and going: one row each. Who is there is said by the last row of a person.';
comment on column council_attendance.seat is 'The seat with a vote; null for a chair who has none.';
create index council_attendance_by_session on council_attendance (session_id, person_id, id desc);
create index council_attendance_by_person on council_attendance (person_id);

create table item_treatments (
    item_id     bigint primary key references agenda_items,
    session_id  bigint not null references council_rooms,
    called_at   timestamptz not null,
    called_by   bigint not null references persons,
    ended_at    timestamptz,
    ended_by    bigint references persons,
    outcome     text not null default '' check (outcome in ('', 'resolved', 'noted', 'no-quorum')),
    note        text not null default '' check (char_length(note) <= 2000),
    check ((ended_at is null) = (ended_by is null) and (ended_at is null) = (outcome = ''))
);
comment on table item_treatments is 'Items that were called in the session, and how each ended; one at a time.';
comment on column item_treatments.outcome is 'resolved: there is a resolution; noted: nothing was to be decided; no-quorum: nothing could be decided.';
comment on column item_treatments.note is 'What the minutes say of it beside the votes.';
create unique index one_item_at_a_time on item_treatments (session_id) where ended_at is null;

create table item_biases (
    item_id    bigint not null references agenda_items,
    person_id  bigint not null references persons,
    ground     text not null check (ground in ('self', 'relative', 'represented', 'employer', 'function', 'other')),
    at         timestamptz not null,
    by         bigint not null references persons,
    primary key (item_id, person_id)
);
comment on table item_biases is 'Members who may not take part in an item (SächsGemO § 20). For the body alone; the public reads how many.';
create index item_biases_by_person on item_biases (person_id);

create table council_motions (
    id           bigint generated always as identity primary key,
    request_id   uuid not null unique,
    item_id      bigint not null references item_treatments,
    number       int not null check (number >= 1),
    kind         text not null check (kind in ('granted', 'granted-in-part', 'postponed', 'recommended', 'agreed')),
    amount_cents bigint not null check (amount_cents >= 0),
    wording      text not null check (char_length(wording) between 10 and 2000),
    reason       text not null check (char_length(reason) <= 2000),
    statement    boolean not null,
    at           timestamptz not null,
    by           bigint not null references persons,
    unique (item_id, number),
    check ((kind in ('granted', 'granted-in-part')) = (amount_cents > 0))
);
comment on table council_motions is 'What is moved on an item. A changed motion is the next number; the last one is voted on.';
comment on column council_motions.statement is 'Whether a statement of the administration stood when it was moved.';

create table council_votes (
    id         bigint generated always as identity primary key,
    request_id uuid not null unique,
    motion_id  bigint not null references council_motions,
    session_id bigint not null references council_rooms,
    item_id    bigint not null references agenda_items,
    mode       text not null check (mode in ('open', 'names', 'count', 'secret')),
    seats      int not null,
    present    int not null,
    biased     int not null,
    needed     int not null check (needed > 0),
    rule       text not null check (rule in ('regular', 'bias', 'second')),
    opened_at  timestamptz not null,
    opened_by  bigint not null references persons,
    constraint a_vote_has_its_quorum check (biased >= 0 and present <= seats and present - biased >= needed)
);
comment on table council_votes is 'Votes of a body in its session, with the quorum as it was when the vote began.';
comment on column council_votes.mode is 'open and names: on devices; count: hands, counted by the chair; secret: papers, counted by the chair.';
create index council_votes_by_item on council_votes (item_id, id desc);
create index council_votes_by_session on council_votes (session_id, id desc);
create index council_votes_by_motion on council_votes (motion_id);

create table council_voters (
    vote_id    bigint not null references council_votes,
    person_id  bigint not null references persons,
    primary key (vote_id, person_id)
);
comment on table council_voters is 'Who may take part in a vote: members with a vote who are there and not biased, as the database finds them when it begins.';
create index council_voters_by_person on council_voters (person_id);

create table council_choices (
    vote_id    bigint not null,
    person_id  bigint not null,
    choice     text not null check (choice in ('yes', 'no', 'abstention')),
    at         timestamptz not null,
    by         bigint not null references persons,
    primary key (vote_id, person_id),
    foreign key (vote_id, person_id) references council_voters
);
comment on table council_choices is 'Votes on devices; until the vote ends a member may change theirs. Each name is read where the vote was by name.';
comment on column council_choices.by is 'The member, or who runs the session where a device failed.';

create table council_vote_results (
    vote_id     bigint primary key references council_votes,
    outcome     text not null check (outcome in ('adopted', 'rejected', 'void')),
    yes         int not null check (yes >= 0),
    no          int not null check (no >= 0),
    abstentions int not null check (abstentions >= 0),
    reason      text not null default '' check (char_length(reason) <= 500),
    at          timestamptz not null,
    by          bigint not null references persons,
    check (outcome <> 'void' or (yes + no + abstentions = 0 and char_length(reason) >= 10))
);
comment on table council_vote_results is 'How each vote ended; a void one counts nothing and says why.';

-- A resolution may be made in a session, on an application or on any other item.
alter table resolutions
    alter column idea_number drop not null,
    alter column event_id drop not null,
    alter column budget_id drop not null,
    add column application_id      bigint,
    add column application_version int,
    add column item_id             bigint unique references agenda_items,
    add column vote_id             bigint unique references council_vote_results,
    add column wording             text not null default '' check (char_length(wording) <= 2000),
    add foreign key (application_id, application_version) references application_versions,
    drop constraint resolutions_reason_check,
    add constraint whoever_asked_reads_why check (char_length(reason) <= 2000
        and (char_length(reason) >= 10 or idea_number is null and application_id is null)),
    drop constraint resolutions_kind_check,
    add constraint resolutions_kind_check check (kind in ('granted', 'granted-in-part', 'not-granted', 'postponed', 'recommended', 'agreed', 'rejected')),
    add constraint of_a_session_or_of_an_idea check ((item_id is null) = (vote_id is null) and (item_id is not null or idea_number is not null)),
    add constraint a_resolution_on_an_idea_is_told check ((idea_number is null) = (event_id is null)),
    add constraint a_grant_has_a_budget check (amount_cents = 0 or budget_id is not null),
    add constraint an_application_has_its_version check ((application_id is null) = (application_version is null)),
    add constraint what_is_agreed_has_the_majority check (kind not in ('recommended', 'agreed') or votes_yes > votes_no);
comment on column resolutions.item_id is 'The item of the agenda it was made on; null where the chair recorded it afterwards.';
comment on column resolutions.application_version is 'As it lay before the body.';
comment on column resolutions.wording is 'What was resolved, word for word; empty where it was recorded afterwards.';
create index resolutions_by_application on resolutions (application_id) where application_id is not null;

-- One resolution stands for each idea and each application; an annulled one stands no longer.
drop index one_final_resolution_per_idea;
create table standing_resolutions (
    resolution_id   bigint primary key references resolutions,
    idea_number     bigint unique references ideas,
    application_id  bigint unique references applications
);
comment on table standing_resolutions is 'The resolution that ends the matter: one for each idea and each application, until it is annulled.';
insert into standing_resolutions (resolution_id, idea_number) select id, idea_number from resolutions where kind <> 'postponed';

create function let_it_stand() returns trigger language plpgsql as $$
begin
    if new.kind <> 'postponed' and (new.idea_number is not null or new.application_id is not null) then
        insert into standing_resolutions (resolution_id, idea_number, application_id)
        values (new.id, new.idea_number, new.application_id);
    end if;
    return null;
end $$;
create trigger let_it_stand after insert on resolutions for each row execute function let_it_stand();

create table resolution_objections (
    resolution_id bigint primary key references resolutions,
    reason        text not null check (char_length(reason) between 10 and 2000),
    at            timestamptz not null,
    by            bigint not null references persons
);
comment on table resolution_objections is 'Objections of the mayor (SächsGemO § 52 (2)): nothing that follows from the resolution goes on until it ends.';

create table resolution_objection_ends (
    resolution_id bigint primary key references resolution_objections,
    outcome       text not null check (outcome in ('lifted', 'annulled')),
    reason        text not null check (char_length(reason) between 10 and 2000),
    at            timestamptz not null,
    by            bigint not null references persons
);
comment on table resolution_objection_ends is 'lifted: the resolution holds; annulled: it falls, and its money is free again.';

create function resolution_rests(resolution bigint) returns boolean language sql stable as $$
    select exists (select from resolution_objections o left join resolution_objection_ends e on e.resolution_id = o.resolution_id
                    where o.resolution_id = resolution and (e.outcome is null or e.outcome = 'annulled'))
$$;
comment on function resolution_rests is 'Whether nothing may follow from a resolution: an objection is open, or it was annulled.';

create function fall() returns trigger language plpgsql as $$
begin
    if new.outcome = 'annulled' then
        delete from standing_resolutions where resolution_id = new.resolution_id;
    end if;
    return null;
end $$;
create trigger fall after insert on resolution_objection_ends for each row execute function fall();

create function only_objections_annul() returns trigger language plpgsql as $$
begin
    if tg_op <> 'INSERT' and (tg_op = 'UPDATE' or not exists (select from resolution_objection_ends e
            where e.resolution_id = old.resolution_id and e.outcome = 'annulled')) then
        raise exception 'Resolution % stands', old.resolution_id using errcode = 'restrict_violation';
    end if;
    return coalesce(new, old);
end $$;
create trigger only_objections_annul before update or delete on standing_resolutions
    for each row execute function only_objections_annul();

-- Quorum as it is now (SächsGemO § 39; bodies.Quorum says the same in words). A second session on a matter is one after an item on it
-- ended without quorum.
create function council_quorum(item bigint)
    returns table (seats int, present int, biased int, needed int, rule text) language sql stable as $$
    with here as (
        select i.id, i.session_id, s.body_key, (c.starts_at at time zone 'Europe/Berlin')::date as day, i.idea_number, i.application_id
          from agenda_items i join council_sessions s on s.id = i.session_id join council_calendar c on c.id = s.id where i.id = item
    ), there as (
        select a.person_id from (select distinct on (person_id) person_id, seat, present from council_attendance
                                  where session_id = (select session_id from here) order by person_id, id desc) a
         where a.present and a.seat is not null
    ), counted as (
        select h.*, o.seats, (select count(*)::int from there) as present,
               (select count(*)::int from there t join item_biases b on b.person_id = t.person_id and b.item_id = h.id) as biased,
               exists (select from agenda_items e join item_treatments t on t.item_id = e.id and t.outcome = 'no-quorum'
                        where e.session_id <> h.session_id and t.ended_at < (select opened_at from council_rooms r where r.session_id = h.session_id)
                          and (e.idea_number = h.idea_number or e.application_id = h.application_id)) as second
          from here h join body_on((select day from here)) o on o.body_key = h.body_key
    ), ruled as (
        select c.*, (c.seats * r.quorum_numerator + r.quorum_denominator - 1) / r.quorum_denominator as regular,
               (c.seats * r.after_bias_numerator + r.after_bias_denominator - 1) / r.after_bias_denominator as after_bias,
               r.second_session_quorum
          from counted c join rules_of(c.body_key, c.day) r on true
    )
    select seats, present, biased,
           case when second and second_session_quorum < regular then second_session_quorum when biased * 2 > seats then after_bias else regular end,
           case when second and second_session_quorum < regular then 'second' when biased * 2 > seats then 'bias' else 'regular' end
      from ruled
$$;

-- Deeds in a room: only while it is open, one after the other; each moves its version on.
create function in_the_room() returns trigger language plpgsql as $$
declare
    room bigint;
    added jsonb := to_jsonb(new);
begin
    room := case
        when added ? 'session_id' then (added->>'session_id')::bigint
        when added ? 'motion_id' then (select i.session_id from council_motions m join agenda_items i on i.id = m.item_id where m.id = (added->>'motion_id')::bigint)
        when added ? 'item_id' then (select session_id from agenda_items where id = (added->>'item_id')::bigint)
        else (select session_id from council_votes where id = (added->>'vote_id')::bigint) end;
    perform from council_sessions where id = room for no key update;
    if exists (select from council_room_ends where session_id = room) then
        raise exception 'Session % is closed', room using errcode = 'check_violation', constraint = 'the_room_is_open';
    end if;
    update council_rooms set version = version + 1 where session_id = room;
    if not found then
        raise exception 'Session % has not begun', room using errcode = 'check_violation', constraint = 'the_room_is_open';
    end if;
    return new;
end $$;
create trigger a_in_the_room before insert on council_attendance for each row execute function in_the_room();
create trigger a_in_the_room before insert or update on item_treatments for each row execute function in_the_room();
create trigger a_in_the_room before insert on item_biases for each row execute function in_the_room();
create trigger a_in_the_room before insert on council_motions for each row execute function in_the_room();
create trigger a_in_the_room before insert on council_votes for each row execute function in_the_room();
create trigger a_in_the_room before insert or update on council_choices for each row execute function in_the_room();
create trigger a_in_the_room before insert on council_vote_results for each row execute function in_the_room();
create trigger a_in_the_room before insert on council_room_ends for each row execute function in_the_room();

create function vote_runs(vote bigint) returns boolean language sql stable as $$
    select not exists (select from council_vote_results where vote_id = vote)
$$;

create function come_and_go() returns trigger language plpgsql as $$
declare
    was boolean := (select present from council_attendance where session_id = new.session_id and person_id = new.person_id order by id desc limit 1);
begin
    if new.present = coalesce(was, false) then
        raise exception 'Person % is so already', new.person_id using errcode = 'check_violation', constraint = 'come_and_go';
    end if;
    if new.present and exists (select from (select distinct on (person_id) person_id, seat, present from council_attendance
              where session_id = new.session_id order by person_id, id desc) a where a.present and a.seat = new.seat) then
        raise exception 'Seat % is taken', new.seat using errcode = 'check_violation', constraint = 'come_and_go';
    end if;
    if not new.present then
        -- Who leaves before voting takes no part in the vote that runs.
        delete from council_voters v using council_votes c
         where v.vote_id = c.id and c.session_id = new.session_id and v.person_id = new.person_id and vote_runs(c.id)
           and not exists (select from council_choices x where x.vote_id = v.vote_id and x.person_id = v.person_id);
    end if;
    return new;
end $$;
create trigger b_come_and_go before insert on council_attendance for each row execute function come_and_go();

create function treat_in_order() returns trigger language plpgsql as $$
begin
    if tg_op = 'UPDATE' and (old.ended_at is not null or (new.item_id, new.session_id, new.called_at, new.called_by)
            is distinct from (old.item_id, old.session_id, old.called_at, old.called_by))
       or tg_op = 'INSERT' and (exists (select from agenda_removals where item_id = new.item_id)
            or not exists (select from agenda_items where id = new.item_id and session_id = new.session_id))
       or new.ended_at is not null and exists (select from council_votes where item_id = new.item_id and vote_runs(id))
       or new.ended_at is not null and (new.outcome = 'resolved') <> exists (select from resolutions where item_id = new.item_id) then
        raise exception 'Item % cannot be treated so', new.item_id using errcode = 'check_violation', constraint = 'treat_in_order';
    end if;
    return new;
end $$;
create trigger b_treat_in_order before insert or update on item_treatments for each row execute function treat_in_order();

create function declare_bias() returns trigger language plpgsql as $$
begin
    if exists (select from council_votes where item_id = new.item_id and vote_runs(id))
       or exists (select from resolutions where item_id = new.item_id)
       or exists (select from item_treatments where item_id = new.item_id and ended_at is not null) then
        raise exception 'Bias on item % comes too late', new.item_id using errcode = 'check_violation', constraint = 'declare_bias';
    end if;
    return new;
end $$;
create trigger b_declare_bias before insert on item_biases for each row execute function declare_bias();

create function move_in_order() returns trigger language plpgsql as $$
begin
    if not exists (select from item_treatments where item_id = new.item_id and ended_at is null)
       or exists (select from council_votes where item_id = new.item_id and vote_runs(id))
       or exists (select from resolutions where item_id = new.item_id) then
        raise exception 'Nothing can be moved on item %', new.item_id using errcode = 'check_violation', constraint = 'move_in_order';
    end if;
    return new;
end $$;
create trigger b_move_in_order before insert on council_motions for each row execute function move_in_order();

create function begin_vote() returns trigger language plpgsql as $$
declare
    q record;
begin
    select * into q from council_quorum(new.item_id);
    if new.item_id is distinct from (select item_id from council_motions where id = new.motion_id)
       or exists (select from council_motions m where m.item_id = new.item_id and m.id > new.motion_id)
       or not exists (select from item_treatments where item_id = new.item_id and session_id = new.session_id and ended_at is null)
       or exists (select from council_votes v where v.session_id = new.session_id and vote_runs(v.id))
       or exists (select from council_votes v join council_vote_results r on r.vote_id = v.id where v.motion_id = new.motion_id and r.outcome <> 'void')
       or (new.seats, new.present, new.biased, new.needed, new.rule) is distinct from (q.seats, q.present, q.biased, q.needed, q.rule) then
        raise exception 'No vote on motion % can begin', new.motion_id using errcode = 'check_violation', constraint = 'begin_vote';
    end if;
    return new;
end $$;
create trigger b_begin_vote before insert on council_votes for each row execute function begin_vote();

create function find_voters() returns trigger language plpgsql as $$
begin
    insert into council_voters (vote_id, person_id)
    select new.id, a.person_id
      from (select distinct on (person_id) person_id, seat, present from council_attendance where session_id = new.session_id order by person_id, id desc) a
     where a.present and a.seat is not null
       and not exists (select from item_biases b where b.item_id = new.item_id and b.person_id = a.person_id);
    return null;
end $$;
create trigger find_voters after insert on council_votes for each row execute function find_voters();

create function only_the_room_names_voters() returns trigger language plpgsql as $$
begin
    if pg_trigger_depth() < 2 then
        raise exception 'Voters follow from attendance and bias' using errcode = 'restrict_violation';
    end if;
    return null;
end $$;
create trigger only_the_room_names_voters before insert or update or delete or truncate on council_voters
    for each statement execute function only_the_room_names_voters();

create function choose_in_time() returns trigger language plpgsql as $$
declare
    vote council_votes;
begin
    select * into vote from council_votes where id = new.vote_id;
    if not vote_runs(new.vote_id) or vote.mode not in ('open', 'names')
       or tg_op = 'UPDATE' and (new.vote_id, new.person_id) is distinct from (old.vote_id, old.person_id)
       or not coalesce((select present from council_attendance where session_id = vote.session_id and person_id = new.person_id order by id desc limit 1), false) then
        raise exception 'No vote on % now', new.vote_id using errcode = 'check_violation', constraint = 'choose_in_time';
    end if;
    return new;
end $$;
create trigger b_choose_in_time before insert or update on council_choices for each row execute function choose_in_time();

create function end_vote() returns trigger language plpgsql as $$
declare
    vote council_votes;
    voters int := (select count(*) from council_voters where vote_id = new.vote_id);
    said_yes int := (select count(*) from council_choices where vote_id = new.vote_id and choice = 'yes');
    said_no int := (select count(*) from council_choices where vote_id = new.vote_id and choice = 'no');
    rules rules_of_procedure;
begin
    if new.outcome = 'void' then
        return new;
    end if;
    select * into vote from council_votes where id = new.vote_id;
    select r.* into rules from council_calendar c join rules_of(c.body_key, (c.starts_at at time zone 'Europe/Berlin')::date) r on true where c.id = vote.session_id;
    if voters < vote.needed then
        raise exception 'Vote % lost its quorum', new.vote_id using errcode = 'check_violation', constraint = 'a_vote_keeps_its_quorum';
    end if;
    if new.yes + new.no + new.abstentions <> voters
       or vote.mode in ('open', 'names') and (new.yes, new.no) is distinct from (said_yes, said_no)
       or (new.outcome = 'adopted') <> (case when rules.majority = 'consensus' then new.no = 0 and new.yes > 0
                when rules.abstentions_count then new.yes > new.no + new.abstentions else new.yes > new.no end) then
        raise exception 'Vote % did not end so', new.vote_id using errcode = 'check_violation', constraint = 'end_vote';
    end if;
    return new;
end $$;
create trigger b_end_vote before insert on council_vote_results for each row execute function end_vote();

create function close_the_room() returns trigger language plpgsql as $$
begin
    if exists (select from item_treatments where session_id = new.session_id and ended_at is null) then
        raise exception 'An item of session % is open', new.session_id using errcode = 'check_violation', constraint = 'close_the_room';
    end if;
    return new;
end $$;
create trigger b_close_the_room before insert on council_room_ends for each row execute function close_the_room();

-- What is resolved in a session is what was voted on, by those who may, on the day of the session.
create function resolve_what_was_voted() returns trigger language plpgsql as $$
declare
    vote council_votes;
    motion council_motions;
    result council_vote_results;
    item agenda_items;
begin
    if new.idea_number is not null then
        perform from ideas where number = new.idea_number for no key update;
    end if;
    if new.item_id is null then
        return new;
    end if;
    select * into item from agenda_items where id = new.item_id;
    perform from council_sessions where id = item.session_id for no key update;
    select * into vote from council_votes where id = new.vote_id;
    select * into motion from council_motions where id = vote.motion_id;
    select * into result from council_vote_results where vote_id = new.vote_id;
    if vote.item_id is distinct from new.item_id
       or not exists (select from item_treatments where item_id = new.item_id and ended_at is null)
       or exists (select from council_votes v left join council_vote_results r on r.vote_id = v.id
                   where v.item_id = new.item_id and v.id > vote.id and r.outcome is distinct from 'void')
       or exists (select from council_voters v join item_biases b on b.person_id = v.person_id and b.item_id = new.item_id where v.vote_id = vote.id)
       or (new.votes_yes, new.votes_no, new.abstentions, new.seats, new.quorum)
            is distinct from (result.yes, result.no, result.abstentions, vote.seats, vote.needed)
       or (item.idea_number, item.application_id) is distinct from (new.idea_number, new.application_id)
       or not (result.outcome = 'adopted' and (new.kind, new.amount_cents) = (motion.kind, motion.amount_cents)
            or result.outcome = 'rejected' and new.kind = case when motion.kind in ('granted', 'granted-in-part') then 'not-granted' else 'rejected' end)
       or new.decided_on is distinct from (select (starts_at at time zone 'Europe/Berlin')::date from council_calendar where id = vote.session_id) then
        raise exception 'Item % was not resolved so', new.item_id using errcode = 'check_violation', constraint = 'resolve_what_was_voted';
    end if;
    return new;
end $$;
create trigger resolve_what_was_voted before insert on resolutions for each row execute function resolve_what_was_voted();

create trigger attendance_stays before update or delete or truncate on council_attendance for each statement execute function forbid_change();
create trigger biases_stay before update or delete or truncate on item_biases for each statement execute function forbid_change();
create trigger motions_stay before update or delete or truncate on council_motions for each statement execute function forbid_change();
create trigger votes_stay before update or delete or truncate on council_votes for each statement execute function forbid_change();
create trigger choices_stay before delete or truncate on council_choices for each statement execute function forbid_change();
create trigger results_stay before update or delete or truncate on council_vote_results for each statement execute function forbid_change();
create trigger room_ends_stay before update or delete or truncate on council_room_ends for each statement execute function forbid_change();
create trigger treatments_stay before delete or truncate on item_treatments for each statement execute function forbid_change();
create trigger objections_stay before update or delete or truncate on resolution_objections for each statement execute function forbid_change();
create trigger objection_ends_stay before update or delete or truncate on resolution_objection_ends for each statement execute function forbid_change();
