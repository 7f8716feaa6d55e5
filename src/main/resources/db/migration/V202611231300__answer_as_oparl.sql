-- What councils do in public, for council information systems (OParl 1.1).

create table paper_numbers (
    id              bigint generated always as identity primary key,
    idea_number     bigint references ideas,
    application_id  bigint references applications on delete cascade,
    version         int not null check (version >= 1),
    number          text not null check (char_length(number) <= 40),
    link            text not null check (link = '' or link ~ '^https://[^[:space:]<>"]+$' and char_length(link) <= 500),
    recorded_by     bigint not null references persons,
    recorded_at     timestamptz not null,
    check (num_nonnulls(idea_number, application_id) = 1),
    check (number <> '' or link = '' and version > 1),
    constraint one_version_of_a_number unique nulls not distinct (idea_number, application_id, version)
);
comment on table paper_numbers is 'Under which number the city''s council information system has an idea or an application. The last version holds.';
comment on column paper_numbers.number is 'Vorgangsnummer; empty where an earlier one was wrong and there is none.';
comment on column paper_numbers.link is 'Its page in the council information system; empty where it has none.';
create index paper_numbers_by_application on paper_numbers (application_id) where application_id is not null;
create function paper_number_stays() returns trigger language plpgsql as $$
begin
    if tg_op = 'DELETE' and old.application_id is not null and not exists (select from applications where id = old.application_id) then
        return old;
    end if;
    raise exception 'Number % was recorded', old.number using errcode = 'restrict_violation';
end $$;
create trigger paper_numbers_stay before update or delete on paper_numbers for each row execute function paper_number_stays();
create trigger paper_numbers_are_not_emptied before truncate on paper_numbers for each statement execute function forbid_change();

create table oparl_beginning (
    only_one  boolean primary key default true check (only_one),
    at        timestamptz not null
);
comment on table oparl_beginning is 'Since when this portal answers as OParl asks.';
insert into oparl_beginning (at) values (date_trunc('second', now()));

-- Public items of agendas that stand, numbered among themselves: neither a number nor a count tells of what is not public.
create view oparl_items as
select i.session_id, (row_number() over (partition by i.session_id order by i.position))::int as number, i.session_id || '-'
           || row_number() over (partition by i.session_id order by i.position) as key,
       i.id as item_id, c.body_key, i.title, i.idea_number, i.application_id,
       case when i.application_id is not null then 'application-' || i.application_id
            when i.idea_number is not null then 'idea-' || i.idea_number end as paper_key,
       greatest(i.added_at, v.at) as created,
       greatest(i.added_at, v.at, r.at, t.called_at, t.ended_at, d.recorded_at, o.at, e.at) as modified,
       r.item_id is not null as removed, t.called_at, t.ended_at, coalesce(t.outcome, '') as outcome,
       d.kind as resolution, coalesce(nullif(d.wording, ''), d.reason) as wording,
       case when e.outcome = 'annulled' then 'annulled' when o.resolution_id is not null and e.outcome is null then 'objection' else '' end as standing
  from agenda_items i
  join council_calendar c on c.id = i.session_id
  join council_invitations v on v.session_id = i.session_id
  left join agenda_removals r on r.item_id = i.id
  left join item_treatments t on t.item_id = i.id
  left join lateral (select x.* from resolutions x left join budgets b on b.id = x.budget_id
                      where x.item_id = i.id
                         or x.item_id is null and x.idea_number = i.idea_number and b.body_key = c.body_key
                            and x.decided_on = (c.starts_at at time zone 'Europe/Berlin')::date
                      order by x.item_id nulls last, x.id desc limit 1) d on true
  left join resolution_objections o on o.resolution_id = d.id
  left join resolution_objection_ends e on e.resolution_id = o.resolution_id
 where i.secrecy = '';
comment on view oparl_items is 'Items as everybody may read them, from the invitation on.';

-- What is dealt with in public; one that is no longer public keeps its key and says no more.
create view oparl_papers as
select p.paper_key as key, p.idea_number, p.application_id, p.body_key, p.session_id,
       coalesce(case when p.application_id is null then i.title end, p.title) as title, coalesce(v.kind, i.kind) as kind,
       (p.created at time zone 'Europe/Berlin')::date as day, p.created,
       greatest(p.modified, n.recorded_at, w.at, case when p.application_id is null then i.state_since end) as modified,
       w.application_id is not null or p.application_id is null and i.state not in ('published', 'granted', 'granted-in-part', 'not-granted', 'postponed') as deleted,
       coalesce(n.number, '') as number, coalesce(n.link, '') as link,
       case when i.state in ('published', 'granted', 'granted-in-part', 'not-granted', 'postponed') then i.number end as public_idea,
       i.place, i.lon, i.lat, i.exact_place, i.quarter_key
  from (select distinct on (paper_key) paper_key, case when application_id is null then idea_number end as idea_number, application_id, body_key,
               session_id, title, min(created) over all_of as created, max(modified) over all_of as modified,
               idea_number as about
          from oparl_items where paper_key is not null window all_of as (partition by paper_key) order by paper_key, created desc, session_id desc) p
  left join ideas i on i.number = p.about
  left join application_withdrawals w on w.application_id = p.application_id
  left join lateral (select kind from application_versions where application_id = p.application_id order by version desc limit 1) v on true
  left join lateral (select number, link, recorded_at from paper_numbers
                      where idea_number = p.idea_number or application_id = p.application_id order by version desc limit 1) n on true;
comment on view oparl_papers is 'Ideas and applications that stand or stood on a public agenda.';

create function oparl_moment(moment timestamptz) returns text language sql immutable as $$
    select to_char(moment at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"+00:00"')
$$;
comment on function oparl_moment is 'RFC 3339, to the second, whatever the zone of the connection.';
