-- Takes an attempt back that was not a failure.
--
-- KEYS: what counted it; where its network is to be known from now on, the set of those that are
-- ARGV: ALL to forget all failures there, ONE to forget this one; seconds to remember the network; the network
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
