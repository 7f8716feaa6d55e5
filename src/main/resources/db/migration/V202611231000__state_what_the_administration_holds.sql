-- Statements of the administration (Stellungnahmen) on ideas and applications: who is asked, who answers by when, and the one appeal.
create table offices (
    key         text primary key check (key ~ '^[a-z]+(-[a-z]+)*$'),
    name        text not null,
    position    int not null unique deferrable initially deferred,
    source      text not null,
    is_default  boolean not null
);
comment on table offices is 'Offices (Ämter) of the city that are asked for statements, from the city pack.';
comment on column offices.is_default is 'True where no source of the city settles the name.';

create table statement_rules (
    body_kind            text not null,
    body_key             text references bodies,
    valid_from           date not null,
    answer_working_days  int not null check (answer_working_days between 1 and 120),
    remind_working_days  int not null check (remind_working_days between 0 and 60),
    appeal_days          int not null check (appeal_days between 1 and 366),
    source               text not null,
    is_default           boolean not null,
    unique nulls not distinct (body_kind, body_key, valid_from)
);
comment on table statement_rules is 'Deadlines of statements, from the city pack; the latest row before the day holds, one of the body before those of its kind.';
comment on column statement_rules.answer_working_days is 'Working days that an office has, unless it is asked with another number.';
comment on column statement_rules.remind_working_days is 'So many working days before the deadline an office is reminded.';
comment on column statement_rules.appeal_days is 'Days after the last answer within which the author may appeal.';

create function statement_rules_of(body text, day date) returns setof statement_rules language sql stable as $$
    select r.* from bodies b join statement_rules r
        on r.body_key = b.key or (r.body_key is null and r.body_kind = b.kind)
     where b.key = body and r.valid_from <= day
     order by r.body_key is null, r.valid_from desc limit 1
$$;

create table office_officers (
    id           bigint generated always as identity primary key,
    office_key   text not null references offices,
    person_id    bigint not null references persons,
    assigned_by  bigint references persons,
    assigned_at  timestamptz not null,
    ended_by     bigint references persons,
    ended_at     timestamptz,
    check (ended_by is null or ended_at is not null)
);
comment on table office_officers is 'Which officers work for which office. They act there while their role as officer runs.';
create unique index one_running_assignment on office_officers (office_key, person_id) where ended_at is null;
create index office_officers_by_person on office_officers (person_id);

create table statement_files (
    id              bigint generated always as identity primary key,
    idea_number     bigint unique references ideas,
    application_id  bigint unique references applications on delete cascade,
    opened_at       timestamptz not null,
    check (num_nonnulls(idea_number, application_id) = 1)
);
comment on table statement_files is 'One row for each idea or application that the administration says something on; deeds on it follow each other by its lock.';

create table statement_requests (
    id              bigint generated always as identity primary key,
    file_id         bigint not null references statement_files on delete cascade,
    office_key      text not null references offices,
    question        text not null check (char_length(question) between 1 and 2000),
    asked_on        date not null,
    due_on          date not null check (due_on >= asked_on),
    asked_by        bigint not null references persons,
    asked_at        timestamptz not null,
    send_id         uuid not null,
    forwarded_from  bigint unique references statement_requests,
    renews          bigint unique references statement_requests,
    unique (send_id, office_key),
    check (num_nonnulls(forwarded_from, renews) <= 1)
);
comment on table statement_requests is 'An office is asked. Where it stands follows from the handovers, answers and renewals that refer to it.';
comment on column statement_requests.due_on is 'Last day for the answer, Europe/Berlin.';
comment on column statement_requests.renews is 'The answered request that is asked again because an appeal was upheld.';
create index statement_requests_by_file on statement_requests (file_id);
create index statement_requests_by_asking on statement_requests (asked_by);

create table statement_handovers (
    request_id  bigint primary key references statement_requests on delete cascade,
    kind        text not null check (kind in ('forwarded', 'returned')),
    comment     text not null check (char_length(comment) between 10 and 2000),
    by          bigint not null references persons,
    at          timestamptz not null
);
comment on table statement_handovers is 'An office passed the request on to another, or gave it back because it is not competent.';

