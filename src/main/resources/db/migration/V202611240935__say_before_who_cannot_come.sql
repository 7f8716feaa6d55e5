-- Members say before a session that they cannot come, and that they can after all; nobody asks why. With the opening it stands.
create table council_absences (
    id          bigint generated always as identity primary key,
    session_id  bigint not null references council_sessions,
    person_id   bigint not null references persons,
    absent      boolean not null,
    at          timestamptz not null
);
comment on table council_absences is 'Who said that they cannot come, or can after all: one row each time. The last row of a person says how it is.';
create index council_absences_by_session on council_absences (session_id, person_id, id desc);
create index council_absences_by_person on council_absences (person_id);
create trigger absences_stay before update or delete or truncate on council_absences
    for each statement execute function forbid_change();

create view council_excused as
select session_id, person_id from (select distinct on (session_id, person_id) session_id, person_id, absent from council_absences
                                    order by session_id, person_id, id desc) a where absent;
comment on view council_excused is 'Members who are excused from a session (entschuldigt).';

create function absence_in_order() returns trigger language plpgsql as $$
begin
    perform from council_sessions where id = new.session_id for no key update;
    if exists (select from council_rooms where session_id = new.session_id)
       or exists (select from council_session_cancellations where session_id = new.session_id)
       or new.absent = exists (select from council_excused where session_id = new.session_id and person_id = new.person_id) then
        raise exception 'Who comes to session % stands', new.session_id using errcode = 'check_violation';
    end if;
    return new;
end $$;
create trigger absence_in_order before insert on council_absences for each row execute function absence_in_order();
