-- What `infra/bench.sh tenants` measures on, run by a superuser with psql variables tenants, volunteers, shifts, secret. Each tenant has 40 shifts and
-- 20 volunteers with a sign-up each; the volunteers and shifts that are driven are dealt out over all tenants. The ids are counted, see tenants.lua.
\set ON_ERROR_STOP on
BEGIN;
CREATE FUNCTION pg_temp.id(kind text, n bigint) RETURNS uuid IMMUTABLE RETURN format('00000000-0000-7000-%s-%s', kind, lpad(to_hex(n), 12, '0'))::uuid;
CREATE FUNCTION pg_temp.tenant(n bigint) RETURNS uuid IMMUTABLE RETURN pg_temp.id('a001', n % current_setting('bench.tenants')::bigint);
CREATE FUNCTION pg_temp.start(week bigint, n bigint) RETURNS timestamptz STABLE RETURN date_trunc('week', now() AT TIME ZONE 'UTC') AT TIME ZONE 'UTC'
  + make_interval(weeks => 4 + week::integer, days => n::integer % 5, hours => 9 + n::integer % 8);
SELECT pg_temp.id('a000', 1) AS umbrella, set_config('bench.tenants', :'tenants', true) \gset

INSERT INTO tenancy.tenants (id, network_id, parent_id, path, is_umbrella, slug, name, culture, time_zone, currency, version)
VALUES (:'umbrella', :'umbrella', NULL, :'umbrella' || '/', true, 'umbrella', 'Umbrella', 'en-GB', 'Europe/London', 'GBP', 1);
INSERT INTO tenancy.tenants (id, network_id, parent_id, path, is_umbrella, slug, name, version)
SELECT pg_temp.tenant(n), :'umbrella', :'umbrella', format('%s/%s/', :'umbrella', pg_temp.tenant(n)), false, 'tenant-' || n, 'Tenant ' || n, 1
FROM generate_series(0, :tenants - 1) n;
INSERT INTO identity.api_clients (id, tenant_id, name, roles, chapters, below, secret_hash, version)
VALUES (pg_temp.id('b000', 1), :'umbrella', 'bench', '{coordinator}', '{}', true, sha256(:'secret'), 1);

CREATE TEMPORARY TABLE people ON COMMIT DROP AS
SELECT n, pg_temp.tenant(n) AS tenant_id, pg_temp.id('c000', n) AS person_id, pg_temp.id('8000', n) AS id FROM generate_series(0, :volunteers + 20 * :tenants - 1) n;
INSERT INTO rostering.network_volunteers (id, network_id, email_key) SELECT person_id, :'umbrella', encode(sha256(n::text::bytea), 'hex') FROM people;
INSERT INTO rostering.volunteers (id, tenant_id, person_id, name, email, languages, version)
SELECT id, tenant_id, person_id, 'Volunteer ' || n, format('v%s@example.org', n), '{en}', 1 FROM people;

-- Driven shifts first: each lap's are two weeks after the one's before. Then those that are there already, in the months behind.
INSERT INTO rostering.shifts (id, tenant_id, session_id, group_id, chapter_id, title, role, starts_at, ends_at, time_zone, places, taken, intensity, status, session_revision, version)
SELECT pg_temp.id('9000', n), pg_temp.tenant(n), pg_temp.id('d000', n), pg_temp.id('e000', n % 500), pg_temp.id('f000', n % 50), 'Shift ' || n, 'facilitator',
  start, start + interval '2 hours', 'Europe/London', 1000000, 0, 1, 'open', 1, 1
FROM generate_series(0, :shifts + 40 * :tenants - 1) n,
  LATERAL (SELECT CASE WHEN n < :shifts THEN 2 * (n / 10000) ELSE 10 + (n - :shifts) / :tenants % 40 END AS week) w, LATERAL (SELECT pg_temp.start(week, n) AS start) s;
INSERT INTO rostering.sign_ups (id, tenant_id, shift_id, volunteer_id, chapter_id, status, at, critical, version)
SELECT pg_temp.id('7000', p.n), p.tenant_id, s.id, p.id, s.chapter_id, 'confirmed', now(), false, 1
FROM people p JOIN rostering.shifts s ON s.tenant_id = p.tenant_id AND s.id = pg_temp.id('9000', :shifts + p.n - :volunteers) WHERE p.n >= :volunteers;
INSERT INTO rostering.commitments (id, network_id, person_id, starts_at, ends_at, time_zone, intensity)
SELECT pg_temp.id('7000', p.n), :'umbrella', p.person_id, s.starts_at, s.ends_at, s.time_zone, 1
FROM people p JOIN rostering.shifts s ON s.tenant_id = p.tenant_id AND s.id = pg_temp.id('9000', :shifts + p.n - :volunteers) WHERE p.n >= :volunteers;
COMMIT;
VACUUM (ANALYZE);
CHECKPOINT;
