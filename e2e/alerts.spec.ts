import type { Page } from '@playwright/test'
import { eq } from 'drizzle-orm'
import type { Database } from '#db/client.ts'
import { alertPanelOf, buildBulletin, contentOf, textOf } from '#db/factories/bulletins.ts'
import { buildIncident } from '#db/factories/incidents.ts'
import { accounts, areas, bulletins } from '#db/schema/index.ts'
import { expect, test } from './fixtures.ts'
import { answer, openBulletin, saved } from './newsroom.ts'
import { callProcedure } from './procedures.ts'
import { visit } from './visit.ts'

const soon = () => new Date(Date.now() + 6 * 3_600_000).toISOString()

/** A published bulletin with its alert, published by the chief editor of this page. */
async function buildAlert(
  db: Database,
  chief: Page,
  title: string,
  event: string,
  incidentId: string | null = null,
): Promise<string> {
  const [area] = await db.select({ id: areas.id }).from(areas).where(eq(areas.kind, 'phuong')).limit(1)
  const idOf = async (username: string) =>
    (await db.select({ id: accounts.id }).from(accounts).where(eq(accounts.username, username)))[0]?.id ?? ''
  const words = 'Người dân không đi qua cầu, ở trong nhà và theo dõi thông báo tiếp theo của chính quyền địa phương.'
  const { id } = await buildBulletin(db, {
    state: 'approved',
    content: contentOf(title, {
      vi: textOf(title, words),
      areaIds: area ? [area.id] : [],
      alert: alertPanelOf({ event, expires: soon() }),
    }),
    authorId: await idOf('bientap'),
    approvedById: await idOf('tongbientap'),
    incidentId,
    at: new Date(),
  })
  await chief.goto('/bulletins')
  const input = { id, version: 1, acknowledged: ['alert_event_english_missing::'] }
  const { status } = await callProcedure(chief, 'bulletins.publish', { input })
  expect(status).toBe(200)
  return id
}

const feed = async (page: Page, name: string) => (await page.request.get(`/feeds/${name}`)).text()

test('a correction without the alert first says what it does to it, and ends it as an all-clear', async ({
  signedInAs,
  seriousViolations,
  db,
}) => {
  const [vinh, duc] = [await signedInAs('tongbientap'), await signedInAs('bientap')]
  const id = await buildAlert(db, vinh, 'Gió giật trên cầu Long Biên', 'Gió giật mạnh')
  await expect.poll(() => feed(vinh, 'alerts.geojson')).toContain(id)

  await openBulletin(duc, id)
  await duc.getByRole('button', { name: 'Đính chính' }).click()
  await duc.getByLabel('Lời đính chính bằng tiếng Anh').fill('The wind has fallen.')
  await answer(duc, 'Đính chính bản tin', 'Bắt đầu sửa', ['Lời đính chính cho người đọc', 'Gió đã lặng.'])
  await duc.getByRole('tab', { name: 'Cảnh báo' }).click()
  await duc.getByRole('switch', { name: /Phát hành dưới dạng cảnh báo CAP/ }).click()
  await expect(duc.getByText(/^Cảnh báo đang phát mà bản này không còn cảnh báo/)).toBeVisible()
  await duc.getByRole('radio', { name: /^Hết cảnh báo/ }).check()
  await expect(duc.getByText('Khi đăng: chấm dứt cảnh báo bằng tin “Hết cảnh báo”.')).toBeVisible()
  expect(await seriousViolations(duc)).toEqual([])
  await expect(saved(duc)).toBeVisible()
  await duc.getByRole('button', { name: 'Gửi duyệt' }).click()
  await answer(duc, 'Gửi duyệt bản tin', 'Gửi duyệt', ['Lời nhắn cho người duyệt', 'Hết gió.'])

  await openBulletin(vinh, id)
  await vinh.getByRole('button', { name: 'Duyệt', exact: false }).first().click()
  await expect(vinh.getByRole('dialog').getByText('Khi đăng: chấm dứt cảnh báo bằng tin “Hết cảnh báo”.')).toBeVisible()
  await answer(vinh, 'Duyệt bản tin', 'Duyệt')
  await vinh.getByRole('button', { name: /^Đăng, hẹn giờ/ }).click()
  await expect(vinh.getByRole('dialog').getByText('Khi đăng: chấm dứt cảnh báo bằng tin “Hết cảnh báo”.')).toBeVisible()
  await answer(vinh, 'Đăng bản tin', 'Đăng ngay')
  await expect.poll(() => feed(vinh, 'alerts.geojson'), { timeout: 90_000 }).not.toContain(id)
  await expect.poll(() => feed(vinh, 'alerts.atom'), { timeout: 90_000 }).toContain('Hết cảnh báo: Gió giật mạnh')
})

