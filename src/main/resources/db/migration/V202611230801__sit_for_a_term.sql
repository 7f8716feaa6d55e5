create table body_terms (
    id           bigint generated always as identity primary key,
    body_key     text not null references bodies,
    from_date    date not null,
    to_date      date check (to_date >= from_date),
    seats        int not null check (seats between 1 and 200),
    chair_votes  boolean not null,
    source       text not null check (char_length(source) between 1 and 500),
    request_id   uuid unique,
    recorded_by  bigint references persons,
    recorded_at  timestamptz not null,
    constraint one_term_at_a_time exclude using gist (body_key with =, daterange(from_date, to_date, '[]') with &&)
);
comment on table body_terms is 'Amtszeiten. Where none is recorded for a day, what the city pack says of the body holds.';
comment on column body_terms.to_date is 'Last day, Europe/Berlin; null while open.';
comment on column body_terms.seats is 'Seats with a vote, that of the chair only where the chair votes.';

create table meeting_places (
    id            bigint generated always as identity primary key,
    body_key      text not null references bodies,
    valid_from    date not null,
    venue         text not null check (char_length(venue) between 1 and 200),
    address       text not null check (char_length(address) <= 200),
    accessibility text not null check (char_length(accessibility) <= 500),
    email         text not null check (char_length(email) <= 200),
    phone         text not null check (char_length(phone) <= 60),
    source        text not null check (char_length(source) between 1 and 500),
    request_id    uuid unique,
    recorded_by   bigint references persons,
    recorded_at   timestamptz not null
);
create index meeting_places_by_body on meeting_places (body_key, valid_from desc, id desc);
comment on table meeting_places is 'Where a body meets and how it is reached, from a day on; a later row follows it. Before the first, the city pack holds.';
comment on column meeting_places.email is 'Of the office that answers for the body, never of a person; empty where it has not said one.';

create table seat_labels (
    body_key text not null references bodies,
    seat     int not null check (seat > 0),
    label    text not null check (char_length(label) between 1 and 120),
    primary key (body_key, seat)
);
comment on table seat_labels is 'Organisations that hold a seat, as the insurers in the board of the health fund; from the city pack.';

-- The one place where it is said what a body is like on a day.
create function body_on(day date)
    returns table (body_key text, seats int, chair_votes boolean, term_from date, term_to date, venue text, address text,
                   accessibility text, email text, phone text) language sql stable as $$
    select b.key, coalesce(t.seats, b.seats), coalesce(t.chair_votes, b.chair_votes), t.from_date, t.to_date,
           coalesce(m.venue, b.venue), coalesce(m.address, b.address), coalesce(m.accessibility, ''), coalesce(m.email, ''),
           coalesce(m.phone, '')
      from bodies b
      left join body_terms t on t.body_key = b.key and t.from_date <= day and coalesce(t.to_date, 'infinity') >= day
      left join lateral (select * from meeting_places p where p.body_key = b.key and p.valid_from <= day
                          order by p.valid_from desc, p.id desc limit 1) m on true
$$;

-- Seats: a number at the role itself, so that who is a member is said once.
alter table roles
    add column seat int check (seat > 0),
    add constraint only_a_member_has_a_seat check (seat is null or name in ('councillor', 'chair', 'fund-partner')),
    add constraint one_holder_a_seat exclude using gist (scope with =, seat with =, tstzrange(begins_at, acts_until) with &&) where (seat is not null),
    add constraint one_seat_a_person exclude using gist (scope with =, person_id with =, tstzrange(begins_at, acts_until) with &&) where (seat is not null);
comment on column roles.resumes_at is 'Set where it is granted on a day on which it, or the last free seat, was still held: it acts from then on, not from midnight.';
comment on column roles.seat is 'Number of the seat with a vote that it takes in its body; null where it takes none: no body, a chair without a vote, a second role of a person who sits already.';

-- Days of a time, Europe/Berlin.
create function days_of(since timestamptz, until timestamptz) returns daterange language sql stable as $$
    select daterange((since at time zone 'Europe/Berlin')::date,
                     case when until < 'infinity' then ((until - interval '1 millisecond') at time zone 'Europe/Berlin')::date end, '[]')
$$;

-- Seats that a body has on every one of some days; 0 where their number is not established.
create function seats_in(body text, days daterange) returns int language sql stable as $$
    select coalesce(least(t.fewest, case when t.covered @> days then null else nullif(b.seats, 0) end), 0)
      from bodies b
      cross join lateral (select min(seats) as fewest, coalesce(range_agg(daterange(from_date, to_date, '[]')), '{}') as covered
                            from body_terms where body_key = b.key and daterange(from_date, to_date, '[]') && days) t
     where b.key = body
