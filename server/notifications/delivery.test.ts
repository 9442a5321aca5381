import { asc, eq, sql as query } from 'drizzle-orm'
import { expect } from 'vitest'
import { actingAt, buildTeam, seen } from '#db/factories/team.ts'
import { accounts, notificationMarks, notifications } from '#db/schema/index.ts'
import { test } from '#db/testing.ts'
import { hanoi } from '#server/calendars/rules/test-calendars.ts'
import { assignPerson } from '#server/reports/commands/assign-person.ts'
import { shownJustNow } from './commands/deliver-due.ts'
import { forgetOld } from './commands/forget-old.ts'
import { notifyRecipients } from './commands/notify-recipients.ts'
import { sweepNotices } from './commands/sweep-notices.ts'
import { notificationJobs } from './jobs.ts'
import { notificationPage, unreadCount } from './queries/notifications.ts'
import { at, giveAgain, kindsTold, underWay } from './testing/under-way.ts'

test('notifications are deleted after half a year', async ({ db }) => {
  const { approver, officer, report } = await underWay(db)
  await giveAgain({ db, approver, officer, report })
  await forgetOld(at(db, '2026-08-28 10:00'))
  expect(await kindsTold(db, officer, report.id)).toEqual(['assigned'])
  await forgetOld(at(db, '2026-08-30 10:00'))
  expect(await kindsTold(db, officer, report.id)).toEqual([])
})

test('a report that has left the account’s scope is no longer named', async ({ db }) => {
  const { officer, approver, dispatcher, report } = await underWay(db)
  const elsewhere = await buildTeam(db)
  await giveAgain({ db, approver, officer, report })
  expect((await unreadCount(actingAt(db, officer, '10:03'))).count).toBe(1)
  const stranger = elsewhere.officer
  await db.update(notifications).set({ accountId: stranger.id }).where(eq(notifications.accountId, officer.id))
  expect((await unreadCount(actingAt(db, stranger, '10:03'))).count).toBe(0)
  expect((await notificationPage(actingAt(db, stranger, '10:03'), { before: null, unreadOnly: false })).items).toEqual(
    [],
  )
  expect(dispatcher.id).not.toBe(stranger.id)
})

test('an escalation that fails does not prevent other notifications', async ({ db, sql }) => {
  const { officer, approver, report } = await underWay(db)
  await assignPerson(actingAt(db, approver, '10:00'), { ...seen(report), accountId: approver.id })
  const again = { reportId: report.id, version: report.version + 1, accountId: officer.id }
  await assignPerson(actingAt(db, approver, '10:01'), again)
  await sql`alter table categories rename to lost_categories`
  await expect(notificationJobs.notify.run({}, at(db, '10:02'))).rejects.toThrow()
  await sql`alter table lost_categories rename to categories`
  expect(await kindsTold(db, officer, report.id)).toContain('assigned')
})

test('missed notifications and letters are found after a while, and queued again', async ({ db, sql }) => {
  await sql`delete from notification_marks`
  await sql`update notifications set mailed_at = now()`
  const { officer, approver, report } = await underWay(db)
  await db
    .update(accounts)
    .set({ email: 'bi.quen@hanoi.gov.vn', preferences: { mailNotifications: true } })
    .where(eq(accounts.id, officer.id))
  await assignPerson(actingAt(db, approver, '10:00'), { ...seen(report), accountId: approver.id })
  const again = { reportId: report.id, version: report.version + 1, accountId: officer.id }
  await assignPerson(actingAt(db, approver, '10:01'), again)
  const mail = { url: new URL('smtp://127.0.0.1:1'), from: 'desk@hanoi.gov.vn', domains: ['hanoi.gov.vn'] }
  const sweep = (local: string, more: Partial<typeof mail> = {}) =>
    sweepNotices(at(db, local), { mail: { ...mail, ...more } })
  const queued = async () =>
    (await sql`select key from graphile_worker.jobs where key in ('tell_notifications', 'mail_notifications')`).map(
      ({ key }) => key,
    )
  expect([await sweep('10:02'), await queued()]).toEqual([{ untold: 0, unmailed: 0 }, []])
  const found = await sweep('10:05')
  expect([found.untold > 0, found.unmailed, await queued()]).toEqual([true, 0, ['tell_notifications']])
  await notifyRecipients(at(db, '10:05'))
  expect(await sweep('10:20')).toEqual({ untold: 0, unmailed: 0 })
  expect(await sweep('10:41', { domains: ['elsewhere.example'] })).toEqual({ untold: 0, unmailed: 0 })
  expect(await sweepNotices(at(db, '10:41'), { mail: undefined })).toEqual({ untold: 0, unmailed: 0 })
  expect(await sweep('10:41')).toEqual({ untold: 0, unmailed: 1 })
  expect(await queued()).toContain('mail_notifications')
  await sql`update notifications set mailed_at = now()`
  await sql`delete from graphile_worker._private_jobs`
})

