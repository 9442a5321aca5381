import { expect } from '@playwright/test'
import { buildBulletin } from '#db/factories/bulletins.ts'
import { buildIncident } from '#db/factories/incidents.ts'
import { test } from './fixtures.ts'
import { buildOffice, buildReportAt } from './office.ts'
import {
  complaintsOf,
  hear,
  hearHere,
  ofColours,
  onPhone,
  overhang,
  paintHere,
  routesByAccount,
  see,
  untranslated,
} from './routes.ts'

/** First what differs in English by night, so that each page also starts in the other language once. */
const other = { language: 'en', colorScheme: 'dark' } as const

/** Actions of the menu without a dialog: the answer has its box in the page, the others are done at once. */
const withoutDialog =
  /^(Trả lời công dân|Trả lời bổ sung|Trình phê duyệt trả lời bổ sung|Nhận xử lý|Phê duyệt|Answer the citizen|Follow up|Submit a follow-up|Accept|Approve)/

/** Pages of figures, which can grow. */
const ofFigures = ['/insights', '/insights/storm', '/insights/weekly', '/today']

for (const [username, addresses] of routesByAccount) {
  test(`every page of ${username} is complete in each language, by day, by night and on a phone, without console errors`, async ({
    signedInAs,
    seriousViolations,
  }) => {
    test.setTimeout(addresses.length * 60_000)
    const first = await signedInAs(username, other)
    for (const address of addresses) {
      // One browser for all of them: its cache has the code of the desk from the first page on.
      const page = await first.context().newPage()
      const found = complaintsOf(page)
      await hear(page.context(), 'en')
      await see(page, address)
      found.push(...(await untranslated(page)), ...(await seriousViolations(page, undefined, ofColours)))

      await paintHere(page, 'light')
      await hearHere(page, 'vi')
      // Next exchanges the title a moment after the words.
      await expect(page).toHaveTitle(/\S/)
      found.push(...(await untranslated(page)), ...(await seriousViolations(page)))

      // A screen of 1280 pixels at 400 % has 320.
      for (const width of [390, 320]) {
        await onPhone(page, width)
        await expect.soft.poll(() => overhang(page), { message: `${address} at ${width}` }).toBe(0)
      }
      if (ofFigures.includes(address)) {
        await page.getByRole('main').evaluate(writeLongFigures)
        // The charts take the new width a moment later.
        await expect.soft.poll(() => overhang(page), { message: `${address} with long figures` }).toBe(0)
      }
      expect.soft(found, address).toEqual([])
      await page.close()
    }
  })
}

/** In the page: each figure becomes the longest of its kind. Dates, hours and numbers within a name stay. */
function writeLongFigures(main: Element): void {
  const texts = document.createTreeWalker(main, NodeFilter.SHOW_TEXT)
  for (let text = texts.nextNode(); text; text = texts.nextNode()) {
    const said = text.textContent ?? ''
    const isDate = /\d\d\/\d\d|\d\d:\d\d/.test(said)
    if (!isDate) text.textContent = said.replace(/(?<![\p{L}\d-])\d[\d.,]*(?![\p{L}\d])/gu, '888.888')
  }
}

for (const state of ['awaiting_intake', 'in_progress', 'awaiting_approval', 'answered'] as const) {
  test(`a report that is ${state} and each of its dialogs are complete in each language, by day and by night`, async ({
    signedInAs,
    seriousViolations,
    db,
  }) => {
    test.slow()
    const office = await buildOffice(db)
    const username = {
      awaiting_intake: 'dieuphoi',
      in_progress: office.officer.username,
      awaiting_approval: office.approver.username,
      answered: office.officer.username,
    }[state]
    const { code } = await buildReportAt(db, office, {
      state,
      reporter: { name: 'Đặng Văn Hải', phone: '0912345678' },
    })
    const page = await signedInAs(username, other)
    const complaints = complaintsOf(page)
    await see(page, `/reports/${code}`)
    const found: string[] = []
    let language: 'vi' | 'en' = other.language
    /** What is open, in both languages: its colours by night, then everything by day. */
    const examine = async (part?: string): Promise<string[]> => {
      await paintHere(page, 'dark')
      const before = [...(await untranslated(page)), ...(await seriousViolations(page, part, ofColours))]
      await paintHere(page, 'light')
      language = language === 'vi' ? 'en' : 'vi'
      await hearHere(page, language)
      return [...before, ...(await untranslated(page)), ...(await seriousViolations(page, part))]
    }
    found.push(...(await examine()))

    const menu = page.getByRole('menu')
    const offered = menu.locator('[role="menuitem"]:not([aria-disabled])').filter({ hasNotText: withoutDialog })
    await page.keyboard.press('s')
    await expect(menu).toBeVisible()
    found.push(...(await examine('[role="menu"]')))
    const count = await offered.count()
    await page.keyboard.press('Escape')
    // The last of the menu prints.
    for (let i = 0; i < count - 1; i++) {
      await expect(menu).toBeHidden()
      await page.keyboard.press('s')
      await offered.nth(i).click()
      const dialog = page.getByRole('dialog')
      await expect(dialog).toBeVisible()
      const problems = await examine('[role="dialog"]')
      const title = await dialog.getByRole('heading').first().textContent()
      found.push(...problems.map((problem) => `${title}: ${problem}`))
      await page.keyboard.press('Escape')
      await expect(dialog).toBeHidden()
    }
    for (const width of [390, 320]) {
      await onPhone(page, width)
      await expect.soft.poll(() => overhang(page), { message: `at ${width}` }).toBe(0)
    }
    expect(found).toEqual([])
    expect(complaints).toEqual([])
  })
}

test('the form of a new report is complete in each language, by day and by night', async ({
  signedInAs,
  seriousViolations,
}) => {
  const page = await signedInAs('dieuphoi', other)
  await see(page, '/reports?view=open')
  await page.keyboard.press('Shift+N')
  await expect(page.getByRole('dialog')).toBeVisible()
  expect(await untranslated(page)).toEqual([])
  expect(await seriousViolations(page, undefined, ofColours)).toEqual([])
  await paintHere(page, 'light')
  await hearHere(page, 'vi')
  expect(await untranslated(page)).toEqual([])
  expect(await seriousViolations(page)).toEqual([])
})

test('the sheet of keys and the log of an incident pass axe by day and by night, on a desk and on a phone', async ({
  signedInAs,
  seriousViolations,
  db,
}) => {
  const incident = await buildIncident(db)
  await buildBulletin(db, { state: 'published', incidentId: incident.id })
  const page = await signedInAs('dieuphoi', other)
  await see(page, `/incidents/${incident.id}?tab=log`)
  await expect(page.getByRole('listitem').getByRole('link', { name: 'Cấm cầu Long Biên' }).first()).toBeVisible()
  for (const width of [1440, 390]) {
    if (width === 390) await onPhone(page, width)
    for (const what of ['log', 'keys']) {
      if (what === 'keys') {
        await page.keyboard.press('?')
        await expect(page.getByRole('dialog')).toBeVisible()
      }
      await paintHere(page, 'dark')
      expect.soft(await seriousViolations(page, undefined, ofColours), `${what} at ${width} by night`).toEqual([])
      await paintHere(page, 'light')
      expect.soft(await seriousViolations(page), `${what} at ${width}`).toEqual([])
    }
    await page.keyboard.press('Escape')
    await expect(page.getByRole('dialog')).toHaveCount(0)
  }
})
