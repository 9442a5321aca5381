import { eq, inArray, sql } from 'drizzle-orm'
import type { Transaction } from '#db/client.ts'
import * as schema from '#db/schema/index.ts'
import { dayAfter, startOfDay } from '#server/platform/rules/local-day.ts'
import { newsroomUsernames } from '../staff.ts'
import type { World } from '../world.ts'
import { alertsOf } from './alerts.ts'
import { newsLives, openLives, rainLives } from './everyday.ts'
import type { BulletinLife } from './life.ts'
import { stormLives } from './storm.ts'

const batch = 100
const leastOpen = 5

/**
 * Writes the missing bulletins of the city: on the first start all of them, on a later one those published meanwhile,
 * and new open work if little is left. Bulletins changed by staff stay unchanged.
 */
export async function writeBulletins(tx: Transaction, world: World): Promise<void> {
  await openNewsroom(tx, world)
  const isNew = !(await isThere(tx))
  const storm = isNew ? stormLives(world) : []
  const rain = isNew ? rainLives(world) : []
  const open = isNew || (await openOnes(tx)) < leastOpen ? openLives(world) : []
  const lives = await withoutKnown(tx, [...storm, ...rain, ...newsLives(world), ...open])
  await writeLives(tx, lives)
  if (!isNew) return
  for (const [incident, { length }] of [
    [world.incidents.yagi, storm],
    [world.incidents.rain, rain],
  ] as const) {
    if (length > 0)
      await tx.insert(schema.bulletinNumbers).values({ incidentId: incident.id, last: length }).onConflictDoNothing()
  }
  await tx
    .insert(schema.bulletinAlerts)
    .values(await alertsOf(tx, storm))
    .onConflictDoNothing()
}

/** Adds the accounts of the newsroom: a city seeded before bulletins existed has none. */
async function openNewsroom(tx: Transaction, { staff }: World): Promise<void> {
  const usernames: readonly string[] = [...newsroomUsernames.editors, ...newsroomUsernames.chiefs]
  const people = staff.accounts.filter(({ username }) => usernames.includes(username))
  await tx.insert(schema.accounts).values(people).onConflictDoNothing()
  const ids = people.map(({ id }) => id)
  await tx
    .insert(schema.accountRoles)
    .values(staff.roles.filter(({ accountId }) => ids.includes(accountId)))
    .onConflictDoNothing()
}

async function isThere(tx: Transaction): Promise<boolean> {
  const rows = await tx.select({ id: schema.bulletins.id }).from(schema.bulletins).limit(1)
  return rows.length > 0
}

async function openOnes(tx: Transaction): Promise<number> {
  const [row] = await tx
    .select({ count: sql<number>`count(*)::int` })
    .from(schema.bulletins)
    .where(inArray(schema.bulletins.state, ['draft', 'in_review', 'changes_requested']))
  return row?.count ?? 0
}

async function withoutKnown(tx: Transaction, lives: readonly BulletinLife[]): Promise<BulletinLife[]> {
  const known = await tx
    .select({ id: schema.bulletins.id })
    .from(schema.bulletins)
    .where(sql`${schema.bulletins.id} = any(${sql.param(lives.map(({ row }) => row.id))}::uuid[])`)
  const ids = new Set(known.map(({ id }) => id))
  return lives.filter(({ row }) => !ids.has(row.id))
}

async function writeLives(tx: Transaction, lives: readonly BulletinLife[]): Promise<void> {
  // The tables accept new bulletins only as drafts: the final state is set once the revisions exist.
  await inBatches(lives, (some) => tx.insert(schema.bulletins).values(some.map(({ row }) => beginningOf(row))))
  await inBatches(
    lives.flatMap(({ revisions }) => revisions),
    (rows) => tx.insert(schema.bulletinRevisions).values(rows),
  )
  for (const { row } of lives) await tx.update(schema.bulletins).set(row).where(eq(schema.bulletins.id, row.id))
  // In chronological order, because feed archives are numbered in insertion order.
  const publications = lives.flatMap((life) => life.publications)
  publications.sort((a, b) => a.publishedAt.getTime() - b.publishedAt.getTime())
  await inBatches(publications, (rows) => tx.insert(schema.bulletinPublications).values(rows))
  await inBatches(
    lives.flatMap(({ schedules }) => schedules),
    (rows) => tx.insert(schema.bulletinSchedules).values(rows),
  )
  const unsealed = await firstUnsealed(tx)
  const told = lives.flatMap((life) => life.events).filter(({ at }) => at >= unsealed)
  const events = told.map((event) => ({ ...event, recordedAt: null }))
  events.sort((a, b) => a.at.getTime() - b.at.getTime())
  await inBatches(events, (rows) => tx.insert(schema.events).values(rows))
}

const beginningOf = ({ id, kind, severity, title, authorId, createdAt, updatedAt }: BulletinLife['row']) => ({
  id,
  kind,
  severity,
  title,
  authorId,
  lastEditorId: authorId,
  createdAt,
  updatedAt,
})

/** The first day without a seal: a sealed day accepts no more events. */
export async function firstUnsealed(tx: Transaction): Promise<Date> {
  const [row] = await tx.select({ day: sql<string | null>`max(${schema.eventSeals.day})` }).from(schema.eventSeals)
  return row?.day ? startOfDay(dayAfter(row.day)) : new Date(0)
}

async function inBatches<T>(rows: readonly T[], write: (rows: T[]) => PromiseLike<unknown>): Promise<void> {
  for (let at = 0; at < rows.length; at += batch) await write(rows.slice(at, at + batch))
}
