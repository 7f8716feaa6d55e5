-- When and where a body meets. A change is a further version, a cancellation a row: what was announced stays to be read.
create table council_sessions (
    id          bigint generated always as identity primary key,
    body_key    text not null references bodies,
    planned_at  timestamptz not null,
    planned_by  bigint not null references persons,
    unique (id, body_key)
);
comment on table council_sessions is 'A planned session (Sitzung) of a body. When and where is said by its highest version.';

create table council_session_times (
    session_id  bigint not null references council_sessions,
    version     smallint not null check (version >= 1),
    starts_at   timestamptz not null,
    venue       text not null check (length(venue) between 2 and 200),
    address     text not null default '' check (length(address) <= 200),
    reason      text not null default '' check (length(reason) <= 1000),
    at          timestamptz not null,
    by          bigint not null references persons,
    primary key (session_id, version),
    check (version = 1 or length(reason) >= 10)
);
comment on table council_session_times is 'When and where a session begins, in versions; a later one has a reason that everybody reads.';

create table council_session_cancellations (
    session_id  bigint primary key references council_sessions,
    reason      text not null check (length(reason) between 10 and 1000),
    at          timestamptz not null,
    by          bigint not null references persons
);
comment on table council_session_cancellations is 'Sessions that do not take place, with the reason that everybody reads.';

create table council_days (
    session_id  bigint primary key,
    body_key    text not null,
    day         date not null,
    unique (body_key, day),
    foreign key (session_id, body_key) references council_sessions (id, body_key)
);
comment on table council_days is 'The days (Europe/Berlin) that are taken: a body meets once a day. A cancelled session gives its day free, a moved one takes another.';

create trigger session_times_stay before update or delete or truncate on council_session_times
    for each statement execute function forbid_change();
create trigger session_cancellations_stay before update or delete or truncate on council_session_cancellations
    for each statement execute function forbid_change();

-- A version that is no follower of the last, or one after the cancellation, is nobody's plan.
create function plan_in_order() returns trigger language plpgsql as $$
begin
    perform from council_sessions where id = new.session_id for no key update;
    if new.version <> (select coalesce(max(version), 0) + 1 from council_session_times where session_id = new.session_id)
       or exists (select from council_session_cancellations where session_id = new.session_id) then
        raise exception 'Version % of session % does not follow', new.version, new.session_id using errcode = 'check_violation';
    end if;
    return new;
end $$;
create trigger plan_in_order before insert on council_session_times for each row execute function plan_in_order();

create view council_calendar as
select s.id, s.body_key, b.name as body_name, t.version, t.starts_at, t.venue, t.address, t.reason as change, t.at as changed_at,
       coalesce(c.reason, '') as cancelled, coalesce(c.at, t.at) as stands_since
  from council_sessions s
  join bodies b on b.key = s.body_key
  join lateral (select * from council_session_times where session_id = s.id order by version desc limit 1) t on true
  left join council_session_cancellations c on c.session_id = s.id;
comment on view council_calendar is 'Sessions as they stand now.';
