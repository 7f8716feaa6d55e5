create table idea_closings (
    id          bigint      generated always as identity primary key,
    idea_number bigint      not null references ideas,
    reason      text        not null check (char_length(reason) between 10 and 500),
    office      text        not null,
    closed_by   bigint      not null references persons,
    closed_at   timestamptz not null,
    ended_by    bigint      references persons,
    ended_at    timestamptz,
    check (num_nonnulls(ended_by, ended_at) in (0, 2))
);
comment on table idea_closings is 'While a closing stands, an idea takes no support and no revision; everybody reads the reason beside it.';
comment on column idea_closings.reason is 'In words, public.';
comment on column idea_closings.office is 'Key of the coordinator area in whose name it was closed.';
comment on column idea_closings.ended_at is 'When it was opened again; null while it is closed.';
create unique index an_idea_is_closed_once_at_a_time on idea_closings (idea_number) where ended_at is null;

create function keep_closings() returns trigger language plpgsql as $$
begin
    if tg_op = 'UPDATE' and old.ended_at is null
       and (to_jsonb(new) - '{ended_at,ended_by}'::text[]) = (to_jsonb(old) - '{ended_at,ended_by}'::text[]) then
        return new;
    end if;
    raise exception 'idea_closings end, they are not changed' using errcode = 'restrict_violation';
end $$;
create trigger closings_end_and_are_not_changed before update or delete on idea_closings
    for each row execute function keep_closings();