create table statement_open (
    request_id  bigint primary key references statement_requests on delete cascade,
    file_id     bigint not null,
    office_key  text not null,
    unique (file_id, office_key)
);
comment on table statement_open is 'Requests without an answer, kept by triggers: an office is asked once at a time on the same matter.';

create table statement_answers (
    request_id       bigint not null references statement_requests on delete cascade,
    version          smallint not null check (version >= 1),
    feasibility      text not null check (feasibility in ('yes', 'conditions', 'no')),
    competence       text not null check (competence in ('city', 'district', 'state', 'private')),
    ownership        text not null check (ownership in ('city', 'public', 'private', 'mixed', 'none')),
    running_cents    bigint not null check (running_cents between 0 and 100000000000),
    estimate_cents   bigint not null check (estimate_cents between 0 and 100000000000),
    estimate_reason  text not null check (char_length(estimate_reason) between 10 and 2000),
    said             text not null check (char_length(said) between 20 and 8000),
    by               bigint not null references persons,
    at               timestamptz not null,
    send_id          uuid not null unique,
    primary key (request_id, version)
);
comment on table statement_answers is 'What an office says, in versions; the highest holds, all stay.';
comment on column statement_answers.ownership is 'Whose land it is on; none where it needs no land.';
comment on column statement_answers.running_cents is 'Euro cents a year afterwards, gross.';
comment on column statement_answers.estimate_cents is 'Euro cents once, gross.';
create index statement_answers_by_person on statement_answers (by);

create table statement_skips (
    file_id          bigint primary key references statement_files on delete cascade,
    cents            bigint not null check (cents >= 0),
    threshold_cents  bigint not null,
    reason           text not null check (char_length(reason) between 10 and 1000),
    by               bigint not null references persons,
    at               timestamptz not null,
    check (cents <= threshold_cents)
);
comment on table statement_skips is 'No statement is needed: the sum lies within what the body decides without one.';
comment on column statement_skips.threshold_cents is 'Of the rules of the body on that day.';

create table statement_appeals (
    file_id    bigint primary key references statement_files on delete cascade,
    person_id  bigint references persons,
    reason     text not null check (char_length(reason) <= 4000),
    at         timestamptz not null,
    until      date not null,
    check ((at at time zone 'Europe/Berlin')::date <= until),
    check (person_id is null or char_length(reason) >= 20)
);
comment on table statement_appeals is 'The author appeals, once. Their words are read by the administration and by themselves alone.';
comment on column statement_appeals.person_id is 'Null once the account is erased.';
comment on column statement_appeals.until is 'Last day on which it could be made.';
create index statement_appeals_by_person on statement_appeals (person_id);

create table statement_appeal_decisions (
    file_id  bigint primary key references statement_appeals on delete cascade,
    outcome  text not null check (outcome in ('upheld', 'rejected')),
    reason   text not null check (char_length(reason) between 20 and 2000),
    by       bigint not null references persons,
    at       timestamptz not null
);
comment on table statement_appeal_decisions is 'Somebody else than who answered decides; upheld, the offices are asked again.';

create table statement_appeal_endings (
    file_id  bigint primary key references statement_appeals on delete cascade,
    at       timestamptz not null
);
comment on table statement_appeal_endings is 'Appeals that nobody decides any more, because whoever made them has gone.';

create table statement_reminders (
    request_id  bigint not null references statement_requests on delete cascade,
    kind        text not null check (kind in ('soon', 'overdue')),
    at          timestamptz not null,
    primary key (request_id, kind)
);
comment on table statement_reminders is 'That an office was written to because of a deadline, once before it and once after.';

-- Whatever happens to a request happens in the order of the lock of its file.
create function statement_request_opens() returns trigger language plpgsql as $$
begin
    perform from statement_files where id = new.file_id for no key update;
    if new.forwarded_from is not null and not exists (select from statement_handovers h join statement_requests r on r.id = h.request_id
           where h.request_id = new.forwarded_from and h.kind = 'forwarded' and r.file_id = new.file_id and r.due_on = new.due_on)
       or new.renews is not null and not exists (select from statement_appeal_decisions d join statement_requests r on r.file_id = d.file_id
           where r.id = new.renews and d.outcome = 'upheld' and d.file_id = new.file_id
             and exists (select from statement_answers a where a.request_id = r.id)) then
        raise exception 'Request of % does not follow', new.office_key using errcode = 'restrict_violation';
    end if;
    insert into statement_open (request_id, file_id, office_key) values (new.id, new.file_id, new.office_key);
    return null;
