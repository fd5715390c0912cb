-- wrk script: one URL again and again, as BENCH_TOKEN. Its last line: requests, microseconds, errors, p50 and p99 in microseconds.
function init(args)
  wrk.headers["Authorization"] = "Bearer " .. os.getenv("BENCH_TOKEN")
end

function done(summary, latency)
  local e = summary.errors
  print(string.format("%d %d %d %d %d", summary.requests, summary.duration, e.connect + e.read + e.write + e.status + e.timeout, latency:percentile(50), latency:percentile(99)))
end
