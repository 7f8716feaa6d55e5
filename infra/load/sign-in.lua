-- Sign-ins of the demo people, spread over time: 16 connections that pause 60 ms after each make a good 200 a second.
dofile(os.getenv("LOAD_SCRIPTS") .. "/report.lua")
local headers = { ["Content-Type"] = "application/x-www-form-urlencoded" }

local count = 0
function request()
  count = count + 1
  return wrk.format("POST", "/sign-in/demo", headers, "person=resident-" .. (count % 20 + 1))
end

function delay() return 60 end

function done(summary, latency) report(summary, latency) end
