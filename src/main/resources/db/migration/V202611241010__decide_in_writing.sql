-- A body may decide on simple matters without a session: every member is asked, and the first objection ends it (SächsGemO § 39 (1)).
create table council_circulations (
    id            bigint generated always as identity primary key,
    request_id    uuid not null unique,
    body_key      text not null references bodies,
    budget_id     bigint not null references budgets,
    idea_number   bigint references ideas,
    application_id      bigint,
    application_version int,
    title         text not null check (char_length(title) between 1 and 200),
    kind          text not null check (kind in ('granted', 'granted-in-part')),
    amount_cents  bigint not null check (amount_cents > 0),
    wording       text not null check (char_length(wording) between 10 and 2000),
    reason        text not null check (char_length(reason) between 10 and 2000),
    simple        text not null check (char_length(simple) between 10 and 1000),
    statement     boolean not null,
    started_at    timestamptz not null,
    ends_on       date not null,
    by            bigint not null references persons,
    foreign key (application_id, application_version) references application_versions,
    check (idea_number is not null or application_id is not null),
    check (ends_on > (started_at at time zone 'Europe/Berlin')::date)
);
comment on table council_circulations is 'Motions on which members are asked in writing (Umlaufverfahren).';
comment on column council_circulations.simple is 'Why it is a matter of a simple kind, which the law asks for.';
comment on column council_circulations.ends_on is 'The last day on which a member may object.';
create index council_circulations_by_body on council_circulations (body_key, id desc);
create index council_circulations_by_idea on council_circulations (idea_number) where idea_number is not null;
create index council_circulations_by_application on council_circulations (application_id) where application_id is not null;

create table open_circulations (
    circulation_id  bigint primary key references council_circulations,
    idea_number     bigint unique references ideas,
    application_id  bigint unique references applications
);
comment on table open_circulations is 'Circulations that run: one for each idea and each application.';

create table council_circulation_members (
    circulation_id  bigint not null references council_circulations,
    person_id       bigint not null references persons,
    primary key (circulation_id, person_id)
);
comment on table council_circulation_members is 'Members with a vote when it began, as the database finds them.';
create index council_circulation_members_by_person on council_circulation_members (person_id);

create table council_circulation_answers (
    circulation_id  bigint not null,
    person_id       bigint not null,
    answer          text not null check (answer in ('agree', 'object', 'biased')),
    at              timestamptz not null,
    primary key (circulation_id, person_id),
    foreign key (circulation_id, person_id) references council_circulation_members
);
comment on column council_circulation_answers.answer is 'agree may become object; an objection ends it. Who is biased is not asked any more. Silence is no objection.';
create index council_circulation_answers_by_person on council_circulation_answers (person_id);

create table council_circulation_ends (
    circulation_id  bigint primary key references council_circulations,
    outcome         text not null check (outcome in ('adopted', 'failed', 'stopped')),
    reason          text not null check (char_length(reason) <= 1000),
    at              timestamptz not null,
    by              bigint not null references persons,
    check (outcome <> 'stopped' or char_length(reason) >= 10)
);
comment on column council_circulation_ends.outcome is 'adopted: nobody objected; failed: somebody did, or too few may take part; stopped: taken back before the end.';
create index council_circulation_ends_by_person on council_circulation_ends (by);

create function circulation_may_be_adopted(circulation bigint, day date) returns boolean language sql stable as $$
    select not exists (select from council_circulation_answers where circulation_id = c.id and answer = 'object')
       and a.members >= ceil(b.seats * r.quorum_numerator / r.quorum_denominator::numeric)
       and (day > c.ends_on or a.agreed = a.members)
      from council_circulations c
      join rules_of(c.body_key, (c.started_at at time zone 'Europe/Berlin')::date) r on true
      join body_on((c.started_at at time zone 'Europe/Berlin')::date) b on b.body_key = c.body_key
      join lateral (select count(*) filter (where coalesce(x.answer, '') <> 'biased') as members,
                           count(*) filter (where x.answer = 'agree') as agreed
                      from council_circulation_members m left join council_circulation_answers x using (circulation_id, person_id)
                     where m.circulation_id = c.id) a on true
     where c.id = circulation
$$;
comment on function circulation_may_be_adopted is 'Nobody objects, as many as a session needs take part, and the time is over or all have agreed.';

create function begin_circulation() returns trigger language plpgsql as $$
begin
    insert into open_circulations (circulation_id, idea_number, application_id) values (new.id, new.idea_number, new.application_id);
    insert into council_circulation_members (circulation_id, person_id)
    select distinct new.id, a.person_id from acting_roles(new.started_at) a join roles r on r.id = a.role_id
     where a.scope = new.body_key and a.name in ('chair', 'councillor', 'fund-partner') and r.seat is not null;
    return null;
