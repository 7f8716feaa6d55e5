-- A file goes only with its application: else what hangs on it would go with it.
create function statement_file_stays() returns trigger language plpgsql as $$
begin
    if tg_op = 'DELETE' and old.application_id is not null
       and not exists (select from applications a where a.id = old.application_id) then
        return old;
    end if;
    raise exception 'statement_files is append-only' using errcode = 'restrict_violation';
end $$;
create trigger files_stay before update or delete on statement_files for each row execute function statement_file_stays();

create trigger requests_are_not_emptied before truncate on statement_requests for each statement execute function forbid_change();
create trigger answers_are_not_emptied before truncate on statement_answers for each statement execute function forbid_change();
create trigger skips_are_not_emptied before truncate on statement_skips for each statement execute function forbid_change();
create trigger appeals_are_not_emptied before truncate on statement_appeals for each statement execute function forbid_change();
create trigger decisions_are_not_emptied before truncate on statement_appeal_decisions
    for each statement execute function forbid_change();
