import { eq } from 'drizzle-orm'
import { reporters } from '#db/schema/index.ts'
import type { DemoUsername } from '#server/accounts/rules/demo-accounts.ts'
import { expect, test } from './fixtures.ts'
import { buildOffice, buildReportAt } from './office.ts'
import { routes } from './routes.ts'

const title = 'Nắp cống vỡ trước ngõ, mong sớm được thay'
const person = {
  name: 'Tạ Quang Vĩnh Thụy',
  phone: '0987650143',
  email: 'vinh.thuy.giau@example.org',
  address: 'Số 7 ngách 8/9 Ngõ Giấu Kín',
}
/** In any spelling a page might use: whole, in part, with or without accents, grouped or not. */
const traces = [
  /vĩnh thụy/i,
  /vinh thuy/i,
  /(?:0|84)\D{0,3}987\D?650\D?143/,
  /vinh\.thuy\.giau/i,
  /giấu kín/i,
  /giau kin/i,
]

const publicAddresses = [
  '/ban-tin',
  '/en/ban-tin',
  '/feeds/bulletins.json',
  '/feeds/alerts.atom',
  '/feeds/alerts.geojson',
  '/open311/v2/requests.json',
  '/open311/v2/requests.xml',
]

/**
 * The officer who handles the report, and one account of each role. What a procedure answers to every account is proven
 * by `server/trpc/planted.test.ts`, what leaves without a sign-in by `server/http/planted.test.ts`.
 */
const readers: readonly ('officer' | DemoUsername)[] = [
  'officer',
  'canbo.hoankiem',
  'lanhdao.hoankiem',
  'dieuphoi',
  'lanhdao.tp',
  'bientap',
  'tongbientap',
  'quantri',
  'kiemtra',
]

/** The server's response for each page, before any of its scripts runs. */
for (const username of readers) {
  test(`no page that ${username} opens says who sent a report, before it is revealed with a reason`, async ({
    signedInAs,
    db,
  }) => {
    const office = await buildOffice(db)
    const { id, code } = await buildReportAt(db, office, {
      title,
      reporter: { name: person.name, phone: person.phone },
    })
    await db.update(reporters).set({ email: person.email, address: person.address }).where(eq(reporters.reportId, id))
    const page = await signedInAs(username === 'officer' ? office.officer.username : username)
    const addresses = [
      `/reports/${code}`,
      '/reports?view=all',
      ...routes.map(([, address]) => address),
      ...(username === 'officer' ? publicAddresses : []),
    ]
    const told: string[] = []
    for (const address of new Set(addresses)) {
      const html = await (await page.request.get(address)).text()
      told.push(...traces.filter((trace) => trace.test(html.normalize('NFC'))).map((trace) => `${address}: ${trace}`))
      // Where the report itself is shown, the search must find something.
      if (username === 'officer' && address === `/reports/${code}`) expect(html).toContain(title)
    }
    expect(told).toEqual([])
  })
}
