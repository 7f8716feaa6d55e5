-- Which organisation holds a seat may change: from a day on, with its source. Before the first such row the city pack says it.
create table seat_label_versions (
    id           bigint generated always as identity primary key,
    body_key     text not null references bodies,
    seat         int not null check (seat between 1 and 200),
    label        text not null check (char_length(label) <= 120),
    valid_from   date not null,
    source       text not null check (char_length(source) between 1 and 500),
    request_id   uuid not null unique,
    recorded_by  bigint references persons,
    recorded_at  timestamptz not null
);
comment on table seat_label_versions is 'Organisations that hold a seat, from a day on; a later row follows it.';
comment on column seat_label_versions.label is 'Empty where no organisation holds it any more.';
create index seat_label_versions_by_seat on seat_label_versions (body_key, seat, valid_from desc, id desc);
create index seat_label_versions_by_recorder on seat_label_versions (recorded_by);

create function seat_label_stays() returns trigger language plpgsql as $$
begin
    if tg_op = 'UPDATE' and new.recorded_by is null
       and (new.id, new.body_key, new.seat, new.label, new.valid_from, new.source, new.request_id, new.recorded_at)
           is not distinct from (old.id, old.body_key, old.seat, old.label, old.valid_from, old.source, old.request_id, old.recorded_at) then
        return new;
    end if;
    raise exception 'The label of seat % was recorded', old.seat using errcode = 'restrict_violation';
end $$;
create trigger seat_labels_stay before update or delete on seat_label_versions for each row execute function seat_label_stays();
create trigger seat_labels_are_not_emptied before truncate on seat_label_versions for each statement execute function forbid_change();

-- The one place where it is said who holds which seat on a day. Labels of the pack are a default.
create function seat_labels_on(day date) returns table (body_key text, seat int, label text, is_default boolean) language sql stable as $$
    select coalesce(v.body_key, l.body_key), coalesce(v.seat, l.seat), coalesce(v.label, l.label), v.body_key is null
      from seat_labels l
      full join (select distinct on (body_key, seat) body_key, seat, label from seat_label_versions where valid_from <= day
                  order by body_key, seat, valid_from desc, id desc) v on v.body_key = l.body_key and v.seat = l.seat
     where coalesce(v.label, l.label) <> ''
$$;
