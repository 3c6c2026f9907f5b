-- wrk: POST one body with given headers; report as one line of JSON.
-- BENCH_BODY: the body.  BENCH_HEADERS: lines "Name: value".
wrk.method = "POST"
wrk.body = os.getenv("BENCH_BODY")
for line in os.getenv("BENCH_HEADERS"):gmatch("[^\n]+") do
  local name, value = line:match("^([^:]+): (.*)$")
  wrk.headers[name] = value
end

function done(summary, latency)
  local e = summary.errors
  local failed = e.connect + e.read + e.write + e.status + e.timeout
  local form = '{"requests":%d,"seconds":%f,"failed":%d,"p50":%f,"p99":%f}\n'
  local p50, p99 = latency:percentile(50), latency:percentile(99)
  io.write(form:format(summary.requests, summary.duration / 1e6, failed, p50 / 1e3, p99 / 1e3))
end
