import { expect } from '@playwright/test'
import { unique } from '#db/factories/unique.ts'
import { test } from './fixtures.ts'
import { buildOffice, buildReportAt } from './office.ts'
import { visit } from './visit.ts'

test('a shared link shows each account the same filters over only its own reports', async ({ signedInAs, db }) => {
  const tag = unique('thu')
  const [mine, theirs] = [await buildOffice(db), await buildOffice(db)]
  await buildReportAt(db, mine, { title: 'Cây nghiêng của phường một', tags: [tag] })
  await buildReportAt(db, mine, { title: 'Cây đã cắt của phường một', tags: [] })
  await buildReportAt(db, theirs, { title: 'Cây nghiêng của phường hai', tags: [tag] })
  const link = `/reports?view=open&tag=${tag}&sort=received`

  const dispatcher = await signedInAs('dieuphoi')
  await visit(dispatcher, link)
  await expect(dispatcher.getByText('2 phản ánh')).toBeVisible()
  await dispatcher.reload()
  await expect(dispatcher).toHaveURL(link)
  await expect(dispatcher.getByText('2 phản ánh')).toBeVisible()
  await expect(dispatcher.getByRole('region', { name: 'Bộ lọc' }).getByText(tag)).toBeVisible()

  const officer = await signedInAs(mine.officer.username)
  await visit(officer, link)
  await expect(officer.getByText('1 phản ánh')).toBeVisible()
  await expect(officer.getByText('Cây nghiêng của phường một').first()).toBeVisible()
  await expect(officer.getByText('Cây nghiêng của phường hai')).toHaveCount(0)
})

test('a search finds the same however it was typed: without accents, or with decomposed letters', async ({
  signedInAs,
}) => {
  const page = await signedInAs('dieuphoi')
  const total = page.getByRole('status').filter({ hasText: 'phản ánh' })
  await visit(page, `/reports?view=all&q=${encodeURIComponent('cây đổ')}`)
  await expect(total).toHaveText(/^[1-9]/)
  const accented = await total.textContent()
  await visit(page, `/reports?view=all&q=${encodeURIComponent('cây đổ'.normalize('NFD'))}`)
  await expect(total).toHaveText(accented ?? '')
  await visit(page, '/reports?view=all&q=cay+do')
  await expect(page.getByText(/cây đổ/i).first()).toBeVisible()
})
