import { eq } from 'drizzle-orm'
import { expect } from 'vitest'
import { type BuiltAccount, buildAccount } from '#db/factories/accounts.ts'
import { buildAgency, buildCity } from '#db/factories/agencies.ts'
import { buildReport } from '#db/factories/reports.ts'
import { mailingRuns } from '#db/schema/index.ts'
import { test } from '#db/testing.ts'
import { hanoi } from '#server/calendars/rules/test-calendars.ts'
import { saveMailing } from '#server/insights/commands/save-mailing.ts'
import { sayIn } from '#server/insights/mail/weekly-letter.ts'
import { issuedById, issuedNow, listIssued } from '#server/insights/queries/issued.ts'
import { correctionsOf } from '#server/insights/rules/issued.ts'
import { weeklyMailing } from '#server/insights/testing/weekly-mailing.ts'
import { issueSent } from './city-issued.ts'

test('what is listed as sent is kept as it was known then; what was entered later is its correction', async ({
  db,
}) => {
  const agency = await buildAgency(db)
  const ofWard = await buildAccount(db, { agency, roles: ['manager'] })
  const boss = await buildAccount(db, { agency: await buildCity(db), roles: ['manager'] })
  const ctx = ({ actor }: BuiltAccount, local = '2026-04-20 10:00') => ({ db, actor, now: () => hanoi(local) })
  const [dueAt, finishedAt] = [hanoi('2026-03-09 07:30'), hanoi('2026-03-09 07:31')]
  for (const recordedAt of [null, hanoi('2026-03-09 10:00')])
    await buildReport(db, { receivedAt: hanoi('2026-03-04 09:00'), recordedAt })
  const recipients = [boss, ofWard, boss].map(({ id }) => id)
  const { id: mailingId } = await saveMailing(ctx(boss, '2026-03-05 10:00'), weeklyMailing([boss, ofWard]))
  const run = { mailingId, dueAt, notBefore: dueAt, startedAt: dueAt, finishedAt, recipientIds: recipients }
  const isRun = eq(mailingRuns.dueAt, dueAt)
  const coming = new Date(Date.now() + 86_400_000)
  const ofTomorrow = { ...run, dueAt: coming, notBefore: coming, startedAt: coming, finishedAt: coming }
  for (const each of [run, ofTomorrow])
    await db.insert(mailingRuns).values({ ...each, sentTo: recipients, state: 'sent' })

  // The first start ends before it comes to the second scope.
  for (const sentTo of [[boss.id], recipients, recipients]) {
    await db.update(mailingRuns).set({ sentTo }).where(isRun)
    await issueSent(db)
  }

  const { reports } = await listIssued(ctx(boss), null)
  expect(reports.map(({ edition, issuedAt }) => [edition, issuedAt])).toEqual([
    ['weekly', finishedAt],
    ['weekly', finishedAt],
  ])
  expect((await listIssued(ctx(ofWard), null)).reports).toHaveLength(1)
  const corrections = await Promise.all(
    reports.map(async ({ id }) => {
      const { weekly } = await issuedById(ctx(boss), id)
      expect([weekly.header.asOf, weekly.header.filters.asked]).toEqual([hanoi('2026-03-09 00:00'), null])
      return correctionsOf(weekly, await issuedNow(ctx(boss), id), sayIn('vi'), 'vi')
    }),
  )
  expect(corrections.flat()).toContainEqual({ key: 'kpi-received', label: 'Tiếp nhận', issued: '1', now: '2' })
})
