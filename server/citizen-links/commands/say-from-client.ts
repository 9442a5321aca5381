import { and, eq } from 'drizzle-orm'
import { reports } from '#db/schema/index.ts'
import type { Context } from '#server/accounts/context.ts'
import { onCitizensBehalf } from '#server/accounts/rules/actor.ts'
import { type ApiClient, actorOf, mayCall, sourceOf } from '#server/api-clients/rules/api-client.ts'
import { DomainError } from '#server/platform/errors.ts'
import type { FileStore } from '#server/platform/files.ts'
import { withStoredPhotos } from '#server/reports/commands/with-stored-photos.ts'
import type { Saying } from '../rules/saying.ts'
import { addAsCitizen, rateAsCitizen, reopenAsCitizen, type Spoken } from './say.ts'

type More = {
  key?: string
  assertAsSeen?: () => Promise<void>
  /** Only information and reopening may have them. */
  photos?: readonly Uint8Array[]
  store?: FileStore
}

/** Only for reports that the client itself sent; any other is not found. */
export async function sayFromClient(
  ctx: Omit<Context, 'actor'>,
  client: ApiClient,
  code: string,
  saying: Saying,
  { photos = [], store, ...more }: More = {},
): Promise<Spoken> {
  if (!mayCall(client, 'speak_for_citizens')) throw new DomainError('forbidden')
  const [report] = await ctx.db
    .select({ id: reports.id })
    .from(reports)
    .where(and(eq(reports.source, sourceOf(client.id)), eq(reports.code, code)))
  if (!report) throw new DomainError('not_found')
  const acting = { ...ctx, actor: onCitizensBehalf(actorOf(client), report.id) }
  const say = (photoIds: string[]) => {
    switch (saying.is) {
      case 'rating':
        return rateAsCitizen(acting, saying.input, more)
      case 'information':
        return addAsCitizen(acting, saying.input, { ...more, photoIds })
      case 'reopening':
        return reopenAsCitizen(acting, saying.input, { ...more, photoIds })
    }
  }
  return saying.is === 'rating' || photos.length === 0 ? say([]) : withStoredPhotos(acting, photos, say, store)
}
