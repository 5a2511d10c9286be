-- Forgets who has guessed at an account.
--
-- KEYS: what counts strangers; from which networks the owner has logged in
-- ARGV: how the keys begin that count those of such a network; its name is the rest. They have the hash tag of KEYS.
for _, network in ipairs(redis.call('ZRANGE', KEYS[2], 0, -1)) do
  redis.call('DEL', ARGV[1] .. network)
end
redis.call('DEL', KEYS[1], KEYS[2])
return {}
