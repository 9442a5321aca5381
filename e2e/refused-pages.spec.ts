import type { Page } from '@playwright/test'
import { expect, test } from './fixtures.ts'
import { awake } from './visit.ts'

const why = 'what is refused or sent home after its skeleton has left is finished by the browser, and React says so'
test.use({ provokes: [{ complaint: /Minified React error #419/, why }] })

/** Accounts and pages they may not open. */
const refused = [
  ['lanhdao.hoankiem', '/admin/accounts'],
  ['lanhdao.hoankiem', '/admin'],
  ['kiemtra', '/admin/settings'],
  ['bientap', '/reports'],
  ['bientap', '/reports/HN-990101-9999'],
  ['quantri', '/map'],
  ['quantri', '/triage'],
  ['lanhdao.tp', '/triage'],
  ['kiemtra', '/drafts'],
  ['kiemtra', '/public-copies'],
  ['canbo.hoankiem', '/undelivered'],
  ['dieuphoi', '/admin/integrations/gateways'],
  ['bientap', '/insights'],
  ['quantri', '/insights/weekly'],
  ['quantri', '/insights/issued'],
  ['canbo.hoankiem', '/insights/targets'],
  ['canbo.hoankiem', '/insights/mailings'],
  ['canbo.hoankiem', '/insights/what-if'],
  ['canbo.hoankiem', '/today'],
  ['canbo.hoankiem', '/bulletins'],
  ['canbo.hoankiem', '/bulletins/0199aaaa-0000-7000-8000-000000000000'],
  ['bientap', '/screen'],
  ['bientap', '/screen/0199aaaa-0000-7000-8000-000000000000'],
  ['bientap', '/insights/storm'],
  ['bientap', '/insights/storm/0199aaaa-0000-7000-8000-000000000000'],
] as const

const missing = [
  ['quantri', '/khong-co-trang-nay'],
  ['dieuphoi', '/admin/khong-co'],
  ['dieuphoi', '/insights/storm/0199aaaa-0000-7000-8000-000000000000'],
  ['bientap', '/bulletins/0199aaaa-0000-7000-8000-000000000000'],
  ['dieuphoi', '/undelivered/khong-phai-ma/letter'],
  ['dieuphoi', '/incidents/khong-phai-ma'],
  ['dieuphoi', '/incidents/0199aaaa-0000-7000-8000-000000000000/after-action'],
  ['quantri', '/admin/integrations/webhooks/0199aaaa-0000-7000-8000-000000000000'],
  ['bientap', '/bulletins/storm/%25'],
  ['dieuphoi', '/insights/storm/%25E0'],
  ['lanhdao.tp', '/insights/storm/bao-so-3'],
  ['lanhdao.tp', '/screen/01941da8-f680-7f5a-b136-e2e0e93a5240'],
  ['canbo.hoankiem', '/incidents/01941da8-f680-7f5a-b136-e2e0e93a5240'],
] as const

/** The answer to who opens an address, without a browser that draws it. */
const answerAt = (page: Page, address: string) =>
  page.context().request.get(address, { headers: { accept: 'text/html' } })

const byAccount = (pages: readonly (readonly [username: string, address: string])[]) =>
  Map.groupBy(pages, ([username]) => username)

test(`${refused.length} pages are refused to an account that may not see them`, async ({ signedInAs }) => {
  for (const [username, pages] of byAccount(refused)) {
    const page = await signedInAs(username)
    for (const [, address] of pages) {
      const answer = await answerAt(page, address)
      expect.soft([address, answer.status()]).toEqual([address, 403])
      // What the page itself decided: it says so to the browser, and sends nothing else.
      expect.soft(await answer.text(), address).toMatch(/NEXT_HTTP_ERROR_FALLBACK;403/)
    }
  }
})

test(`${missing.length} addresses of nothing are not found`, async ({ signedInAs }) => {
  for (const [username, pages] of byAccount(missing)) {
    const page = await signedInAs(username)
    for (const [, address] of pages) {
      const answer = await answerAt(page, address)
      expect.soft([address, answer.status()]).toEqual([address, 404])
      expect.soft(await answer.text(), address).toMatch(/NEXT_HTTP_ERROR_FALLBACK;404/)
    }
  }
})

const told = (page: Page) => page.getByRole('heading', { level: 1, name: 'Tài khoản không có quyền xem trang này' })
const onward = (page: Page) => page.getByRole('main').getByRole('link', { name: 'Về trang bắt đầu' })

/** Opens a page that the account may not see, and waits for what it says instead. */
async function openRefused(page: Page, address: string): Promise<void> {
  expect((await page.goto(address))?.status()).toBe(403)
  await awake(page)
  await expect(told(page)).toBeVisible()
  await expect(page.getByRole('main').getByRole('button')).toHaveCount(0)
}

async function goOnward(page: Page, address: string): Promise<void> {
  await onward(page).click()
  await expect(page).not.toHaveURL(new RegExp(`${address}$`))
  await expect(told(page)).toHaveCount(0)
}

const expectDesk = async (page: Page) => {
  await expect(page.getByRole('navigation', { name: 'Điều hướng chính' })).toBeVisible()
  await expect(page.getByRole('button', { name: /^Tài khoản của/ })).toBeVisible()
}

test('a refused page says so within the desk, with a link onward; navigating to it keeps what is open; a missing page has the desk around it', async ({
  signedInAs,
  seriousViolations,
}) => {
  const page = await signedInAs('lanhdao.hoankiem')
  await openRefused(page, '/admin/accounts')
  await expectDesk(page)
  expect(await seriousViolations(page)).toEqual([])
  await goOnward(page, '/admin/accounts')

  await page.evaluate(() => Object.assign(window, { isSamePage: true }))
  await page.evaluate(() =>
    (window as unknown as { next: { router: { push(to: string): void } } }).next.router.push('/admin/accounts'),
  )
  await expect(told(page)).toBeVisible()
  expect(await page.evaluate(() => 'isSamePage' in window)).toBe(true)

  expect((await page.goto('/khong-co-trang-nay'))?.status()).toBe(404)
  await awake(page)
  await expect(page.getByRole('heading', { level: 1, name: 'Không tìm thấy trang' })).toBeVisible()
  await expectDesk(page)
  expect(await seriousViolations(page)).toEqual([])
})

test('a refused page whose skeleton has left, and a refused wall, say so with a link onward', async ({
  signedInAs,
  seriousViolations,
}) => {
  const page = await signedInAs('bientap')
  const uuid = '0199aaaa-0000-7000-8000-000000000000'
  await openRefused(page, `/insights/storm/${uuid}`)
  await expectDesk(page)
  await openRefused(page, `/screen/${uuid}`)
  // Walls have no desk around them.
  expect(await seriousViolations(page)).toEqual([])
  await goOnward(page, `/screen/${uuid}`)
})

test('without a sign-in a missing page has no desk around it, and an existing one redirects to the sign-in', async ({
  page,
}) => {
  expect((await page.goto('/khong-co-trang-nay'))?.status()).toBe(404)
  await expect(page.getByRole('heading', { level: 1, name: 'Không tìm thấy trang' })).toBeVisible()
  await page.getByRole('link', { name: 'Về trang bắt đầu' }).click()
  await expect(page).toHaveURL(/\/sign-in$/)
})

test("a malformed address is the sender's mistake, not a defect", async ({ signedInAs, baseURL }) => {
  const page = await signedInAs('dieuphoi')
  for (const address of ['/reports/%E0%A4%A', '/bulletins/%E0', '/bulletins/%00', '/%', '/incidents/%ff']) {
    const answer = await page.context().request.get(`${baseURL}${address}`)
    expect.soft([400, 404], address).toContain(answer.status())
  }
})
