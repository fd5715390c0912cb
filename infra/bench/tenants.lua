-- wrk script: every request is another tenant's, in turns; under one token that reaches all of them.
--   wrk … -s tenants.lua URL -- SCENARIO FIRST TENANTS VOLUNTEERS
--   sign-up  request n (from FIRST on) signs volunteer n mod VOLUNTEERS up, each lap for a shift two weeks later
--   list     a page of 20 shifts
-- tenants.sql makes the ids. Its last line: requests, microseconds, errors, p50, p99, and FIRST for the next run.
local held

function setup(thread) held = thread end

function init(args)
  scenario, n, tenants, volunteers = args[1], tonumber(args[2]), tonumber(args[3]), tonumber(args[4])
  wrk.headers["Content-Type"] = "application/json"
  wrk.headers["Authorization"] = "Bearer " .. os.getenv("BENCH_TOKEN")
end

function request()
  local volunteer, lap = n % volunteers, math.floor(n / volunteers)
  wrk.headers["X-Tenant"] = string.format("tenant-%d", volunteer % tenants)
  n = n + 1
  if scenario == "list" then return wrk.format("GET", "/api/v1/shifts?limit=20") end
  return wrk.format("POST", string.format("/api/v1/shifts/00000000-0000-7000-9000-%012x/signups", volunteer % 10000 + 10000 * lap), nil,
    string.format('{"volunteerId":"00000000-0000-7000-8000-%012x"}', volunteer))
end

function done(summary, latency)
  local e = summary.errors
  print(string.format("%d %d %d %d %d %d", summary.requests, summary.duration, e.connect + e.read + e.write + e.status + e.timeout,
    latency:percentile(50), latency:percentile(99), held:get("n")))
end
