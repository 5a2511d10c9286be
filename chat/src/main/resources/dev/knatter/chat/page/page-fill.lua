-- Caches a page, unless the conversation has changed since page-lookup.
-- KEYS: the conversation's record; the page
-- ARGV: the result of page-lookup (version, until); the page
local time = redis.call('TIME')
local now = time[1] * 1000000 + time[2]
if redis.call('HGET', KEYS[1], 'v') == ARGV[1] and now < tonumber(ARGV[2]) then
  redis.call('HSET', KEYS[2], 'version', ARGV[1], 'until', ARGV[2], 'bytes', ARGV[3])
  redis.call('PEXPIRE', KEYS[2], 60000)
end
return {}
