import { sql } from 'drizzle-orm'
import type { Database } from '../client.ts'

type Failed = { job?: string; lastError?: string | null; attempts?: number; payload?: Record<string, unknown> }

/** A job without attempts left. Returns its id. */
export async function buildFailedJob(
  db: Database,
  { job = 'tell_chief', lastError = null, attempts = 25, payload = {} }: Failed = {},
): Promise<string> {
  const [added] = await db.execute<{ id: string }>(sql`
    select id::text from graphile_worker.add_job(
      ${job}, ${JSON.stringify(payload)}::text::json, run_at => now() + interval '1 day', max_attempts => ${attempts}::int)`)
  const id = added?.id ?? ''
  await db.execute(sql`
    update graphile_worker._private_jobs
    set attempts = max_attempts, last_error = ${lastError}::text, updated_at = now() where id = ${id}::bigint`)
  return id
}
