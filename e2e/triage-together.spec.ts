import { expect, type Page } from '@playwright/test'
import { eq } from 'drizzle-orm'
import type { Database } from '#db/client.ts'
import { reportAnswers } from '#db/schema/index.ts'
import { test } from './fixtures.ts'
import { buildOfCity } from './office.ts'
import { holdUp, keepDeaf } from './slow-line.ts'
import {
  addressOf,
  type Built,
  buildFields,
  buildMixed,
  changeMeanwhile,
  counter,
  decide,
  openStrip,
  stateOf,
  titleOn,
} from './triage.ts'
import { visit } from './visit.ts'

test('a colleague decides in between: their report is skipped with a message', async ({ signedInAs, db }) => {
  const fields = await buildFields(db)
  const [, second, third] = await buildMixed(db, fields, 3)
  const [lan, minh] = [
    await buildOfCity(db, 'dispatcher', 'Phạm Thị Lan'),
    await buildOfCity(db, 'dispatcher', 'Trần Quang Minh'),
  ]
  const [mine, his] = [await signedInAs(lan.username), await signedInAs(minh.username)]
  await visit(mine, addressOf(fields))
  await expect(titleOn(mine)).toHaveText('Việc 1 rule')
  await visit(his, `${addressOf(fields)}&at=${second?.code}`)
  await expect(titleOn(his)).toHaveText(second?.title ?? '')
  await decide(his, 'ask', '')
  await expect.poll(() => stateOf(db, second)).toBe('awaiting_citizen')
  // Changes elsewhere are learned at the latest when the user comes back to the page.
  await mine.evaluate(() => window.dispatchEvent(new Event('visibilitychange')))
  await expect(counter(mine)).toHaveText('Còn 2')
  await mine.keyboard.press('j')
  await expect(titleOn(mine)).toHaveText(third?.title ?? '')
  await expect(mine.getByText(`Đã bỏ qua ${second?.code}: Trần Quang Minh`)).toBeVisible()
})

/**
 * Rejects the current report, and moves on to the next, while a colleague has changed it. Returns a function that
 * releases the server's response.
 */
async function rejectTooLate(page: Page, db: Database, report: Built): Promise<() => void> {
  const letGo = await holdUp(page, /reports\.reject/)
  await decide(page, 'reject', '')
  await expect(titleOn(page)).toHaveText('Việc 2 choice')
  await changeMeanwhile(db, report)
  return letGo
}

test('a refused rejection reopens with its text', async ({ signedInAs, db }) => {
  const { page, built } = await openStrip({ signedInAs, db }, 2)
  const [first] = built
  const letGo = await rejectTooLate(page, db, first)
  letGo()
  const dialog = page.getByRole('dialog', { name: /^Từ chối/ })
  await expect(dialog.getByLabel('Trả lời công dân')).toHaveValue('Việc này không thuộc phạm vi tiếp nhận.')
  await dialog.getByLabel('Trả lời công dân').focus()
  await page.keyboard.press('Control+Enter')
  await expect(dialog).toBeHidden()
  await expect.poll(() => stateOf(db, first)).toBe('rejected')
})

test('a rejection or an assignment is undone by z, and the report is shown again', async ({ signedInAs, db }) => {
  const { page, built } = await openStrip({ signedInAs, db }, 4, { at: 4 })
  const answered = page.waitForResponse((answer) => answer.url().includes('reports.reject'))
  await decide(page, 'reject', '')
  await expect(titleOn(page)).toHaveText('Việc 1 rule')
  expect((await answered).ok()).toBe(true)
  await page.keyboard.press('z')
  await expect(titleOn(page)).toHaveText('Việc 4 reject')
  await expect
    .poll(async () => {
      const answers = await db
        .select()
        .from(reportAnswers)
        .where(eq(reportAnswers.reportId, built[3]?.id ?? 0))
      return answers.map(({ status }) => status)
    })
    .toEqual(['withdrawn'])

  await page.keyboard.press('k')
  await page.keyboard.press('k')
  await page.keyboard.press('k')
  await expect(titleOn(page)).toHaveText('Việc 1 rule')
  await decide(page, 'rule', '')
  await expect(titleOn(page)).toHaveText('Việc 2 choice')
  await page.keyboard.press('z')
  await expect(titleOn(page)).toHaveText('Việc 1 rule')
  await expect.poll(() => stateOf(db, built[0])).toBe('awaiting_intake')
})

test('a refusal brings no report back under the next key', async ({ signedInAs, db }) => {
  const { page, built } = await openStrip({ signedInAs, db }, 3, { beforehand: keepDeaf })
  const [first] = built
  const letGo = await rejectTooLate(page, db, first)
  await page.keyboard.press('j')
  await expect(titleOn(page)).toHaveText('Việc 3 duplicate')
  letGo()
  await expect(page.getByText(`Chưa thực hiện được với ${first?.code}`)).toBeVisible()
  await expect(titleOn(page)).toHaveText('Việc 3 duplicate')
  await expect(page.getByRole('dialog')).toHaveCount(0)
  await expect(counter(page)).toHaveText(/^Còn 3/)
})