end $$;
create trigger request_opens after insert on statement_requests for each row execute function statement_request_opens();

create function statement_request_is_handed_over() returns trigger language plpgsql as $$
begin
    perform from statement_files f join statement_requests r on r.file_id = f.id where r.id = new.request_id for no key update of f;
    delete from statement_open where request_id = new.request_id;
    if not found then
        raise exception 'Request % is not open', new.request_id using errcode = 'restrict_violation';
    end if;
    return new;
end $$;
create trigger request_is_handed_over before insert on statement_handovers
    for each row execute function statement_request_is_handed_over();

create function statement_answer_follows() returns trigger language plpgsql as $$
declare
    latest int;
begin
    perform from statement_files f join statement_requests r on r.file_id = f.id where r.id = new.request_id for no key update of f;
    select coalesce(max(version), 0) into latest from statement_answers where request_id = new.request_id;
    delete from statement_open where request_id = new.request_id;
    if new.version <> latest + 1 or (found is distinct from (latest = 0))
       or exists (select from statement_requests n where n.renews = new.request_id) then
        raise exception 'Version % of the answer to request % does not follow', new.version, new.request_id
            using errcode = 'restrict_violation';
    end if;
    return new;
end $$;
create trigger answer_follows before insert on statement_answers for each row execute function statement_answer_follows();

create function statement_skip_comes_first() returns trigger language plpgsql as $$
begin
    perform from statement_files where id = new.file_id for no key update;
    if exists (select from statement_requests r where r.file_id = new.file_id) then
        raise exception 'Offices are asked already in file %', new.file_id using errcode = 'restrict_violation';
    end if;
    return new;
end $$;
create trigger skip_comes_first before insert on statement_skips for each row execute function statement_skip_comes_first();

create function statement_appeal_is_the_authors() returns trigger language plpgsql as $$
begin
    perform from statement_files where id = new.file_id for no key update;
    if new.person_id is distinct from (select coalesce(i.author_id, a.applicant_id) from statement_files f
                                         left join ideas i on i.number = f.idea_number left join applications a on a.id = f.application_id
                                        where f.id = new.file_id)
       or new.person_id is null
       or exists (select from statement_open o where o.file_id = new.file_id)
       or not exists (select from statement_answers a join statement_requests r on r.id = a.request_id where r.file_id = new.file_id) then
        raise exception 'Nobody can appeal in file %', new.file_id using errcode = 'restrict_violation';
    end if;
    return new;
end $$;
create trigger appeal_is_the_authors before insert on statement_appeals
    for each row execute function statement_appeal_is_the_authors();
create trigger nobody_appeals_after_going before insert on statement_appeals
    for each row when (new.person_id is not null) execute function nobody_acts_after_going('person_id');

create function statement_appeal_is_decided_by_another() returns trigger language plpgsql as $$
begin
    perform from statement_files where id = new.file_id for no key update;
    if exists (select from statement_answers a join statement_requests r on r.id = a.request_id where r.file_id = new.file_id and a.by = new."by")
       or exists (select from statement_appeals a where a.file_id = new.file_id and a.person_id = new."by")
       or exists (select from statement_appeal_endings e where e.file_id = new.file_id) then
        raise exception 'Person % cannot decide the appeal in file %', new."by", new.file_id using errcode = 'restrict_violation';
    end if;
    return new;
end $$;
create trigger appeal_is_decided_by_another before insert on statement_appeal_decisions
    for each row execute function statement_appeal_is_decided_by_another();

create function statement_appeal_ends_once() returns trigger language plpgsql as $$
begin
    perform from statement_files where id = new.file_id for no key update;
    if exists (select from statement_appeal_decisions d where d.file_id = new.file_id) then
        raise exception 'The appeal in file % is decided', new.file_id using errcode = 'restrict_violation';
    end if;
    return new;
