import { expect } from '@playwright/test'
import { buildBulletin } from '#db/factories/bulletins.ts'
import { buildIncident } from '#db/factories/incidents.ts'
import { test } from './fixtures.ts'
import { buildOffice, buildReportAt } from './office.ts'
import { complaintsOf, routesByAccount, see, untranslated } from './routes.ts'

const ways = [
  { name: 'in Vietnamese by day', language: 'vi', colorScheme: 'light' },
  { name: 'in English by night', language: 'en', colorScheme: 'dark' },
] as const

/** Actions of the menu without a dialog: the answer has its box in the page, the others are done at once. */
const withoutDialog =
  /^(Trả lời công dân|Trả lời bổ sung|Trình phê duyệt trả lời bổ sung|Nhận xử lý|Phê duyệt|Answer the citizen|Follow up|Submit a follow-up|Accept|Approve)/

for (const { name, ...screen } of ways) {
  for (const [username, addresses] of routesByAccount) {
    test(`every page of ${username} is complete ${name}: passes axe, every text translated, no console errors`, async ({
      signedInAs,
      seriousViolations,
    }) => {
      test.setTimeout(addresses.length * 60_000)
      const first = await signedInAs(username, screen)
      for (const address of addresses) {
        // One browser for all of them: its cache has the code of the desk from the first page on.
        const page = await first.context().newPage()
        const complaints = complaintsOf(page)
        await see(page, address)
        const found = [...(await untranslated(page)), ...(await seriousViolations(page)), ...complaints]
        expect.soft(found, address).toEqual([])
        await page.close()
      }
    })
  }

  for (const state of ['awaiting_intake', 'in_progress', 'awaiting_approval', 'answered'] as const) {
    test(`a report that is ${state} and each of its dialogs are complete ${name}`, async ({
      signedInAs,
      seriousViolations,
      db,
    }) => {
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
      const page = await signedInAs(username, screen)
      const complaints = complaintsOf(page)
      await see(page, `/reports/${code}`)
      const found = [...(await seriousViolations(page)), ...(await untranslated(page))]

      const menu = page.getByRole('menu')
      const offered = menu.locator('[role="menuitem"]:not([aria-disabled])').filter({ hasNotText: withoutDialog })
      await page.keyboard.press('s')
      await expect(menu).toBeVisible()
      found.push(...(await seriousViolations(page, '[role="menu"]')))
      const count = await offered.count()
      await page.keyboard.press('Escape')
      // The last of the menu prints.
      for (let i = 0; i < count - 1; i++) {
        await expect(menu).toBeHidden()
        await page.keyboard.press('s')
        await offered.nth(i).click()
        const dialog = page.getByRole('dialog')
        await expect(dialog).toBeVisible()
        const problems = [...(await seriousViolations(page, '[role="dialog"]')), ...(await untranslated(page))]
        const title = await dialog.getByRole('heading').first().textContent()
        found.push(...problems.map((problem) => `${title}: ${problem}`))
        await page.keyboard.press('Escape')
        await expect(dialog).toBeHidden()
      }
      expect(found).toEqual([])
      expect(complaints).toEqual([])
    })
  }

  test(`the form of a new report passes axe ${name}`, async ({ signedInAs, seriousViolations }) => {
    const page = await signedInAs('dieuphoi', screen)
    await see(page, '/reports?view=open')
    await page.keyboard.press('Shift+N')
    await expect(page.getByRole('dialog')).toBeVisible()
    expect(await seriousViolations(page)).toEqual([])
    expect(await untranslated(page)).toEqual([])
  })

  test(`the sheet of keys and the log of an incident pass axe ${name}, on a desk and on a phone`, async ({
    signedInAs,
    seriousViolations,
    db,
  }) => {
    const incident = await buildIncident(db)
    await buildBulletin(db, { state: 'published', incidentId: incident.id })
    const page = await signedInAs('dieuphoi', screen)
    for (const viewport of [
      { width: 1366, height: 768 },
      { width: 390, height: 844 },
    ]) {
      await page.setViewportSize(viewport)
      await see(page, `/incidents/${incident.id}?tab=log`)
      await expect(page.getByRole('listitem').getByRole('link', { name: 'Cấm cầu Long Biên' }).first()).toBeVisible()
      expect.soft(await seriousViolations(page), `log at ${viewport.width}`).toEqual([])
      await page.keyboard.press('?')
      await expect(page.getByRole('dialog')).toBeVisible()
      expect.soft(await seriousViolations(page), `keys at ${viewport.width}`).toEqual([])
      await page.keyboard.press('Escape')
    }
  })
}
