import { desc, eq, sql } from 'drizzle-orm'
import readXlsxFile from 'read-excel-file/node'
import { describe, expect } from 'vitest'
import { connect, type Database } from '#db/client.ts'
import { type BuiltAccount, buildAccount, buildActor } from '#db/factories/accounts.ts'
import { buildAgency, buildCity } from '#db/factories/agencies.ts'
import { buildHeldReport } from '#db/factories/lived-reports.ts'
import { openBusyServer, openMailbox } from '#db/factories/mailbox.ts'
import { buildReport } from '#db/factories/reports.ts'
import { accounts, agencies, events, mailingRuns, mailings, reports } from '#db/schema/index.ts'
import { test as plain } from '#db/testing.ts'
import type { Context } from '#server/accounts/context.ts'
import { robot } from '#server/accounts/rules/actor.ts'
import { hanoi } from '#server/calendars/rules/test-calendars.ts'
import { removeMailing, saveMailing, switchMailing, testMailing } from './commands/save-mailing.ts'
import { sendMailings } from './commands/send-mailings.ts'
import { sweepMailings } from './commands/sweep-mailings.ts'
import { listMailings, listRuns, recipientChoices } from './queries/mailings.ts'
import { readWeekly } from './queries/weekly.ts'
import type { SaveMailing } from './rules/mailing.ts'
import { weeklyMailing } from './testing/weekly-mailing.ts'

const test = plain
  .extend('many', { scope: 'file' }, ({ databaseUrl }, { onCleanup }) => {
    const client = connect(databaseUrl, { max: 12 })
    onCleanup(client.close)
    return client.db
  })
  .extend('box', async ({ many: _ }, { onCleanup }) => {
    const box = await openMailbox()
    onCleanup(box.close)
    return box
  })

const week = { edition: 'weekly', from: '2026-03-02', agency: null } as const
const monday = '2026-03-09 07:30'
const domains = ['hanoi.example']
const settings = ({ url }: { url: URL }) => ({
  mail: { url, from: 'desk@hanoi.example', domains },
  appUrl: new URL('https://desk.hanoi.example'),
})
const at = (db: Database, actor: Context['actor'], local: string): Context => ({ db, actor, now: () => hanoi(local) })
const robotAt = (db: Database, local: string) => at(db, robot, local)

let count = 0
/** A manager of a new agency that has this many reports of the first week of March. */
async function manager(db: Database, held = 0, wanted: Parameters<typeof buildAccount>[1] = {}): Promise<BuiltAccount> {
  count += 1
  const agency = wanted.agency ?? (await buildAgency(db))
  const account = await buildAccount(db, { agency, roles: ['manager'], email: `m${count}@hanoi.example`, ...wanted })
  for (let n = 0; n < held; n += 1) await buildHeldReport(db, agency.id)
  return account
}

/** Set up in the week that it is to report. */
async function scheduled(db: Database, owner: BuiltAccount, recipients = [owner], more: Partial<SaveMailing> = {}) {
  const { id } = await saveMailing(at(db, owner.actor, '2026-03-05 10:00'), weeklyMailing(recipients, more))
  const runs = async () =>
    db.select().from(mailingRuns).where(eq(mailingRuns.mailingId, id)).orderBy(desc(mailingRuns.id))
  const told = async () =>
    (await db.select({ event: events.event }).from(events).where(eq(events.subjectId, id)).orderBy(events.id)).map(
      ({ event }) => event,
    )
  return { id, runs, told, end: () => db.delete(mailings).where(eq(mailings.id, id)) }
}

