import { inArray } from 'drizzle-orm'
import { buildIncident } from '#db/factories/incidents.ts'
import { incidents } from '#db/schema/index.ts'
import { test } from './fixtures.ts'
import { buildOffice, buildReportAt, hoursAgo } from './office.ts'
import { visit } from './visit.ts'

const out = '/tmp/holding-shots'
const screens = [
  { name: 'vi', language: 'vi', viewport: { width: 1366, height: 900 } },
  { name: 'en-dark', language: 'en', colorScheme: 'dark', viewport: { width: 1366, height: 900 } },
  { name: 'vi-390-dark', language: 'vi', colorScheme: 'dark', viewport: { width: 390, height: 844 } },
] as const

test('look', async ({ signedInAs, db }) => {
  test.setTimeout(240_000)
  const ids: string[] = []
  for (const name of ['Lũ sông Bùi, sông Tích', 'Bão số 3 – Yagi'])
    ids.push((await buildIncident(db, { name, stormMode: true, startsAt: hoursAgo(30) })).id)
  const [incidentId] = ids as [string]
  const [office, other] = [await buildOffice(db), await buildOffice(db)]
  const one = { incidentId, title: 'Nước tràn vào nhà, cần bơm' }
  const codes: string[] = []
  for (let i = 0; i < 7; i += 1) {
    const { code } = await buildReportAt(db, i % 2 ? office : other, {
      ...one,
      state: i === 2 ? 'answered' : i === 3 ? 'awaiting_acceptance' : 'in_progress',
      ...(i === 4 ? {} : { reporter: { phone: `091777000${i === 6 ? 1 : i}` } }),
    })
    codes.push(code)
  }
  try {
    for (const [at, { name, ...screen }] of screens.entries()) {
      const page = await signedInAs('dieuphoi', screen)
      const shot = (what: string) => page.screenshot({ path: `${out}/${name}-${what}.png` })
      await visit(page, `/incidents/${incidentId}?tab=answers`)
      await shot('tab')
      const vi = screen.language === 'vi'
      await page
        .getByRole('button', { name: vi ? 'Soạn thông báo chung' : 'Compose a notice to all' })
        .first()
        .click()
      const sheet = page.getByRole('dialog')
      await sheet
        .getByLabel(vi ? 'Nội dung thông báo' : 'Text of the notice')
        .fill(
          'Thành phố đã nhận phản ánh {{code}} về {{incident}} và đang huy động lực lượng. Nguy hiểm: gọi 112 hoặc 114.',
        )
      await page.waitForTimeout(400)
      await shot('form')
      await sheet.getByRole('button', { name: vi ? 'Xem trước và gửi' : 'Preview and send' }).click()
      await sheet.getByRole('blockquote').first().waitFor()
      await shot('review')
      if (at === 0) {
        await sheet.getByRole('button', { name: /^Gửi \(/ }).click()
        await page.waitForTimeout(1200)
        await shot('leaving')
        await page.getByText('người đã nhận').first().waitFor({ timeout: 60_000 })
        await buildReportAt(db, office, { ...one, reporter: { phone: '0917770099' } })
        await page.reload()
        await page.getByText('phản ánh chưa nhận').waitFor()
        await page.getByRole('button', { name: 'Từng phản ánh' }).first().click()
        await page.waitForTimeout(800)
        await shot('card')
        await visit(page, `/incidents/${incidentId}?tab=log`)
        await shot('log')
        await visit(page, `/reports/${codes[3]}`)
        await page.waitForTimeout(800)
        await shot('report')
        for (const width of [1024, 768]) {
          await page.setViewportSize({ width, height: 700 })
          await shot(`bar-${width}`)
        }
        await page.setViewportSize({ width: 1366, height: 900 })
        await visit(page, `/incidents/${incidentId}/after-action`)
        await shot('after')
        await page.emulateMedia({ media: 'print' })
        await shot('after-print')
      } else {
        await page.keyboard.press('Escape')
        await visit(page, `/incidents/${incidentId}?tab=answers`)
        await page.waitForTimeout(500)
        await shot('card')
      }
    }
  } finally {
    await db.update(incidents).set({ stormMode: false }).where(inArray(incidents.id, ids))
  }
})
