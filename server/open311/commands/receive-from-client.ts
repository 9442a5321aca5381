import { randomUUID } from 'node:crypto'
import { sql } from 'drizzle-orm'
import type { Transaction } from '#db/client.ts'
import type { Context } from '#server/accounts/context.ts'
import { type ApiClient, actorOf, mayCall, sourceOf } from '#server/api-clients/rules/api-client.ts'
import { DomainError } from '#server/platform/errors.ts'
import { type FileStore, fileStore } from '#server/platform/files.ts'
import { drawForPrograms } from '#server/platform/one-at-a-time.ts'
import { localDayOf } from '#server/platform/rules/local-day.ts'
import { type Received, receiveReport } from '#server/reports/commands/receive-report.ts'
import { storePhoto } from '#server/reports/commands/store-photo.ts'
import type { Submission } from '../rules/submission.ts'

type Sent = { submission: Submission; photo: Uint8Array | null }

/**
 * A report that a program sends, by the intake of every channel: the report, its photo, its event and the count of the
 * day are committed together or not at all. Sent again under the same key it stays one report.
 */
export async function receiveFromClient(
  ctx: Omit<Context, 'actor'>,
  client: ApiClient,
  { submission, photo }: Sent,
  store: FileStore = fileStore(),
): Promise<Received> {
  if (!mayCall(client, 'submit_reports')) throw new DomainError('forbidden')
  const { key, ...report } = submission
  const acting = { ...ctx, actor: actorOf(client) }
  // Photos belong to accounts, and a program has none.
  const owner = { ...acting.actor, id: null }
  const uploading = { ...acting, actor: owner }
  const stored = photo && (await storePhoto(uploading, 'report_photo', photo, store, drawForPrograms))
  return receiveReport(
    acting,
    { ...report, channel: client.channel, source: sourceOf(client.id), sourceKey: key ?? randomUUID() },
    {
      photoIds: stored ? [stored.fileId] : [],
      about: { source: client.name },
      admit: (tx) => countReport(tx, client, localDayOf(ctx.now())),
    },
  )
}

/** One more report of the day, unless the client has sent as many as it may. */
async function countReport(tx: Transaction, { id, reportsPerDay }: ApiClient, day: string): Promise<void> {
  const counted = await tx.execute(sql`
    insert into api_client_days (client_id, day, reports) values (${id}, ${day}, 1)
    on conflict (client_id, day) do update set reports = api_client_days.reports + 1
      where api_client_days.reports < ${reportsPerDay}
    returning reports`)
  if (counted.length === 0) throw new DomainError('api_client_day_full', { most: reportsPerDay })
}
