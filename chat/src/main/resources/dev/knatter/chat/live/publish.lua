-- Publishes a message without numbers.
-- KEYS: a name that chooses the node in a Redis Cluster; nothing is stored there
-- ARGV: the message without its receivers; then for each topic its name and the channels that receive the message
for i = 2, #ARGV, 2 do
  redis.pcall('PUBLISH', ARGV[i], ARGV[i + 1] .. ARGV[1]) -- the ACL may forbid it, and may not make the script fail
end
return {}
