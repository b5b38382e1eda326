-- Moves an entry that is no job of ours to RQ's registry of failed jobs, unread.
--
-- KEYS  1 job hash  2 failed sorted set  3 wip sorted set  4 execution hash  5 job's executions
--       6 lease  7 worker hash  8 worker's executions
-- ARGV  1 job id  2 time now as RQ writes it  3 when the entry goes, in Unix seconds
--       4 its expiry in s  5 wip member  6 execution id  7 worker name  8 queue name
redis.call('ZREM', KEYS[3], ARGV[5])
redis.call('DEL', KEYS[4])
redis.call('ZREM', KEYS[5], ARGV[6])
redis.call('SREM', KEYS[8], ARGV[5])
if redis.call('GET', KEYS[6]) == ARGV[7] then
  redis.call('DEL', KEYS[6])
end
if redis.call('EXISTS', KEYS[1]) == 1 then
  redis.call('HSET', KEYS[1], 'status', 'failed', 'ended_at', ARGV[2], 'origin', ARGV[8])
  redis.call('EXPIRE', KEYS[1], ARGV[4])
  redis.call('ZADD', KEYS[2], ARGV[3], ARGV[1])
end
if redis.call('EXISTS', KEYS[7]) == 1 then
  redis.call('HINCRBY', KEYS[7], 'failed_job_count', 1)
end
return 1
