-- Wakes members who wait. The conversation's record is as it was.
-- KEYS: the conversation's record, which names the node in a Redis Cluster
-- ARGV: the members' ids
for _, member in ipairs(ARGV) do
  redis.call('PUBLISH', 'bell:' .. member, '')
end
return {}
