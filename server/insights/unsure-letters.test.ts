import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { asc, eq } from 'drizzle-orm'
import { expect } from 'vitest'
import type { Database } from '#db/client.ts'
import { buildAccount } from '#db/factories/accounts.ts'
import { buildCity } from '#db/factories/agencies.ts'
import { type Mailbox, openMailbox } from '#db/factories/mailbox.ts'
import { events, mailingRuns } from '#db/schema/index.ts'
import { test as base } from '#db/testing.ts'
import type { Context } from '#server/accounts/context.ts'
import { robot } from '#server/accounts/rules/actor.ts'
import { hanoi } from '#server/calendars/rules/test-calendars.ts'
import { saveMailing, sendMailingAgain } from './commands/save-mailing.ts'
import { sendMailings } from './commands/send-mailings.ts'
import { listRuns } from './queries/mailings.ts'

const test = base.extend('box', async ({ databaseUrl: _ }, { onCleanup }) => {
  const box = await openMailbox()
  onCleanup(box.close)
  return box
})

const monday = '2026-03-09 07:30'
const domains = ['hanoi.example']
const mailOf = ({ url }: Mailbox) => ({ url, from: 'desk@hanoi.example', domains })
const at = (db: Database, actor: Context['actor'], local: string): Context => ({ db, actor, now: () => hanoi(local) })

/**
 * A process that sends what is due, and is killed once the mail server has the first letter, before it gets the answer.
 */
async function killWhileHandingOver(databaseUrl: string, box: Mailbox): Promise<void> {
  const program = `
    import { connect } from '#db/client.ts'
    import { robot } from '#server/accounts/rules/actor.ts'
    import { sendMailings } from '#server/insights/commands/send-mailings.ts'
    const { db } = connect(process.env.DATABASE_URL, { max: 3 })
    const mail = { url: new URL(process.env.BOX), from: 'desk@hanoi.example', domains: ['hanoi.example'] }
    await sendMailings({ db, actor: robot, now: () => new Date('${hanoi(monday).toISOString()}') }, { mail })`
  const child = spawn(process.execPath, ['--input-type=module', '--eval', program], {
    cwd: join(import.meta.dirname, '../..'),
    env: { ...process.env, DATABASE_URL: databaseUrl, BOX: box.url.href, LOG_LEVEL: 'silent' },
    stdio: ['ignore', 'inherit', 'inherit'],
  })
  const gone = new Promise((exit) => child.once('exit', exit))
  box.onceTaken(() => child.kill('SIGKILL'))
  await gone
}

test('a letter of unknown outcome is not sent twice: its owner is notified, and may send it again', {
  timeout: 60_000,
}, async ({ db, databaseUrl, box }) => {
  const agency = await buildCity(db)
  const build = (name: string, email: string) => buildAccount(db, { agency, roles: ['manager'], name, email })
  const boss = await build('Hoàng Thị Mai', 'mai@hanoi.example')
  const [first, second] = [await build('Trần An', 'an@hanoi.example'), await build('Lê Bình', 'binh@hanoi.example')]
  const rhythm = { edition: 'weekly', day: 1, minute: 450, onWorkingDays: true } as const
  const rest = { locale: 'vi', attachments: [], isActive: true, skipsEmpty: false } as const
  const recipientIds = [first.id, second.id]
  const fields = { id: null, version: 0, name: 'Báo cáo tuần', ...rhythm, ...rest, recipientIds: [...recipientIds] }
  const saved = await saveMailing(at(db, boss.actor, '2026-03-05 10:00'), { ...fields, attachments: [] })
  const letters = () => box.letters.map(({ to, subject }) => [to[0], subject.slice(0, 12)])

  await killWhileHandingOver(databaseUrl, box)
  expect(letters()).toEqual([['an@hanoi.example', 'Báo cáo tuần']])

  await sendMailings(at(db, robot, '2026-03-09 07:45'), { mail: mailOf(box) })
  expect(letters().slice(1)).toEqual([
    ['binh@hanoi.example', 'Báo cáo tuần'],
    ['mai@hanoi.example', 'Chưa rõ thư '],
  ])
  expect(box.letters.at(-1)?.text).toContain('Trần An')
  const ctx = at(db, boss.actor, '2026-03-09 08:00')
  const [run] = await listRuns(ctx, saved.id)
  expect(run).toMatchObject({ state: 'unsure', sentTo: ['Lê Bình'], unsure: ['Trần An'], attempts: 2 })

  const again = { ...saved, runId: run?.id ?? '' }
  await expect(sendMailingAgain(ctx, { ...again, version: 9 }, mailOf(box))).rejects.toThrow('conflict')
  await sendMailingAgain(ctx, again, mailOf(box))
  await expect(sendMailingAgain(ctx, again, mailOf(box))).rejects.toThrow('mailing_not_repeatable')
  await sendMailings(at(db, robot, '2026-03-09 08:00'), { mail: mailOf(box) })
  expect(letters().slice(3)).toEqual([['an@hanoi.example', 'Báo cáo tuần']])
  // The same letter by its message id: a mail server that has it already can recognise it.
  const numbers = box.letters.map(({ head }) => head.find((line) => /^message-id:/i.test(line)))
  expect(numbers[3]).toBe(numbers[0])
  const [row] = await db.select().from(mailingRuns).where(eq(mailingRuns.mailingId, saved.id))
  expect(row).toMatchObject({ state: 'sent', sentTo: [second.id, first.id], unsure: [], handingTo: null })
  const told = await db.select().from(events).where(eq(events.subjectId, saved.id)).orderBy(asc(events.id))
  expect(told.map(({ event }) => event)).toEqual([
    'mailing.created',
    'mailing.unsure',
    'mailing.sent_again',
    'mailing.sent',
  ])
})
