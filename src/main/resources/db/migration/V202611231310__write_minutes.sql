-- The minutes (Niederschrift, SächsGemO § 40): what the records of a closed session say and what the minute-taker adds, in versions.
-- Three people sign one; with the last signature nothing changes any more, corrections stand beside it.
create table minutes_versions (
    session_id  bigint not null references council_room_ends,
    version     int not null check (version >= 1),
    content     text not null check (char_length(content) <= 1000000),
    sha256      bytea not null check (octet_length(sha256) = 32),
    open_sha256 bytea not null check (octet_length(open_sha256) = 32),
    at          timestamptz not null,
    by          bigint not null references persons,
    primary key (session_id, version)
);
comment on table minutes_versions is 'The minutes of a session as they were written down. What is not public is in them; what the public reads is the rest.';
comment on column minutes_versions.content is 'JSON: parts with their lines and with what was typed; the hash is that of exactly these signs in UTF-8.';

comment on column minutes_versions.open_sha256 is 'The same of what the public reads.';

create table minutes_signatures (
    session_id  bigint not null,
    version     int not null,
    role        text not null check (role in ('chair', 'minute-taker', 'member')),
    person_id   bigint not null references persons,
    at          timestamptz not null,
    primary key (session_id, version, role),
    constraint one_signature_a_person unique (session_id, version, person_id),
    foreign key (session_id, version) references minutes_versions
);
comment on table minutes_signatures is 'Who signed: whoever chaired, the minute-taker and a member who was there.';
create index minutes_signatures_by_person on minutes_signatures (person_id);

create table minutes_approvals (
    session_id  bigint primary key,
    version     int not null,
    how         text not null check (how in ('session', 'lapse')),
    in_session  bigint references council_room_ends,
    at          timestamptz not null,
    by          bigint not null references persons,
    foreign key (session_id, version) references minutes_versions,
    check ((how = 'session') = (in_session is not null))
);
comment on table minutes_approvals is 'That the body agreed to its minutes: in a later session, or because nobody objected in time.';

create table minutes_corrections (
    id          bigint generated always as identity primary key,
    request_id  uuid not null unique,
    session_id  bigint not null references council_room_ends,
    open        boolean not null,
    words       text not null check (char_length(words) between 10 and 2000),
    at          timestamptz not null,
    by          bigint not null references persons
);
comment on table minutes_corrections is 'What turned out to be wrong in signed minutes; it stands beside them.';
comment on column minutes_corrections.open is 'Whether the public reads it.';
create index minutes_corrections_by_session on minutes_corrections (session_id, id);

create function minutes_signed(session bigint) returns boolean language sql stable as $$
    select exists (select from minutes_signatures where session_id = session group by version having count(*) = 3)
$$;
comment on function minutes_signed is 'Whether the minutes have all three signatures, so that nothing in them changes any more.';

create function write_minutes_in_order() returns trigger language plpgsql as $$
declare
    last int;
    fits boolean;
begin
    perform from council_sessions where id = new.session_id for no key update;
    last := coalesce((select max(version) from minutes_versions where session_id = new.session_id), 0);
    if tg_table_name = 'minutes_versions' then
        fits := new.version = last + 1 and not minutes_signed(new.session_id)
            and not exists (select from minutes_approvals where session_id = new.session_id)
            and new.sha256 = sha256(convert_to(new.content, 'UTF8'));
    elsif tg_table_name = 'minutes_signatures' then
        fits := new.version = last and (new.role <> 'member' or exists (select from council_attendance a
            where a.session_id = new.session_id and a.person_id = new.person_id and a.present and a.seat is not null))
            and (new.role <> 'minute-taker' or exists (select from minutes_versions v where v.session_id = new.session_id and v.by = new.person_id));
    elsif tg_table_name = 'minutes_approvals' then
        fits := new.version = last and (new.in_session is null or exists (select from council_calendar a, council_calendar b
            where a.id = new.session_id and b.id = new.in_session and b.body_key = a.body_key and b.starts_at > a.starts_at));
    else
        fits := minutes_signed(new.session_id);
    end if;
    if not fits then
        raise exception 'The minutes of session % are further on or not so far', new.session_id
            using errcode = 'check_violation', constraint = 'write_minutes_in_order';
    end if;
    return new;
end $$;
create trigger write_minutes_in_order before insert on minutes_versions for each row execute function write_minutes_in_order();
create trigger write_minutes_in_order before insert on minutes_signatures for each row execute function write_minutes_in_order();
create trigger write_minutes_in_order before insert on minutes_approvals for each row execute function write_minutes_in_order();
create trigger write_minutes_in_order before insert on minutes_corrections for each row execute function write_minutes_in_order();
create trigger minutes_stay before update or delete or truncate on minutes_versions for each statement execute function forbid_change();
create trigger signatures_stay before update or delete or truncate on minutes_signatures for each statement execute function forbid_change();
create trigger approvals_stay before update or delete or truncate on minutes_approvals for each statement execute function forbid_change();
create trigger corrections_stay before update or delete or truncate on minutes_corrections for each statement execute function forbid_change();
