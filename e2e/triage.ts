import { randomInt } from 'node:crypto'
import { expect, type Page } from '@playwright/test'
import { eq, sql } from 'drizzle-orm'
import type { Database } from '#db/client.ts'
import { buildAgency, buildCity } from '#db/factories/agencies.ts'
import { buildCategory } from '#db/factories/categories.ts'
import { type BuiltReport, buildReport } from '#db/factories/reports.ts'
import { unique } from '#db/factories/unique.ts'
import { reports } from '#db/schema/index.ts'
import { buildOfCity, hoursAgo } from './office.ts'
import { tabTo } from './report-page.ts'
import { visit } from './visit.ts'

export const minutesAgo = (minutes: number) => hoursAgo(minutes / 60)

/** A category whose agency the rules determine, one whose agency they do not; only reports of this test are in them. */
export async function buildFields(db: Database) {
  const { calendarId } = await buildCity(db)
  const agency = await buildAgency(db, { calendarId, name: `Công ty ${unique('cay')}` })
  const decided = await buildCategory(db, { leadAgencyId: agency.id })
  const open = await buildCategory(db, {})
  return { agency, decided: decided.code, open: open.code, south: randomInt(8000, 20_000) / 1000 }
}

type Given = { signedInAs: (username: string) => Promise<Page>; db: Database }

/** A dispatcher with `count` mixed reports, the first of them or the `at`th shown. `beforehand`: prepares the page. */
export async function openStrip(
  { signedInAs, db }: Given,
  count: number,
  { at = 1, beforehand }: { at?: number; beforehand?: (page: Page) => Promise<void> } = {},
) {
  const fields = await buildFields(db)
  const built = await buildMixed(db, fields, count)
  const dispatcher = await buildOfCity(db, 'dispatcher', 'Phạm Thị Lan')
  const page = await signedInAs(dispatcher.username)
  await beforehand?.(page)
  await visit(page, at === 1 ? addressOf(fields) : `${addressOf(fields)}&at=${built[at - 1]?.code}`)
  await expect(titleOn(page)).toHaveText(built[at - 1]?.title ?? '')
  return { page, fields, built }
}

export type Kind = 'rule' | 'choice' | 'duplicate' | 'reject' | 'ask'
const kinds: readonly Kind[] = ['rule', 'choice', 'duplicate', 'reject', 'ask']
type Fields = Awaited<ReturnType<typeof buildFields>>

export async function buildMixed(
  db: Database,
  fields: Fields,
  count: number,
  common: { areaId?: number } = {},
): Promise<(BuiltReport & { kind: Kind })[]> {
  const built: (BuiltReport & { kind: Kind })[] = []
  for (let i = 0; i < count; i++) {
    const kind = kinds[i % kinds.length] as Kind
    const report = await buildReport(db, {
      state: 'awaiting_intake',
      categoryCode: kind === 'choice' ? fields.open : fields.decided,
      title: `Việc ${i + 1} ${kind}`,
      // The queue is sorted by deadline: the first received is the first.
      receivedAt: minutesAgo(200 - i),
      ...(kind === 'duplicate' && placeOf(fields, i)),
      ...common,
    })
    if (kind === 'duplicate') await buildCanonical(db, fields, i)
    built.push({ ...report, kind })
  }
  return built
}

/** Far enough from one another, and from those of other tests, that each has one report beside it. */
const placeOf = ({ south }: Fields, i: number) => ({
  lon: 105.7 + i * 0.01,
  lat: south,
  address: `${i} phố Đê La Thành`,
})

const buildCanonical = (db: Database, fields: Fields, i: number) =>
  buildReport(db, {
    state: 'in_progress',
    categoryCode: fields.decided,
    agencyId: fields.agency.id,
    title: `Việc ${i + 1} duplicate`,
    receivedAt: minutesAgo(260),
    ...placeOf(fields, i),
  })

export const addressOf = ({ decided, open }: Fields) => `/triage?category=${decided},${open}&sort=received&dir=asc`
export const titleOn = (page: Page) => page.getByRole('article', { name: /^HN-/ }).getByRole('heading', { level: 2 })
export const counter = (page: Page) => page.getByText(/^Còn \d+/)
export async function decide(page: Page, kind: Kind, agencyName: string): Promise<void> {
  const dialog = page.getByRole('dialog')
  switch (kind) {
    case 'rule':
      await expect(page.getByRole('button', { name: /^Tiếp nhận →/ })).toBeVisible()
      return page.keyboard.press('1')
    case 'choice':
      await page.keyboard.press('1')
      await expect(dialog.getByRole('combobox', { name: /^Đơn vị/ })).toBeFocused()
      await page.keyboard.type(agencyName)
      await expect(page.getByRole('option')).toHaveCount(1)
      return page.keyboard.press('Enter')
    case 'duplicate':
      await expect(page.getByRole('button', { name: /^Trùng… \(1\)/ })).toBeVisible()
      await page.keyboard.press('2')
      await expect(page.getByRole('listbox', { name: 'Gộp vào' })).toBeFocused()
      await page.keyboard.press('1')
      return page.keyboard.press('Enter')
    case 'reject':
      await page.keyboard.press('3')
      await expect(dialog.getByRole('radio').first()).toBeFocused()
      await page.keyboard.press('Space')
      await tabTo(page, dialog.getByLabel('Trả lời công dân'))
      // Replaces the standard text of the reason.
      await page.keyboard.press('ControlOrMeta+a')
      await page.keyboard.type('Việc này không thuộc phạm vi tiếp nhận.')
      return page.keyboard.press('Control+Enter')
    case 'ask':
      await page.keyboard.press('4')
      await expect(dialog.getByLabel('Nội dung đề nghị bổ sung')).toBeFocused()
      await page.keyboard.type('Xin cho biết số nhà?')
      return page.keyboard.press('Control+Enter')
  }
}

export type Built = { id: number } | undefined

export const stateOf = async (db: Database, report: Built): Promise<string | undefined> =>
  (
    await db
      .select({ state: reports.state })
      .from(reports)
      .where(eq(reports.id, report?.id ?? 0))
  )[0]?.state

/** Meanwhile a colleague changes a report: the version that the decision was based on is outdated. */
export const changeMeanwhile = (db: Database, report: Built) =>
  db
    .update(reports)
    .set({ version: sql`${reports.version} + 1` })
    .where(eq(reports.id, report?.id ?? 0))
