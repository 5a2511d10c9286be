-- Numbers a frame for each of some users, and publishes it once on each of their topics.
-- KEYS: each user's numbers (e: the epoch, which is when they began; n: the last number)
-- ARGV: seconds to keep the numbers; the message without its receivers; then for each user the topic and the channel. Users who
--       share a topic follow each other
-- Returns: for each user the epoch and the number
local time = redis.call('TIME')
local now = string.format('%d%06d', time[1], time[2])
local numbers, receivers = {}, {}
for i, key in ipairs(KEYS) do
  local number = redis.call('HINCRBY', key, 'n', 1)
  if number % 100 == 1 then
    redis.call('HSETNX', key, 'e', now)
    redis.call('EXPIRE', key, ARGV[1])
  end
  local epoch = redis.call('HGET', key, 'e')
  local topic = ARGV[2 * i + 1]
  receivers[#receivers + 1] = ARGV[2 * i + 2] .. '=' .. epoch .. ':' .. number
  if topic ~= ARGV[2 * i + 3] then
    redis.pcall('PUBLISH', topic, table.concat(receivers, ',') .. ARGV[2]) -- where the ACL forbids it, the numbers tell of it
    receivers = {}
  end
  numbers[2 * i - 1], numbers[2 * i] = epoch, number
end
return numbers