describe('a mailing', () => {
  test('is sent once, though five workers look for it at the same minute', async ({ many: db, box }) => {
    const [owner, other] = [await manager(db, 1), await manager(db, 1)]
    const boss = await manager(db, 0, { agency: await buildCity(db) })
    const mailing = await scheduled(db, boss, [owner, other])
    await sendMailings(robotAt(db, '2026-03-09 07:29'), settings(box))
    expect(box.letters).toEqual([])
    const done = await Promise.all([1, 2, 3, 4, 5].map(() => sendMailings(robotAt(db, monday), settings(box))))
    expect(done.reduce((sum, each) => sum + each, 0)).toBe(1)
    await sendMailings(robotAt(db, '2026-03-09 07:45'), settings(box))
    expect(box.letters.flatMap(({ to }) => to).sort()).toEqual([owner.email, other.email].sort())
    const runs = await mailing.runs()
    expect(runs.map(({ state, attempts, dueAt }) => [state, attempts, dueAt])).toEqual([['sent', 1, hanoi(monday)]])
    expect(await mailing.told()).toEqual(['mailing.created', 'mailing.sent'])
    const [row] = await db.select().from(mailings).where(eq(mailings.id, mailing.id))
    expect(row?.nextAt).toEqual(hanoi('2026-03-16 07:30'))
    await mailing.end()
  })

  test('gives every recipient what their agency is responsible for, in the words and figures of the page, and beside it what it coordinates', async ({
    db,
    box,
  }) => {
    const [one, three] = [await manager(db, 1), await manager(db, 3)]
    const boss = await manager(db, 0, { agency: await buildCity(db) })
    await db
      .update(reports)
      .set({ heldBy: [one.agencyId, three.agencyId] })
      .where(eq(reports.agencyId, three.agencyId))
    const mailing = await scheduled(db, boss, [one, three], { attachments: ['xlsx', 'csv'] })
    await sendMailings(robotAt(db, monday), settings(box))
    const letterTo = (account: BuiltAccount) => box.letters.find(({ to }) => to.includes(account.email ?? ''))
    for (const [account, received] of [
      [one, 1],
      [three, 3],
    ] as const) {
      const page = await readWeekly(at(db, account.actor, '2026-03-10 09:00'), { ...week, agency: account.agencyId })
      expect(page.figures.received.value).toBe(received)
      const letter = letterTo(account)
      expect(letter?.text).toContain(`Tiếp nhận: ${received}`)
      expect(letter?.text).toContain('Báo cáo trích xuất tự động, không thay văn bản hành chính.')
      expect(letter?.html).toContain('Báo cáo trích xuất tự động, không thay văn bản hành chính.')
      expect(letter?.html).toMatch(/https:\/\/desk\.hanoi\.example\/insights\/issued\/[0-9a-f-]{36}"/)
      const [book, table] = letter?.files ?? []
      expect([book?.filename, table?.filename]).toEqual(['bao-cao-2026-03-02.xlsx', 'bao-cao-2026-03-02.csv'])
      const [figures] = await readXlsxFile(book?.content ?? Buffer.alloc(0))
      expect(figures?.data[1]?.slice(0, 2)).toEqual(['Tiếp nhận', received])
      expect(table?.content.toString()).toContain(`Tiếp nhận,Kỳ này,${received}`)
    }
    const [responsible] = await db.select().from(agencies).where(eq(agencies.id, three.agencyId))
    const coordinated = `Phối hợp: 3 phản ánh đang mở, không tính vào các số liệu này; chủ trì: ${responsible?.name} (3)`
    expect(letterTo(one)?.text).toContain(coordinated)
    expect(letterTo(one)?.html).toContain(coordinated)
    expect(letterTo(three)?.text).not.toContain('Phối hợp')
    await mailing.end()
  })

  test('of each working day covers the days off before it, and says so in title, period and figures', async ({
    db,
    box,
  }) => {
    const owner = await manager(db)
    const { agencyId } = owner
    for (const day of ['05', '06', '07', '08', '09'])
      await buildHeldReport(db, agencyId, { receivedAt: hanoi(`2026-03-${day} 06:30`) })
    const daily = { edition: 'daily', minute: 435 } as const
    const mailing = await scheduled(db, owner, [owner], daily)
    for (const due of ['2026-03-06 07:15', '2026-03-09 07:15']) await sendMailings(robotAt(db, due), settings(box))
    const told = box.letters.filter(({ to }) => to.includes(owner.email ?? ''))
    expect(told.map(({ text }) => /Tiếp nhận: (\d+)/.exec(text ?? '')?.[1])).toEqual(['1', '3'])
    expect(told.map(({ subject }) => /^Báo cáo [^:]*/.exec(subject ?? '')?.[0])).toEqual([
      'Báo cáo ngày',
      'Báo cáo 3 ngày',
    ])
    expect(told[1]?.subject).toContain('từ Thứ Sáu, ngày 06/03/2026 đến Chủ Nhật, ngày 08/03/2026')
    await mailing.end()
  })

  test('whose letter is refused is tried again after a minute, and no one gets it twice', async ({ db, box }) => {
    const [first, second] = [await manager(db, 1), await manager(db, 1)]
    const boss = await manager(db, 0, { agency: await buildCity(db) })
    const mailing = await scheduled(db, boss, [first, second])
    box.refuse(second.email ?? '', 1)
    await sendMailings(robotAt(db, monday), settings(box))
    expect(box.letters.flatMap(({ to }) => to)).toEqual([first.email])
    const [waiting] = await mailing.runs()
    expect(waiting).toMatchObject({ state: 'waiting', error: 'refused', notBefore: hanoi('2026-03-09 07:31') })
    expect(await mailing.told()).toEqual(['mailing.created'])
    expect(await sendMailings(robotAt(db, monday), settings(box))).toBe(0)
    await sendMailings(robotAt(db, '2026-03-09 07:31'), settings(box))
    expect(box.letters.flatMap(({ to }) => to)).toEqual([first.email, second.email])
    const [sent] = await mailing.runs()
    expect(sent).toMatchObject({ state: 'sent', error: null, attempts: 2 })
    expect(await mailing.told()).toEqual(['mailing.created', 'mailing.sent'])
    await mailing.end()
  })

  test('that fails three times is given up, and its owner is notified', async ({ db, box }) => {
    const boss = await manager(db, 0, { agency: await buildCity(db), name: 'Hoàng Thị Mai' })
    const reader = await manager(db, 1)
    const mailing = await scheduled(db, boss, [reader])
    box.refuse(reader.email ?? '', 9)
    for (const minute of ['07:30', '07:31', '07:36', '07:50', '09:00']) {
      await sendMailings(robotAt(db, `2026-03-09 ${minute}`), settings(box))
    }
    const runs = await mailing.runs()
    expect(runs.map(({ state, attempts, error }) => [state, attempts, error])).toEqual([['failed', 3, 'refused']])
    expect(box.letters.map(({ to, subject }) => [to, subject])).toEqual([
      [[boss.email], 'Không gửi được báo cáo: Báo cáo tuần cho lãnh đạo'],
    ])
    expect(box.letters[0]?.text).toContain('máy chủ thư từ chối thư')
    expect(await mailing.told()).toEqual(['mailing.created', 'mailing.failed'])
    await mailing.end()
  })

  test('that was never begun, waits too long or is held by a dead process is found and queued again', async ({
    db,
    box,
  }) => {
    const owner = await manager(db, 1)
    const mailing = await scheduled(db, owner)
    const sweep = (local: string) => sweepMailings(robotAt(db, `2026-03-09 ${local}`), settings(box))
    const queued = async () =>
      (await db.execute(sql`select 1 from graphile_worker.jobs where key = 'send_mailings'`)).length
    expect([await sweep('07:34'), await queued()]).toEqual([0, 0])
    expect([await sweep('07:35'), await queued()]).toEqual([1, 1])
    box.refuse(owner.email ?? '', 1)
    await sendMailings(robotAt(db, '2026-03-09 07:36'), settings(box))
    expect([await sweep('07:41'), await sweep('07:42')]).toEqual([0, 1])
    await db
      .update(mailingRuns)
      .set({ state: 'running', claimedAt: hanoi('2026-03-09 07:42') })
      .where(eq(mailingRuns.state, 'waiting'))
    expect([await sweep('08:01'), await sweep('08:02')]).toEqual([0, 1])
    expect(await sweepMailings(robotAt(db, '2026-03-09 09:00'), { mail: undefined })).toBe(0)
    await sendMailings(robotAt(db, '2026-03-09 08:03'), settings(box))
    expect(await sweep('09:00')).toBe(0)
    await db.execute(sql`select graphile_worker.remove_job('send_mailings')`)
    await mailing.end()
  })

  test('waits for a mail server that is away', async ({ db, box }) => {
    const owner = await manager(db, 1)
    const mailing = await scheduled(db, owner)
    await box.close()
    await sendMailings(robotAt(db, monday), settings(box))
    expect((await mailing.runs())[0]).toMatchObject({ state: 'waiting', error: 'unreachable' })
    const back = await openMailbox(Number(box.url.port))
    await sendMailings(robotAt(db, '2026-03-09 07:31'), settings(box))
    expect(back.letters).toHaveLength(1)
    await back.close()
    await mailing.end()
  })

  test('is tried once while the server accepts nothing, though several are due', async ({ db }) => {
    const away = await openBusyServer()
    const [one, other] = [await manager(db, 1), await manager(db, 1)]
    const due = [await scheduled(db, one), await scheduled(db, other)]
    await sendMailings(robotAt(db, monday), settings(away))
    expect(away.tries()).toBe(1)
    const states = await Promise.all(due.map(async ({ runs }) => (await runs())[0]))
    expect(states.map((run) => [run?.state, run?.attempts]).sort()).toEqual([
      ['waiting', 0],
      ['waiting', 1],
    ])
    await away.close()
    for (const mailing of due) await mailing.end()
  })

  test('missed for two hours is sent once the desk is back; of three missed weeks only the last is sent', async ({
    db,
    box,
  }) => {
    const owner = await manager(db, 2)
    const mailing = await scheduled(db, owner)
    await sendMailings(robotAt(db, '2026-03-09 09:30'), settings(box))
    expect(box.letters.map(({ subject }) => subject)).toEqual([expect.stringContaining('02/03/2026')])
    expect((await mailing.runs())[0]?.dueAt).toEqual(hanoi(monday))
    await sendMailings(robotAt(db, '2026-04-01 10:00'), settings(box))
    expect(box.letters.slice(1).map(({ subject }) => subject)).toEqual([expect.stringContaining('23/03/2026')])
    expect(await mailing.runs()).toHaveLength(2)
    await mailing.end()
  })

  test('begun by a process that was killed is continued after a quarter of an hour, for those who have none yet', async ({
    db,
    box,
  }) => {
    const [first, second] = [await manager(db, 1), await manager(db, 1)]
    const boss = await manager(db, 0, { agency: await buildCity(db) })
    const mailing = await scheduled(db, boss, [first, second])
    const begun = { attempts: 1, recipientIds: [first.id, second.id], sentTo: [first.id] }
    const claimed = { mailingId: mailing.id, dueAt: hanoi(monday), notBefore: hanoi(monday), claimedAt: hanoi(monday) }
    await db.insert(mailingRuns).values({ state: 'running', ...begun, ...claimed })
    await sendMailings(robotAt(db, '2026-03-09 07:44'), settings(box))
    expect(box.letters).toEqual([])
    await sendMailings(robotAt(db, '2026-03-09 07:45'), settings(box))
    expect(box.letters.flatMap(({ to }) => to)).toEqual([second.email])
    expect((await mailing.runs()).map(({ state, sentTo }) => [state, sentTo])).toEqual([
      ['sent', [first.id, second.id]],
    ])
    await mailing.end()
  })

  test('killed three times is given up', async ({ db, box }) => {
    const owner = await manager(db, 1)
    const mailing = await scheduled(db, owner)
    const times = { dueAt: hanoi(monday), notBefore: hanoi(monday), claimedAt: hanoi(monday) }
    await db
      .insert(mailingRuns)
      .values({ mailingId: mailing.id, state: 'running', attempts: 3, recipientIds: [owner.id], ...times })
    await sendMailings(robotAt(db, '2026-03-09 08:00'), settings(box))
    expect((await mailing.runs())[0]).toMatchObject({ state: 'failed', error: 'stopped' })
    expect(box.letters.map(({ to, text }) => [to, text])).toEqual([
      [[owner.email], expect.stringContaining('hệ thống dừng giữa chừng')],
    ])
    expect(await mailing.told()).toContain('mailing.failed')
    await mailing.end()
  })

  test('leaves out accounts that may not have it, and says why', async ({ db, box }) => {
    const boss = await manager(db, 0, { agency: await buildCity(db) })
    const [fine, gone, outside, without, editor] = [
      await manager(db, 1),
      await manager(db),
      await manager(db, 0, { email: 'someone@elsewhere.example' }),
      await manager(db, 0, { email: null }),
      await manager(db, 0, { roles: ['editor'] }),
    ]
    const mailing = await scheduled(db, boss, [fine, gone, outside, without, editor])
    await db.update(accounts).set({ isActive: false }).where(eq(accounts.id, gone.id))
    await sendMailings(robotAt(db, monday), settings(box))
    expect(box.letters.flatMap(({ to }) => to)).toEqual([fine.email])
    const [run] = await listRuns(at(db, boss.actor, monday), mailing.id)
    expect(run?.leftOut.map(({ why }) => why)).toEqual(['inactive', 'domain', 'no_email', 'no_figures'])
    await mailing.end()
  })

  test('with nothing to report is skipped where that is wanted', async ({ db, box }) => {
    const owner = await manager(db)
    const [silent, spoken] = [await scheduled(db, owner, [owner], { skipsEmpty: true }), await scheduled(db, owner)]
    await sendMailings(robotAt(db, monday), settings(box))
    expect((await silent.runs())[0]).toMatchObject({
      state: 'skipped',
      leftOut: [{ accountId: owner.id, why: 'empty' }],
    })
    expect(await silent.told()).toEqual(['mailing.created', 'mailing.skipped'])
    expect(box.letters.map(({ text }) => text)).toEqual([expect.stringContaining('không tiếp nhận phản ánh nào')])
    for (const each of [silent, spoken]) await each.end()
  })

  test('of the day reports yesterday, compared with its weekday; after days off the day before it is sent', async ({
    db,
    box,
  }) => {
    const owner = await manager(db, 2)
    const agencyId = owner.agencyId
    const receivedAt = hanoi('2026-02-25 10:00')
    await buildReport(db, { state: 'in_progress', agencyId, heldBy: [agencyId], receivedAt })
    const mailing = await scheduled(db, owner, [owner], {
      edition: 'daily',
      name: 'Báo cáo ngày',
      attachments: ['csv'],
    })
    await sendMailings(robotAt(db, '2026-03-06 07:30'), settings(box))
    const [letter] = box.letters
    expect(letter?.subject).toMatch(/^Báo cáo ngày: .*Thứ Năm, ngày 05\/03\/2026$/)
    expect(letter?.text).toContain('so với 26/02/2026, cùng thứ tuần trước')
    expect(letter?.html).toContain('/insights/issued/')
    expect(letter?.files.map(({ filename }) => filename)).toEqual(['bao-cao-2026-03-05.csv'])
    await sendMailings(robotAt(db, '2026-03-08 12:00'), settings(box))
    expect(box.letters).toHaveLength(1)
    await sendMailings(robotAt(db, monday), settings(box))
    expect(box.letters[1]?.subject).toContain('Chủ Nhật, ngày 08/03/2026')
    expect(await mailing.runs()).toHaveLength(2)
    await mailing.end()
  })

  test('changed while it waits for a worker is still sent; at another time it waits for that', async ({ db, box }) => {
    const owner = await manager(db, 1)
    const mailing = await scheduled(db, owner)
    const change = (local: string, version: number, more: Partial<SaveMailing>) =>
      saveMailing(at(db, owner.actor, local), { ...weeklyMailing([owner]), ...more, id: mailing.id, version })
    await change('2026-03-09 08:00', 1, { name: 'Tuần qua' })
    await sendMailings(robotAt(db, '2026-03-09 08:05'), settings(box))
    expect(box.letters).toHaveLength(1)
    await change('2026-03-10 08:00', 2, { name: 'Tuần qua', day: 3 })
    await sendMailings(robotAt(db, '2026-03-11 07:29'), settings(box))
    expect(box.letters).toHaveLength(1)
    await sendMailings(robotAt(db, '2026-03-11 07:30'), settings(box))
    expect(box.letters).toHaveLength(2)
    await mailing.end()
  })

  test('without a mail server is kept, and sent once there is one', async ({ db, box }) => {
    const mailing = await scheduled(db, await manager(db, 1))
    expect(await sendMailings(robotAt(db, monday), { mail: undefined })).toBe(0)
    expect(await mailing.runs()).toEqual([])
    await sendMailings(robotAt(db, '2026-03-09 11:00'), settings(box))
    expect(box.letters).toHaveLength(1)
    await mailing.end()
  })
})

describe('a letter', () => {
  test('keeps its header intact, whatever names hold', async ({ db, box }) => {
    const evil = 'Lan\r\nBcc: x@evil.example\r\n\r\n<b>hi</b>'
    const agency = await buildAgency(db, { name: 'Phường\r\nBcc: y@evil.example' })
    const owner = await manager(db, 1, { name: evil, agency })
    const mailing = await scheduled(db, owner, [owner], { name: `Tuần ${evil}` })
    await sendMailings(robotAt(db, monday), settings(box))
    const [letter] = box.letters
    expect(letter?.to).toEqual([owner.email])
    expect(letter?.head.filter((line) => /^(b?cc|to):/i.test(line))).toHaveLength(1)
    expect(letter?.subject).toContain('Phường Bcc: y@evil.example')
    await mailing.end()
  })

  test('shows names as text, in HTML and in a spreadsheet', async ({ db, box }) => {
    const agency = await buildAgency(db, { name: '=1+1<img src=x onerror=alert(1)>&"' })
    const owner = await manager(db, 1, { agency })
    const mailing = await scheduled(db, owner, [owner], { attachments: ['csv', 'xlsx'] })
    await sendMailings(robotAt(db, monday), settings(box))
    const [letter] = box.letters
    expect(letter?.html).toContain('=1+1&lt;img src=x onerror=alert(1)&gt;&amp;&quot;')
    expect(letter?.html).not.toContain('<img')
    const [table, book] = letter?.files ?? []
    expect(table?.content.toString()).not.toMatch(/^"?=1|,"?=1/m)
    const sheets = await readXlsxFile(book?.content ?? Buffer.alloc(0))
    expect(String(sheets[3]?.data[1]?.[1])).toContain(`${agency.name}. Tuần`)
    expect(table?.content.toString()).toContain('=1+1<img')
    await mailing.end()
  })
})

describe('a test', () => {
  test('is sent to the caller at once, and to no one else', async ({ db, box }) => {
    const boss = await manager(db, 0, { agency: await buildCity(db) })
    const mailing = await scheduled(db, boss, [await manager(db, 1)])
    const ctx = at(db, boss.actor, '2026-03-10 15:00')
    await testMailing(ctx, { id: mailing.id, version: 1 }, settings(box).mail)
    await db.update(mailings).set({ isActive: false }).where(eq(mailings.id, mailing.id))
    await sendMailings(robotAt(db, '2026-03-10 15:00'), settings(box))
    expect(box.letters.map(({ to, subject }) => [to, subject.slice(0, 9)])).toEqual([[[boss.email], '[Gửi thử]']])
    const [run] = await mailing.runs()
    expect(run).toMatchObject({ isTest: true, state: 'sent' })
    expect(await mailing.told()).toEqual(['mailing.created', 'mailing.tested', 'mailing.sent'])
    await mailing.end()
  })

  test('is refused while there is no mail server', async ({ db }) => {
    const owner = await manager(db)
    const mailing = await scheduled(db, owner)
    const asked = testMailing(at(db, owner.actor, monday), { id: mailing.id, version: 1 }, undefined)
    await expect(asked).rejects.toThrow('mail_not_set_up')
    await mailing.end()
  })
})

describe('access to mailings', () => {
  test('an owner sees their own, managers of the city see all', async ({ db }) => {
    const [mine, other] = [await manager(db), await manager(db)]
    const boss = await manager(db, 0, { agency: await buildCity(db) })
    const mailing = await scheduled(db, mine)
    const idsFor = async ({ actor }: BuiltAccount) =>
      (await listMailings(at(db, actor, monday), domains)).map(({ id }) => id)
    expect(await idsFor(mine)).toEqual([mailing.id])
    expect(await idsFor(other)).toEqual([])
    expect(await idsFor(boss)).toContain(mailing.id)
    const seen = { id: mailing.id, version: 1 }
    const ctx = at(db, other.actor, monday)
    await expect(removeMailing(ctx, seen)).rejects.toThrow('not_found')
    await expect(switchMailing(ctx, { ...seen, isActive: false })).rejects.toThrow('not_found')
    await expect(saveMailing(ctx, { ...weeklyMailing([other]), ...seen })).rejects.toThrow('not_found')
    await expect(testMailing(ctx, seen, settings({ url: new URL('smtp://127.0.0.1:1') }).mail)).rejects.toThrow(
      'not_found',
    )
    await expect(listRuns(ctx, mailing.id)).rejects.toThrow('not_found')
    await mailing.end()
  })

  test('an owner writes to accounts of the agencies they manage, and to no others', async ({ db }) => {
    const mine = await manager(db)
    const stranger = await manager(db)
    const ctx = at(db, mine.actor, monday)
    expect((await recipientChoices(ctx, domains)).map(({ id, problem }) => [id, problem])).toEqual([[mine.id, null]])
    await expect(saveMailing(ctx, weeklyMailing([mine, stranger]))).rejects.toThrow('mailing_recipient')
  })

  test('an owner learns of a change that came in between', async ({ db }) => {
    const mine = await manager(db)
    const mailing = await scheduled(db, mine)
    const ctx = at(db, mine.actor, '2026-03-05 11:00')
    await switchMailing(ctx, { id: mailing.id, version: 1, isActive: false })
    await expect(switchMailing(ctx, { id: mailing.id, version: 1, isActive: true })).rejects.toThrow('conflict')
    await expect(saveMailing(ctx, { ...weeklyMailing([mine]), id: mailing.id, version: 1 })).rejects.toThrow('conflict')
    const later = at(db, mine.actor, '2026-03-20 11:00')
    await switchMailing(later, { id: mailing.id, version: 2, isActive: true })
    const [row] = await db.select().from(mailings).where(sql`${mailings.id} = ${mailing.id}`)
    expect(row?.nextAt).toEqual(hanoi('2026-03-23 07:30'))
    await mailing.end()
  })

  test('an officer keeps none', async ({ db }) => {
    const officer = await buildActor(db, 'officer')
    expect(await listMailings(at(db, officer, monday), domains)).toEqual([])
  })
})
