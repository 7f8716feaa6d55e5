-- Triggers stop the owner of the tables as well; the application, where it has a role of its own, lacks the right to begin with.
-- infra/database/roles.sql makes the roles and calls this too, in whatever order both come.
create function leave_only_adding_to_the_audit(application text) returns void language plpgsql as $$
declare
    kept regclass;
begin
    if exists (select from pg_roles where rolname = application) then
        foreach kept in array array['audit_entries', 'audit_keys', 'audit_blocks', 'audit_seals']::regclass[] loop
            execute format('revoke all on %s from %I', kept, application);
            execute format('grant select, insert on %s to %I', kept, application);
        end loop;
        if to_regclass('flyway_schema_history') is not null then
            execute format('revoke insert, update, delete on flyway_schema_history from %I', application);
        end if;
    end if;
end $$;
comment on function leave_only_adding_to_the_audit is 'From now on this role reads and adds rows of the audit and does nothing else with them, and only reads which migrations there were.';
revoke execute on function leave_only_adding_to_the_audit from public;
select leave_only_adding_to_the_audit('motette_application');
