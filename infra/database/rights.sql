-- What the two roles of roles.sql may do in this database; plain SQL, so that the tests run the very same.

do $$
declare
    thing record;
begin
    execute format('alter database %I owner to motette_owner', current_database());
    execute format('revoke all on database %I from public', current_database());
    execute format('grant connect on database %I to motette_application', current_database());
    alter schema public owner to motette_owner;
    -- What stands here already, made by whoever ran the portal before.
    for thing in
        select c.oid::regclass as name, case c.relkind when 'S' then 'sequence' when 'v' then 'view' else 'table' end as kind
          from pg_class c
         where c.relnamespace in ('public'::regnamespace, to_regnamespace('vote_keys')) and c.relkind in ('r', 'p', 'v', 'S')
           and c.relowner <> 'motette_owner'::regrole
           and not exists (select from pg_depend d where d.objid = c.oid and d.deptype in ('a', 'i', 'e'))
    loop
        execute format('alter %s %s owner to motette_owner', thing.kind, thing.name);
    end loop;
    for thing in
        select p.oid::regprocedure as name from pg_proc p
         where p.pronamespace = 'public'::regnamespace and p.proowner <> 'motette_owner'::regrole
           and not exists (select from pg_depend d where d.objid = p.oid and d.deptype = 'e')
    loop
        execute format('alter routine %s owner to motette_owner', thing.name);
    end loop;
end $$;

revoke create on schema public from public;
grant usage on schema public to motette_application;
grant select, insert, update, delete on all tables in schema public to motette_application;
grant usage, select on all sequences in schema public to motette_application;
alter default privileges for role motette_owner in schema public grant select, insert, update, delete on tables to motette_application;
alter default privileges for role motette_owner in schema public grant usage, select on sequences to motette_application;

-- The keys of voting rounds lie apart: the portal makes and destroys them, and a role for backups is given nothing here.
do $$
begin
    if to_regnamespace('vote_keys') is not null then
        alter schema vote_keys owner to motette_owner;
        grant usage on schema vote_keys to motette_application;
        grant select, insert, delete on all tables in schema vote_keys to motette_application;
    end if;
end $$;

do $$
begin
    if to_regprocedure('leave_only_adding_to_the_audit(text)') is not null then
        perform leave_only_adding_to_the_audit('motette_application');
    end if;
end $$;
