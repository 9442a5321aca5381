import { createHash, randomBytes } from 'node:crypto'
import type { Page } from '@playwright/test'
import { isNull } from 'drizzle-orm'
import type { Database } from '#db/client.ts'
import { alertPanelOf, buildBulletin, contentOf, textOf } from '#db/factories/bulletins.ts'
import { areas, bulletinPreviews } from '#db/schema/index.ts'
import { readingLimits } from '#server/platform/rules/limits.ts'
import { expect, test } from './fixtures.ts'
import { complaintsOf, overhang, untranslated } from './routes.ts'

const hence = (hours: number) => new Date(Date.now() + hours * 3_600_000)

/** A commune with bulletins in every state, found by one word. */
async function buildReading(db: Database) {
  const word = randomBytes(4).toString('hex')
  const [area] = await db.select().from(areas).where(isNull(areas.validTo)).limit(1)
  if (!area) throw new Error('a city without communes')
  const areaIds = [area.id]
  const table = {
    type: 'table' as const,
    content: [
      {
        type: 'tableRow' as const,
        content: ['Tuyến đường', 'Tình trạng', 'Thông xe'].map((text) => cellOf('tableHeader', text)),
      },
      {
        type: 'tableRow' as const,
        content: ['Cầu Long Biên', 'Cấm', '18:00'].map((text) => cellOf('tableCell', text)),
      },
    ],
  }
  const text = textOf(`Sơ tán khỏi bãi giữa ${word}`)
  const inForce = await buildBulletin(db, {
    state: 'published',
    at: hence(-1),
    content: contentOf(text.title, {
      kind: 'warning',
      severity: 'emergency',
      areaIds,
      validTo: hence(5).toISOString(),
      vi: { ...text, body: { ...text.body, content: [...text.body.content, table] } },
      alert: alertPanelOf({ expires: hence(6).toISOString() }),
    }),
  })
  const expired = await buildBulletin(db, {
    state: 'published',
    at: hence(-0.5),
    content: contentOf(`Ngập ở bến xe ${word}`, { en: null, validTo: hence(-0.1).toISOString() }),
  })
  const withdrawn = await buildBulletin(db, {
    state: 'withdrawn',
    at: hence(-2),
    content: contentOf(`Mất điện ${word}`),
  })
  const gone = await buildBulletin(db, { state: 'unpublished', at: hence(-3), content: contentOf(`Đã gỡ ${word}`) })
  const draft = await buildBulletin(db, { content: contentOf(`Sắp đăng ${word}`) })
  const token = randomBytes(24).toString('base64url')
  await db.insert(bulletinPreviews).values({
    tokenHash: createHash('sha256').update(token).digest('hex'),
    bulletinId: draft.id,
    createdById: draft.authorId,
    createdAt: new Date(),
    expiresAt: hence(1),
  })
  return { word, area, inForce, expired, withdrawn, gone, preview: `/ban-tin/xem-truoc/${token}` }
}

const cellOf = <Kind extends 'tableHeader' | 'tableCell'>(type: Kind, text: string) => ({
  type,
  attrs: { colspan: 1, rowspan: 1 },
  content: [{ type: 'paragraph' as const, content: [{ type: 'text' as const, text }] }],
})

/** All script that the page runs: inline and loaded, uncompressed, in bytes. */
const scriptBytes = (page: Page): Promise<number> =>
  page.evaluate(() => {
    const inline = [...document.scripts].filter(({ src, type }) => !src && type !== 'application/ld+json')
    const fetched = performance.getEntriesByType('resource') as PerformanceResourceTiming[]
    return [
      ...inline.map(({ text }) => new Blob([text]).size),
      ...fetched
        .filter(({ initiatorType, name }) => initiatorType === 'script' || /\.m?js(?:\?|$)/.test(name))
        .map(({ decodedBodySize }) => decodedBodySize),
    ].reduce((sum, bytes) => sum + bytes, 0)
  })

const ways = [
  { name: 'in Vietnamese by day', home: '/ban-tin', colorScheme: 'light', viewport: { width: 1280, height: 900 } },
  {
    name: 'in English by night on a phone',
    home: '/en/ban-tin',
    colorScheme: 'dark',
    viewport: { width: 390, height: 844 },
  },
] as const

