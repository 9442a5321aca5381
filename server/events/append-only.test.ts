import { expect } from 'vitest'
import { buildAccount } from '#db/factories/accounts.ts'
import { buildReport } from '#db/factories/reports.ts'
import { test } from '#db/testing.ts'

/** The error of the triggers of the log: restrict_violation. */
const refused = { code: '23001', message: expect.stringContaining('append-only') }

test('an event once written is neither changed nor deleted, by any statement', async ({ db, sql }) => {
  const { id } = await buildReport(db)
  const before = await sql`select * from events order by id`
  await expect(sql`update events set event = 'report.closed' where report_id = ${id}`).rejects.toMatchObject(refused)
  await expect(sql`update events set at = now()`).rejects.toMatchObject(refused)
  await expect(sql`delete from events where report_id = ${id}`).rejects.toMatchObject(refused)
  await expect(sql`truncate events`).rejects.toMatchObject(refused)
  await expect(sql`truncate reports cascade`).resolves.toBeDefined()
  expect(await sql`select * from events order by id`).toEqual(before)
})

test('the log of access to personal data is append-only as well', async ({ db, sql }) => {
  const { id } = await buildAccount(db)
  const [look] = await sql`insert into disclosures (at, account_id, purpose, reason, persons)
    values (now(), ${id}, 'reveal', 'Gọi hỏi vị trí', 1) returning id`
  await sql`insert into disclosed_reporters (disclosure_id, report_id) values (${look?.id}, 1)`
  for (const table of [sql`disclosures`, sql`disclosed_reporters`]) {
    await expect(sql`delete from ${table}`).rejects.toMatchObject(refused)
    await expect(sql`truncate ${table} cascade`).rejects.toMatchObject(refused)
  }
  await expect(sql`update disclosures set reason = 'khác'`).rejects.toMatchObject(refused)
  await expect(sql`update disclosed_reporters set report_id = 2`).rejects.toMatchObject(refused)
})

test('the seals of the log are append-only as well', async ({ sql }) => {
  await sql`
    insert into event_seals (day, events, digest, previous_digest) values ('2026-03-02', 1, 'a', 'b')`
  await expect(sql`update event_seals set digest = 'c'`).rejects.toMatchObject(refused)
  await expect(sql`delete from event_seals`).rejects.toMatchObject(refused)
  await expect(sql`truncate event_seals`).rejects.toMatchObject(refused)
})