end $$;
create trigger begin_circulation after insert on council_circulations for each row execute function begin_circulation();

create function only_the_body_is_asked() returns trigger language plpgsql as $$
begin
    if pg_trigger_depth() < 2 then
        raise exception 'Members and their circulations follow from the body' using errcode = 'restrict_violation';
    end if;
    return null;
end $$;
create trigger only_the_body_is_asked before insert or update or delete or truncate on council_circulation_members
    for each statement execute function only_the_body_is_asked();
create trigger only_the_body_is_asked before insert or update or delete or truncate on open_circulations
    for each statement execute function only_the_body_is_asked();

create function answer_circulation() returns trigger language plpgsql as $$
declare
    it council_circulations;
begin
    select * into it from council_circulations where id = new.circulation_id for no key update;
    if exists (select from council_circulation_ends where circulation_id = it.id)
       or (new.at at time zone 'Europe/Berlin')::date > it.ends_on
       or tg_op = 'UPDATE' and (old.answer <> 'agree' or (new.circulation_id, new.person_id) is distinct from (old.circulation_id, old.person_id)) then
        raise exception 'No answer to circulation % now', new.circulation_id using errcode = 'check_violation', constraint = 'answer_circulation';
    end if;
    return new;
end $$;
create trigger b_answer_circulation before insert or update on council_circulation_answers for each row execute function answer_circulation();

create function first_objection_ends_it() returns trigger language plpgsql as $$
begin
    if new.answer = 'object' then
        insert into council_circulation_ends (circulation_id, outcome, reason, at, by) values (new.circulation_id, 'failed', '', new.at, new.person_id);
    end if;
    return null;
end $$;
create trigger first_objection_ends_it after insert or update on council_circulation_answers for each row execute function first_objection_ends_it();

create function end_circulation() returns trigger language plpgsql as $$
begin
    perform from council_circulations where id = new.circulation_id for no key update;
    if new.outcome = 'adopted' and not circulation_may_be_adopted(new.circulation_id, (new.at at time zone 'Europe/Berlin')::date) then
        raise exception 'Circulation % is not adopted', new.circulation_id using errcode = 'check_violation', constraint = 'end_circulation';
    end if;
    delete from open_circulations where circulation_id = new.circulation_id;
    return new;
end $$;
create trigger b_end_circulation before insert on council_circulation_ends for each row execute function end_circulation();

create trigger circulations_stay before update or delete or truncate on council_circulations for each statement execute function forbid_change();
create trigger circulation_answers_stay before delete or truncate on council_circulation_answers for each statement execute function forbid_change();
create trigger circulation_ends_stay before update or delete or truncate on council_circulation_ends for each statement execute function forbid_change();

-- What was adopted in writing is a resolution like any other.
alter table resolutions
    add column circulation_id bigint unique references council_circulation_ends,
    drop constraint of_a_session_or_of_an_idea,
    add constraint of_a_session_in_writing_or_of_an_idea check ((item_id is null) = (vote_id is null)
        and (item_id is null or circulation_id is null) and (item_id is not null or circulation_id is not null or idea_number is not null));
comment on column resolutions.circulation_id is 'The circulation in which nobody objected; null for what was made in a session or recorded afterwards.';

create function resolve_what_was_circulated() returns trigger language plpgsql as $$
begin
    if new.circulation_id is not null and not exists (
        select from council_circulations c join council_circulation_ends e on e.circulation_id = c.id
         where c.id = new.circulation_id and e.outcome = 'adopted'
           and (new.kind, new.amount_cents, new.budget_id) = (c.kind, c.amount_cents, c.budget_id)
           and (new.idea_number, new.application_id, new.application_version) is not distinct from (c.idea_number, c.application_id, c.application_version)
           and (new.votes_no, new.abstentions) = (0, 0)
           and new.votes_yes = (select count(*) from council_circulation_members m left join council_circulation_answers x using (circulation_id, person_id)
                                 where m.circulation_id = c.id and coalesce(x.answer, '') <> 'biased')
           and new.decided_on = (e.at at time zone 'Europe/Berlin')::date) then
        raise exception 'Circulation % was not adopted so', new.circulation_id using errcode = 'check_violation', constraint = 'resolve_what_was_circulated';
    end if;
    return new;
end $$;
create trigger resolve_what_was_circulated before insert on resolutions for each row execute function resolve_what_was_circulated();
