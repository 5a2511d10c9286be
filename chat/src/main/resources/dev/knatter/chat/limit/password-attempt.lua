-- Allows an attempt to use a password, or tells how long to wait. Until its outcome is known, an attempt counts as failed, so
-- that concurrent attempts cannot bypass the wait.
--
-- KEYS: the counter of strangers; if the caller's network is known, also the networks from which the owner has logged in (a
--       sorted set by the second until which each is remembered) and the counter of the caller's network
-- ARGV: the bucket's capacity, microseconds until a token comes back, failures without a wait, the longest wait in
--       microseconds, milliseconds to remember the counter, the caller's network
-- Returns: admitted (1 or 0), milliseconds to wait, the counter that was used (1: of strangers, 2: of the network)
local time = redis.call('TIME')
local now = tonumber(time[1]) * 1000000 + tonumber(time[2])
local capacity, refill = tonumber(ARGV[1]), tonumber(ARGV[2])
local free, longest = tonumber(ARGV[3]), tonumber(ARGV[4])
local window = capacity * refill

local counter, used = KEYS[1], 1
if KEYS[2] and tonumber(redis.call('ZSCORE', KEYS[2], ARGV[6]) or 0) > now / 1000000 then
  counter, used = KEYS[3], 2
end
local state = redis.call('HMGET', counter, 'full', 'failures', 'open')
local full = math.min(math.max(tonumber(state[1] or now), now), now + window) + refill -- as in admit.lua
local failures = tonumber(state[2] or 0) + 1
local open = math.min(tonumber(state[3] or now), now + longest)
local wait = math.max(full - now - window, open - now)
if wait > 0 then
  return {0, math.ceil(wait / 1000), used}
end

local delay = 0
if failures >= free then
  delay = math.min(1000000 * 2 ^ (failures - free), longest) -- one second, and twice as long after each failure
end
redis.call('HSET', counter, 'full', string.format('%.0f', full), 'failures', failures, 'open',
  string.format('%.0f', now + delay))
redis.call('PEXPIRE', counter, ARGV[5])
return {1, 0, used}
