import type { Page } from '@playwright/test'
import { eq } from 'drizzle-orm'
import { XMLParser } from 'fast-xml-parser'
import type { Database } from '#db/client.ts'
import { alertPanelOf, buildBulletin, contentOf, textOf } from '#db/factories/bulletins.ts'
import { buildIncident } from '#db/factories/incidents.ts'
import { accounts, areas, bulletins } from '#db/schema/index.ts'
import { expect, test } from './fixtures.ts'
import { answer } from './newsroom.ts'
import { hoursAgo } from './office.ts'
import { callProcedure } from './procedures.ts'
import { visit } from './visit.ts'

type Change = { id: string; version: number }
type Info = { language: string; headline: string; responseType: string; instruction?: string; description: string }
type Alert = { identifier: string; msgType: string; references?: string; note?: string; info: Info[] }
type Feature = { id: string; properties: { headline: string } }

const parser = new XMLParser({ isArray: (name) => ['info', 'entry'].includes(name), parseTagValue: false })

/** What the public sees without an account: the page, the list of alerts, the map, and the message they link to. */
async function outside(page: Page, id: string) {
  const read = async (path: string) => {
    const answered = await page.request.get(path, { headers: { 'cache-control': 'no-cache' } })
    return answered.text()
  }
  const { entry = [] } = parser.parse(await read('/feeds/alerts.atom')).feed
  const [newest] = (entry as { id: string; title: string }[]).filter((each) => each.id.includes(id))
  const { features } = JSON.parse(await read('/feeds/alerts.geojson')) as { features: Feature[] }
  const map = features.filter((feature) => feature.id.includes(id))
  const cap = newest ? await read(new URL(newest.id).pathname) : ''
  return {
    listed: newest?.title ?? null,
    onMap: map.map(({ properties }) => properties.headline),
    isSigned: /<\/Signature>\s*<\/alert>\s*$/.test(cap),
    message: cap ? (parser.parse(cap).alert as Alert) : null,
  }
}

const evacuation = (words: string) => ({
  vi: textOf('Sơ tán dân bãi giữa sông Hồng', words),
  en: textOf('Evacuate the middle bank of the Red River', `Leave now for the school on the dyke. ${words.length}`),
})

async function buildNight(db: Database) {
  const [area] = await db.select({ id: areas.id }).from(areas).where(eq(areas.kind, 'phuong')).limit(1)
  const idOf = async (username: string) =>
    (await db.select({ id: accounts.id }).from(accounts).where(eq(accounts.username, username)))[0]?.id ?? ''
  const [authorId, approvedById] = [await idOf('bientap'), await idOf('tongbientap')]
  const incident = await buildIncident(db, { name: `Lũ đêm ${Date.now().toString(36)}`, startsAt: hoursAgo(5) })
  const expires = new Date(Date.now() + 6 * 3_600_000).toISOString()
  const contentWith = (response: 'Prepare' | 'Evacuate', words: Pick<ReturnType<typeof contentOf>, 'vi' | 'en'>) =>
    contentOf('', {
      ...words,
      kind: 'warning',
      areaIds: area ? [area.id] : [],
      alert: alertPanelOf({ event: 'Lũ sông Hồng', eventEn: 'Red River flood', response, expires }),
    })
  const approved = (content: ReturnType<typeof contentOf>) =>
    buildBulletin(db, {
      state: 'approved',
      content,
      incidentId: incident.id,
      authorId,
      approvedById,
      at: new Date(),
    })
  return { incident, contentWith, approved }
}

