-- wrk script: every request signs another volunteer up, so that each is to be answered with 201.
--   wrk … -s signups.lua URL -- PATH SCENARIO FIRST VOLUNTEERS SHIFTS THREADS
-- Request n (from FIRST on, over all threads) is volunteer n mod VOLUNTEERS. When all have had their turn, the next lap uses shifts
-- that are two weeks later, so that no limit on a volunteer's load is reached for 25 laps. seed.sql makes the ids.
--   spread  shift (n + 400 laps) mod SHIFTS
--   hot     everybody to one shift, per lap another, and volunteers that `spread` does not use
-- Its last line: requests, microseconds, errors, p50, p99, and FIRST for the next run.
local threads = {}

function setup(thread)
  thread:set("offset", #threads)
  table.insert(threads, thread)
end

function init(args)
  path, scenario = args[1], args[2]
  n = tonumber(args[3]) + offset
  volunteers, shifts, stride = tonumber(args[4]), tonumber(args[5]), tonumber(args[6])
  wrk.headers["Content-Type"] = "application/json"
  local token = os.getenv("BENCH_TOKEN")
  if token then wrk.headers["Authorization"] = "Bearer " .. token end
end

function request()
  local lap, volunteer, shift = math.floor(n / volunteers), n % volunteers, nil
  if scenario == "hot" then
    volunteer, shift = volunteer + volunteers, shifts + lap % 25
  else
    shift = (n + 400 * lap) % shifts
  end
  n = n + stride
  return wrk.format("POST", string.format("%s/shifts/00000000-0000-7000-9000-%012x/signups", path, shift), nil,
    string.format('{"volunteerId":"00000000-0000-7000-8000-%012x"}', volunteer))
end

function done(summary, latency)
  local e, following = summary.errors, 0
  for _, t in ipairs(threads) do following = math.max(following, t:get("n")) end
  print(string.format("%d %d %d %d %d %d", summary.requests, summary.duration, e.connect + e.read + e.write + e.status + e.timeout,
    latency:percentile(50), latency:percentile(99), following))
end
