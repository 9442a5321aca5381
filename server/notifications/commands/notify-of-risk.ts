import { sql } from 'drizzle-orm'
import type { Transaction } from '#db/client.ts'
import { notifications } from '#db/schema/index.ts'
import type { Context } from '#server/accounts/context.ts'
import { compiledCalendars } from '#server/calendars/queries.ts'
import { alwaysOpen } from '#server/calendars/rules/working-time.ts'
import { announce } from '#server/platform/announce.ts'
import { DomainError } from '#server/platform/errors.ts'
import { shownAt } from '../rules/escalation.ts'
import type { RiskNotice } from '../rules/kinds.ts'
import type { NotificationRecipients } from '../rules/recipients.ts'
import { isUrgentRisk, type OwnedRisk } from '../rules/risks.ts'
import { RecipientLookup } from './recipient-lookup.ts'

type RiskNews = {
  kind: RiskNotice
  riskActionId: string
  risk: OwnedRisk
  /** Whether it is refused where nobody would learn of it. */
  mustReach: boolean
} & Pick<NotificationRecipients, 'accounts' | 'roles'>

/** The event that the transaction has recorded last. */
const lastEvent = sql`currval(pg_get_serial_sequence('events', 'id'))`

/**
 * Notifies the recipients of what was done about a risk, in the transaction that does it, after its event is recorded.
 * What is urgent is shown at once.
 */
export async function notifyOfRisk(
  tx: Transaction,
  ctx: Context,
  { kind, riskActionId, risk, accounts, roles, mustReach }: RiskNews,
): Promise<void> {
  const now = ctx.now()
  const [times, found] = [await compiledCalendars(tx), await new RecipientLookup(tx, now).of({ accounts, roles })]
  const recipients = found.filter(({ id }) => id !== ctx.actor.id)
  if (recipients.length === 0 && mustReach) throw new DomainError('nobody_to_notify')
  if (recipients.length === 0) return
  const rows = recipients.map(({ id, calendarId }) => ({
    accountId: id,
    kind,
    riskActionId,
    eventId: lastEvent,
    actorId: ctx.actor.id,
    shownAt: shownAt(now, times.get(calendarId) ?? alwaysOpen, isUrgentRisk(risk)),
  }))
  await tx.insert(notifications).values(rows)
  for (const { accountId, shownAt: shown } of rows)
    if (shown <= now) await announce(tx, { kind: 'notification', ids: null, accountId })
}
