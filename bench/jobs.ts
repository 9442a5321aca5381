import type { Sql } from '#db/client.ts'
import { wire } from '#server/platform/rules/wire.ts'
import type { Shot } from './measure.ts'

/** One request of a job, as a program would send it, and the SQL that it executes. Browsers send theirs in batches. */
export type Variant = { path: string; statements: Statement[] }
export type Statement = { text: string; values: unknown[] }

/** The goal of a job in docs/speed.md: milliseconds above the floor at one connection, share of its rate at sixteen. */
export type Target = {
  extraMillis?: number
  mostMillis?: number
  /** For figures: the maximum p95 in milliseconds, independent of the floor. */
  mostP95?: number
  share: number
}
export type Job = {
  name: string
  title: string
  target: Target
  variants: Variant[]
  /** Replace the headers of a signed-in user. */
  headers?: Record<string, string>
  /** Each request is sent a single time, as writes require. */
  once: boolean
  /** `wanted`: how many; by default as many as a run with these connections can use up. */
  shots?: (connections: number, wanted?: number) => Shot[] | Promise<Shot[]>
}

/** A query of the API as a GET. */
export const queryPath = (procedure: string, input: unknown): string =>
  `/api/trpc/${procedure}?input=${encodeURIComponent(JSON.stringify(wire.serialize(input)))}`

export const mutationBody = (input: unknown): string => JSON.stringify(wire.serialize(input))

/** The statements that `work` sends to the database. */
export async function statementsOf(record: Statement[], work: () => Promise<unknown>): Promise<Statement[]> {
  record.length = 0
  await work()
  return record.splice(0)
}

/**
 * Codes spread over the whole city, so that no page of the database is cached by chance. Reports written by the floor
 * have no such code.
 */
export async function spreadCodes(sql: Sql, count: number): Promise<string[]> {
  const rows = await sql<{ code: string }[]>`
    select code from reports where id in (
      select (1 + (g * 7919::bigint) % (select max(id) from reports)) from generate_series(1, ${count * 2}) g)
      and source <> 'floor'
    limit ${count}`
  return rows.map(({ code }) => code)
}
