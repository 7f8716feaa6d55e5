-- Supports: every pair of person and idea once; both threads have their own people and stop when they have no pair left.
-- LOAD_PEOPLE names a file with cookie and form token of a person a line.
dofile(os.getenv("LOAD_SCRIPTS") .. "/report.lua")
local first, last = tonumber(os.getenv("LOAD_FIRST")), tonumber(os.getenv("LOAD_LAST"))

local count = 0
function setup(thread)
  thread:set("mine", count)
  count = count + 1
end

local people = {}
function init()
  local n = 0
  for line in io.lines(os.getenv("LOAD_PEOPLE")) do
    if n % 2 == mine then
      local cookie, token = line:match("^(%S+) (%S+)$")
      people[#people + 1] = {
        headers = { ["Cookie"] = cookie, ["Content-Type"] = "application/x-www-form-urlencoded" },
        body = "csrf=" .. token
      }
    end
    n = n + 1
  end
end

local pair = -1
function request()
  pair = pair + 1
  local number = first + math.floor(pair / #people)
  if number > last then
    wrk.thread:stop()
    number = last
  end
  local person = people[pair % #people + 1]
  return wrk.format("POST", "/ideas/" .. number .. "/support", person.headers, person.body)
end

function done(summary, latency) report(summary, latency) end
