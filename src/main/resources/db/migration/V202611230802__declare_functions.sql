create table declared_functions (
    id            bigint generated always as identity primary key,
    person_id     bigint not null references persons,
    organisation  text not null check (char_length(organisation) between 2 and 160),
    kind          text not null check (kind in ('board', 'employee', 'member', 'adviser', 'owner', 'other')),
    from_date     date not null,
    to_date       date check (to_date >= from_date),
    is_public     boolean not null,
    declared_at   timestamptz not null,
    constraint declared_once unique nulls not distinct (person_id, organisation, kind, from_date)
);
comment on table declared_functions is 'What members of bodies say about themselves, for the hint on bias (SächsGemO § 20). A hint, never a finding.';
comment on column declared_functions.kind is 'What they are there: board (Vorstand), employee, member, adviser (Aufsicht, Beirat), owner, other.';
comment on column declared_functions.is_public is 'True where they let the public read it; not by default.';
