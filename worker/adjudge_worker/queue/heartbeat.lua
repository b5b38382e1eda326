-- One heartbeat of a slot: it lives, and still works on the job it has claimed.
--
-- KEYS  1 worker hash  2 worker's executions  3 RQ's suspension flag; with a claim also
--       4 lease  5 job hash  6 wip sorted set  7 execution hash  8 job's executions
-- ARGV  1 time now as RQ writes it  2 worker's expiry in s; with a claim also  3 worker name
--       4 lease in ms  5 job's expiry in s  6 now in Unix seconds  7 wip margin in s
--       8 wip member  9 execution id
-- Returns {worker is registered, workers are suspended, the job's payload is there}, each 0 or 1.
--
-- The first write is EXPIRE, which needs no memory; it makes no key that is gone.
local registered = redis.call('EXPIRE', KEYS[1], ARGV[2])
if registered == 1 then
  redis.call('HSET', KEYS[1], 'last_heartbeat', ARGV[1])
end
local suspended = redis.call('EXISTS', KEYS[3])
if #KEYS == 3 then
  return {registered, suspended, 1}
end
local holder = redis.call('GET', KEYS[4])
if not holder or holder == ARGV[3] then
  redis.call('SET', KEYS[4], ARGV[3], 'PX', ARGV[4])
end
redis.call('EXPIRE', KEYS[2], ARGV[7])
local present = redis.call('EXPIRE', KEYS[5], ARGV[5])
if present == 1 then
  redis.call('HSET', KEYS[5], 'last_heartbeat', ARGV[1])
end
redis.call('ZADD', KEYS[6], 'XX', tonumber(ARGV[6]) + tonumber(ARGV[7]), ARGV[8])
if redis.call('EXPIRE', KEYS[7], ARGV[7]) == 1 then
  redis.call('HSET', KEYS[7], 'last_heartbeat', ARGV[6])
end
redis.call('ZADD', KEYS[8], 'XX', tonumber(ARGV[6]) + tonumber(ARGV[7]), ARGV[9])
redis.call('EXPIRE', KEYS[8], ARGV[7])
return {registered, suspended, present}
