-- Adds a connection to those of its user.
-- KEYS: the user's connections, the oldest first
-- ARGV: the connection; how many a user may have; seconds to keep them
-- Returns: the oldest connection, if there is one too many
redis.call('RPUSH', KEYS[1], ARGV[1])
redis.call('EXPIRE', KEYS[1], ARGV[3])
if redis.call('LLEN', KEYS[1]) <= tonumber(ARGV[2]) then
  return {}
end
return {redis.call('LPOP', KEYS[1])}
