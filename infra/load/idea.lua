-- Pages of ideas by chance, always the same sequence.
dofile(os.getenv("LOAD_SCRIPTS") .. "/report.lua")
local first, last = tonumber(os.getenv("LOAD_FIRST")), tonumber(os.getenv("LOAD_LAST"))

local count = 0
function setup(thread)
  count = count + 1
  thread:set("seed", count)
end

function init() math.randomseed(seed) end

function request() return wrk.format("GET", "/ideas/" .. math.random(first, last)) end

function done(summary, latency) report(summary, latency) end
