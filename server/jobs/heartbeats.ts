import type { Sql } from '#db/client.ts'

export type HeartbeatTimes = {
  /** The interval of a worker's heartbeats. */
  heartbeatMs: number
  /** A worker silent for this long is considered dead, and its jobs are released. */
  silentMs: number
}
export const usualHeartbeatTimes: HeartbeatTimes = { heartbeatMs: 5000, silentMs: 30_000 }

export async function sendHeartbeat(sql: Sql, workerId: string, host: string): Promise<void> {
  await sql`
    insert into job_workers (worker_id, process_id, host, beat_at) values (${workerId}, ${process.pid}, ${host}, now())
    on conflict (worker_id) do update set beat_at = excluded.beat_at`
}

export async function stopHeartbeats(sql: Sql, workerId: string): Promise<void> {
  await sql`delete from job_workers where worker_id = ${workerId}`
}

/** Releases the jobs of silent workers, and returns the ids of these workers. Safe from several processes at once. */
export async function giveBackJobs(sql: Sql, silentMs: number): Promise<string[]> {
  const silent = sql`now() - ${silentMs} * interval '1 millisecond'`
  return sql.begin(async (tx) => {
    const [turn] = await tx`select pg_try_advisory_xact_lock(hashtext('give_back_jobs')) as mine`
    if (!turn?.mine) return []
    // A worker without a heartbeat is dead only if its job is as old: it may have taken it just before the first one.
    const dead = await tx<{ id: string }[]>`
      select distinct held.locked_by as id from graphile_worker._private_jobs held
      left join job_workers worker on worker.worker_id = held.locked_by
      where held.locked_by is not null and coalesce(worker.beat_at, held.locked_at) < ${silent}
      union
      select worker_id from job_workers where beat_at < ${silent}`
    const ids = dead.map(({ id }) => id)
    if (ids.length === 0) return []
    await tx`select graphile_worker.force_unlock_workers(${ids})`
    await tx`delete from job_workers where worker_id = any(${ids})`
    return ids
  })
}

/** How many workers are alive at present, in all processes. */
export async function liveWorkers(sql: Sql, { silentMs } = usualHeartbeatTimes): Promise<number> {
  const [row] = await sql<{ beating: number }[]>`
    select count(*)::int as beating from job_workers where beat_at > now() - ${silentMs} * interval '1 millisecond'`
  return row?.beating ?? 0
}
