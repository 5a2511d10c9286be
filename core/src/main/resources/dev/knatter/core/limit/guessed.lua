-- Takes an attempt back that was not a failure.
--
-- KEYS: what counted it; where its network is to be known from now on, the mark of that
-- ARGV: ALL to forget all failures there, ONE to forget this one; seconds to remember the mark
if redis.call('EXISTS', KEYS[1]) == 1 then
  redis.call('HDEL', KEYS[1], 'open')
  if ARGV[1] == 'ALL' then
    redis.call('HDEL', KEYS[1], 'failures')
  else
    redis.call('HINCRBY', KEYS[1], 'failures', -1)
  end
end
if KEYS[2] then
  redis.call('SET', KEYS[2], 1, 'EX', ARGV[2])
end
return {}
