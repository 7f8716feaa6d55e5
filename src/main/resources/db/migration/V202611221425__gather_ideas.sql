create table categories (
    key        text primary key,
    label_de   text not null,
    label_en   text not null,
    icon       text not null,
    color      text not null,
    forwarded  boolean not null,
    position   int not null unique deferrable initially deferred
);
comment on column categories.forwarded is 'True for requests that are no health ideas and are handed on to the report service of the city.';

create table target_groups (
    key        text primary key,
    label_de   text not null,
    label_en   text not null,
    position   int not null unique deferrable initially deferred
);

create table ideas (
    number         bigint generated always as identity primary key,
    author_id      bigint not null references persons,
    title          text not null check (char_length(title) between 5 and 120),
    description    text not null check (char_length(description) between 20 and 5000),
    kind           text not null check (kind in ('proposal', 'own-project')),
    category_key   text not null references categories,
    quarter_key    text not null references quarters,
    community_key  text references communities,
    body_key       text not null references bodies,
    place          text not null default '' check (char_length(place) <= 120),
    lon            double precision not null,
    lat            double precision not null,
    exact_place    boolean not null,
    cost_cents     bigint check (cost_cents between 0 and 100000000),
    language       text not null,
    example        boolean not null default false,
    example_key    text unique,
    draft_id       uuid unique,
    handed_in_at   timestamptz not null,
    state          text not null default 'handed-in'
                   check (state in ('handed-in', 'published', 'returned', 'declined', 'withdrawn', 'granted', 'granted-in-part', 'not-granted', 'postponed')),
    state_since    timestamptz not null,
    published_at   timestamptz,
    search         tsvector generated always as (
                       setweight(to_tsvector('german', title), 'A')
                       || setweight(to_tsvector('german', place), 'B')
                       || setweight(to_tsvector('german', description), 'C')) stored,
    words          text generated always as (lower(title || ' ' || place || ' ' || description)) stored
);
comment on column ideas.draft_id is 'The draft it was handed in from: handing in twice finds the same idea.';
comment on column ideas.exact_place is 'False where only the quarter was chosen; lon and lat are then the point inside the quarter.';
comment on column ideas.state is 'Derived from idea_events by its trigger, never written otherwise.';
comment on column ideas.published_at is 'First publication, derived from idea_events.';
create index ideas_newest on ideas (published_at desc, number desc) where state in ('published', 'granted', 'granted-in-part', 'not-granted', 'postponed');
create index ideas_waiting on ideas (state_since, number) where state = 'handed-in';
create index ideas_by_quarter on ideas (quarter_key, state, body_key);
create index ideas_by_body on ideas (body_key, state);
create index ideas_by_author on ideas (author_id);
create index ideas_by_place on ideas (lon, lat);
create index ideas_search on ideas using gin (search);
create index ideas_words on ideas using gin (words gin_trgm_ops);

create table idea_versions (
    id          bigint generated always as identity primary key,
    idea_number bigint not null references ideas,
    said        jsonb not null check (jsonb_typeof(said) = 'object'),
    person_id   bigint not null references persons,
    at          timestamptz not null
);
comment on table idea_versions is 'What an idea said before its author changed it.';
comment on column idea_versions.said is 'Everything the author could change, by the name of its column, and the keys of its target groups.';
create index idea_versions_by_idea on idea_versions (idea_number, id);
create trigger idea_versions_are_append_only before update or delete or truncate on idea_versions
    for each statement execute function forbid_change();

create table idea_target_groups (
    idea_number bigint not null references ideas,
    group_key   text not null references target_groups,
    primary key (idea_number, group_key)
);

