-- Sends the bodies in turn and prints one line of JSON at the end. wrk counts every status above 399.
local requests = {}
local turn = 0

function init()
  local headers = {["Content-Type"] = "application/json"}
  local name
  for line in io.lines(os.getenv("BENCH_HEADERS")) do
    if name then headers[name] = line; name = nil else name = line end
  end
  for body in io.lines(os.getenv("BENCH_BODIES")) do
    requests[#requests + 1] = wrk.format("POST", wrk.path, headers, body)
  end
end

function request()
  turn = turn % #requests + 1
  return requests[turn]
end

function done(summary, latency)
  local e = summary.errors
  print(string.format(
    '{"requests": %d, "microseconds": %d, "p50": %d, "p99": %d, "errors": %d}',
    summary.requests, summary.duration, latency:percentile(50), latency:percentile(99),
    e.connect + e.read + e.write + e.status + e.timeout))
end
