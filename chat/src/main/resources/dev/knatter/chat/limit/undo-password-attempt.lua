-- Uncounts an attempt that did not fail.
--
-- KEYS: the counter that was used; if the network must be remembered, also the owner's networks
-- ARGV: ALL to reset the counter's failures, ONE to subtract this attempt; seconds to remember the network; the network
if redis.call('EXISTS', KEYS[1]) == 1 then
  redis.call('HDEL', KEYS[1], 'open')
  if ARGV[1] == 'ALL' then
    redis.call('HDEL', KEYS[1], 'failures')
  else
    redis.call('HINCRBY', KEYS[1], 'failures', -1)
  end
end
if KEYS[2] then
  local now = tonumber(redis.call('TIME')[1])
  redis.call('ZREMRANGEBYSCORE', KEYS[2], '-inf', now)
  redis.call('ZADD', KEYS[2], now + ARGV[2], ARGV[3])
  redis.call('EXPIRE', KEYS[2], ARGV[2])
end
return {}
