create table tiles (
    zoom       smallint not null check (zoom between 0 and 22),
    x          int not null check (x >= 0),
    y          int not null check (y >= 0),
    type       text not null check (type in ('image/png', 'image/jpeg', 'image/webp', 'image/avif')),
    image      bytea not null,
    fetched_at timestamptz not null,
    primary key (zoom, x, y)
);
alter table tiles alter column image set storage external;
comment on table tiles is 'Pieces of an outer map as its service gave them (motette.tiles); a cache: any row may be deleted at any time.';
create index tiles_by_age on tiles (fetched_at);