$$;

-- Which seat a role would take in a time: its number; 0 where it takes none; -1 where none is free the whole time.
create function free_seat(office text, body text, person bigint, role_id bigint, since timestamptz, until timestamptz)
    returns int language sql stable as $$
    select case
        when office not in ('councillor', 'chair', 'fund-partner') or b.key is null or since >= until then 0
        when office = 'chair' and not (select o.chair_votes from body_on(lower(days_of(since, until))) o where o.body_key = b.key) then 0
        when seats_in(b.key, days_of(since, until)) = 0 then 0
        when exists (select from roles r where r.scope = b.key and r.person_id = person and r.id <> role_id and r.seat is not null
              and tstzrange(r.begins_at, r.acts_until) && tstzrange(since, until)) then 0
        else coalesce((select min(n) from generate_series(1, seats_in(b.key, days_of(since, until))) n
              where not exists (select from roles r where r.scope = b.key and r.seat = n and r.id <> role_id
                and tstzrange(r.begins_at, r.acts_until) && tstzrange(since, until))), -1) end
      from (values (1)) one left join bodies b on b.key = body
$$;

-- Members follow each other at their body's row, so that of many who come for one seat one takes it.
create function take_a_seat() returns trigger language plpgsql as $$
declare
    since timestamptz := greatest(new.from_date::timestamp at time zone 'Europe/Berlin', new.resumes_at);
    until timestamptz := greatest(since, least(coalesce((new.to_date + 1)::timestamp at time zone 'Europe/Berlin', 'infinity'),
                                               coalesce(new.ended_at, 'infinity')));
    free int;
begin
    if tg_op = 'UPDATE' and new.seat is not distinct from old.seat and new.name = old.name and new.scope = old.scope
            and tstzrange(old.begins_at, old.acts_until) @> tstzrange(since, until) then
        return new;
    end if;
    perform from bodies where key = new.scope for no key update;
    if new.seat is null and (tg_op = 'INSERT' or old.seat is null) then
        free := free_seat(new.name, new.scope, new.person_id, new.id, since, until);
        if free = -1 and tg_op = 'INSERT' and since < new.granted_at then
            -- Whoever held the seat left today: the new role acts from now, not from midnight.
            free := free_seat(new.name, new.scope, new.person_id, new.id, new.granted_at, greatest(new.granted_at, until));
            if free > 0 then
                new.resumes_at := new.granted_at;
            end if;
        end if;
        if free = -1 then
            raise exception 'No seat of % is free from % to %', new.scope, since, until
                using errcode = 'exclusion_violation', constraint = 'a_seat_is_free';
        end if;
        new.seat := nullif(free, 0);
    elsif new.seat > seats_in(new.scope, days_of(since, until)) or new.seat is not null and new.name = 'chair'
            and not (select o.chair_votes from body_on(lower(days_of(since, until))) o where o.body_key = new.scope) then
        raise exception 'Seat % of % is none for this role', new.seat, new.scope
            using errcode = 'exclusion_violation', constraint = 'a_seat_is_free';
    end if;
    return new;
end
$$;
create trigger take_a_seat before insert or update of seat, name, scope, from_date, to_date, ended_at, resumes_at on roles
    for each row execute function take_a_seat();

-- A term with fewer seats than somebody holds is refused.
create function seats_stay() returns trigger language plpgsql as $$
begin
    perform from bodies where key = new.body_key for no key update;
    if exists (select from roles r where r.scope = new.body_key and r.acts_until > r.begins_at
                  and r.seat > seats_in(new.body_key, days_of(r.begins_at, r.acts_until))) then
        raise exception 'More seats of % are held than the term has', new.body_key
            using errcode = 'exclusion_violation', constraint = 'seats_stay';
    end if;
    return null;
end
$$;
create constraint trigger seats_stay after insert or update on body_terms for each row execute function seats_stay();

-- Who is a member already sits down in the order in which they came; where there are more of them than seats, the last stand.
do $$
declare
    member record;
begin
    for member in select id from roles where name in ('councillor', 'chair', 'fund-partner') order by begins_at, id loop
        begin
            update roles set seat = nullif(greatest(free_seat(name, scope, person_id, id, begins_at, acts_until), 0), 0) where id = member.id;
        exception when exclusion_violation then
            null;
        end;
    end loop;
end
$$;
