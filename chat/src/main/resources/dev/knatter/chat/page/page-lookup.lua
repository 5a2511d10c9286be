-- Looks up a cached page and counts the read.
-- KEYS: the conversation's record (v: version, r: reads, w: writes, t: time of the counts); the page
-- ARGV: the longest lifetime of such a page in milliseconds
-- Returns: {page} if it is cached; {version, until}, the arguments of page-fill, if the page should be cached; else {}
local time = redis.call('TIME')
local now = time[1] * 1000000 + time[2]
local record = redis.call('HMGET', KEYS[1], 'v', 'r', 'w', 't')
local version = record[1] or string.format('%.0f', now)
local decay = math.exp(math.min(0, (tonumber(record[4]) or now) - now) / 60000000)
local reads = (tonumber(record[2]) or 0) * decay + 1
local writes = (tonumber(record[3]) or 0) * decay
redis.call('HSET', KEYS[1], 'v', version, 'r', string.format('%.3f', reads), 'w', string.format('%.3f', writes),
  't', string.format('%.0f', now))
redis.call('PEXPIRE', KEYS[1], 600000)

local page = redis.call('HMGET', KEYS[2], 'version', 'until', 'bytes')
if page[1] == version and tonumber(page[2]) > now then
  return {page[3]}
end
if not page[1] then
  redis.call('HSET', KEYS[2], 'version', 'asked for')
  redis.call('PEXPIRE', KEYS[2], 60000)
  return {}
end
local life = ARGV[1] * reads / (reads + 4 * writes + 8)
if reads < writes or life < 1 then
  return {}
end
return {version, string.format('%.0f', now + life * 1000)}