test('a night from the warning to the all-clear: page, feed, map and CAP never disagree', async ({
  signedInAs,
  seriousViolations,
  db,
}) => {
  const [duc, vinh, lan] = [await signedInAs('bientap'), await signedInAs('tongbientap'), await signedInAs('dieuphoi')]
  const { incident, contentWith, approved } = await buildNight(db)
  await Promise.all([duc, vinh].map((page) => page.goto('/bulletins')))
  const act = async (page: Page, procedure: string, input: object): Promise<Change> => {
    const { status, data, refusal } = await callProcedure<Change>(page, `bulletins.${procedure}`, { input })
    expect([procedure, status, refusal]).toEqual([procedure, 200, undefined])
    return { id: data.id, version: data.version }
  }
  const slugOf = async ({ id }: Change) =>
    (await db.select({ slug: bulletins.slug }).from(bulletins).where(eq(bulletins.id, id)))[0]?.slug ?? ''
  const readPage = async (change: Change) => (await vinh.request.get(`/ban-tin/${await slugOf(change)}`)).text()

  // Announce.
  const words = 'Nước sông Hồng lên nhanh, người dân bãi giữa chuẩn bị đồ đạc và theo dõi thông báo tiếp theo.'
  const warning = {
    vi: textOf('Nước sông Hồng lên nhanh', words),
    en: textOf('The Red River rises fast', words.slice(0, 4)),
  }
  const announced = await approved(contentWith('Prepare', warning))
  const first = await act(vinh, 'publish', { id: announced.id, version: 1, acknowledged: [] })
  expect(await readPage(first)).toContain('chuẩn bị đồ đạc')
  const one = await outside(vinh, first.id)
  expect([one.listed, one.onMap, one.isSigned]).toEqual([warning.vi.title, [warning.vi.title], true])
  expect([one.message?.msgType, one.message?.info.map((info) => info.responseType)]).toEqual([
    'Alert',
    ['Prepare', 'Prepare'],
  ])

  // Evacuate: the new bulletin replaces the first, during the danger.
  const flee = evacuation('Người dân bãi giữa rời nhà ngay, theo đường đê đến trường Chương Dương.')
  const second = await approved(contentWith('Evacuate', flee))
  await db.update(bulletins).set({ supersedesId: first.id }).where(eq(bulletins.id, second.id))
  let out = await act(vinh, 'publish', { id: second.id, version: 1, acknowledged: [] })
  expect(await readPage(first)).toContain(flee.vi.title)
  expect(await readPage(out)).toContain('trường Chương Dương')
  const two = await outside(vinh, out.id)
  expect([two.listed, two.onMap, (await outside(vinh, first.id)).onMap]).toEqual([flee.vi.title, [flee.vi.title], []])
  expect([two.message?.msgType, two.message?.info[0]?.responseType, two.isSigned]).toEqual(['Update', 'Evacuate', true])
  expect(two.message?.references).toContain(one.message?.identifier)

  // Correct: another school; the alert stays in force.
  const elsewhere = evacuation(
    'Người dân bãi giữa rời nhà ngay, theo đường đê đến trường Phúc Xá, tầng hai và tầng ba.',
  )
  out = await act(duc, 'correct', {
    ...out,
    kind: 'substantive',
    note: 'Điểm sơ tán đổi sang trường Phúc Xá.',
    noteEn: 'The shelter is now Phuc Xa school.',
  })
  out = await act(duc, 'save', { ...out, content: contentWith('Evacuate', elsewhere), auto: false, typo: false })
  out = await act(duc, 'submit', { ...out, note: '' })
  out = await act(vinh, 'approve', { ...out, acknowledged: [] })
  out = await act(vinh, 'publish', { ...out, acknowledged: [] })
  expect(await readPage(out)).toContain('trường Phúc Xá')
  expect(await readPage(out)).not.toContain('trường Chương Dương')
  const three = await outside(vinh, out.id)
  expect([three.message?.msgType, three.onMap, three.isSigned]).toEqual(['Update', [elsewhere.vi.title], true])
  expect(three.message?.info[0]?.description).toContain('trường Phúc Xá')
  expect(three.message?.references).toContain(two.message?.identifier)

  // Closing the incident now shows first what remains: nothing is ended silently.
  await visit(lan, `/incidents/${incident.id}`)
  await lan.getByRole('button', { name: 'Đóng sự kiện' }).click()
  const closing = lan.getByRole('dialog', { name: `Đóng “${incident.name}”?` })
  await expect(closing.getByRole('heading', { name: 'Cảnh báo đang phát' })).toBeVisible()
  await expect(closing.getByRole('link', { name: elsewhere.vi.title })).toBeVisible()
  const close = closing.getByRole('button', { name: 'Đóng sự kiện' })
  await expect(close).toHaveAttribute('aria-disabled', 'true')
  expect(await seriousViolations(lan)).toEqual([])
  await closing.getByRole('button', { name: 'Hủy' }).click()

  // All clear, by the chief editor, from the address that the dialog links to.
  await visit(vinh, `/bulletins/${out.id}?move=withdraw&ending=over`)
  const ending = vinh.getByRole('dialog', { name: 'Rút bản tin' })
  await expect(ending.getByRole('radio', { name: /^Hết cảnh báo/ })).toBeChecked()
  await ending.getByLabel('Thông báo bằng tiếng Anh').fill('The water has fallen.')
  await answer(vinh, 'Rút bản tin', 'Rút bản tin', ['Thông báo cho người đọc', 'Nước đã rút.'])
  await expect(vinh).toHaveURL(new RegExp(`/bulletins/${out.id}$`))
  expect(await readPage(out)).toContain('Nước đã rút.')
  const four = await outside(vinh, out.id)
  expect([four.listed, four.onMap, four.isSigned]).toEqual(['Hết cảnh báo: Lũ sông Hồng', [], true])
  expect(four.message).toMatchObject({ msgType: 'Cancel', note: 'Nước đã rút.' })
  const told = (four.message?.info ?? []).map((info) => [
    info.language,
    info.headline,
    info.responseType,
    info.instruction,
  ])
  expect(told).toEqual([
    ['vi-VN', 'Hết cảnh báo: Lũ sông Hồng', 'AllClear', undefined],
    ['en', 'All clear: Red River flood', 'AllClear', undefined],
  ])
  expect(four.message?.info[1]?.description).toContain('The water has fallen.')

  // Close the incident: no question remains, and nothing changes for the public.
  await visit(lan, `/incidents/${incident.id}`)
  await lan.getByRole('button', { name: 'Đóng sự kiện' }).click()
  await expect(closing.getByRole('heading', { name: 'Cảnh báo đang phát' })).toHaveCount(0)
  await close.click()
  await lan.waitForURL(/\/after-action$/)
  expect(await outside(vinh, out.id)).toEqual(four)
  expect(await readPage(out)).toContain('Nước đã rút.')
})
