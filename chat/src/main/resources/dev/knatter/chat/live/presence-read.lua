-- Reads who is visible.
-- KEYS: the presence of each user
-- Returns: for each user whether a session is visible now (1 or 0), and when one last said anything (0 if never)
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local found = {}
for i, key in ipairs(KEYS) do
  local online, seen = 0, 0
  local all = redis.call('HGETALL', key)
  for j = 1, #all, 2 do
    if all[j] == 'seen' then
      seen = tonumber(all[j + 1])
    elseif tonumber(all[j + 1]) > now then
      online = 1
    end
  end
  found[2 * i - 1], found[2 * i] = online, seen
end
return found
