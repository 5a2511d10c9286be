-- Takes a token from a bucket, and compares a request with the one that is remembered under its id.
--
-- KEYS: the bucket; the user's invalidation mark; the remembered request (optional)
-- ARGV: the bucket's capacity, microseconds until a token comes back; with a request, its body's hash and the seconds to
--       remember it
-- Returns: admitted (1 or 0), remaining tokens, milliseconds until there is one more, a ReplayCheck, whether there is a mark
--          (1 or 0)
--
-- A bucket is one number: the time (microseconds since 1970, by Redis' clock) at which it is full. A missing bucket is full.
local time = redis.call('TIME')
local now = tonumber(time[1]) * 1000000 + tonumber(time[2])
local capacity, refill = tonumber(ARGV[1]), tonumber(ARGV[2])
local window = capacity * refill

local full = tonumber(redis.call('GET', KEYS[1]) or now)
full = math.min(math.max(full, now), now + window) + refill -- if the clock is set back, nobody must be locked out
if full - now > window then
  return {0, 0, math.ceil((full - now - window) / 1000), 'UNKNOWN', 0}
end
redis.call('SET', KEYS[1], string.format('%.0f', full), 'PX', math.ceil((full - now) / 1000))

local replay = 'UNKNOWN'
if KEYS[3] then
  local known = redis.call('GET', KEYS[3])
  if not known then
    redis.call('SET', KEYS[3], ARGV[3], 'EX', ARGV[4])
    replay = 'FRESH'
  elseif known == ARGV[3] then
    replay = 'REPEATED'
  else
    replay = 'OTHER_BODY'
  end
end
local available = window - (full - now)
local remaining = math.floor(available / refill)
return {1, remaining, math.ceil(((remaining + 1) * refill - available) / 1000), replay,
  redis.call('EXISTS', KEYS[2])}