test('withdrawing a bulletin that is an alert requires the reason why the alert ends', async ({ signedInAs, db }) => {
  const vinh = await signedInAs('tongbientap')
  const id = await buildAlert(db, vinh, 'Nước dâng nhanh ở bãi giữa', 'Nước dâng nhanh')
  await openBulletin(vinh, id)
  await vinh.getByRole('button', { name: 'Thao tác khác' }).click()
  await vinh.getByRole('menuitem', { name: 'Rút hoặc gỡ…' }).click()
  const dialog = vinh.getByRole('dialog', { name: 'Rút bản tin' })
  await dialog.getByLabel('Thông báo cho người đọc').fill('Số đo mực nước bị sai.')
  await dialog.getByLabel('Thông báo bằng tiếng Anh').fill('The gauge read wrong.')
  const withdraw = dialog.getByRole('button', { name: 'Rút bản tin', exact: true })
  await expect(withdraw).toHaveAttribute('aria-disabled', 'true')
  await withdraw.hover()
  await expect(vinh.getByText('Chọn vì sao cảnh báo chấm dứt.')).toBeVisible()
  await dialog.getByRole('radio', { name: /^Phát nhầm/ }).check()
  await withdraw.click()
  await expect(dialog).toBeHidden()
  await expect.poll(() => feed(vinh, 'alerts.geojson'), { timeout: 90_000 }).not.toContain(id)
  await expect.poll(() => feed(vinh, 'alerts.atom'), { timeout: 90_000 }).toContain('Hủy cảnh báo: Nước dâng nhanh')
})

test('personal data is removed during the danger: page and alert stay, and the earlier text is gone', async ({
  signedInAs,
  seriousViolations,
  db,
}) => {
  const [vinh, duc] = [await signedInAs('tongbientap'), await signedInAs('bientap')]
  const id = await buildAlert(db, vinh, 'Sạt lở cạnh nhà ông Kín', 'Sạt lở bờ sông')
  const [out] = await db.select({ slug: bulletins.slug }).from(bulletins).where(eq(bulletins.id, id))
  await openBulletin(vinh, id)
  await vinh.getByRole('button', { name: 'Thao tác khác' }).click()
  await vinh.getByRole('menuitem', { name: 'Rút hoặc gỡ…' }).click()
  await vinh.getByRole('radio', { name: /^Gỡ: không còn gì để đọc/ }).check()
  await expect(vinh.getByRole('checkbox', { name: /^Cảnh báo đang phát sẽ chấm dứt/ })).toBeVisible()
  await vinh.getByRole('radio', { name: /^Chỉ gỡ dữ liệu cá nhân/ }).check()
  expect(await seriousViolations(vinh)).toEqual([])
  await answer(vinh, 'Gỡ dữ liệu cá nhân', 'Bắt đầu sửa', ['Lý do', 'Nêu tên chủ nhà.'])

  await openBulletin(duc, id)
  await expect(duc.getByText(/^Đang gỡ dữ liệu cá nhân/)).toBeVisible()
  await duc.getByLabel('Tiêu đề').fill('Sạt lở bờ sông ở bãi giữa')
  await duc.getByRole('tab', { name: /English/ }).click()
  await duc.getByLabel('Tóm tắt').fill('Keep away from the bank until further notice.')
  await expect(saved(duc)).toBeVisible()
  await duc.getByRole('button', { name: 'Gửi duyệt' }).click()
  await answer(duc, 'Gửi duyệt bản tin', 'Gửi duyệt', ['Lời nhắn cho người duyệt', 'Đã bỏ tên.'])
  await openBulletin(vinh, id)
  await vinh.getByRole('button', { name: 'Duyệt', exact: false }).first().click()
  await answer(vinh, 'Duyệt bản tin', 'Duyệt')
  await vinh.getByRole('button', { name: /^Đăng, hẹn giờ/ }).click()
  await answer(vinh, 'Đăng bản tin', 'Đăng ngay')
  await expect.poll(() => feed(vinh, 'alerts.geojson'), { timeout: 90_000 }).toContain(`hanoi-${id}-2`)
  const message = async (number: number) => (await vinh.request.get(`/feeds/alerts/hanoi-${id}-${number}.xml`)).status()
  expect([await message(1), await message(2)]).toEqual([410, 200])
  await vinh.goto(`/ban-tin/${out?.slug}`)
  await expect(vinh.getByRole('heading', { level: 1 })).toHaveText('Sạt lở bờ sông ở bãi giữa')
  expect(vinh.url()).not.toContain('kin')
})

