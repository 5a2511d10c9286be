-- Stores that a session of a user is visible, or not any more.
-- KEYS: the user's presence (until when each session is visible, in milliseconds; seen: when one last said anything)
-- ARGV: the session; for how many milliseconds it is visible, 0 if it is not; milliseconds to keep all of it
-- Returns: whether a session of the user is visible now (1 or 0), and seen
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
if ARGV[2] == '0' then
  redis.call('HDEL', KEYS[1], ARGV[1])
else
  redis.call('HSET', KEYS[1], ARGV[1], string.format('%.0f', now + ARGV[2]))
end
redis.call('HSET', KEYS[1], 'seen', string.format('%.0f', now))
redis.call('PEXPIRE', KEYS[1], ARGV[3])
local online = 0
local all = redis.call('HGETALL', KEYS[1])
for i = 1, #all, 2 do
  if all[i] ~= 'seen' then
    if tonumber(all[i + 1]) > now then
      online = 1
    else
      redis.call('HDEL', KEYS[1], all[i])
    end
  end
end
return {online, now}
