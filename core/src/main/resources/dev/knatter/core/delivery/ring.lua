-- Rings for users. ARGV: their ids.
for _, user in ipairs(ARGV) do
  redis.call('PUBLISH', 'bell:' .. user, '')
end
return {}
