import { createHash, randomBytes } from 'node:crypto'
import { eq } from 'drizzle-orm'
import type { Connection } from '#db/client.ts'
import { citizenLinks, reports } from '#db/schema/index.ts'
import { linkPath } from '#server/citizen-links/rules/link.ts'

/** Creates a citizen link that is valid for a day; returns its path. */
export async function buildCitizenLink(db: Connection, reportId: number): Promise<string> {
  const [report] = await db.select({ code: reports.code }).from(reports).where(eq(reports.id, reportId))
  if (!report) throw new Error('there is no such report')
  const token = randomBytes(18).toString('base64url')
  const createdAt = new Date()
  await db.insert(citizenLinks).values({
    reportId,
    hash: createHash('sha256').update(token).digest('hex'),
    createdAt,
    expiresAt: new Date(createdAt.getTime() + 86_400_000),
  })
  return linkPath(report.code, token)
}
