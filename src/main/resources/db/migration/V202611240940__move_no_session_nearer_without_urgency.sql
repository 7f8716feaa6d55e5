-- A session that is moved to another day leaves as much notice as the rules of its body ask for, or says why it cannot wait
-- (SächsGemO § 36).
alter table council_session_times
    add column urgency text not null default '' check (urgency = '' or char_length(urgency) between 10 and 1000);
comment on column council_session_times.urgency is 'Why the notice of the new day is shorter than the rule asks for; empty where it is not.';

create or replace view council_calendar as
select s.id, s.body_key, b.name as body_name, t.version, t.starts_at, t.venue, t.address, t.reason as change, t.at as changed_at,
       coalesce(c.reason, '') as cancelled, coalesce(c.at, t.at) as stands_since, t.urgency
  from council_sessions s
  join bodies b on b.key = s.body_key
  join lateral (select * from council_session_times where session_id = s.id order by version desc limit 1) t on true
  left join council_session_cancellations c on c.session_id = s.id;

create function move_with_notice() returns trigger language plpgsql as $$
declare
    day date := (new.starts_at at time zone 'Europe/Berlin')::date;
    former date;
    notice int;
begin
    select (starts_at at time zone 'Europe/Berlin')::date into former from council_session_times
     where session_id = new.session_id and version = new.version - 1;
    select r.notice_days into notice from council_sessions s cross join lateral rules_of(s.body_key, day) r where s.id = new.session_id;
    if day <> former and new.urgency = '' and day - (new.at at time zone 'Europe/Berlin')::date < coalesce(notice, 0) then
        raise exception 'Session % is moved to % without notice', new.session_id, day using errcode = 'check_violation';
    end if;
    return new;
end $$;
create trigger move_with_notice before insert on council_session_times
    for each row when (new.version > 1) execute function move_with_notice();
