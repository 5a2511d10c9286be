-- Stores a ticket.
-- KEYS: the ticket
-- ARGV: what it stands for; seconds to keep it
redis.call('SET', KEYS[1], ARGV[1], 'EX', ARGV[2])
return {1}
