create table personal_reads (
    id         bigint generated always as identity primary key,
    at         timestamptz not null,
    reader_id  bigint not null,
    office     text not null,
    person_id  bigint not null references persons on delete cascade,
    what       text not null check (what ~ '^[a-z]+(-[a-z]+)*$'),
    why        text not null check (char_length(why) <= 500)
);
comment on table personal_reads is 'Whenever somebody of the staff looked at what is not public of a person. That person can read it.';
comment on column personal_reads.reader_id is 'A number without a foreign key: it may outlive the person.';
comment on column personal_reads.office is 'As what they looked: keys of their roles with commas between. The person reads this and no name.';
comment on column personal_reads.what is 'Which part, key of the texts privacy.read.*';
create index personal_reads_by_person on personal_reads (person_id, id desc);
create index personal_reads_by_time on personal_reads (at);
create function reads_are_facts() returns trigger language plpgsql as $$
begin
    raise exception 'personal_reads are added, never changed' using errcode = 'restrict_violation';
end $$;
create trigger personal_reads_are_facts before update on personal_reads
    for each row execute function reads_are_facts();
