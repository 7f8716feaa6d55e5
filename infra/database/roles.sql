-- Two roles for a Motette in service: motette_owner holds the tables and migrates them, motette_application is what the portal
-- runs as. It reads and writes what people do, but cannot change the structure, and in the audit it can only add.
--
-- Run it as a superuser in the database of the portal, before its first start or any time later, as often as you like:
--
--   psql --dbname motette --set owner_password=… --set application_password=… --file infra/database/roles.sql
--
-- Then give the portal DATASOURCES_DEFAULT_USERNAME=motette_application with its password, and Flyway the owner:
-- FLYWAY_DATASOURCES_DEFAULT_URL, FLYWAY_DATASOURCES_DEFAULT_USER=motette_owner, FLYWAY_DATASOURCES_DEFAULT_PASSWORD.

\set ON_ERROR_STOP on
begin;

select 'create role motette_owner' where not exists (select from pg_roles where rolname = 'motette_owner') \gexec
select 'create role motette_application' where not exists (select from pg_roles where rolname = 'motette_application') \gexec
alter role motette_owner login nosuperuser nocreatedb nocreaterole noreplication nobypassrls password :'owner_password';
alter role motette_application login nosuperuser nocreatedb nocreaterole noreplication nobypassrls password :'application_password';

\ir rights.sql

commit;
