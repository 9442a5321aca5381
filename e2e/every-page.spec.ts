import { expect, type Page } from '@playwright/test'
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

      // A screen of 1280 pixels at 400 % has 320. No rule of the style sheets tells it from a wider phone.
      await onPhone(page, 320)
      await expect.soft.poll(() => overhang(page), { message: address }).toBe(0)
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

type SeriousViolations = (page: Page, part?: string, rules?: readonly string[]) => Promise<string[]>

/** For a page in English: what is open, in both languages, its colours by night, then everything by day. */
function examiner(page: Page, seriousViolations: SeriousViolations) {
  let language: 'vi' | 'en' = other.language
  return async (part?: string): Promise<string[]> => {
    await paintHere(page, 'dark')
    const before = [...(await untranslated(page)), ...(await seriousViolations(page, part, ofColours))]
    await paintHere(page, 'light')
    language = language === 'vi' ? 'en' : 'vi'
    await hearHere(page, language)
    return [...before, ...(await untranslated(page)), ...(await seriousViolations(page, part))]
  }
}

test('a report that awaits intake, is in progress, awaits approval or is answered, each dialog of its readers, and the form of a new one are complete in each language, by day and by night', async ({
  signedInAs,
  seriousViolations,
  db,
}) => {
  test.setTimeout(600_000)
  const office = await buildOffice(db)
  const officer = await signedInAs(office.officer.username, other)
  /** The dialogs that an account has been shown: several states offer the same. */
  const examined = new Set<string>()
  for (const [state, role, reader] of [
    ['awaiting_intake', 'dispatcher', await signedInAs('dieuphoi', other)],
    ['in_progress', 'officer', officer],
    ['awaiting_approval', 'approver', await signedInAs(office.approver.username, other)],
    ['answered', 'officer', officer],
  ] as const) {
    const reporter = { name: 'Đặng Văn Hải', phone: '0912345678' }
    const { code } = await buildReportAt(db, office, { state, reporter })
    const page = await reader.context().newPage()
    const complaints = complaintsOf(page)
    await hear(page.context(), other.language)
    await see(page, `/reports/${code}`)
    const examine = examiner(page, seriousViolations)
    const dialog = page.getByRole('dialog')
    const found: string[] = []
    const examineDialog = async (name: string) => {
      await expect(dialog).toBeVisible()
      const problems = await examine('[role="dialog"]')
      found.push(...problems.map((problem) => `${name}: ${problem}`))
      await page.keyboard.press('Escape')
      await expect(dialog).toBeHidden()
    }
    found.push(...(await examine()))

    const menu = page.getByRole('menu')
    const offered = menu.locator('[role="menuitem"]:not([aria-disabled])').filter({ hasNotText: withoutDialog })
    await page.keyboard.press('s')
    await expect(menu).toBeVisible()
    const names = await offered.allTextContents()
    expect(names.length).toBeGreaterThan(1)
    found.push(...(await examine('[role="menu"]')))
    await page.keyboard.press('Escape')
    // The last of the menu prints.
    for (const [i, name] of names.slice(0, -1).entries()) {
      if (examined.has(`${role} ${name}`)) continue
      examined.add(`${role} ${name}`)
      await expect(menu).toBeHidden()
      await page.keyboard.press('s')
      await offered.nth(i).click()
      await examineDialog(name)
    }
    if (state === 'awaiting_intake') {
      await expect(menu).toBeHidden()
      await page.keyboard.press('Shift+N')
      await examineDialog('new report')
    }
    await onPhone(page, 320)
    await expect.soft.poll(() => overhang(page), { message: state }).toBe(0)
    expect.soft(found, state).toEqual([])
    expect.soft(complaints, state).toEqual([])
    await page.close()
  }
})

test('the log of an incident and the sheet of keys pass axe by day and by night, on a desk and on a phone', async ({
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
    await paintHere(page, 'dark')
    expect.soft(await seriousViolations(page, undefined, ofColours), `log at ${width} by night`).toEqual([])
    await paintHere(page, 'light')
    expect.soft(await seriousViolations(page), `log at ${width}`).toEqual([])
    await page.keyboard.press('?')
    await expect(page.getByRole('dialog')).toBeVisible()
    // Only the dialog: nothing behind it can be reached.
    expect.soft(await seriousViolations(page), `keys at ${width}`).toEqual([])
    await paintHere(page, 'dark')
    expect.soft(await seriousViolations(page, undefined, ofColours), `keys at ${width} by night`).toEqual([])
    await page.keyboard.press('Escape')
    await expect(page.getByRole('dialog')).toHaveCount(0)
  }
})