create table idea_events (
    id           bigint generated always as identity primary key,
    idea_number  bigint not null references ideas,
    kind         text not null check (kind in ('handed-in', 'published', 'returned', 'declined', 'withdrawn', 'place-corrected', 'revised',
                                               'granted', 'granted-in-part', 'not-granted', 'postponed', 'undone')),
    at           timestamptz not null,
    person_id    bigint references persons,
    office       text not null default '',
    reason_key   text not null default '',
    note         text not null default '' check (char_length(note) <= 2000),
    amount_cents bigint check (amount_cents > 0),
    undoes       bigint unique references idea_events,
    check ((kind = 'undone') = (undoes is not null)),
    check (kind not in ('returned', 'declined') or reason_key <> '')
);
comment on table idea_events is 'The story of an idea, append-only; its public timeline is read from here and its state is derived from here.';
comment on column idea_events.office is 'In whose name it happened: a body or area key; empty for the author.';
comment on column idea_events.undoes is 'The event taken back; it stays readable.';
create index idea_events_by_idea on idea_events (idea_number, id);
create index idea_events_decisions on idea_events (id)
    where kind in ('granted', 'granted-in-part', 'not-granted', 'postponed');
create trigger idea_events_are_append_only before update or delete or truncate on idea_events
    for each statement execute function forbid_change();

create table map_version (
    only_row boolean primary key default true check (only_row),
    version  bigint not null
);
comment on table map_version is 'Counts changes that the map shows; a copy of the application reloads its markers when it has moved.';
insert into map_version (version) values (1);

-- The one place where the state of an idea follows from its story.
create function idea_state(idea bigint, out state text, out since timestamptz, out published_at timestamptz) language sql stable as $$
    with story as (
        select e.id, e.kind, e.at from idea_events e
         where e.idea_number = idea
           and e.kind not in ('undone', 'place-corrected')
           and not exists (select 1 from idea_events u where u.undoes = e.id)
    )
    select coalesce(case last.kind when 'revised' then 'handed-in' else last.kind end, 'handed-in'), last.at,
           (select min(p.at) from story p where p.kind = 'published')
      from (select kind, at from story order by id desc limit 1) last
$$;

create function derive_idea_state() returns trigger language plpgsql as $$
begin
    update ideas i set (state, state_since, published_at) =
        (select s.state, coalesce(s.since, i.handed_in_at), s.published_at from idea_state(new.idea_number) s)
     where i.number = new.idea_number;
    if new.kind <> 'handed-in' then
        update map_version set version = version + 1;
    end if;
    return null;
end $$;
create trigger the_story_tells_the_state after insert on idea_events
    for each row execute function derive_idea_state();

create table supports (
    idea_number bigint not null references ideas,
    person_id   bigint not null references persons,
    at          timestamptz not null,
    primary key (idea_number, person_id)
);
comment on table supports is 'One support per person and idea; taken back by deleting the row, counted from the rows.';
create index supports_by_person on supports (person_id);

create table idea_drafts (
    id          uuid primary key,
    secret_hash bytea not null check (octet_length(secret_hash) = 32),
    fields      jsonb not null,
    created_at  timestamptz not null,
    changed_at  timestamptz not null
);
comment on table idea_drafts is 'What somebody has begun to write; found again by a cookie, gone after handing in or 30 days.';
create index idea_drafts_by_age on idea_drafts (changed_at);

create table photos (
    id          uuid primary key,
    draft_id    uuid references idea_drafts on delete cascade,
    idea_number bigint references ideas,
    position    int not null check (position >= 0),
    alt         text not null default '' check (char_length(alt) <= 200),
    width       int not null check (width > 0),
    height      int not null check (height > 0),
    added_at    timestamptz not null,
    check (num_nonnulls(draft_id, idea_number) = 1)
);
create index photos_by_idea on photos (idea_number, position);
create index photos_by_draft on photos (draft_id, position);

create table photo_renditions (
    photo_id    uuid not null references photos on delete cascade,
    width       int not null check (width > 0),
    height      int not null check (height > 0),
    jpeg        bytea not null,
    primary key (photo_id, width)
);
alter table photo_renditions alter column jpeg set storage external;
comment on table photo_renditions is 'Re-encoded pictures only, without metadata; the upload itself is never kept.';
