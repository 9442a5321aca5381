import { sql } from 'drizzle-orm'
import type { Connection } from '#db/client.ts'

/**
 * A clock that starts at the database's time and advances with the clock of this process. The database starts a job by
 * its own clock: a job that read the clock of a host some milliseconds behind would believe that it is too early. This
 * clock is never ahead of the database, and never behind the instant at which the database handed out the job.
 */
export async function databaseClock(db: Connection): Promise<() => Date> {
  const [row] = await db.execute<{ at: string | Date }>(sql`select clock_timestamp() as at`)
  if (!row) throw new Error('the database does not say what time it is')
  const [base, answered] = [new Date(row.at).getTime(), performance.now()]
  return () => new Date(base + (performance.now() - answered))
}
