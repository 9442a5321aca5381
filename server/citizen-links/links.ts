import { createHash, randomBytes } from 'node:crypto'
import { and, eq, gt, isNotNull, isNull } from 'drizzle-orm'
import type { Connection } from '#db/client.ts'
import { citizenLinks, deliveries, reports } from '#db/schema/index.ts'
import { DomainError } from '#server/platform/errors.ts'
import { citizenLinkLimits } from '#server/platform/rules/limits.ts'
import { linkPath } from './rules/link.ts'

const day = 86_400_000

export const hashOfToken = (token: string): string => createHash('sha256').update(token).digest('hex')

/**
 * Creates a citizen link and returns its path below the address of the desk. Earlier links stay valid. The path
 * contains the secret, of which the database has only a hash: anyone with it acts as the reporter, so it must only go
 * into the message to the citizen and never into a log. `by`: the account that creates it by hand. Deliveries call this
 * in the transaction that sends them.
 */
export async function issueCitizenLink(
  db: Connection,
  reportId: number,
  { now, by = null }: { now: Date; by?: string | null },
): Promise<string> {
  const [report] = await db.select({ code: reports.code }).from(reports).where(eq(reports.id, reportId))
  if (!report) throw new DomainError('not_found')
  const token = randomBytes(18).toString('base64url')
  const expiresAt = new Date(now.getTime() + citizenLinkLimits.days * day)
  await db
    .insert(citizenLinks)
    .values({ reportId, hash: hashOfToken(token), createdAt: now, createdById: by, expiresAt })
  return linkPath(report.code, token)
}

/**
 * From now on no link to the report that was made so far is valid. Messages that still wait get a new one when they are
 * sent. Returns how many were valid.
 */
export async function revokeCitizenLinks(db: Connection, reportId: number, now: Date): Promise<number> {
  const revoked = await db
    .update(citizenLinks)
    .set({ revokedAt: now })
    .where(and(eq(citizenLinks.reportId, reportId), isNull(citizenLinks.revokedAt), gt(citizenLinks.expiresAt, now)))
    .returning({ id: citizenLinks.id })
  await db
    .update(deliveries)
    .set({ link: null })
    .where(and(eq(deliveries.reportId, reportId), isNotNull(deliveries.link)))
  return revoked.length
}
