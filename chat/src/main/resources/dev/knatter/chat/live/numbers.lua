-- The epoch and the last number of a user, who begins a new epoch if there is none.
-- KEYS: the user's numbers
-- ARGV: seconds to keep them
-- Returns: the epoch and the number
local time = redis.call('TIME')
redis.call('HSETNX', KEYS[1], 'e', string.format('%d%06d', time[1], time[2]))
redis.call('EXPIRE', KEYS[1], ARGV[1])
return {redis.call('HGET', KEYS[1], 'e'), tonumber(redis.call('HGET', KEYS[1], 'n') or 0)}
