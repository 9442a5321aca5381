import { expect, test } from 'vitest'
import { signInAs, visit } from '#app/testing/desk.tsx'
import { page } from '#app/testing/hands.ts'
import { hereNow } from '#app/testing/place.ts'
import { onServer } from '#app/testing/server.ts'

const { buildOffice, buildReportAt } = onServer<typeof import('#e2e/office.ts')>('e2e/office.ts')

test('a shared link shows each account the same filters over only its own reports', async () => {
  const tag = `thu-${crypto.randomUUID().slice(0, 8)}`
  const [mine, theirs] = [await buildOffice(), await buildOffice()]
  await buildReportAt(mine, { title: 'Cây nghiêng của phường một', tags: [tag] })
  await buildReportAt(mine, { title: 'Cây đã cắt của phường một', tags: [] })
  await buildReportAt(theirs, { title: 'Cây nghiêng của phường hai', tags: [tag] })
  const link = `/reports?view=open&tag=${tag}&sort=received`

  await signInAs('dieuphoi')
  await visit(link)
  await expect.poll(hereNow).toBe(link)
  await expect.element(page.getByText(/2 phản ánh/)).toBeVisible()
  await expect.element(page.getByRole('region', { name: /Bộ lọc/ }).getByText(tag)).toBeVisible()

  await signInAs(mine.officer.username)
  await visit(link)
  await expect.element(page.getByText(/1 phản ánh/)).toBeVisible()
  await expect.element(page.getByText(/Cây nghiêng của phường một/).first()).toBeVisible()
  await expect.element(page.getByText(/Cây nghiêng của phường hai/)).not.toBeInTheDocument()
})
