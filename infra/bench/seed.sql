-- What infra/bench.sh measures on, run by a superuser with psql variables volunteers, shifts, secret. The ids are counted, see signups.lua.
\set ON_ERROR_STOP on
BEGIN;
CREATE FUNCTION pg_temp.id(kind text, n bigint) RETURNS uuid IMMUTABLE RETURN format('00000000-0000-7000-%s-%s', kind, lpad(to_hex(n), 12, '0'))::uuid;
SELECT pg_temp.id('a000', 1) AS umbrella, pg_temp.id('a000', 2) AS member, pg_temp.id('a000', 3) AS neighbour \gset

INSERT INTO tenancy.tenants (id, network_id, parent_id, path, is_umbrella, slug, name, culture, time_zone, currency, version)
VALUES (:'umbrella', :'umbrella', NULL, :'umbrella' || '/', true, 'umbrella', 'Umbrella', 'en-GB', 'Europe/London', 'GBP', 1),
       (:'member', :'umbrella', :'umbrella', :'umbrella' || '/' || :'member' || '/', false, 'member', 'Member', NULL, NULL, NULL, 1),
       (:'neighbour', :'umbrella', :'umbrella', :'umbrella' || '/' || :'neighbour' || '/', false, 'neighbour', 'Neighbour', NULL, NULL, NULL, 1);

INSERT INTO identity.api_clients (id, tenant_id, name, roles, chapters, below, secret_hash, version)
VALUES (pg_temp.id('b000', 1), :'member', 'bench', '{coordinator}', '{}', false, sha256(:'secret'), 1),
       (pg_temp.id('b000', 2), :'neighbour', 'bench', '{coordinator}', '{}', false, sha256(:'secret'), 1);

-- Twice: the first half for `spread`, the second for `hot`.
INSERT INTO rostering.network_volunteers (id, network_id, email_key)
SELECT pg_temp.id('c000', n), :'umbrella', encode(sha256(n::text::bytea), 'hex') FROM generate_series(0, 2 * :volunteers - 1) n;
INSERT INTO rostering.volunteers (id, tenant_id, person_id, name, email, languages, version)
SELECT pg_temp.id('8000', n), :'member', pg_temp.id('c000', n), 'Volunteer ' || n, format('v%s@example.org', n), '{en}', 1
FROM generate_series(0, 2 * :volunteers - 1) n;

-- 200 shifts a week for `spread`, two hours each by day; then 25 for `hot`, two weeks apart. All with room for everybody.
INSERT INTO rostering.shifts (id, tenant_id, session_id, group_id, chapter_id, title, role, starts_at, ends_at, time_zone, places, taken, intensity,
  status, session_revision, version)
SELECT pg_temp.id('9000', n), :'member', pg_temp.id('d000', n), pg_temp.id('e000', n % 500), pg_temp.id('f000', n % 50), 'Shift ' || n, 'facilitator',
  start, start + interval '2 hours', 'Europe/London', 1000000, 0, 1, 'open', 1, 1
FROM generate_series(0, :shifts + 24) n,
  LATERAL (SELECT CASE WHEN n < :shifts THEN n / 200 ELSE 2 * (n - :shifts) END AS week) w,
  LATERAL (SELECT date_trunc('week', now() AT TIME ZONE 'UTC') AT TIME ZONE 'UTC' + make_interval(days => 28 + n % 5, weeks => week, hours => 9 + n % 8) AS start) s;

INSERT INTO rostering.shifts SELECT (jsonb_populate_record(s, jsonb_build_object('tenant_id', :'neighbour'))).* FROM rostering.shifts s WHERE tenant_id = :'member' ORDER BY id LIMIT 500;

CREATE SCHEMA bare;
CREATE TABLE bare.shift (id uuid PRIMARY KEY, places integer NOT NULL, taken integer NOT NULL);
CREATE TABLE bare.sign_up (id uuid PRIMARY KEY, shift_id uuid NOT NULL, volunteer_id uuid NOT NULL, at timestamptz NOT NULL);
CREATE TABLE bare.outbox (id uuid PRIMARY KEY, body text NOT NULL, at timestamptz NOT NULL);
INSERT INTO bare.shift SELECT id, places, 0 FROM rostering.shifts WHERE tenant_id = :'member';
GRANT USAGE ON SCHEMA bare TO networkplatform_app;
GRANT SELECT, INSERT, UPDATE ON ALL TABLES IN SCHEMA bare TO networkplatform_app;
COMMIT;
VACUUM (ANALYZE);
CHECKPOINT;
