-- Takes one job for a slot: pops it (or takes the one that BLMOVE moved), leases it, enters it in
-- RQ's registries and returns its payload. One atomic step, so no death can fall in between.
--
-- KEYS  1 queue list  2 intermediate list  3 wip sorted set  4 worker hash  5 worker's executions
-- ARGV  1 job id, or "" to pop one  2 worker name  3 execution id  4 time now as RQ writes it
--       5 now in Unix seconds  6 lease in ms  7 job's expiry in s  8 wip margin in s
--       9 largest payload in bytes  10-13 prefixes: job, execution, executions, lease
-- Returns nil when nothing waits, else {job id, kind, detail}:
--       "claimed" payload | "refused" why | "dropped" why (an id that no tool of RQ could name)
--       | "gone" "" (cancelled, or leased to another slot; only when ARGV[1] names the job)
--
-- The first write is LPOP or LREM, which need no memory: what follows then also works when Redis is
-- at its memory limit.
local named = ARGV[1] ~= ''
local now = tonumber(ARGV[5])

for _ = 1, 1000 do
  local id
  if named then
    id = ARGV[1]
    redis.call('LREM', KEYS[2], 1, id)
  else
    id = redis.call('LPOP', KEYS[1])
    if not id then
      if redis.call('EXISTS', KEYS[4]) == 1 then
        redis.call('HSET', KEYS[4], 'state', 'idle')
      end
      return nil
    end
  end

  if #id > 128 or not string.find(id, '^[%w_-]+$') then
    return {string.sub(id, 1, 128), 'dropped', 'not a job id'}
  end
  local job = ARGV[10] .. id
  local size = redis.pcall('HSTRLEN', job, 'data')
  if type(size) == 'table' then
    return {id, 'dropped', 'its key holds no hash'}
  end
  local lease = ARGV[13] .. id
  local holder = redis.call('GET', lease)
  if size > tonumber(ARGV[9]) then
    return {id, 'refused', 'its payload has ' .. size .. ' bytes'}
  elseif size > 0 and (not holder or (named and holder == ARGV[2])) then
    local member = id .. ':' .. ARGV[3]
    local margin = tonumber(ARGV[8])
    redis.call('SET', lease, ARGV[2], 'PX', ARGV[6])
    redis.call('HSET', job, 'status', 'started', 'started_at', ARGV[4],
      'last_heartbeat', ARGV[4], 'worker_name', ARGV[2])
    redis.call('EXPIRE', job, ARGV[7])
    redis.call('ZADD', KEYS[3], now + margin, member)
    redis.call('HSET', ARGV[11] .. member, 'id', ARGV[3], 'job_id', id, 'created_at', now,
      'last_heartbeat', now, 'worker_name', ARGV[2])
    redis.call('EXPIRE', ARGV[11] .. member, margin)
    redis.call('ZADD', ARGV[12] .. id, now + margin, ARGV[3])
    redis.call('EXPIRE', ARGV[12] .. id, margin)
    redis.call('SADD', KEYS[5], member)
    redis.call('EXPIRE', KEYS[5], margin)
    if redis.call('EXISTS', KEYS[4]) == 1 then
      redis.call('HSET', KEYS[4], 'state', 'busy')
    end
    return {id, 'claimed', redis.call('HGET', job, 'data')}
  elseif size == 0 then
    redis.call('DEL', job)
  end
  if named then
    return {id, 'gone', ''}
  end
end
return {'', 'gone', ''}
