-- wrk script: every connection asks for a page of shifts, waits PAUSE milliseconds after the answer, and asks again.
--   wrk … -s pages.lua URL -- PAUSE
-- Its last line: requests a second, of them answered with 200, and p95 in milliseconds.
local threads = {}

function setup(thread) table.insert(threads, thread) end

function init(args)
  pause, served = tonumber(args[1]), 0
  wrk.headers["Authorization"] = "Bearer " .. os.getenv("BENCH_TOKEN")
end

function request() return wrk.format("GET", "/api/v1/shifts?limit=20") end

function delay() return pause end

function response(status) if status == 200 then served = served + 1 end end

function done(summary, latency)
  local all, seconds = 0, summary.duration / 1e6
  for _, thread in ipairs(threads) do all = all + thread:get("served") end
  print(string.format("%.1f %.1f %.2f", summary.requests / seconds, all / seconds, latency:percentile(95) / 1000))
end
