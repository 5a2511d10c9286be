-- Takes a token from a bucket and compares a request with what is remembered under its id.
--
-- KEYS: the bucket; the notice; the memory (optional)
-- ARGV: the bucket's capacity, microseconds until a token comes back; with a memory, the body's hash and the
--       seconds to remember it
-- Returns: admitted (1 or 0), tokens left, milliseconds until there is one more, what was remembered, whether there is a
--          notice (1 or 0)
--
-- A bucket is one number: the moment (microseconds since 1970, by Redis' clock) at which it is full. A missing one
-- is full.
local time = redis.call('TIME')
local now = tonumber(time[1]) * 1000000 + tonumber(time[2])
local capacity, refill = tonumber(ARGV[1]), tonumber(ARGV[2])
local window = capacity * refill

local full = tonumber(redis.call('GET', KEYS[1]) or now)
full = math.min(math.max(full, now), now + window) + refill -- a clock set back must not lock anybody out
if full - now > window then
  return {0, 0, math.ceil((full - now - window) / 1000), 'UNKNOWN', 0}
end
redis.call('SET', KEYS[1], string.format('%.0f', full), 'PX', math.ceil((full - now) / 1000))

local verdict = 'UNKNOWN'
if KEYS[3] then
  local known = redis.call('GET', KEYS[3])
  if not known then
    redis.call('SET', KEYS[3], ARGV[3], 'EX', ARGV[4])
    verdict = 'FRESH'
  elseif known == ARGV[3] then
    verdict = 'REPEATED'
  else
    verdict = 'OTHER_BODY'
  end
end
local there = window - (full - now)
local left = math.floor(there / refill)
return {1, left, math.ceil(((left + 1) * refill - there) / 1000), verdict,
  redis.call('EXISTS', KEYS[2])}
