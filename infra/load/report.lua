-- What every load says in the end, in one line for infra/bin/load; times in milliseconds.
function report(summary, latency)
  local e = summary.errors
  io.write(string.format("requests=%d seconds=%.3f p50=%.2f p99=%.2f errors=%d\n", summary.requests, summary.duration / 1e6,
    latency:percentile(50) / 1000, latency:percentile(99) / 1000, e.connect + e.read + e.write + e.status + e.timeout))
end
