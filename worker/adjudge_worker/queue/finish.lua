-- Ends one execution of a job: answers the gateway, keeps the result if asked, lets go of the lease
-- and takes the job out of RQ's registries.
--
-- KEYS  1 job hash  2 gateway's result stream  3 kept result  4 wip sorted set  5 execution hash
--       6 job's executions  7 lease  8 worker hash  9 worker's executions  10 queue list
-- ARGV  1 sealed result, "" to answer nothing (cancelled)  2 longest stream  3 stream's expiry in s
--       4 kept result's expiry in s, 0 to keep none  5 wip member  6 execution id  7 worker name
--       8 seconds spent
-- Returns how many jobs wait.
--
-- The first write is DEL: it frees the payload's memory, and what follows then also works when Redis
-- is at its memory limit. A second run of this script does no harm: results may come twice.
redis.call('DEL', KEYS[1])
if ARGV[1] ~= '' then
  redis.call('XADD', KEYS[2], 'MAXLEN', '~', ARGV[2], '*', 'r', ARGV[1])
  redis.call('EXPIRE', KEYS[2], ARGV[3])
  if ARGV[4] ~= '0' then
    redis.call('SET', KEYS[3], ARGV[1], 'EX', ARGV[4])
  end
end
redis.call('ZREM', KEYS[4], ARGV[5])
redis.call('DEL', KEYS[5])
redis.call('ZREM', KEYS[6], ARGV[6])
redis.call('SREM', KEYS[9], ARGV[5])
if redis.call('GET', KEYS[7]) == ARGV[7] then
  redis.call('DEL', KEYS[7])
end
local waiting = redis.call('LLEN', KEYS[10])
if redis.call('EXISTS', KEYS[8]) == 1 then
  if waiting == 0 then
    redis.call('HSET', KEYS[8], 'state', 'idle')
  end
  if ARGV[1] ~= '' then
    redis.call('HINCRBY', KEYS[8], 'successful_job_count', 1)
    redis.call('HINCRBYFLOAT', KEYS[8], 'total_working_time', ARGV[8])
  end
end
return waiting
