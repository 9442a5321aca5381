import { RateLimiterPostgres } from 'rate-limiter-flexible'
import { sql } from '#db/client.ts'

type Query = { text: string; values: unknown[] }

/** Adapts the pool of this process to the interface of the limiter. */
const storeClient = {
  async query({ text, values }: Query) {
    const rows = await sql.unsafe(text, values as never[], { prepare: true })
    return { rows, rowCount: rows.count }
  },
}

/** Counts over all processes: points per key, in a period in seconds that begins with the first point. */
export const limiter = (keyPrefix: string, points: number, duration: number) =>
  new RateLimiterPostgres({
    storeClient,
    storeType: 'client',
    tableName: 'login_limits',
    tableCreated: true,
    clearExpiredByTimeout: false,
    keyPrefix,
    points,
    duration,
  })
