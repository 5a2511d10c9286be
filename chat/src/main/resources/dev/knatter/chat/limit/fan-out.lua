-- Takes tokens from a bucket that fills up in a second.
-- KEYS: the bucket: the time (microseconds since 1970, by Redis' clock) at which it is full. A missing bucket is full.
-- ARGV: how many tokens; how many the bucket holds
-- Returns: {0} if they are taken, else {milliseconds until there are enough}
local time = redis.call('TIME')
local now = tonumber(time[1]) * 1000000 + tonumber(time[2])
local second = 1000000

local full = tonumber(redis.call('GET', KEYS[1]) or now)
full = math.min(math.max(full, now), now + second) + tonumber(ARGV[1]) * second / tonumber(ARGV[2])
if full - now > second then
  return {math.ceil((full - now - second) / 1000)}
end
redis.call('SET', KEYS[1], string.format('%.0f', full), 'PX', math.ceil((full - now) / 1000))
return {0}
