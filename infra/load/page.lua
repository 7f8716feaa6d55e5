-- One page, again and again.
dofile(os.getenv("LOAD_SCRIPTS") .. "/report.lua")

function done(summary, latency) report(summary, latency) end
