import { eq, inArray } from 'drizzle-orm'
import type { Transaction } from '#db/client.ts'
import { areas, bulletins, incidents } from '#db/schema/index.ts'
import { DomainError } from '#server/platform/errors.ts'

type Filing = { id?: string; incidentId?: string | null; supersedesId?: string | null; areaIds: readonly number[] }

/** The things that a bulletin references exist, and the one it replaces is public and not itself. */
export async function assertFiling(tx: Transaction, { id, incidentId, supersedesId, areaIds }: Filing): Promise<void> {
  if (incidentId) {
    const [incident] = await tx.select({ id: incidents.id }).from(incidents).where(eq(incidents.id, incidentId))
    if (!incident) throw new DomainError('not_found', { subject: 'incident', id: incidentId })
  }
  if (supersedesId) {
    const [older] = await tx
      .select({ publishedRevisionId: bulletins.publishedRevisionId })
      .from(bulletins)
      .where(eq(bulletins.id, supersedesId))
    if (!older) throw new DomainError('not_found', { subject: 'bulletin', id: supersedesId })
    if (supersedesId === id || older.publishedRevisionId === null) throw new DomainError('cannot_supersede')
  }
  if (areaIds.length > 0) {
    const known = await tx
      .select({ id: areas.id })
      .from(areas)
      .where(inArray(areas.id, [...areaIds]))
    if (known.length < areaIds.length) throw new DomainError('not_found', { subject: 'area' })
  }
}
