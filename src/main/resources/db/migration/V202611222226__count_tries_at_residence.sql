create table residence_tries (
    person_id  bigint not null references persons,
    kind       text not null check (kind in ('letter', 'desk', 'register')),
    at         timestamptz not null
);
comment on table residence_tries is 'What somebody typed wrong, counted for them alone: too much of it has to wait, and nobody else is touched.';
create index residence_tries_by_person on residence_tries (person_id, kind, at);
create index residence_tries_by_time on residence_tries (at);
