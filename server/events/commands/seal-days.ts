import { createHash } from 'node:crypto'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { and, asc, desc, gte, lt, lte, min, sql } from 'drizzle-orm'
import type { Connection } from '#db/client.ts'
import { eventSeals, events } from '#db/schema/index.ts'
import { log } from '#server/platform/log.ts'
import { type Pace, withoutRest } from '#server/platform/pace.ts'
import { dayAfter, type LocalDay, localDayOf, startOfDay } from '#server/platform/rules/local-day.ts'
import { firstDigest, type Seal, sealedHeading, sealedLine } from '../rules/seal.ts'

/** Few enough that other work of the process does not wait for one of them. */
const batch = 1_000

/**
 * What a seal covers: the events of its day that were in the log when it was sealed (`id ≤ lastId`), and the events
 * that came in after the previous seal with an earlier instant. So every event is covered by exactly one seal, and
 * recording an old event late breaks none.
 */
export type Coverage = { day: LocalDay; after: number; upTo: number }

export async function digestOf(db: Connection, { day, after, upTo }: Coverage, previousDigest: string) {
  const hash = createHash('sha256').update(sealedHeading(day, previousDigest))
  const [from, to] = [startOfDay(day), startOfDay(dayAfter(day))]
  const ofDay = and(gte(events.at, from), lt(events.at, to))
  const late = and(sql`${events.id} > ${after}`, lt(events.at, from))
  let [count, lastSeen, firstId] = [0, Number.MIN_SAFE_INTEGER, null as number | null]
  for (;;) {
    const next = and(sql`${events.id} > ${lastSeen}`, lte(events.id, upTo))
    const rows = await db
      .select()
      .from(events)
      .where(and(next, ofDay))
      .unionAll(db.select().from(events).where(and(next, late)))
      .orderBy(asc(events.id))
      .limit(batch)
    for (const row of rows) hash.update('\n').update(sealedLine(row))
    count += rows.length
    firstId ??= rows[0]?.id ?? null
    lastSeen = rows.at(-1)?.id ?? lastSeen
    if (rows.length < batch) break
    // No rest while the lock of the seals is held, but others get the process.
    await nextTurn()
  }
  return { events: count, firstId, digest: hash.digest('hex') }
}

async function lastSeal(db: Connection): Promise<Seal | undefined> {
  const [seal] = await db.select().from(eventSeals).orderBy(desc(eventSeals.day)).limit(1)
  return seal
}

async function firstDay(db: Connection): Promise<LocalDay | null> {
  const [first] = await db.select({ at: min(events.at) }).from(events)
  return first?.at ? localDayOf(first.at) : null
}

/**
 * Seals every past day that is not sealed yet, oldest first, each in a separate transaction; empty days too, so that a
 * missing seal is noticed. Several processes may call it at once: they take turns. Returns how many days it sealed.
 */
export async function sealDays(
  { db, now }: { db: Connection; now: () => Date },
  pace: Pace = withoutRest,
): Promise<number> {
  // A transaction that began on the old day may commit after midnight: wait for it.
  const today = localDayOf(new Date(now().getTime() - graceMillis))
  let [sealed, newest] = [0, null as { day: LocalDay; digest: string } | null]
  for (;;) {
    const seal = await db.transaction(async (tx) => {
      await tx.execute(sql`select pg_advisory_xact_lock(hashtext('event_seals'))`)
      const previous = await lastSeal(tx)
      const next = previous ? dayAfter(previous.day) : await firstDay(tx)
      return next !== null && next < today ? sealDay(tx, { day: next, previous, at: now() }) : null
    })
    if (seal === null) break
    sealed += 1
    newest = seal
    if (!(await pace())) break
  }
  // The digest is kept outside the database too, in the process log. Someone who rewrites both event log and seals
  // cannot reach it, and it covers all earlier seals.
  if (newest) log.info({ days: sealed, ...newest }, 'event log sealed')
  return sealed
}

const graceMillis = 5 * 60_000

type Sealing = { day: LocalDay; previous: Seal | undefined; at: Date }

async function sealDay(tx: Connection, { day, previous, at }: Sealing) {
  const [newest] = await tx.select({ id: sql<number>`coalesce(max(${events.id}), 0)`.mapWith(Number) }).from(events)
  const upTo = newest?.id ?? 0
  const previousDigest = previous?.digest ?? firstDigest
  const found = await digestOf(tx, { day, after: previous?.lastId ?? 0, upTo }, previousDigest)
  await tx.insert(eventSeals).values({ day, ...found, lastId: upTo, previousDigest, sealedAt: at })
  return { day, digest: found.digest }
}
