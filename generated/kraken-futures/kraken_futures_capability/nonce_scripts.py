"""What runs inside of Redis, each script as one step that nothing comes between.

For a key there are: the lease (the token of the process that may call), the line (a list
of the tokens that wait, each with a sign of life beside it), and the last nonce.
"""

from typing import Final

#: Keys: lease, line. Arguments: token, its time in ms, prefix of signs of life and of
#: wake-ups, time of a sign of life in ms. Gives 1 when the lease is the caller's, else
#: 0: it then stands in the line, and is passed over once its sign of life is gone.
ACQUIRE: Final = """
local token, alive = ARGV[1], ARGV[3] .. ':alive:'
if redis.call('GET', KEYS[1]) == token then return 1 end
local first = redis.call('LINDEX', KEYS[2], 0)
while first and first ~= token and redis.call('EXISTS', alive .. first) == 0 do
  redis.call('LPOP', KEYS[2])
  first = redis.call('LINDEX', KEYS[2], 0)
end
if redis.call('EXISTS', KEYS[1]) == 0 and (not first or first == token) then
  redis.call('SET', KEYS[1], token, 'PX', ARGV[2])
  redis.call('LREM', KEYS[2], 0, token)
  redis.call('DEL', alive .. token)
  return 1
end
redis.call('SET', alive .. token, 1, 'PX', ARGV[4])
if not redis.call('LPOS', KEYS[2], token) then redis.call('RPUSH', KEYS[2], token) end
return 0
"""

#: Keys: lease, line. Arguments: token, prefix. Gives the lease or the place back, and
#: wakes whoever is first.
RELEASE: Final = """
if redis.call('GET', KEYS[1]) == ARGV[1] then redis.call('DEL', KEYS[1]) end
redis.call('LREM', KEYS[2], 0, ARGV[1])
redis.call('DEL', ARGV[2] .. ':alive:' .. ARGV[1])
local first = redis.call('LINDEX', KEYS[2], 0)
if first and redis.call('EXISTS', KEYS[1]) == 0 then
  redis.call('RPUSH', ARGV[2] .. ':wake:' .. first, 1)
  redis.call('PEXPIRE', ARGV[2] .. ':wake:' .. first, 5000)
end
return 1
"""

#: Keys: lease. Arguments: token, its time in ms. Gives 1, or 0 when it is lost.
RENEW: Final = """
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
redis.call('PEXPIRE', KEYS[1], ARGV[2])
return 1
"""

#: Keys: nonce, lease. Arguments: the time in units of the nonce; token and its time in
#: ms, or "" when no lease is needed. Gives a nonce above all others, "" when the lease
#: is lost. Nonces stay texts: a number of Lua is exact up to 2^53 only.
TAKE: Final = """
if ARGV[2] ~= '' then
  if redis.call('GET', KEYS[2]) ~= ARGV[2] then return '' end
  redis.call('PEXPIRE', KEYS[2], ARGV[3])
end
local last, now = redis.call('GET', KEYS[1]), ARGV[1]
if not last or #last < #now or (#last == #now and last < now) then
  redis.call('SET', KEYS[1], now)
  return now
end
redis.call('INCR', KEYS[1])
return redis.call('GET', KEYS[1])
"""
