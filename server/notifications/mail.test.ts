import { eq } from 'drizzle-orm'
import { expect, onTestFinished } from 'vitest'
import { openBusyServer, openMailbox } from '#db/factories/mailbox.ts'
import { fixed } from '#db/factories/outcomes.ts'
import { actingAt, seen } from '#db/factories/team.ts'
import { accountRoles, accounts, notifications } from '#db/schema/index.ts'
import { test } from '#db/testing.ts'
import { submitAnswer } from '#server/reports/commands/submit-answer.ts'
import { mailNotifications } from './commands/mail-notifications.ts'
import { notifyRecipients } from './commands/notify-recipients.ts'
import { at, giveAgain, kindsTold, underWay } from './testing/under-way.ts'

test('mail is one letter, sent once, to those who chose it; a letter that was not accepted is retried', async ({
  db,
}) => {
  const { officer, approver, report } = await underWay(db)
  const mailbox = await openMailbox()
  onTestFinished(() => mailbox.close())
  const mail = { url: mailbox.url, from: 'desk@hanoi.gov.vn', domains: ['hanoi.gov.vn'] }
  await db
    .update(accounts)
    .set({ email: 'can.bo@hanoi.gov.vn', preferences: { mailNotifications: true } })
    .where(eq(accounts.id, officer.id))
  await giveAgain({ db, approver, officer, report })
  mailbox.refuse('can.bo@hanoi.gov.vn', 1)
  const send = () => mailNotifications(at(db, '10:15'), { mail, appUrl: new URL('https://desk.hanoi.gov.vn') })
  expect(await send()).toBe(0)
  expect([await send(), await send()]).toEqual([1, 0])
  expect(mailbox.letters.map(({ to, subject }) => [to, subject])).toEqual([
    [['can.bo@hanoi.gov.vn'], '1 thông báo chưa đọc'],
  ])
  expect(mailbox.letters[0]?.text).toContain(`https://desk.hanoi.gov.vn/reports/${report.code}`)
})

test('a mail server that is unavailable is tried once for all readers, and each gets the letter later', async ({
  db,
}) => {
  const away = await openBusyServer()
  onTestFinished(() => away.close())
  const mailbox = await openMailbox()
  onTestFinished(() => mailbox.close())
  const readers: string[] = []
  const officers: string[] = []
  for (let n = 0; n < 3; n += 1) {
    const { officer, approver, report } = await underWay(db)
    readers.push(`vang.${n}@hanoi.gov.vn`)
    officers.push(officer.id ?? '')
    await db
      .update(accounts)
      .set({ email: `vang.${n}@hanoi.gov.vn`, preferences: { mailNotifications: true } })
      .where(eq(accounts.id, officer.id))
    await giveAgain({ db, approver, officer, report })
  }
  const send = (url: URL) =>
    mailNotifications(at(db, '10:15'), { mail: { url, from: 'desk@hanoi.gov.vn', domains: ['hanoi.gov.vn'] } })
  const silent = await openBusyServer('')
  onTestFinished(() => silent.close())
  expect([await send(away.url), away.tries()]).toEqual([0, 1])
  expect(await send(mailbox.url)).toBe(3)
  expect(mailbox.letters.flatMap(({ to }) => to).sort()).toEqual(readers)
  await db
    .update(notifications)
    .set({ mailedAt: null })
    .where(eq(notifications.accountId, officers[0] ?? ''))
  // Whether that server accepted the letter is unknown: it is not sent again.
  expect([await send(silent.url), silent.tries(), await send(mailbox.url)]).toEqual([0, 1, 0])
})

test('a letter names no report that has left its reader’s scope', async ({ db }) => {
  const { officer, approver, report } = await underWay(db)
  const mailbox = await openMailbox()
  onTestFinished(() => mailbox.close())
  const mail = { url: mailbox.url, from: 'desk@hanoi.gov.vn', domains: ['hanoi.gov.vn'] }
  await db
    .update(accounts)
    .set({ email: 'da.chuyen@hanoi.gov.vn', preferences: { mailNotifications: true } })
    .where(eq(accounts.id, approver.id))
  await submitAnswer(actingAt(db, officer, '10:00'), {
    ...seen(report),
    what: 'Đã dọn',
    where: 'Ngõ 5',
    when: 'sáng nay',
    ...fixed,
    next: '',
    photoIds: [],
  })
  await notifyRecipients(at(db, '10:01'))
  expect(await kindsTold(db, approver, report.id)).toEqual(['to_approve'])
  await db.delete(accountRoles).where(eq(accountRoles.accountId, approver.id))
  expect(await mailNotifications(at(db, '10:15'), { mail })).toBe(0)
  expect(mailbox.letters).toEqual([])
})
