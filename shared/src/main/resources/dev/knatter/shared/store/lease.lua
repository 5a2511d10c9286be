-- Takes a lease, if nobody has it: KEYS[1], for ARGV[1] milliseconds. Returns whether it was free: {1} or {0}.
return {redis.call('SET', KEYS[1], '1', 'NX', 'PX', ARGV[1]) and 1 or 0}
