-- The roles and the database of NetworkPlatform, run by a superuser with psql 15 or later; may be run again.
-- Tables belong to `owner`, who only migrates. The service works as `app` and the outbox relay as `relay`: neither owns
-- a table, and row-level security holds for both.
\set ON_ERROR_STOP on
\getenv owner_password NP_OWNER_PASSWORD
\getenv app_password NP_APP_PASSWORD
\getenv relay_password NP_RELAY_PASSWORD

SELECT format('CREATE ROLE %I', name)
FROM unnest(ARRAY['networkplatform_owner', 'networkplatform_app', 'networkplatform_relay']) AS name
WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = name) \gexec

-- CREATEDB is for tests and for tenants with a database of their own.
ALTER ROLE networkplatform_owner LOGIN NOSUPERUSER NOBYPASSRLS CREATEDB NOCREATEROLE PASSWORD :'owner_password';
ALTER ROLE networkplatform_app LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE NOINHERIT PASSWORD :'app_password';
ALTER ROLE networkplatform_relay LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE NOINHERIT PASSWORD :'relay_password';

SELECT 'CREATE DATABASE networkplatform OWNER networkplatform_owner'
WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = 'networkplatform') \gexec

REVOKE CONNECT ON DATABASE networkplatform FROM PUBLIC;
GRANT CONNECT ON DATABASE networkplatform TO networkplatform_app, networkplatform_relay;
