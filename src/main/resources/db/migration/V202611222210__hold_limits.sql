create table limit_buckets (
    id         text   primary key check (id ~ '^[a-z-]+:[0-9a-f]{32}$'),
    state      bytea,
    expires_at bigint not null default (extract(epoch from now()) * 1000)::bigint + 86400000
);
comment on table limit_buckets is 'Buckets of tokens of bucket4j, shared by all copies of the application; one that is full again is deleted by a job. Holds no name, address or network: see id.';
comment on column limit_buckets.id is 'Name of the limit and a keyed hash over whom it counts and how much it allows, so that a changed limit counts anew.';
comment on column limit_buckets.state is 'As bucket4j writes it; null for the moment between the first two statements.';
comment on column limit_buckets.expires_at is 'Milliseconds since 1970 after which the bucket is full again and says nothing.';
create index limit_buckets_by_end on limit_buckets (expires_at);