end $$;
create trigger appeal_ends_once before insert on statement_appeal_endings for each row execute function statement_appeal_ends_once();

-- What was said stays. Rows go only with their application; of an appeal an erasure takes out who made it and their words.
create function statement_row_stays() returns trigger language plpgsql as $$
declare
    o jsonb := to_jsonb(old);
begin
    if tg_op = 'DELETE' and not exists (select from statement_requests r where r.id = (o ->> 'request_id')::bigint)
       and not exists (select from statement_files f where f.id = (o ->> 'file_id')::bigint) then
        return old;
    elsif tg_op = 'UPDATE' and tg_table_name = 'statement_appeals' and current_setting('motette.erasing', true) = 'yes'
          and to_jsonb(new) - '{person_id,reason}'::text[] = o - '{person_id,reason}'::text[]
          and (to_jsonb(new) ->> 'person_id') is null and (to_jsonb(new) ->> 'reason') = '' then
        return new;
    end if;
    raise exception '% is append-only', tg_table_name using errcode = 'restrict_violation';
end $$;
create trigger requests_stay before update or delete on statement_requests for each row execute function statement_row_stays();
create trigger handovers_stay before update or delete on statement_handovers for each row execute function statement_row_stays();
create trigger answers_stay before update or delete on statement_answers for each row execute function statement_row_stays();
create trigger skips_stay before update or delete on statement_skips for each row execute function statement_row_stays();
create trigger appeals_stay before update or delete on statement_appeals for each row execute function statement_row_stays();
create trigger appeal_decisions_stay before update or delete on statement_appeal_decisions
    for each row execute function statement_row_stays();
create trigger appeal_endings_stay before update or delete on statement_appeal_endings
    for each row execute function statement_row_stays();

-- The one place where it is said whether a body can rely on what the administration said.
create view statement_standing as
select f.id as file_id, f.idea_number, f.application_id, n.asked, n.answered, n.next_due_on, n.feasibility, n.estimate_cents,
       n.running_cents, n.answered_at,
       p.open_appeal, n.asked = 0 and s.file_id is not null and coalesce(v.cents <= s.threshold_cents, false) as skipped,
       n.asked > 0 and n.asked = n.answered and not p.open_appeal as given
  from statement_files f
  cross join lateral (
      select count(*) as asked, count(a.request_id) as answered,
             min(r.due_on) filter (where a.request_id is null) as next_due_on,
             case when bool_or(a.feasibility = 'no') then 'no' when bool_or(a.feasibility = 'conditions') then 'conditions'
                  when bool_or(a.feasibility = 'yes') then 'yes' else '' end as feasibility,
             coalesce(max(a.estimate_cents), 0) as estimate_cents, coalesce(max(a.running_cents), 0) as running_cents,
             max(a.at) as answered_at
        from statement_requests r
        left join lateral (select * from statement_answers x where x.request_id = r.id order by x.version desc limit 1) a on true
       where r.file_id = f.id
         and not exists (select from statement_handovers h where h.request_id = r.id)
         and not exists (select from statement_requests later where later.renews = r.id)) n
  cross join lateral (
      select exists (select from statement_appeals a where a.file_id = f.id
                        and not exists (select from statement_appeal_decisions d where d.file_id = f.id)
                        and not exists (select from statement_appeal_endings e where e.file_id = f.id)) as open_appeal) p
  left join statement_skips s on s.file_id = f.id
  cross join lateral (
      select coalesce((select i.cost_cents from ideas i where i.number = f.idea_number),
                      (select x.requested_cents from application_versions x where x.application_id = f.application_id
                        order by x.version desc limit 1)) as cents) v;
comment on view statement_standing is 'Where each file stands now: given where all offices that are asked have answered and no appeal is open.';
comment on column statement_standing.next_due_on is 'The first deadline without an answer; null where none is open.';
comment on column statement_standing.feasibility is 'The least favourable of the offices.';
comment on column statement_standing.estimate_cents is 'The highest of the offices: estimates of the same thing are not added up.';
