-- Gives a conversation a new version, which invalidates its cached pages, counts the write, and notifies the members. A
-- conversation without a record has no cached pages.
-- KEYS: the conversation's record
-- ARGV: the members' ids
local record = redis.call('HMGET', KEYS[1], 'v', 'r', 'w', 't')
if record[1] then
  local time = redis.call('TIME')
  local now = time[1] * 1000000 + time[2]
  local decay = math.exp(math.min(0, (tonumber(record[4]) or now) - now) / 60000000)
  redis.call('HSET', KEYS[1], 'v', string.format('%.0f', math.max(now, record[1] + 1)),
    'r', string.format('%.3f', (tonumber(record[2]) or 0) * decay),
    'w', string.format('%.3f', (tonumber(record[3]) or 0) * decay + 1), 't', string.format('%.0f', now))
  redis.call('PEXPIRE', KEYS[1], 600000)
end
for _, member in ipairs(ARGV) do
  redis.call('PUBLISH', 'bell:' .. member, '')
end
return {}