test('giving an alert another end than the bulletin says that the page follows the alert, and it does', async ({
  signedInAs,
  seriousViolations,
  db,
}) => {
  const expires = soon()
  const [at, day] = [new Date(expires), 86_400_000]
  const content = contentOf('Gió giật trên cầu Nhật Tân', {
    validFrom: new Date(at.getTime() - 3_600_000).toISOString(),
    validTo: new Date(at.getTime() + day).toISOString(),
    alert: alertPanelOf({ expires }),
  })
  const clock = new Intl.DateTimeFormat('vi-VN', { timeStyle: 'short', timeZone: 'Asia/Ho_Chi_Minh' }).format(at)
  const told = new RegExp(`^Trang bản tin có hiệu lực theo cảnh báo: từ lúc đăng đến .*${clock}`)
  const duc = await signedInAs('bientap')
  const draft = await buildBulletin(db, { content })
  await openBulletin(duc, draft.id)
  for (const side of ['Thông tin', 'Cảnh báo']) {
    await duc.getByRole('tab', { name: side }).click()
    await expect(duc.getByText(told)).toBeVisible()
    expect(await seriousViolations(duc)).toEqual([])
  }
  await duc.getByRole('switch', { name: /Phát hành dưới dạng cảnh báo CAP/ }).click()
  await expect(duc.getByText(told)).toBeHidden()

  const out = await buildBulletin(db, { state: 'published', content, at: new Date() })
  await openBulletin(duc, out.id)
  await duc.getByRole('tab', { name: 'Thông tin' }).click()
  await expect(duc.getByText(told)).toBeVisible()
  await duc.goto(`/ban-tin/${out.slug}`)
  await expect(duc.getByText(new RegExp(`^Còn hiệu lực đến .*${clock}$`))).toBeVisible()
  await expect(duc.getByText('Có hiệu lực từ')).toHaveCount(0)
})

test('an incident is closed only after its alerts were seen', async ({ signedInAs, seriousViolations, db }) => {
  const vinh = await signedInAs('tongbientap')
  const incident = await buildIncident(db, { name: 'Bão số 12', startsAt: new Date() })
  const titles = ['Gió giật trên cầu Thăng Long', 'Nước dâng ở bãi Phúc Xá', 'Ngập hầm chui Thanh Xuân']
  for (const title of titles) await buildAlert(db, vinh, title, 'Nguy hiểm', incident.id)
  for (let at = 1; at <= 8; at++) {
    await buildBulletin(db, { incidentId: incident.id, content: contentOf(`Điểm phát nước số ${at}`) })
  }
  const lan = await signedInAs('dieuphoi', { viewport: { width: 390, height: 844 } })
  await visit(lan, `/incidents/${incident.id}`)
  await lan.getByRole('button', { name: 'Đóng sự kiện' }).click()
  const dialog = lan.getByRole('dialog', { name: 'Đóng “Bão số 12”?' })
  for (const title of titles) await expect(dialog.getByRole('link', { name: title })).toBeInViewport()
  expect(await seriousViolations(lan, '[role="dialog"]')).toEqual([])
  const close = dialog.getByRole('button', { name: 'Đóng sự kiện' })
  await expect(close).toHaveAttribute('aria-disabled', 'true')
  await dialog.getByRole('checkbox', { name: 'Nguy hiểm chưa qua: để 3 cảnh báo tiếp tục phát' }).check()
  await close.click()
  await lan.waitForURL(/\/after-action$/)
})
