create table deputy_rules (
    name        text not null,
    deputy_name text not null,
    same_scope  boolean not null,
    most_days   int not null check (most_days between 1 and 366),
    is_default  boolean not null,
    primary key (name, deputy_name),
    check (name not in ('administrator', 'auditor'))
);
comment on table deputy_rules is 'Whose role may stand in for which role. What is not here cannot be handed on: a mandate, the administration of people, the audit.';
comment on column deputy_rules.same_scope is 'True where the deputy must belong to the same body.';
comment on column deputy_rules.most_days is 'Longest time one absence lasts.';
comment on column deputy_rules.is_default is 'True where the city has not confirmed the rule yet.';
insert into deputy_rules (name, deputy_name, same_scope, most_days, is_default) values
    ('coordinator', 'coordinator', false, 60, true),
    ('chair', 'councillor', true, 60, true),
    ('officer', 'officer', false, 60, true),
    ('fund-partner', 'fund-partner', true, 60, true);

create table delegations (
    id             bigint generated always as identity primary key,
    role_id        bigint not null,
    person_id      bigint not null,
    role_name      text not null,
    deputy_role_id bigint not null,
    deputy_id      bigint not null,
    deputy_name    text not null,
    from_date      date not null,
    to_date        date not null,
    named_at       timestamptz not null,
    ended_at       timestamptz,
    ended_by       bigint references persons,
    resumes_at     timestamptz,
    begins_at      timestamptz not null generated always as (greatest(from_date::timestamp at time zone 'Europe/Berlin', resumes_at)) stored,
    acts_until     timestamptz not null generated always as (
        greatest(from_date::timestamp at time zone 'Europe/Berlin', resumes_at,
                 least((to_date + 1)::timestamp at time zone 'Europe/Berlin', coalesce(ended_at, 'infinity')))) stored,
    foreign key (role_id, person_id, role_name) references roles (id, person_id, name),
    foreign key (deputy_role_id, deputy_id, deputy_name) references roles (id, person_id, name),
    foreign key (role_name, deputy_name) references deputy_rules (name, deputy_name),
    check (to_date >= from_date),
    constraint nobody_is_their_own_deputy check (deputy_id <> person_id),
    constraint one_deputy_at_a_time exclude using gist (role_id with =, tstzrange(begins_at, acts_until) with &&)
);
comment on table delegations is 'Who stands in for whom, in which role and how long; public. Names a role that somebody holds, never another delegation: there are no chains.';
comment on column delegations.deputy_role_id is 'The role on whose strength they stand in; when it ends, so does this.';
comment on column delegations.to_date is 'Last day, Europe/Berlin.';
comment on column delegations.resumes_at is 'Set where a deputy is named anew on a day on which another was ended: they act from then on, not from midnight.';
comment on column delegations.ended_at is 'From this moment on the deputy acts no longer; null while only the last day ends it.';
create index delegations_by_deputy on delegations (deputy_id);
create index delegations_by_person on delegations (person_id);

-- The one place where it is said who acts in which role at a moment: by their own term, or for somebody who is away.
create function acting_roles(moment timestamptz)
    returns table (person_id bigint, name text, scope text, role_id bigint, delegation_id bigint) language sql stable as $$
    select r.person_id, r.name, r.scope, r.id, null::bigint
      from roles r where r.begins_at <= moment and moment < r.acts_until
    union all
    select d.deputy_id, r.name, r.scope, r.id, d.id
      from delegations d join roles r on r.id = d.role_id join roles own on own.id = d.deputy_role_id
     where d.begins_at <= moment and moment < d.acts_until
       and r.begins_at <= moment and moment < r.acts_until
       and own.begins_at <= moment and moment < own.acts_until
$$;

-- Whether somebody acted for another at a moment, and not by a term of their own.
create function acted_as_deputy(person bigint, office text, moment timestamptz) returns boolean language sql stable as $$
    select coalesce(bool_and(a.delegation_id is not null), false)
      from acting_roles(moment) a where a.person_id = person and a.scope = office and a.name in ('coordinator', 'chair')
$$;