test('every dispatcher of a large city is notified of a night of late reports', async ({ db, sql }) => {
  const { dispatcher, report } = await underWay(db)
  const [office] = await db.select().from(accounts).where(eq(accounts.id, dispatcher.id))
  await sql`with more as (
      insert into accounts (username, name, given_name, agency_id)
      select 'dieu-phoi-' || n, 'Điều phối ' || n, 'Phối', ${office?.agencyId as string} from generate_series(1, 60) n returning id)
    insert into account_roles (account_id, role, agency_id) select id, 'dispatcher', ${office?.agencyId as string} from more`
  await sql`insert into events (at, event, subject_kind, report_id, actor_kind, details)
    select '2026-03-03 02:00Z', 'report.escalated', 'report', ${report.id}, 'robot', '{"step":"overdue_days"}' from generate_series(1, 200)`
  expect(await notifyRecipients(at(db, '2026-03-03 10:00'))).toBeGreaterThanOrEqual(200 * 61)
})

test('an event that fails does not delay others, and is retried later', async ({ db, sql }) => {
  const { approver, officer, report } = await underWay(db)
  await notifyRecipients(at(db, '09:59'))
  await sql`insert into events (at, event, subject_kind, report_id, actor_kind, details)
    select '2026-03-02 02:00Z', case when n in (1, 130) then 'report.escalated' else 'report.answer_approved' end,
      'report', ${report.id}, 'robot', '{"step":"overdue_days"}' from generate_series(1, 250) n`
  await sql.unsafe(`
    create function refuse_steps() returns trigger language plpgsql as
      $$ begin if new.kind = 'overdue_days' then raise check_violation using message = 'injected'; end if; return new; end $$;
    create trigger refuse_steps before insert on notifications for each row execute function refuse_steps();`)
  await giveAgain({ db, approver, officer, report })
  expect(await kindsTold(db, officer, report.id)).toEqual(['assigned'])
  const aside = () => db.select().from(notificationMarks).orderBy(asc(notificationMarks.eventId))
  const twice = (attempts: number, local: string) => [1, 2].map(() => ({ attempts, retryAt: hanoi(local) }))
  expect(await aside()).toMatchObject(twice(1, '2026-03-02 10:04'))
  await notifyRecipients(at(db, '10:03'))
  expect(await aside()).toMatchObject(twice(1, '2026-03-02 10:04'))
  await notifyRecipients(at(db, '10:04'))
  expect(await aside()).toMatchObject(twice(2, '2026-03-02 10:08'))
  await sql`drop trigger refuse_steps on notifications`
  await notifyRecipients(at(db, '10:08'))
  expect(await aside()).toEqual([])
})

test('accounts with newly shown notifications are found without reading all notifications', async ({ db, sql }) => {
  const { officer, report } = await underWay(db)
  await sql`insert into notifications (account_id, kind, report_id, event_id, shown_at)
    select ${officer.id}, 'assigned', ${report.id}, -n, '2026-01-01'::timestamptz + n * interval '1 minute'
    from generate_series(1, 20000) n`
  await sql`analyze notifications`
  const plan = await db.execute(query`explain ${shownJustNow(hanoi('2026-01-10 09:00'))}`)
  expect(JSON.stringify(plan)).toContain('Index Scan using notifications_shown')
})