for (const { name, home, ...screen } of ways) {
  test(`each public page is complete ${name}: passes axe, every text translated, small in size`, async ({
    browser,
    baseURL,
    db,
    seriousViolations,
  }) => {
    const { word, area, inForce, expired, withdrawn, gone, preview } = await buildReading(db)
    const page = await (await browser.newContext({ ...screen, baseURL: baseURL as string })).newPage()
    const complaints = complaintsOf(page)
    const addresses = [
      home,
      `${home}?area=${area.code}&q=${word}`,
      `${home}?q=khong-co-${word}`,
      ...[inForce, expired, withdrawn, gone].map(({ slug }) => `${home}/${slug}`),
      `${home}/chua-tung-co`,
      `${home}/x/y/z`,
      home === '/ban-tin' ? preview : `${preview}?lang=en`,
    ]
    for (const address of addresses) {
      await test.step(address, async () => {
        await page.goto(address)
        await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
        expect(await seriousViolations(page)).toEqual([])
        // The address of the feed looks like a message key.
        expect((await untranslated(page)).filter((one) => one !== 'bulletins.atom')).toEqual([])
        expect(await overhang(page)).toBe(0)
        const bytes = await scriptBytes(page)
        expect(bytes).toBeGreaterThan(500)
        expect(bytes).toBeLessThan(readingLimits.scriptBytes)
      })
    }
    // What is gone answers 410, which the browser reports.
    expect(complaints.filter((one) => !one.includes('status of 410'))).toEqual([])
  })
}

test('without script a reader finds what concerns a commune by choosing it and by a word, and can share the address', async ({
  browser,
  baseURL,
  db,
}) => {
  const { word, area, inForce, expired } = await buildReading(db)
  const context = await browser.newContext({ javaScriptEnabled: false, baseURL: baseURL as string })
  const page = await context.newPage()
  await page.goto('/ban-tin')
  await page.getByLabel('Phường, xã').selectOption(area.code)
  await page.getByRole('button', { name: 'Xem bản tin' }).click()
  await expect(page).toHaveURL(`/ban-tin?area=${area.code}`)
  await page.getByLabel('Từ cần tìm').fill(`so tan ${word}`)
  await page.getByLabel('Từ cần tìm').press('Enter')
  await expect(page).toHaveURL(`/ban-tin?area=${area.code}&q=so+tan+${word}`)
  const found = page.getByRole('listitem').filter({ has: page.getByRole('heading', { level: 3 }) })
  await expect(found).toHaveCount(1)

  await page.goto(`/ban-tin?q=${word}`)
  await expect(page.getByRole('heading', { level: 2 })).toHaveText(['Đang có hiệu lực', 'Các bản tin khác'])
  await expect(found.first()).toContainText('Sơ tán khỏi bãi giữa')
  await expect(found.filter({ hasText: 'Ngập ở bến xe' }).getByText('Hết hiệu lực', { exact: true })).toBeVisible()
  await page.getByRole('link', { name: 'Cảnh báo', exact: true }).click()
  await expect(page).toHaveURL(`/ban-tin?kind=warning&q=${word}`)
  await expect(found).toHaveCount(1)
  await found.getByRole('link').click()
  await expect(page.getByRole('heading', { level: 1, name: inForce.title })).toBeVisible()
  await expect(page.getByText('Việc cần làm')).toBeVisible()
  await expect(page.getByRole('button')).toHaveCount(0)

  await page.goto(`/ban-tin/${expired.slug}`)
  await expect(page.getByText('Bản tin này đã hết hiệu lực')).toBeVisible()
})

