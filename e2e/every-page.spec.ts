import { expect } from '@playwright/test'
import { test } from './fixtures.ts'
import { buildOffice, buildReportAt } from './office.ts'
import { complaintsOf, routes, see, untranslated } from './routes.ts'

const ways = [
  { name: 'in Vietnamese by day', language: 'vi', colorScheme: 'light' },
  { name: 'in English by night', language: 'en', colorScheme: 'dark' },
] as const

for (const { name, ...screen } of ways) {
  for (const [username, address] of routes) {
    test(`${address} of ${username} is whole ${name}: sound to axe, every word said, nothing complained of`, async ({
      signedInAs,
      seriousViolations,
    }) => {
      const page = await signedInAs(username, screen)
      const complaints = complaintsOf(page)
      await see(page, address)
      expect(await untranslated(page)).toEqual([])
      expect(await seriousViolations(page)).toEqual([])
      expect(complaints).toEqual([])
    })
  }

  test(`a report and each of its dialogs are sound to axe ${name}`, async ({ signedInAs, seriousViolations, db }) => {
    test.setTimeout(180_000)
    const office = await buildOffice(db)
    const reporter = { name: 'Đặng Văn Hải', phone: '0912345678' }
    const found: string[] = []
    const states = [
      ['awaiting_intake', 'dieuphoi'],
      ['in_progress', office.officer.username],
      ['awaiting_approval', office.approver.username],
      ['answered', office.officer.username],
    ] as const
    for (const [state, username] of states) {
      const { code } = await buildReportAt(db, office, { state, reporter })
      const page = await signedInAs(username, screen)
      const complaints = complaintsOf(page)
      await see(page, `/reports/${code}`)
      const check = async (place: string) => {
        const problems = [...(await seriousViolations(page)), ...(await untranslated(page))]
        found.push(...problems.map((problem) => `${state}, ${place}: ${problem}`))
      }
      await check('the page')
      await page.keyboard.press('s')
      const menu = page.getByRole('menu')
      await expect(menu).toBeVisible()
      await check('the menu')
      const offered = await menu.getByRole('menuitem').and(menu.locator(':not([aria-disabled])')).count()
      await page.keyboard.press('Escape')
      // The last one prints; what writes an answer opens no dialog.
      for (let i = 0; i < offered - 1; i++) {
        await page.keyboard.press('s')
        const item = menu.getByRole('menuitem').and(menu.locator(':not([aria-disabled])')).nth(i)
        await item.click()
        const dialog = page.getByRole('dialog')
        await expect(dialog).toBeVisible()
        await check(`dialog ${(await dialog.getByRole('heading').first().textContent()) ?? i}`)
        await page.keyboard.press('Escape')
        await expect(dialog).toBeHidden()
      }
      found.push(...complaints.map((complaint) => `${state}: ${complaint}`))
    }
    expect(found).toEqual([])
  })

  test(`the form of a new report is sound to axe ${name}`, async ({ signedInAs, seriousViolations }) => {
    const page = await signedInAs('dieuphoi', screen)
    await see(page, '/reports?view=open')
    await page.keyboard.press('Shift+N')
    await expect(page.getByRole('dialog')).toBeVisible()
    expect(await seriousViolations(page)).toEqual([])
    expect(await untranslated(page)).toEqual([])
  })
}
