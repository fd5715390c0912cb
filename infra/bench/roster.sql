-- On top of seed.sql: volunteer 0 has a year behind them, two shifts a week, and as many for two months ahead.
INSERT INTO rostering.sign_ups (id, tenant_id, shift_id, volunteer_id, chapter_id, status, at, critical, experienced, minutes, version)
SELECT gen_random_uuid(), s.tenant_id, s.id, '00000000-0000-7000-8000-000000000000', s.chapter_id, 'attended', now(), false, true, 90, 1
FROM rostering.shifts s WHERE s.tenant_id = '00000000-0000-7000-a000-000000000002' ORDER BY s.id DESC LIMIT 104;
INSERT INTO rostering.commitments (id, network_id, person_id, starts_at, ends_at, time_zone, intensity)
SELECT gen_random_uuid(), '00000000-0000-7000-a000-000000000001', '00000000-0000-7000-c000-000000000000', start, start + interval '90 minutes', 'Europe/London', 1 + n % 2
FROM generate_series(-104, 17) n, LATERAL (SELECT date_trunc('day', now()) + make_interval(days => 28 * (n > 0)::int + (3.5 * n)::int, hours => 18) AS start) s;
ANALYZE;
