create extension if not exists btree_gist;

alter table roles
    add column reason     text not null default '' check (char_length(reason) <= 500),
    add column ended_at   timestamptz,
    add column ended_by   bigint references persons,
    add column end_reason text not null default '' check (char_length(end_reason) <= 500),
    add column resumes_at timestamptz,
    add column begins_at  timestamptz not null generated always as (greatest(from_date::timestamp at time zone 'Europe/Berlin', resumes_at)) stored,
    add column acts_until timestamptz not null generated always as (
        greatest(from_date::timestamp at time zone 'Europe/Berlin', resumes_at,
                 least(coalesce((to_date + 1)::timestamp at time zone 'Europe/Berlin', 'infinity'), coalesce(ended_at, 'infinity')))) stored,
    add constraint only_an_ended_role_says_why check (ended_at is not null or (ended_by is null and end_reason = '')),
    add constraint roles_by_holder unique (id, person_id, name);
alter table roles drop constraint roles_person_id_name_scope_from_date_key;
alter table roles add constraint a_role_is_held_once_at_a_time
    exclude using gist (person_id with =, name with =, scope with =, tstzrange(begins_at, acts_until) with &&);
create index roles_by_scope on roles (name, scope);

comment on column roles.reason is 'Why it was granted, in the words of whoever did; empty for rows of the demo city.';
comment on column roles.ended_at is 'From this moment on it acts no longer, whatever its term says; null while only the term ends it. May lie ahead.';
comment on column roles.ended_by is 'Who ended it; null for a person that is gone.';
comment on column roles.end_reason is 'Why it was ended, in the words of whoever did.';
comment on column roles.resumes_at is 'Set where it is granted anew on a day on which it was ended: it acts from then on, not from midnight.';
comment on column roles.begins_at is 'First moment of the first day, Europe/Berlin, or when it resumes.';
comment on column roles.acts_until is 'First moment at which it acts no longer: after the last day, Europe/Berlin, or when it was ended before.';

create table role_conflicts (
    name       text not null,
    other      text not null,
    why        text not null check (why in ('audit-apart', 'no-seat-for-staff')),
    source     text not null,
    is_default boolean not null,
    primary key (name, other),
    check (name < other)
);
comment on table role_conflicts is 'Roles that nobody holds at the same time, whatever their area or body.';
comment on column role_conflicts.why is 'Key of the sentence that says why.';
comment on column role_conflicts.is_default is 'True where the city has not confirmed the rule yet.';
insert into role_conflicts (name, other, why, source, is_default) values
    ('administrator', 'auditor', 'audit-apart', 'Wer prüft, verwaltet nicht selbst', true),
    ('auditor', 'chair', 'audit-apart', 'Wer prüft, entscheidet nicht selbst', true),
    ('auditor', 'coordinator', 'audit-apart', 'Wer prüft, entscheidet nicht selbst', true),
    ('auditor', 'councillor', 'audit-apart', 'Wer prüft, entscheidet nicht selbst', true),
    ('auditor', 'fund-partner', 'audit-apart', 'Wer prüft, entscheidet nicht selbst', true),
    ('auditor', 'officer', 'audit-apart', 'Wer prüft, entscheidet nicht selbst', true),
    ('administrator', 'councillor', 'no-seat-for-staff', 'Hinderungsgründe, SächsGemO § 32; Wortlaut von der Stadt zu bestätigen', true),
    ('councillor', 'officer', 'no-seat-for-staff', 'Hinderungsgründe, SächsGemO § 32; Wortlaut von der Stadt zu bestätigen', true);
