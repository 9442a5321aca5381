import { asc, desc, gte, lt } from 'drizzle-orm'
import type { Database } from '#db/client.ts'
import { eventSeals } from '#db/schema/index.ts'
import { log } from '#server/platform/log.ts'
import { dayAfter, type LocalDay } from '#server/platform/rules/local-day.ts'
import { recordEvent } from '../commands.ts'
import { type Reader, readingScopeOf } from '../rules/reader.ts'
import { faultOf, firstDigest, type SealFault } from '../rules/seal.ts'
import { digestOf } from './seal-days.ts'

export type Checking = Parameters<typeof recordEvent>[1] & { db: Database; actor: Reader }

export type SealCheck = {
  days: number
  events: number
  from: LocalDay | null
  to: LocalDay | null
  faults: { day: LocalDay; fault: SealFault; sealed: number; found: number }[]
}

/**
 * Recomputes the digests of sealed days and compares them. Without `from`, every day since the first. The result is
 * itself recorded as an event: who checked, when, and what was found.
 */
export async function checkSeals(ctx: Checking, { from }: { from: LocalDay | null }): Promise<SealCheck> {
  readingScopeOf(ctx.actor)
  const { db } = ctx
  const seals = await db
    .select()
    .from(eventSeals)
    .where(from === null ? undefined : gte(eventSeals.day, from))
    .orderBy(asc(eventSeals.day))
  const check: SealCheck = { days: seals.length, events: 0, from: null, to: null, faults: [] }
  let previous = await sealBefore(ctx, seals[0]?.day)
  for (const seal of seals) {
    const coverage = { day: seal.day, after: previous.lastId, upTo: seal.lastId ?? 0 }
    const found = await digestOf(db, coverage, seal.previousDigest)
    const isNextDay = previous.day === null || dayAfter(previous.day) === seal.day
    const fault = isNextDay ? faultOf(seal, found, previous) : 'broken_chain'
    if (fault) check.faults.push({ day: seal.day, fault, sealed: seal.events, found: found.events })
    check.events += seal.events
    check.from ??= seal.day
    check.to = seal.day
    previous = { day: seal.day, digest: seal.digest, lastId: seal.lastId ?? 0 }
  }
  if (check.faults.length > 0) log.error({ faults: check.faults }, 'the event log does not match its seals')
  await recordEvent(db, ctx, {
    event: 'event_log.checked',
    subject: { kind: 'setting', id: 'event_log' },
    details: { ...check, faults: check.faults.slice(0, 50), faultCount: check.faults.length },
  })
  return check
}

async function sealBefore({ db }: Checking, day: LocalDay | undefined) {
  const [seal] = day
    ? await db.select().from(eventSeals).where(lt(eventSeals.day, day)).orderBy(desc(eventSeals.day)).limit(1)
    : []
  return seal
    ? { day: seal.day, digest: seal.digest, lastId: seal.lastId ?? 0 }
    : { day: null, digest: firstDigest, lastId: 0 }
}
