-- Whoever goes leaves tallies and public decisions. Their row goes too, unless something official still bears its number:
-- then an empty row stays for the number to point at.
alter table persons add column erased_at timestamptz;
alter table persons drop constraint persons_pseudonym_check;
alter table persons add constraint persons_pseudonym_check
    check (case when erased_at is null then char_length(pseudonym) between 2 and 60
                else pseudonym = '–' and email is null and home_quarter is null end);
comment on column persons.erased_at is 'When the person went; the row is then an empty place that old official deeds point at.';

-- A support without a person still counts, and two of them have nothing in common.
alter table supports drop constraint supports_pkey;
alter table supports alter column person_id drop not null;
alter table supports add constraint one_support_per_person unique (idea_number, person_id);
comment on column supports.person_id is 'Null when the account was erased; the support stays in the count, and its time is cut to the year.';

create function nobody_acts_after_going() returns trigger language plpgsql as $$
declare
    gone timestamptz;
begin
    -- Waits for an erasure under way and then sees it. A row of a person who was deleted is stopped by its foreign key.
    select erased_at into gone from persons where id = (to_jsonb(new) ->> tg_argv[0])::bigint for key share;
    if gone is not null then
        raise exception 'person % is gone', to_jsonb(new) ->> tg_argv[0] using errcode = 'foreign_key_violation';
    end if;
    return new;
end $$;
create trigger nobody_supports_after_going before insert on supports
    for each row when (new.person_id is not null) execute function nobody_acts_after_going('person_id');
create trigger nobody_hands_in_after_going before insert on ideas
    for each row when (new.author_id is not null) execute function nobody_acts_after_going('author_id');
create trigger nobody_signs_in_after_going before insert on sign_ins
    for each row execute function nobody_acts_after_going('person_id');

-- The story of an idea stays what it was; an erasure takes out who wrote a line and what they said when they withdrew.
drop trigger idea_events_are_append_only on idea_events;
create function idea_events_only_forget() returns trigger language plpgsql as $$
begin
    if tg_op = 'UPDATE' and current_setting('motette.erasing', true) = 'yes' and new.person_id is null
       and (new.note = old.note or (new.note = '' and old.office = ''))
       and to_jsonb(new) - '{person_id,note}'::text[] = to_jsonb(old) - '{person_id,note}'::text[] then
        return new;
    end if;
    raise exception 'idea_events is append-only' using errcode = 'restrict_violation';
end $$;
create trigger idea_events_only_forget before update or delete on idea_events
    for each row execute function idea_events_only_forget();
create trigger idea_events_are_never_emptied before truncate on idea_events
    for each statement execute function forbid_change();
create index idea_events_by_person on idea_events (person_id);

-- Earlier words go with the person who wrote them.
drop trigger idea_versions_are_append_only on idea_versions;
create function idea_versions_only_go() returns trigger language plpgsql as $$
begin
    if tg_op = 'DELETE' and current_setting('motette.erasing', true) = 'yes' then
        return old;
    end if;
    raise exception 'idea_versions is append-only' using errcode = 'restrict_violation';
end $$;
create trigger idea_versions_only_go before update or delete on idea_versions
    for each row execute function idea_versions_only_go();
create trigger idea_versions_are_never_emptied before truncate on idea_versions
    for each statement execute function forbid_change();
alter table idea_versions alter column person_id drop not null;
comment on column idea_versions.person_id is 'Null for a guest.';
create index idea_versions_by_person on idea_versions (person_id);
create index ledger_entries_by_person on ledger_entries (person_id) where person_id is not null;
create index moderation_decisions_by_person on moderation_decisions (decided_by);
create index resolutions_by_person on resolutions (recorded_by);
create index allocation_runs_by_person on allocation_runs (recorded_by);
create index roles_by_granter on roles (granted_by) where granted_by is not null;
create index audit_entries_by_person on audit_entries (person_id);
