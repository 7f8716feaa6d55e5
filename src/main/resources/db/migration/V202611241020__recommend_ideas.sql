-- A body may recommend an idea or an application to the city. That ends nothing: the body may still decide on it later.
alter table idea_events drop constraint idea_events_kind_check;
alter table idea_events add constraint idea_events_kind_check
    check (kind in ('handed-in', 'published', 'returned', 'declined', 'withdrawn', 'place-corrected', 'revised', 'on-ballot',
                    'granted', 'granted-in-part', 'not-granted', 'postponed', 'recommended', 'undone'));

create or replace function idea_state(idea bigint, out state text, out since timestamptz, out published_at timestamptz)
language sql stable as $$
    with story as (
        select e.id, e.kind, e.at from idea_events e
         where e.idea_number = idea
           and e.kind not in ('undone', 'place-corrected', 'on-ballot', 'recommended')
           and not exists (select 1 from idea_events u where u.undoes = e.id)
    )
    select coalesce(case last.kind when 'revised' then 'handed-in' else last.kind end, 'handed-in'), last.at,
           (select min(p.at) from story p where p.kind = 'published')
      from (select kind, at from story order by id desc limit 1) last
$$;

create or replace function let_it_stand() returns trigger language plpgsql as $$
begin
    if new.kind not in ('postponed', 'recommended') and (new.idea_number is not null or new.application_id is not null) then
        insert into standing_resolutions (resolution_id, idea_number, application_id)
        values (new.id, new.idea_number, new.application_id);
    end if;
    return null;
end $$;