test('a device remembers the commune of its reader, and no one else learns of it', async ({ browser, baseURL, db }) => {
  const { word, area, inForce, expired } = await buildReading(db)
  const context = await browser.newContext({ baseURL: baseURL as string })
  const page = await context.newPage()
  await page.goto(`/ban-tin?area=${area.code}`)
  await page.getByRole('button', { name: /^Ghi nhớ .* là nơi ở của tôi$/ }).click()
  await expect(page.getByRole('button', { name: /^Ghi nhớ/ })).toHaveCount(0)
  await page.goto(`/ban-tin?q=${word}`)
  await expect(
    page.getByRole('listitem').filter({ hasText: 'Sơ tán khỏi bãi giữa' }).getByText('Có nơi ở của bạn'),
  ).toBeVisible()
  await expect(page.getByText('Có nơi ở của bạn')).toHaveCount(1)
  await page.goto(`/ban-tin/${inForce.slug}`)
  await expect(page.getByText('Có nơi ở của bạn')).toBeVisible()
  await page.getByRole('link', { name: area.name }).click()
  await expect(page).toHaveURL(`/ban-tin?area=${area.code}`)
  expect(await context.cookies()).toEqual([])
  await page.getByRole('button', { name: 'Bỏ ghi nhớ' }).click()
  await page.goto(`/ban-tin/${inForce.slug}`)
  await expect(page.getByText('Nơi ở của tôi')).toBeHidden()

  // In print: who issued it and when it was printed, and no controls.
  await page.goto(`/ban-tin/${expired.slug}`)
  await page.emulateMedia({ media: 'print' })
  await page.evaluate(() => dispatchEvent(new Event('beforeprint')))
  await expect(page.getByText('Ủy ban nhân dân thành phố Hà Nội')).toBeVisible()
  await expect(page.getByText(/^In lúc \d\d\/\d\d\/\d{4} \d\d:\d\d$/)).toBeVisible()
  await expect(page.getByText(/^Có hiệu lực đến .* · Hết hiệu lực$/)).toBeVisible()
  await expect(page.getByRole('navigation')).toHaveCount(0)
  await expect(page.getByRole('link', { name: 'Bản tin Hà Nội' })).toBeHidden()
})

test('an unknown address is a 404 in the words of the public pages', async ({ request }) => {
  const addresses = [
    '/ban-tin/%E0%A4%A',
    '/ban-tin/%00',
    '/en/ban-tin/%',
    `/ban-tin/${'x'.repeat(4000)}`,
    '/ban-tin?q=%00',
  ]
  for (const address of [...addresses, '/ban-tin/Cầu', '/ban-tin/xem-truoc/x', '/ban-tin/a/b']) {
    const answer = await request.get(address)
    expect([address, answer.status()]).toEqual([address, 404])
    expect(await answer.text()).toContain(
      address.startsWith('/en') ? 'There is no such bulletin' : 'Không có bản tin này',
    )
  }
})

test('a cached page has all the headers it had when it was rendered', async ({ request, db }) => {
  const { slug } = await buildBulletin(db, { state: 'published', content: contentOf('Đọc hai lần') })
  for (const address of [`/ban-tin/${slug}`, `/en/ban-tin/${slug}`]) {
    const [drawn, kept] = [await request.get(address), await request.get(address)]
    expect(await kept.text()).toBe(await drawn.text())
    // Without the headers of the transfer: it is sent whole with a known length, and range requests are not supported.
    const { vary: _, 'content-length': length, 'x-request-id': __, date: ___, ...said } = kept.headers()
    expect(Number(length)).toBeGreaterThan(1000)
    for (const [name, value] of Object.entries(drawn.headers())) {
      if (!['vary', 'transfer-encoding', 'x-request-id', 'date'].includes(name))
        expect([name, said[name]]).toEqual([name, value])
    }
  }
})

test('browsers, crawlers and finders of a weakness get their files, and pages name the icons', async ({ page }) => {
  const types = {
    '/icon.svg': 'image/svg+xml',
    '/icon-192.png': 'image/png',
    '/apple-touch-icon.png': 'image/png',
    '/manifest.webmanifest': 'application/manifest+json',
    '/robots.txt': 'text/plain',
    '/.well-known/security.txt': 'text/plain',
  }
  for (const [path, type] of Object.entries(types)) {
    const response = await page.request.get(path)
    expect([path, response.status()]).toEqual([path, 200])
    expect(response.headers()['content-type']).toContain(type)
  }
  expect(await (await page.request.get('/.well-known/security.txt')).text()).toContain('mailto:baomat@example.com')
  await page.goto('/sign-in')
  for (const [rel, path] of [
    ['icon', '/icon.svg'],
    ['apple-touch-icon', '/apple-touch-icon.png'],
    ['manifest', '/manifest.webmanifest'],
  ])
    await expect(page.locator(`link[rel="${rel}"]`)).toHaveAttribute('href', path as string)
})
