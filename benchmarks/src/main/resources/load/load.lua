-- What every load has in common: whose tokens, at which pace, and the result as JSON. The script that LOAD_REQUESTS
-- names defines prepare(token), once for each token, and next_request(prepared, number).
-- With LOAD_RATE requests leave by a fixed schedule, whatever the answers take; the result says how late they left
-- because no connection was free.
local ffi = require("ffi")
ffi.cdef [[
  typedef struct { long seconds; long micros; } load_time;
  int gettimeofday(load_time *time, void *zone);
]]

local clock = ffi.new("load_time")
local count = tonumber(os.getenv("LOAD_THREADS"))
local rate = tonumber(os.getenv("LOAD_RATE") or "")
local threads = {}

local function now_us()
  ffi.C.gettimeofday(clock, nil)
  return tonumber(clock.seconds) * 1000000 + tonumber(clock.micros)
end

function setup(thread)
  thread:set("thread_number", #threads)
  table.insert(threads, thread)
end

local prepared, sent, due, interval = {}, 0, 0, 0
local run = os.getenv("LOAD_RUN")
scheduled, late, latest_us = 0, 0, 0 -- read by done()

function init()
  dofile(os.getenv("LOAD_REQUESTS"))
  local line_number = 0
  for token in io.lines(os.getenv("LOAD_TOKENS")) do
    if line_number % count == thread_number then table.insert(prepared, prepare(token)) end
    line_number = line_number + 1
  end
  if rate then
    interval = count * 1000000 / rate
    due = now_us() + 10000 + interval * thread_number / count
  end
end

function request()
  sent = sent + 1
  return next_request(prepared[sent % #prepared + 1], run .. "-" .. thread_number .. "-" .. sent)
end

if rate then
  -- Milliseconds until the next place in the schedule, which the connection that asks has got.
  function delay()
    local wait = due - now_us()
    due = due + interval
    scheduled = scheduled + 1
    if wait < -1000 then
      late = late + 1
      if -wait > latest_us then latest_us = -wait end
    end
    return math.max(0, math.floor(wait / 1000 + 0.5))
  end
end

function done(summary, latency)
  local all = { scheduled = 0, late = 0, latest_us = 0 }
  for _, thread in ipairs(threads) do
    all.scheduled = all.scheduled + thread:get("scheduled")
    all.late = all.late + thread:get("late")
    all.latest_us = math.max(all.latest_us, thread:get("latest_us"))
  end
  local errors = summary.errors
  local file = assert(io.open(os.getenv("LOAD_RESULT"), "w"))
  file:write(string.format(
    '{"perSecond": %.1f, "p50Ms": %.2f, "p95Ms": %.2f, "p99Ms": %.2f, "errors": %d, "lateShare": %.4f, "latestMs": %.1f}\n',
    summary.requests / summary.duration * 1000000,
    latency:percentile(50) / 1000, latency:percentile(95) / 1000, latency:percentile(99) / 1000,
    errors.connect + errors.read + errors.write + errors.status + errors.timeout,
    all.scheduled == 0 and 0 or all.late / all.scheduled, all.latest_us / 1000))
  file:close()
end
