-- The map as people move it: one look in four shows the whole city, the others a window of a district.
dofile(os.getenv("LOAD_SCRIPTS") .. "/report.lua")

local count = 0
function setup(thread)
  count = count + 1
  thread:set("seed", count)
end

function init() math.randomseed(seed) end

function request()
  if math.random(4) == 1 then
    return wrk.format("GET", "/ideas/markers?bbox=12.2000,51.2300,12.5600,51.4500&zoom=11")
  else
    local zoom = math.random(13, 14)
    local wide, high = 0.11 / (zoom - 12), 0.05 / (zoom - 12)
    local west, south = 12.27 + math.random() * (0.22 - wide / 2), 51.28 + math.random() * (0.12 - high / 2)
    return wrk.format("GET", string.format("/ideas/markers?bbox=%.4f,%.4f,%.4f,%.4f&zoom=%d", west, south, west + wide, south + high, zoom))
  end
end

function done(summary, latency) report(summary, latency) end
