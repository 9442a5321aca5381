import { and, asc, desc, eq, gte, isNull, lt, or, sql } from 'drizzle-orm'
import type { Connection, Transaction } from '#db/client.ts'
import { agencies, annotations } from '#db/schema/index.ts'
import type { Context } from '#server/accounts/context.ts'
import { DomainError } from '#server/platform/errors.ts'
import { scopeOf } from '#server/reports/rules/scope.ts'
import { type AnnotationTag, mayAnnotate } from '../rules/annotation.ts'

export type Annotation = {
  id: string
  startsAt: Date
  endsAt: Date | null
  tag: AnnotationTag
  words: string
  agency: { id: string; name: string } | null
  version: number
  mayEdit: boolean
}

/** The annotations an account reads, newest first: those of the city and of the agencies it sees. */
export async function listAnnotations(ctx: Pick<Context, 'db' | 'actor'>): Promise<Annotation[]> {
  const { db, actor } = ctx
  const rows = await db
    .select({
      id: annotations.id,
      startsAt: annotations.startsAt,
      endsAt: annotations.endsAt,
      tag: annotations.tag,
      words: annotations.words,
      agencyId: annotations.agencyId,
      agencyName: agencies.name,
      version: annotations.version,
    })
    .from(annotations)
    .leftJoin(agencies, eq(agencies.id, annotations.agencyId))
    .where(readable(ctx))
    .orderBy(desc(annotations.startsAt), asc(annotations.id))
  return rows.map(({ agencyId, agencyName, ...row }) => ({
    ...row,
    agency: agencyId === null ? null : { id: agencyId, name: agencyName ?? agencyId },
    mayEdit: mayAnnotate(actor, agencyId),
  }))
}

/** Those that touch a time range, the earliest first: marks for a chart. */
export async function annotationsBetween(
  ctx: Pick<Context, 'db' | 'actor'>,
  from: Date,
  to: Date,
): Promise<{ id: string; startsAt: Date; endsAt: Date | null; words: string; agencyId: string | null }[]> {
  return ctx.db
    .select({
      id: annotations.id,
      startsAt: annotations.startsAt,
      endsAt: annotations.endsAt,
      words: annotations.words,
      agencyId: annotations.agencyId,
    })
    .from(annotations)
    .where(
      and(
        readable(ctx),
        lt(annotations.startsAt, to),
        or(gte(annotations.startsAt, from), gte(annotations.endsAt, from)),
      ),
    )
    .orderBy(asc(annotations.startsAt), asc(annotations.id))
}

function readable({ actor }: Pick<Context, 'actor'>) {
  const scope = scopeOf(actor)
  if (scope.all) return undefined
  const ids = `{${scope.agencyIds.map((id) => JSON.stringify(id)).join(',')}}`
  return or(isNull(annotations.agencyId), sql`${annotations.agencyId} = any(${ids}::text[])`)
}

export async function lockAnnotation(tx: Transaction | Connection, id: string) {
  const [annotation] = await tx.select().from(annotations).where(eq(annotations.id, id)).for('update')
  if (!annotation) throw new DomainError('not_found', { subject: 'annotation', id })
  return annotation
}
