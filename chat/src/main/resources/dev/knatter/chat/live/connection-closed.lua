-- Removes a connection from those of its user.
-- KEYS: the user's connections
-- ARGV: the connection
redis.call('LREM', KEYS[1], 1, ARGV[1])
return {1}
