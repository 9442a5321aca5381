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
] as const

/** One browser for all pages of an account: its cache has the code of the desk from the first page on. */
const byAccount = (pages: readonly (readonly [username: string, address: string])[]) =>
  Map.groupBy(pages, ([username]) => username)

for (const [username, pages] of byAccount(refused)) {
  test(`pages that ${username} may not see say so, with a link onward: ${pages.length}`, async ({
    signedInAs,
    seriousViolations,
  }) => {
    const first = await signedInAs(username)
    for (const [at, [, address]] of pages.entries()) {
      const page = await first.context().newPage()
      expect((await page.goto(address))?.status(), address).toBe(403)
      await awake(page)
      const told = page.getByRole('heading', { level: 1, name: 'Tài khoản không có quyền xem trang này' })
      await expect(told, address).toBeVisible()
      await expect(page.getByRole('main').getByRole('button')).toHaveCount(0)
      const isBare = address.startsWith('/screen')
      if (!isBare) {
        await expect(page.getByRole('navigation', { name: 'Điều hướng chính' })).toBeVisible()
        await expect(page.getByRole('button', { name: /^Tài khoản của/ })).toBeVisible()
      }
      // The page is the same at every address.
      if (at === 0 || isBare) {
        expect(await seriousViolations(page)).toEqual([])
        await page.getByRole('main').getByRole('link', { name: 'Về trang bắt đầu' }).click()
        await expect(page).not.toHaveURL(new RegExp(`${address}$`))
        await expect(page.getByText('Tài khoản không có quyền xem trang này')).toHaveCount(0)
      }
      await page.close()
    }
  })
}

for (const [username, pages] of byAccount(missing)) {
  test(`pages that do not exist are not found by ${username}, with the desk around them: ${pages.length}`, async ({
    signedInAs,
    seriousViolations,
  }) => {
    const first = await signedInAs(username)
    for (const [at, [, address]] of pages.entries()) {
      const page = await first.context().newPage()
      expect((await page.goto(address))?.status(), address).toBe(404)
      await awake(page)
      await expect(page.getByRole('heading', { level: 1, name: 'Không tìm thấy trang' }), address).toBeVisible()
      await expect(page.getByRole('navigation', { name: 'Điều hướng chính' })).toBeVisible()
      if (at === 0) expect(await seriousViolations(page)).toEqual([])
      await page.close()
    }
  })
}

test('without a sign-in a missing page has no desk around it, and an existing one redirects to the sign-in', async ({
  page,
}) => {
  expect((await page.goto('/khong-co-trang-nay'))?.status()).toBe(404)
  await expect(page.getByRole('heading', { level: 1, name: 'Không tìm thấy trang' })).toBeVisible()
  await page.getByRole('link', { name: 'Về trang bắt đầu' }).click()
  await expect(page).toHaveURL(/\/sign-in$/)
})

test('navigating to a refused page keeps the desk and what is open in it', async ({ signedInAs }) => {
  const page = await signedInAs('lanhdao.hoankiem')
  await page.goto('/account')
  await awake(page)
  await page.evaluate(() => Object.assign(window, { isSamePage: true }))
  await page.evaluate(() =>
    (window as unknown as { next: { router: { push(to: string): void } } }).next.router.push('/admin/accounts'),
  )
  await expect(page.getByRole('heading', { level: 1, name: 'Tài khoản không có quyền xem trang này' })).toBeVisible()
  expect(await page.evaluate(() => 'isSamePage' in window)).toBe(true)
})

for (const address of ['/reports/%E0%A4%A', '/bulletins/%E0', '/bulletins/%00', '/%', '/incidents/%ff']) {
  test(`the malformed address ${address} is the sender's mistake, not a defect`, async ({ signedInAs, baseURL }) => {
    const page = await signedInAs('dieuphoi')
    const { status } = await page
      .context()
      .request.get(`${baseURL}${address}`)
      .then((answer) => ({ status: answer.status() }))
    expect([400, 404]).toContain(status)
  })
}
