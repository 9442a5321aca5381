import { randomUUID } from 'node:crypto'
import { brokenConstraint } from '#db/rows.ts'
import type { Context } from '#server/accounts/context.ts'
import { assertDayHasRoom, countReport, dayConstraint, dayFull } from '#server/api-clients/reports-of-day.ts'
import { type ApiClient, actorOf, mayCall, sourceOf } from '#server/api-clients/rules/api-client.ts'
import { DomainError } from '#server/platform/errors.ts'
import { type FileStore, fileStore } from '#server/platform/files.ts'
import { type LocalDay, localDayOf } from '#server/platform/rules/local-day.ts'
import { knownReport, type Received, receiveReport } from '#server/reports/commands/receive-report.ts'
import { withStoredPhotos } from '#server/reports/commands/with-stored-photos.ts'
import { openServices } from '../queries/services.ts'
import type { Submission } from '../rules/submission.ts'

type Sent = { submission: Omit<Submission, 'mediaUrls'>; photos: readonly Uint8Array[] }

/**
 * A report that a program sends, by the intake of every channel: the report, its photos, its event and the count of the
 * day are committed together or not at all. Sent again under the same key it stays one report. Photos are not stored
 * where the report is refused or known, nor kept where that turns out afterwards.
 */
export async function receiveFromClient(
  ctx: Omit<Context, 'actor'>,
  client: ApiClient,
  { submission, photos }: Sent,
  store: FileStore = fileStore(),
): Promise<Received> {
  if (!mayCall(client, 'submit_reports')) throw new DomainError('forbidden')
  const { key, ...report } = submission
  const acting = { ...ctx, actor: actorOf(client) }
  const day = localDayOf(ctx.now())
  const intake = { ...report, channel: client.channel, source: sourceOf(client.id), sourceKey: key ?? randomUUID() }
  const receive = (photoIds: string[]) =>
    receiveReport(acting, intake, {
      photoIds,
      about: { source: client.name },
      admit: (tx) => assertDayHasRoom(tx, client, day),
      count: (tx) => countReport(tx, client, day),
    }).catch((error) => {
      throw brokenConstraint(error) === dayConstraint ? dayFull(client) : error
    })
  if (photos.length === 0) return receive([])

  const [known] = await knownReport(ctx.db, { source: intake.source, sourceKey: intake.sourceKey })
  if (known) return { ...known, repeated: true }
  await assertAdmissible(ctx.db, client, { categoryCode: intake.categoryCode, day })
  return withStoredPhotos(acting, photos, receive, store)
}

/** What would refuse the report, before its photo is drawn; in its transaction it is checked again. */
async function assertAdmissible(
  db: Context['db'],
  client: ApiClient,
  { categoryCode, day }: { categoryCode: string | null; day: LocalDay },
): Promise<void> {
  const isKnown = categoryCode === null || (await openServices(db, categoryCode)).length > 0
  if (!isKnown) throw new DomainError('category_unknown', { code: categoryCode })
  await assertDayHasRoom(db, client, day)
}
