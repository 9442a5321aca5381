import type { Transaction } from '#db/client.ts'
import { writeHanoi } from '#db/hanoi.ts'
import * as schema from '#db/schema/index.ts'
import { demoFactorUsername, sealedInDemo } from '#server/accounts/rules/demo-accounts.ts'
import { answerTemplates } from './answer-templates.ts'
import { incidentHistories, incidentsOf } from './incidents.ts'
import type { World } from './world.ts'

const batch = 500

/** Writes the data that reports reference: calendars, agencies, areas, categories, incidents, accounts, photos etc. */
export async function writeBase(
  db: Transaction,
  world: World,
  files: (typeof schema.files.$inferInsert)[],
): Promise<void> {
  await writeHanoi(db)
  await db.insert(schema.incidents).values(incidentsOf(world))
  await inBatches(world.staff.accounts, (rows) => db.insert(schema.accounts).values(rows))
  await inBatches(world.staff.roles, (rows) => db.insert(schema.accountRoles).values(rows))
  for (const { id, username, createdAt } of world.staff.accounts) {
    if (username !== demoFactorUsername) continue
    await db.insert(schema.totpSecrets).values({ accountId: id, sealed: sealedInDemo, addedAt: createdAt })
  }
  const { events, notes } = incidentHistories(world)
  await db.insert(schema.events).values(events)
  await db.insert(schema.incidentNotes).values(notes)
  await db.insert(schema.files).values(files)
  await db.insert(schema.answerTemplates).values(answerTemplates)
}

async function inBatches<T>(rows: readonly T[], write: (rows: T[]) => PromiseLike<unknown>): Promise<void> {
  for (let at = 0; at < rows.length; at += batch) await write(rows.slice(at, at + batch))
}
