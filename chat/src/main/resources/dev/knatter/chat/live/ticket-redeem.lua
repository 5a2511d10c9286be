-- Takes a ticket away, so that it is good once.
-- KEYS: the ticket
-- Returns: what it stands for, if it is there
local value = redis.call('GET', KEYS[1])
if not value then
  return {}
end
redis.call('DEL', KEYS[1])
return {value}
