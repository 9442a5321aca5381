import type { Sql } from '#db/client.ts'

export type ScheduleGauges = {
  /**
   * Waiting for their minute, and jobs queued to check at that minute: the jobs may lag behind, the publications never.
   */
  scheduled: number
  queued: number
  overdue: number
  oldestOverdueSeconds: number
}

/** The state of the scheduler. Anything overdue for more than a minute is an alarm. */
export async function scheduleGauges(sql: Sql): Promise<ScheduleGauges> {
  const [row] = await sql<ScheduleGauges[]>`
    select count(*)::int as scheduled,
      (select count(*)::int from graphile_worker.jobs where task_identifier = 'publish_bulletin') as queued,
      (count(*) filter (where due_at < now()))::int as overdue,
      coalesce(max(extract(epoch from now() - due_at)) filter (where due_at < now()), 0)::int as "oldestOverdueSeconds"
    from bulletin_schedules where published_at is null and cancelled_at is null`
  return row ?? { scheduled: 0, queued: 0, overdue: 0, oldestOverdueSeconds: 0 }
}
