import { eq } from 'drizzle-orm'
import type { Connection } from '#db/client.ts'
import { reports } from '#db/schema/index.ts'
import { unique } from './unique.ts'

type Wanted = Partial<Pick<typeof reports.$inferInsert, 'agencyId' | 'heldBy' | 'incidentId'>>

/** Copies of one report in one statement, for lists too long to build one by one. They have no clocks and no events. */
export async function buildCopies(
  db: Connection,
  of: { id: number },
  count: number,
  wanted: Wanted = {},
): Promise<number[]> {
  const [model] = await db.select().from(reports).where(eq(reports.id, of.id))
  if (!model) throw new Error('nothing to copy')
  const { id: _, dueOrder: __, ...columns } = model
  const mark = unique('copy')
  const rows = Array.from({ length: count }, (_, n) => ({
    ...columns,
    ...wanted,
    code: `${model.code}-${mark}-${n}`,
    sourceKey: `${mark}-${n}`,
    dueAt: null,
    soonAt: null,
  }))
  return (await db.insert(reports).values(rows).returning({ id: reports.id })).map(({ id }) => id)
}
