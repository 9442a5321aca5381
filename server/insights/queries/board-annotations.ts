import { and, asc, gt, isNull, lt, or } from 'drizzle-orm'
import { incidents } from '#db/schema/index.ts'
import type { Context } from '#server/accounts/context.ts'
import { bulletinMarks } from '#server/bulletins/queries/issued.ts'
import type { BoardAnnotation } from '../rules/board.ts'
import type { BoardFilters } from '../rules/filters.ts'
import type { ResolvedPeriod } from '../rules/period.ts'
import { annotationsBetween } from './annotations.ts'

/** What happened in the period: incidents, bulletins issued, and the annotations of managers. */
export async function annotationsOf(
  ctx: Context,
  { incident }: BoardFilters,
  { from, to }: ResolvedPeriod,
): Promise<BoardAnnotation[]> {
  const [spans, notes, published] = await Promise.all([
    ctx.db
      .select({
        id: incidents.id,
        label: incidents.name,
        labelEn: incidents.nameEn,
        from: incidents.startsAt,
        to: incidents.endsAt,
      })
      .from(incidents)
      .where(and(lt(incidents.startsAt, to), or(isNull(incidents.endsAt), gt(incidents.endsAt, from))))
      .orderBy(asc(incidents.startsAt)),
    annotationsBetween(ctx, from, to),
    publishedBetween(ctx, { from, to, incidentId: incident }),
  ])
  return [
    ...spans
      .filter(({ id }) => incident === null || id === incident)
      .map((span) => ({ kind: 'incident' as const, ...span })),
    ...published,
    ...notes.map(({ id, words, startsAt, endsAt }) => ({
      kind: 'note' as const,
      id,
      label: words,
      from: startsAt,
      to: endsAt ?? startsAt,
    })),
  ]
}

/** More marks than this are unreadable on a line. */
const mostBulletins = 400

async function publishedBetween({ db }: Context, span: { from: Date; to: Date; incidentId: string | null }) {
  const marks = await bulletinMarks(db, span)
  return marks.slice(0, mostBulletins).map(
    ({ bulletinId, number, at }): BoardAnnotation => ({
      kind: 'bulletin',
      id: bulletinId,
      label: String(number ?? ''),
      from: at,
      to: at,
    }),
  )
}
