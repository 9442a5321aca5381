import { sql } from 'drizzle-orm'
import { expect } from 'vitest'
import type { Database } from '#db/client.ts'
import { buildAccount } from '#db/factories/accounts.ts'
import { buildAgency, buildCity } from '#db/factories/agencies.ts'
import { buildArea } from '#db/factories/areas.ts'
import { buildCategory } from '#db/factories/categories.ts'
import { buildLivedReport } from '#db/factories/lived-reports.ts'
import { type Mailbox, openMailbox } from '#db/factories/mailbox.ts'
import { calendarDays } from '#db/schema/index.ts'
import { test as base } from '#db/testing.ts'
import type { Context } from '#server/accounts/context.ts'
import { actorOf } from '#server/accounts/queries/actors.ts'
import { robot } from '#server/accounts/rules/actor.ts'
import { hanoi } from '#server/calendars/rules/test-calendars.ts'
import { mailToday } from './commands/mail-today.ts'
import { sayIn } from './mail/weekly-letter.ts'
import { readToday } from './queries/today.ts'
import { todayKpis } from './rules/today.ts'

const appUrl = new URL('https://desk.hanoi.example')
const at = (db: Database, local: string): Context => ({ db, actor: robot, now: () => hanoi(local) })
const send = (db: Database, { url }: Mailbox, local: string) =>
  mailToday(at(db, local), { mail: { url, from: 'desk@hanoi.example', domains: ['hanoi.example'] }, appUrl })
const recipients = ({ letters }: Mailbox) => letters.flatMap(({ to }) => to).sort()

/** A head whose agency has urgent work that is overdue, a leader of the city, and five who get no letter. */
async function buildReaders(db: Database) {
  const [city, agency] = [await buildCity(db), await buildAgency(db)]
  const head = await buildAccount(db, { agency, roles: ['approver'], email: 'head@hanoi.example' })
  const leader = await buildAccount(db, {
    agency: city,
    roles: ['manager'],
    email: 'leader@hanoi.example',
    preferences: { locale: 'en' },
  })
  await buildAccount(db, { agency, email: 'officer@hanoi.example' })
  await buildAccount(db, { agency, roles: ['approver'] })
  const leads = { agency, roles: ['approver' as const] }
  await buildAccount(db, { ...leads, email: 'off@hanoi.example', preferences: { mailToday: false } })
  await buildAccount(db, { ...leads, email: 'outside@example.org' })
  await buildAccount(db, { ...leads, email: 'gone@hanoi.example', isActive: false })
  const [area, category] = [await buildArea(db), await buildCategory(db)]
  const one = { agencyId: agency.id, areaId: area.id, categoryCode: category.code, severity: 'urgent' } as const
  for (const hour of ['08:00', '09:00']) await buildLivedReport(db, { ...one, receivedAt: hanoi(`2026-03-02 ${hour}`) })
  return { head, leader, agency }
}

const test = base
  .extend('box', async ({ databaseUrl: _ }, { onCleanup }) => {
    const box = await openMailbox()
    onCleanup(box.close)
    return box
  })
  .extend('readers', { scope: 'file' }, ({ db }) => buildReaders(db))

test('those whose home it is get the page in the morning, each in their language, with links to the risks', async ({
  db,
  box,
  readers: { head, leader, agency },
}) => {
  expect(await send(db, box, '2026-03-09 07:14')).toBe(0)
  expect(await send(db, box, '2026-03-09 07:15')).toBe(2)
  expect(recipients(box)).toEqual(['head@hanoi.example', 'leader@hanoi.example'])
  const letterOf = (email: string) => {
    const letter = box.letters.find(({ to }) => to.includes(email))
    if (!letter) throw new Error('no letter')
    return letter
  }
  const ofHead = letterOf('head@hanoi.example')
  expect(ofHead.subject).toBe(`Hôm nay 09/03/2026: ${agency.name}`)
  expect(ofHead.text).toContain('2 việc khẩn đã quá hạn.')
  expect(letterOf('leader@hanoi.example').text).toContain('2 urgent reports are overdue')
  for (const [{ id }, locale] of [
    [head, 'vi'],
    [leader, 'en'],
  ] as const) {
    const actor = await actorOf(db, id, hanoi('2026-03-09 07:15'))
    if (!actor) throw new Error('no account')
    const { risks } = await readToday({ ...at(db, '2026-03-09 07:15'), actor }, null)
    expect(risks.length).toBeGreaterThan(0)
    const { text, html } = letterOf(id === head.id ? 'head@hanoi.example' : 'leader@hanoi.example')
    for (const { href } of risks) {
      expect(text).toContain(new URL(href, appUrl).href)
      expect(html).toContain(`href="${new URL(href, appUrl).href.replaceAll('&', '&amp;')}"`)
    }
    for (const kpi of todayKpis) {
      const name = sayIn(locale)(`insights.kpis.${kpi}.name`)
      expect(text).toContain(`- ${name}: `)
      expect(html).toContain(name)
    }
    expect(text).toContain(`${appUrl.href}today`)
  }
})

test('once a day, whoever sends and however often; a letter that was refused is tried again', async ({
  db,
  box,
  readers: _,
}) => {
  box.refuse('head@hanoi.example', 1)
  expect(await send(db, box, '2026-03-10 07:15')).toBe(1)
  expect(recipients(box)).toEqual(['leader@hanoi.example'])
  expect(await send(db, box, '2026-03-10 07:30')).toBe(1)
  expect(await send(db, box, '2026-03-10 07:45')).toBe(0)
  expect(recipients(box)).toEqual(['head@hanoi.example', 'leader@hanoi.example'])
  box.letters.length = 0
  const both = await Promise.all([send(db, box, '2026-03-11 07:15'), send(db, box, '2026-03-11 07:15')])
  expect(both.reduce((sum, sent) => sum + sent, 0)).toBe(2)
  expect(recipients(box)).toEqual(['head@hanoi.example', 'leader@hanoi.example'])
})

test('nothing is sent on weekends and holidays; a Saturday that is worked is a working day', async ({
  db,
  box,
  readers: _,
}) => {
  const day = (date: string, kind: 'closed' | 'working') => ({
    date,
    kind,
    name: 'Nghỉ bù',
    nameEn: 'Day in lieu',
    status: 'confirmed' as const,
  })
  await db.insert(calendarDays).values([day('2026-03-17', 'closed'), day('2026-03-21', 'working')])
  const sent: [string, number][] = []
  for (const date of ['14', '15', '16', '17', '18', '21', '22', '28'])
    sent.push([date, await send(db, box, `2026-03-${date} 07:15`)])
  expect(sent).toEqual([
    ['14', 0],
    ['15', 0],
    ['16', 2],
    ['17', 0],
    ['18', 2],
    ['21', 2],
    ['22', 0],
    ['28', 0],
  ])
  await db.execute(sql`delete from calendar_days where date >= '2026-03-17' and date <= '2026-03-21'`)
})

test('without a mail server nothing is sent, and nothing is marked', async ({ db, box, readers: _ }) => {
  expect(await mailToday(at(db, '2026-03-30 07:15'), { mail: undefined })).toBe(0)
  expect(await send(db, box, '2026-03-30 07:30')).toBe(2)
})
