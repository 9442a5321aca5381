import { and, asc, desc, eq, inArray, isNull, type SQL, sql } from 'drizzle-orm'
import type { Connection } from '#db/client.ts'
import { deliveries, gateways, reporters, reports } from '#db/schema/index.ts'
import type { Context } from '#server/accounts/context.ts'
import { visibleTo } from '#server/reports/queries/scope.ts'
import { type DeliveryAct, openActs } from '../rules/acts.ts'
import { mailOf, mobileOf } from '../rules/channels.ts'
import { type DeliveryChannel, type GatewayKind, openStates, workStates } from '../rules/delivery.ts'
import type { DeliveryCursor } from '../rules/schemas.ts'

type Reading = Pick<Context, 'db' | 'actor'>
const pageSize = 50

export type Undelivered = {
  id: string
  version: number
  reportId: number
  code: string
  title: string
  kind: typeof deliveries.$inferSelect.kind
  state: 'failed' | 'letter'
  channel: DeliveryChannel | null
  failure: typeof deliveries.$inferSelect.failure
  status: string | null
  createdAt: Date
  /** The kinds of contact that are known. Their values need a disclosure on the report. */
  has: { phone: boolean; mail: boolean; address: boolean }
  acts: DeliveryAct[]
  /** The channels that are possible now. */
  channels: DeliveryChannel[]
}

const isWork = inArray(deliveries.state, [...workStates])

/** A page of deliveries that intake has to handle, oldest first. */
export async function undelivered({ db, actor }: Reading, cursor: DeliveryCursor | null) {
  const after =
    cursor &&
    sql`(${deliveries.createdAt}, ${deliveries.id}) > (${cursor.createdAt.toISOString()}::timestamptz, ${cursor.id}::uuid)`
  const [rows, open] = await Promise.all([
    db
      .select({
        delivery: deliveries,
        code: reports.code,
        title: reports.title,
        source: reports.source,
        phone: reporters.phone,
        email: reporters.email,
        address: reporters.address,
      })
      .from(deliveries)
      .innerJoin(reports, eq(reports.id, deliveries.reportId))
      .leftJoin(reporters, eq(reporters.reportId, deliveries.reportId))
      .where(and(isWork, visibleTo(actor), after ?? undefined))
      .orderBy(asc(deliveries.createdAt), asc(deliveries.id))
      .limit(pageSize + 1),
    openGateways(db),
  ])
  const shown = rows.slice(0, pageSize).map(({ delivery, code, title, source, ...contact }): Undelivered => {
    const { id, version, reportId, kind, state, channel, failure, status, createdAt } = delivery
    const has = {
      phone: mobileOf(contact) !== null,
      mail: mailOf(contact) !== null,
      address: Boolean(contact.address?.trim()),
    }
    return {
      ...{ id, version, reportId, code, title, kind, state: state as 'failed' | 'letter', channel, failure, status },
      createdAt,
      has,
      acts: openActs(state),
      channels: waysNow(open, has, source),
    }
  })
  const last = shown.at(-1)
  return {
    deliveries: shown,
    next: rows.length > pageSize && last ? { createdAt: last.createdAt, id: last.id } : null,
  }
}

type Open = { kind: GatewayKind; clientId: string | null }

export const openGateways = (db: Connection): Promise<Open[]> =>
  db
    .select({ kind: gateways.kind, clientId: gateways.clientId })
    .from(gateways)
    .where(and(isNull(gateways.removedAt), isNull(gateways.pausedAt)))

function waysNow(open: readonly Open[], has: Undelivered['has'], source: string | null): DeliveryChannel[] {
  const reaches: Record<GatewayKind, boolean> = { app: true, mail: has.mail, sms: has.phone, zalo: has.phone }
  const ways = open
    .filter(({ kind, clientId }) => reaches[kind] && (kind !== 'app' || source === `client:${clientId}`))
    .map(({ kind }): DeliveryChannel => kind)
  return has.address ? [...ways, 'letter'] : ways
}

/** The number of open deliveries, and whether the city has a gateway. */
export async function deliveryOverview({ db, actor }: Reading) {
  const [open, [known], counts] = await Promise.all([
    openGateways(db),
    db.select({ count: sql<number>`count(*)::int` }).from(gateways).where(isNull(gateways.removedAt)),
    countsBy(db, and(inArray(deliveries.state, [...openStates]), visibleTo(actor))),
  ])
  return { isSetUp: (known?.count ?? 0) > 0, isSending: open.length > 0, counts }
}

export type DeliveryCounts = Partial<Record<typeof deliveries.$inferSelect.state, number>>

async function countsBy(db: Connection, where: SQL | undefined): Promise<DeliveryCounts> {
  const rows = await db
    .select({ state: deliveries.state, count: sql<number>`count(*)::int` })
    .from(deliveries)
    .innerJoin(reports, eq(reports.id, deliveries.reportId))
    .where(where)
    .groupBy(deliveries.state)
  return Object.fromEntries(rows.map(({ state, count }) => [state, count]))
}

export const newestFirst = [desc(deliveries.createdAt), desc(deliveries.id)]
