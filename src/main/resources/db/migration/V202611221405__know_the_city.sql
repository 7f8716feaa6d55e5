create table city (
    only_row     boolean primary key default true check (only_row),
    key          text not null,
    name         text not null,
    pack_hash    text not null,
    imported_at  timestamptz not null
);
comment on table city is 'The one city this installation serves and the content hash of the city pack imported last.';

create table districts (
    key         text primary key,
    slug        text not null unique check (slug ~ '^[a-z0-9-]+$'),
    name        text not null unique,
    population  int  not null check (population >= 0)
);
comment on table districts is 'Stadtbezirke';

create table quarters (
    key           text primary key,
    district_key  text not null references districts,
    name          text not null unique,
    population    int  not null check (population >= 0),
    label_lon     double precision not null,
    label_lat     double precision not null
);
comment on table quarters is 'Ortsteile; boundaries are in the city pack, point in polygon is computed in memory.';

create table communities (
    key         text primary key,
    name        text not null unique,
    shared      boolean not null,
    population  int check (population >= 0)
);
comment on table communities is 'Ortschaften';
comment on column communities.shared is 'True where the community covers only a part of its quarter, so that the person chooses.';
comment on column communities.population is 'Null where no open figure exists; no budget is opened without one.';

create table community_quarters (
    community_key text not null references communities,
    quarter_key   text not null references quarters,
    primary key (community_key, quarter_key)
);
create index community_quarters_by_quarter on community_quarters (quarter_key);

create table areas (
    key          text primary key,
    kind         text not null check (kind in ('focus', 'attention', 'coordinator')),
    name         text not null,
    approximate  boolean not null
);
comment on table areas is 'Overlapping sets of quarters: focus and attention areas of the development plan, areas of coordinators.';

create table area_quarters (
    area_key    text not null references areas,
    quarter_key text not null references quarters,
    primary key (area_key, quarter_key)
);
create index area_quarters_by_quarter on area_quarters (quarter_key);
