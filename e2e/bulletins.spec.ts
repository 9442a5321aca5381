import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { eq } from 'drizzle-orm'
import { buildAccount } from '#db/factories/accounts.ts'
import { buildCity } from '#db/factories/agencies.ts'
import { alertPanelOf, buildBulletin, contentOf, textOf } from '#db/factories/bulletins.ts'
import { areas, bulletinRemarks, bulletinRevisions, bulletinSchedules, bulletins } from '#db/schema/index.ts'
import type { Block, BulletinDocument, BulletList, OrderedList, Table } from '#server/bulletins/rules/document.ts'
import { documentText } from '#server/bulletins/rules/document-text.ts'
import { isoInHanoi } from '#server/platform/rules/local-day.ts'
import { expect, test } from './fixtures.ts'
import { answer, bodyOf, openBulletin, paste, picture, saved } from './newsroom.ts'
import { buildOfCity } from './office.ts'
import { callProcedure } from './procedures.ts'
import { loseFirstAnswer } from './slow-line.ts'
import { typeDay } from './type-day.ts'
import { visit } from './visit.ts'

const unique = () => Date.now().toString(36)

/** A minute in Hanoi, as the fields of a form take it. */
function inMinutes(minutes: number): { day: string; time: string } {
  const local = isoInHanoi(new Date(Date.now() + minutes * 60_000))
  const [year, month, date] = local.slice(0, 10).split('-')
  return { day: `${date}/${month}/${year}`, time: local.slice(11, 16) }
}

test('the whole life of a bulletin: written with an image, corrected, approved, scheduled, published, amended, withdrawn', async ({
  signedInAs,
  browser,
  baseURL,
  db,
}) => {
  test.setTimeout(420_000)
  const title = `Cấm cầu Long Biên vì gió mạnh ${unique()}`
  const duc = await signedInAs('bientap')
  await visit(duc, '/bulletins')
  await duc.getByRole('button', { name: 'Soạn bản tin' }).click()
  const begin = duc.getByRole('dialog', { name: 'Soạn bản tin mới' })
  await begin.getByLabel('Loại').selectOption('road_closed')
  await begin.getByRole('button', { name: 'Bắt đầu soạn' }).click()
  await duc.waitForURL(/\/bulletins\/[0-9a-f-]{36}$/)
  const id = duc.url().split('/').at(-1) as string

  await duc.getByLabel('Tiêu đề').fill(title)
  await duc.getByLabel('Tóm tắt').fill('Từ 20:00 ngày 25/11/2026 cấm mọi phương tiện qua cầu cho đến khi gió giảm.')
  await bodyOf(duc).click()
  await duc.keyboard.press('ControlOrMeta+a')
  await duc.keyboard.type(
    'Người tham gia giao thông đi theo cầu Chương Dương và cầu Vĩnh Tuy, theo hướng dẫn của cảnh sát giao thông.',
  )
  await duc.locator('input[type=file]').setInputFiles(await picture())
  await duc.getByLabel('Mô tả ảnh').fill('Rào chắn ở đầu cầu Long Biên')
  await duc.getByLabel('Nguồn').fill('Sở Xây dựng')
  // The template's English still has its blanks, and they block publication until someone fills them in or leaves
  // English out.
  await duc.getByRole('tab', { name: /^Kiểm tra/ }).click()
  await expect(duc.getByText('còn chỗ trống của mẫu').first()).toBeVisible()
  await duc.getByRole('tab', { name: /English/ }).click()
  await duc.getByRole('button', { name: 'Bỏ bản tiếng Anh' }).click()
  await duc.getByRole('tab', { name: /Tiếng Việt/ }).click()
  await expect(duc.getByText('còn chỗ trống của mẫu')).toHaveCount(0)
  await expect(saved(duc)).toBeVisible()
  await duc.getByRole('button', { name: 'Gửi duyệt' }).click()
  await answer(duc, 'Gửi duyệt bản tin', 'Gửi duyệt', ['Lời nhắn cho người duyệt', 'Gấp, xin duyệt trước 20:00.'])

  const vinh = await signedInAs('tongbientap')
  await openBulletin(vinh, id)
  await vinh.getByRole('button', { name: 'Yêu cầu sửa' }).click()
  await answer(vinh, 'Yêu cầu sửa bản tin', 'Gửi yêu cầu', ['Cần sửa những gì', 'Ghi rõ lối đi cho xe tải.'])

  await openBulletin(duc, id)
  await expect(duc.getByText('Người duyệt yêu cầu sửa')).toBeVisible()
  await bodyOf(duc).click()
  await duc.keyboard.press('ControlOrMeta+End')
  await duc.keyboard.type('Xe tải theo cầu Thanh Trì.')
  await expect(saved(duc)).toBeVisible()
  await duc.getByRole('button', { name: 'Gửi duyệt' }).click()
  await answer(duc, 'Gửi duyệt bản tin', 'Gửi duyệt', ['Lời nhắn cho người duyệt', 'Đã thêm.'])

  await openBulletin(vinh, id)
  await vinh.keyboard.press('Shift+A')
  await answer(vinh, 'Duyệt bản tin', 'Duyệt')
  await expect(vinh.getByText('Đã duyệt', { exact: true }).first()).toBeVisible()
  await vinh.keyboard.press('Shift+P')
  const when = vinh.getByRole('dialog', { name: 'Đăng bản tin' })
  await when.getByLabel('Hẹn giờ').check()
  const dialog = vinh.getByRole('dialog', { name: 'Hẹn giờ đăng' })
  const { day, time } = inMinutes(10)
  await typeDay(dialog, vinh, 'Ngày', inMinutes(-60).day)
  await dialog.getByLabel('Giờ', { exact: true }).fill(inMinutes(-60).time)
  await expect(dialog.getByText('Giờ này đã qua.')).toBeVisible()
  await typeDay(dialog, vinh, 'Ngày', day)
  await dialog.getByLabel('Giờ', { exact: true }).fill(time)
  for (const box of await dialog.getByRole('checkbox').all()) await box.check()
  await dialog.getByRole('button', { name: 'Hẹn giờ', exact: true }).click()
  await expect(vinh.getByText(/Sẽ tự đăng lúc/)).toBeVisible()

  // Its minute comes: the sweeper, which checks every minute, finds it overdue.
  const due = new Date(Date.now() - 1000)
  await db.update(bulletinSchedules).set({ dueAt: due }).where(eq(bulletinSchedules.bulletinId, id))
  await expect
    .poll(async () => (await db.select().from(bulletins).where(eq(bulletins.id, id)))[0]?.state, { timeout: 100_000 })
    .toBe('published')
  const [{ slug } = { slug: null }] = await db.select().from(bulletins).where(eq(bulletins.id, id))

  const reader = await (await browser.newContext()).newPage()
  await reader.goto(`${baseURL}/ban-tin/${slug}`)
  await expect(reader.getByRole('heading', { level: 1 })).toContainText(title)
  await expect(reader.getByRole('img', { name: 'Rào chắn ở đầu cầu Long Biên' })).toBeVisible()
  for (const feed of ['atom', 'rss', 'json']) {
    await expect
      .poll(async () => (await reader.request.get(`${baseURL}/feeds/bulletins.${feed}`)).text(), { timeout: 90_000 })
      .toContain(title)
  }

  await openBulletin(duc, id)
  await duc.getByRole('button', { name: 'Đính chính' }).click()
  await answer(duc, 'Đính chính bản tin', 'Bắt đầu sửa', [
    'Lời đính chính cho người đọc',
    'Sửa giờ cấm cầu thành 18:00.',
  ])
  await duc.getByLabel('Tóm tắt').fill('Từ 18:00 ngày 25/11/2026 cấm mọi phương tiện qua cầu cho đến khi gió giảm.')
  await expect(saved(duc)).toBeVisible()
  await duc.getByRole('button', { name: 'Gửi duyệt' }).click()
  await answer(duc, 'Gửi duyệt bản tin', 'Gửi duyệt', ['Lời nhắn cho người duyệt', 'Đính chính giờ.'])
  await openBulletin(vinh, id)
  await vinh.getByRole('button', { name: 'Duyệt', exact: false }).first().click()
  await answer(vinh, 'Duyệt bản tin', 'Duyệt')
  await vinh.getByRole('button', { name: /^Đăng, hẹn giờ/ }).click()
  await answer(vinh, 'Đăng bản tin', 'Đăng ngay')
  await expect
    .poll(async () => {
      // A page may be cached for a minute; the next request gets the present text.
      await reader.reload()
      return reader.locator('main').textContent()
    })
    .toContain('Sửa giờ cấm cầu thành 18:00.')

  await openBulletin(vinh, id)
  await vinh.getByRole('button', { name: 'Thao tác khác' }).click()
  await vinh.getByRole('menuitem', { name: 'Rút hoặc gỡ…' }).click()
  await answer(vinh, 'Rút bản tin', 'Rút bản tin', ['Thông báo cho người đọc', 'Cầu đã thông xe trở lại.'])
  await expect
    .poll(async () => {
      await reader.reload()
      return reader.locator('main').textContent()
    })
    .toContain('Cầu đã thông xe trở lại.')
})

test('two editors in one bulletin: changes in different places are merged, in the same place both texts are kept', async ({
  signedInAs,
  db,
}) => {
  const lan = await buildOfCity(db, 'editor', 'Phạm Thu Lan')
  const hung = await buildOfCity(db, 'editor', 'Trần Văn Hùng')
  const { id } = await buildBulletin(db, { authorId: lan.id, content: contentOf(`Ngập phố Huế ${unique()}`) })
  const [one, two] = [await signedInAs(lan.username), await signedInAs(hung.username)]
  await openBulletin(one, id)
  await openBulletin(two, id)
  await expect(two.getByText(/Phạm Thu Lan đang/)).toBeVisible()
  // The other's saves are not seen here before this editor's own.
  await two.route(/bulletins\.byId/, (route) => route.abort())

  await one.getByLabel('Tóm tắt').fill('Nước ngập 40 cm trên phố Huế.')
  await one.keyboard.press('ControlOrMeta+s')
  await expect(saved(one)).toBeVisible()
  await two.getByLabel('Tiêu đề').fill('Ngập phố Huế, xe máy không qua được')
  await expect(two.getByLabel('Tóm tắt')).toHaveValue('Nước ngập 40 cm trên phố Huế.')
  await expect(saved(two)).toBeVisible()

  await openBulletin(one, id)
  await one.getByLabel('Tiêu đề').fill('Ngập phố Huế: xe buýt đổi lộ trình')
  await one.keyboard.press('ControlOrMeta+s')
  await expect(saved(one)).toBeVisible()
  await two.getByLabel('Tiêu đề').fill('Ngập phố Huế: cấm mọi phương tiện')
  const both = two.getByRole('dialog', { name: 'Có người sửa cùng chỗ' })
  await expect(both.getByText('Ngập phố Huế: xe buýt đổi lộ trình')).toBeVisible()
  await expect(both.getByText('Ngập phố Huế: cấm mọi phương tiện')).toBeVisible()
  await expect(both.getByRole('button', { name: 'Sao chép nội dung của tôi trước' })).toBeVisible()
  // Over the page and in its middle, not at its bottom.
  await expect(both).toBeInViewport({ ratio: 1 })
  await both.getByLabel('Trên máy chủ').check()
  await both.getByRole('button', { name: 'Lưu theo lựa chọn' }).click()
  await expect(two.getByLabel('Tiêu đề')).toHaveValue('Ngập phố Huế: xe buýt đổi lộ trình')
})

test('a bulletin that the robot publishes while it is being edited is published as approved; what was typed stays with its writer', async ({
  signedInAs,
  db,
}) => {
  test.setTimeout(240_000)
  const lan = await buildOfCity(db, 'editor', 'Phạm Thu Lan')
  const content = contentOf(`Ngập phố Huế ${unique()}`)
  const built = await buildBulletin(db, { state: 'approved', authorId: lan.id, content })
  const page = await signedInAs(lan.username)
  await openBulletin(page, built.id)
  await page.getByRole('button', { name: 'Sửa', exact: true }).click()
  const summary = page.getByLabel('Tóm tắt')
  await summary.fill('Nước ngập 40 cm trên phố Huế.')

  // The chief editor has scheduled it, and its minute has passed: the sweeper finds it.
  const due = new Date(Date.now() - 1000)
  const schedule = { revisionId: built.currentRevisionId as string, scheduledById: built.approvedById as string }
  await db.update(bulletins).set({ state: 'scheduled', scheduledFor: due }).where(eq(bulletins.id, built.id))
  await db.insert(bulletinSchedules).values({ ...schedule, bulletinId: built.id, dueAt: due, scheduledAt: due })
  const current = async () => (await db.select().from(bulletins).where(eq(bulletins.id, built.id)))[0]
  await expect.poll(async () => (await current())?.state, { timeout: 100_000 }).toBe('published')

  const told = page.getByRole('alert').filter({ hasText: 'Phần bạn vừa gõ chưa được lưu' })
  await expect(told).toBeVisible({ timeout: 40_000 })
  await expect(page.getByText('Nước ngập 40 cm trên phố Huế.')).toBeVisible()
  expect((await current())?.publishedRevisionId).toBe(built.currentRevisionId)
  await told.getByRole('button', { name: 'Bỏ phần tôi gõ, xem bản tin' }).click()
  await expect(page.getByText(content.vi.summary)).toBeVisible()
  await expect(told).toBeHidden()
})

test('no one approves their own bulletin: not on the screen, not through the procedure', async ({ signedInAs, db }) => {
  const agency = await buildCity(db)
  const both = await buildAccount(db, { agency, name: 'Đỗ Quang Minh', roles: ['editor', 'chief_editor'] })
  const { id, version } = await buildBulletin(db, { state: 'in_review', authorId: both.id })
  const page = await signedInAs(both.username)
  await openBulletin(page, id)
  const approve = page.getByRole('button', { name: /^Duyệt/ })
  await expect(approve).toHaveAttribute('aria-disabled', 'true')
  await approve.hover()
  await expect(page.getByRole('tooltip')).toContainText('không được tự duyệt')
  await page.keyboard.press('Shift+A')
  await expect(page.getByRole('dialog')).toHaveCount(0)
  const { refusal } = await callProcedure(page, 'bulletins.approve', { input: { id, version, acknowledged: [] } })
  expect(refusal).toBe('own_bulletin')
})

test('what was corrected after the approval is shown beside it before publication; anything more is reviewed again', async ({
  signedInAs,
  db,
}) => {
  const lan = await buildOfCity(db, 'editor', 'Phạm Thu Lan')
  const title = `Ngập phố Huế ${unique()}`
  const content = contentOf(title)
  const summary = 'Ngừoi dân không đi qua phố Huế.'
  const { id } = await buildBulletin(db, {
    state: 'approved',
    authorId: lan.id,
    content: { ...content, vi: { ...content.vi, summary } },
  })
  const editor = await signedInAs(lan.username)
  await openBulletin(editor, id)
  const mend = async (words: string) => {
    await editor.getByRole('button', { name: 'Sửa', exact: true }).click()
    await editor.getByLabel('Tóm tắt').fill(words)
    await editor.getByRole('button', { name: 'Lưu bản sửa chính tả' }).click()
  }
  await mend('Ngừoi dân nên đi qua phố Huế.')
  await expect(editor.getByText(/đây không chỉ là lỗi chính tả/)).toBeVisible()
  await editor.getByRole('button', { name: 'Hủy sửa', exact: true }).click()
  await mend('Người dân không đi qua phố Huế.')
  await expect(editor.getByRole('button', { name: 'Sửa', exact: true })).toBeVisible()

  await editor.getByRole('button', { name: /^Xem trước/ }).click()
  const shown = editor.frameLocator('iframe[title="Trang bản tin như người dân sẽ đọc"]')
  await expect(shown.getByText('Người dân không đi qua phố Huế.')).toBeVisible()
  await expect(shown.getByText('Bản xem trước, chưa đăng')).toBeVisible()
  // A device wider than the panel is shown smaller, with the layout of its own width.
  for (const [device, width] of [
    ['Máy tính', 1100],
    ['Máy tính bảng', 760],
  ] as const) {
    await editor.getByRole('button', { name: device, exact: true }).click()
    await expect.poll(() => shown.locator('html').evaluate(() => window.innerWidth)).toBe(width)
  }
  await editor.getByRole('button', { name: 'Tạo liên kết xem trước' }).click()
  await editor.getByRole('button', { name: 'Thu hồi 1 liên kết' }).click()
  await expect(editor.getByRole('button', { name: 'Tạo liên kết xem trước' })).toBeVisible()
  await expect(editor.getByRole('button', { name: /^Thu hồi/ })).toHaveCount(0)

  const chief = await signedInAs('tongbientap')
  await openBulletin(chief, id)
  await chief.keyboard.press('Shift+P')
  const dialog = chief.getByRole('dialog', { name: 'Đăng bản tin' })
  await expect(dialog.getByText('Sau khi duyệt đã sửa lỗi chính tả.')).toBeVisible()
  await expect(dialog.locator('del')).toContainText('Ngừoi')
  await expect(dialog.locator('ins')).toContainText('Người')
  await dialog.getByRole('button', { name: 'Đăng ngay' }).click()
  await expect(chief.getByRole('button', { name: 'Đính chính' })).toBeVisible()
  await chief.getByRole('button', { name: 'Đính chính' }).click()
  const correct = chief.getByRole('dialog', { name: 'Đính chính bản tin' })
  await correct.getByLabel('Lời đính chính cho người đọc').fill('Đổi đường tránh.')
  await expect(correct.getByRole('button', { name: 'Bắt đầu sửa' })).toHaveAttribute('aria-disabled', 'true')
  await correct.getByLabel('Lời đính chính bằng tiếng Anh').fill('The detour has changed.')
  await correct.getByRole('button', { name: 'Bắt đầu sửa' }).click()
  await expect(chief.getByText(/Đổi đường tránh/)).toBeVisible()
})

const hostile = `
  <h1 onclick="window.pwned=1">Tiêu đề</h1><script>window.pwned=1</script><img src=x onerror="window.pwned=1">
  <svg onload="window.pwned=1"><a xlink:href="javascript:window.pwned=1">x</a></svg><iframe srcdoc="<script>parent.pwned=1</script>"></iframe>
  <p style="background:url(javascript:1)">Chữ <a href="javascript:window.pwned=1">bẫy</a> <a href="https://hanoi.gov.vn">thật</a></p>
  <p class="MsoListParagraph" style="mso-list:l0 level1 lfo1"><span style="mso-list:Ignore">·</span>Việc một</p>
  <p class="MsoListParagraph" style="mso-list:l0 level1 lfo1"><span style="mso-list:Ignore">·</span>Việc hai</p><o:p></o:p>`

test.describe('pasted content', () => {
  const why =
    'the browser tells of each script that it does not take over, even where it reads HTML apart from the page'
  test.use({ provokes: [{ complaint: /Executing inline event handler violates/, why }] })

  test('becomes our plain text: hostile HTML is inert, the lists of Word are lists', async ({ signedInAs, db }) => {
    const editor = await buildOfCity(db, 'editor', 'Phạm Thu Lan')
    const { id } = await buildBulletin(db, {
      authorId: editor.id,
      content: contentOf('Dán', { vi: textOf('Dán', 'a') }),
    })
    const page = await signedInAs(editor.username)
    await openBulletin(page, id)
    await bodyOf(page).click()
    for (const key of ['ControlOrMeta+End', 'Enter']) await page.keyboard.press(key)
    await paste(bodyOf(page), hostile)
    await expect(bodyOf(page).getByRole('listitem')).toHaveCount(2)
    await expect(bodyOf(page).getByRole('heading', { level: 2 })).toHaveText('Tiêu đề')
    await expect(bodyOf(page).locator('script, iframe, svg, [onclick], [onerror], [style*="javascript"]')).toHaveCount(
      0,
    )
    await expect(bodyOf(page).locator('a')).toHaveAttribute('href', 'https://hanoi.gov.vn')
    expect(await page.evaluate(() => 'pwned' in window)).toBe(false)
    await expect(saved(page)).toBeVisible()
    const newest = () => db.select().from(bulletinRevisions).where(eq(bulletinRevisions.bulletinId, id))
    await expect.poll(async () => JSON.stringify((await newest()).at(-1)?.content)).toContain('Việc hai')
    expect(JSON.stringify(await newest())).not.toMatch(/javascript:|onerror|<script/)
  })
})

test.describe('a text of Word', () => {
  const why =
    'it brings a style sheet along, and the browser tells of each that it does not take over, even where it reads HTML apart'
  test.use({ provokes: [{ complaint: /Applying inline style violates/, why }] })

  test('or Google Docs keeps its lists, heads and superscripts; struck-out text is left out and reported', async ({
    signedInAs,
    db,
  }) => {
    const editor = await buildOfCity(db, 'editor', 'Phạm Thu Lan')
    const { id } = await buildBulletin(db, {
      authorId: editor.id,
      content: contentOf('Dán', { vi: textOf('Dán', 'a') }),
    })
    const page = await signedInAs(editor.username)
    await openBulletin(page, id)
    const newest = async () => {
      const rows = await db.select().from(bulletinRevisions).where(eq(bulletinRevisions.bulletinId, id))
      return rows.sort((a, b) => b.number - a.number)[0]?.content.vi.body as BulletinDocument
    }
    const pasteOver = async (name: string, end: string) => {
      await bodyOf(page).click()
      await page.keyboard.press('ControlOrMeta+a')
      await paste(bodyOf(page), readFileSync(join(import.meta.dirname, 'pasted', name), 'utf8'))
      await expect.poll(async () => documentText(await newest())).toContain(end)
      return newest()
    }
    const word = await pasteOver('word.html', '18 giờ')
    await expect(page.getByText(/^Đã bỏ 4 đoạn bị gạch ngang.*không phải sơ tán/)).toBeVisible()
    expect(documentText(word).trim().split('\n').filter(Boolean)).toEqual([
      'Sơ tán vùng trũng',
      'Từ 18 giờ, người dân trong diện tích 12 km² rời nhà; khử khuẩn bằng dung dịch Ca(ClO)₂.',
      '– Mang giấy tờ',
      '– Căn cước',
      '– Thuốc đang dùng',
      '– Khóa cửa',
      '1. Ngắt cầu dao',
      '2. Ra điểm đón',
      'Điểm đón | Giờ',
      'Trường Hoa Lâm | 18 giờ |',
    ])
    const kinds = (blocks: readonly Block[]) => blocks.map(({ type }) => type)
    expect(kinds(word.content).slice(0, 5)).toEqual(['heading', 'paragraph', 'bulletList', 'orderedList', 'table'])
    const [bullets, table] = [word.content[2] as BulletList, word.content[4] as Table]
    expect(kinds(bullets.content[0]?.content ?? [])).toEqual(['paragraph', 'bulletList'])
    expect(table.content.map((row) => row.content.map(({ type, attrs }) => [type, attrs.colspan]))).toEqual([
      [
        ['tableHeader', 1],
        ['tableHeader', 2],
      ],
      [
        ['tableCell', 1],
        ['tableCell', 1],
        ['tableCell', 1],
      ],
    ])

    const google = await pasteOver('google-docs.html', 'tầng hai')
    await expect(page.getByText(/^Đã bỏ 1 đoạn bị gạch ngang.*báo động 1/)).toBeVisible()
    expect(documentText(google)).toContain('lưu lượng 12 m³/s')
    const steps = google.content[1] as OrderedList
    expect([steps.type, kinds(steps.content[0]?.content ?? [])]).toEqual(['orderedList', ['paragraph', 'bulletList']])
  })
})

test('Tab moves through the blanks of a template, and typing replaces them', async ({ signedInAs, db }) => {
  const editor = await buildOfCity(db, 'editor', 'Phạm Thu Lan')
  const body: BulletinDocument = {
    type: 'doc',
    content: [
      {
        type: 'paragraph',
        content: [
          { type: 'text', text: 'Cấm đoạn ' },
          { type: 'blank' },
          { type: 'text', text: ' đến ' },
          { type: 'blank' },
        ],
      },
    ],
  }
  const content = contentOf('Cấm đường', { vi: { ...textOf('Cấm đường'), body } })
  const { id } = await buildBulletin(db, { authorId: editor.id, content })
  const page = await signedInAs(editor.username)
  await openBulletin(page, id)
  await page.getByRole('button', { name: 'Còn 2 chỗ trống' }).click()
  await page.keyboard.type('phố Hoa Lâm')
  await page.keyboard.press('Tab')
  // An input method composes letters before it inserts them.
  const inputMethod = await page.context().newCDPSession(page)
  await inputMethod.send('Input.imeSetComposition', { text: 'câ', selectionStart: 2, selectionEnd: 2 })
  await inputMethod.send('Input.insertText', { text: 'cầu' })
  await page.keyboard.type(' Đông Trù')
  await expect(bodyOf(page)).toHaveText('Cấm đoạn phố Hoa Lâm đến cầu Đông Trù')
  await expect(page.getByRole('button', { name: /chỗ trống$/ })).toBeHidden()
  // After the last one the key leaves the text, as usual.
  await page.keyboard.press('Tab')
  await expect(bodyOf(page)).not.toBeFocused()
  await page.getByRole('tab', { name: /^Kiểm tra/ }).click()
  await expect(page.getByText('còn chỗ trống của mẫu')).toHaveCount(0)
})

test('the page of a bulletin passes axe, its editor and its panels included', async ({
  signedInAs,
  seriousViolations,
  db,
}) => {
  const editor = await buildOfCity(db, 'editor', 'Phạm Thu Lan')
  const { id } = await buildBulletin(db, { authorId: editor.id })
  const page = await signedInAs(editor.username)
  await openBulletin(page, id)
  await expect(bodyOf(page)).toBeVisible()
  const found = await seriousViolations(page)
  for (const side of ['Kiểm tra', 'Cảnh báo', 'Loa phường', 'Diễn biến', 'Phiên bản']) {
    await page.getByRole('tab', { name: side }).click()
    found.push(...(await seriousViolations(page)).map((each) => `${side}: ${each}`))
  }
  await page.getByRole('button', { name: /^Xem trước/ }).click()
  found.push(...(await seriousViolations(page)))
  await page.getByRole('button', { name: 'Gửi duyệt' }).click()
  await expect(page.getByRole('dialog')).toBeVisible()
  found.push(...(await seriousViolations(page, '[role="dialog"]')))
  expect(found).toEqual([])
})

test('several bulletins are published at once, each with its own result', async ({ signedInAs, db }) => {
  const mark = unique()
  const [area] = await db.select({ id: areas.id }).from(areas).limit(1)
  const panel = alertPanelOf({ expires: new Date(Date.now() + 6 * 3_600_000).toISOString() })
  for (const street of ['Láng', 'Bưởi', 'Huế']) {
    const alert = street === 'Huế' ? { alert: panel, areaIds: area ? [area.id] : [] } : {}
    await buildBulletin(db, { state: 'approved', content: contentOf(`Ngập phố ${street} ${mark}`, alert) })
  }
  const page = await signedInAs('tongbientap')
  await visit(page, `/bulletins?view=approved&q=${mark}`)
  await expect(page.getByRole('row', { name: new RegExp(mark) })).toHaveCount(3)
  await page.getByRole('grid').focus()
  for (const key of ['j', 'x', 'j', 'x', 'k', 'k', 'x']) await page.keyboard.press(key)
  await expect(page.getByText('Đã chọn 3 bản tin')).toBeVisible()
  await page.getByRole('button', { name: 'Đăng (3)' }).click()
  const dialog = page.getByRole('dialog', { name: 'Đăng 3 bản tin' })
  // Only a bulletin that is issued as an alert says so beside its title.
  const issued = dialog.getByRole('listitem').filter({ hasText: 'Khi đăng: phát cảnh báo CAP mới.' })
  await expect(issued).toHaveText([/Ngập phố Huế/])
  await dialog.getByRole('button', { name: 'Đăng ngay 3' }).click()
  await expect(page.getByRole('dialog', { name: 'Xong 3/3' })).toBeVisible()
})

test('an editorial remark whose response gets lost is sent again without a duplicate', async ({ signedInAs, db }) => {
  const editor = await buildOfCity(db, 'editor', 'Phạm Thu Lan')
  const { id } = await buildBulletin(db, { authorId: editor.id })
  const page = await signedInAs(editor.username)
  await openBulletin(page, id)
  await page.getByRole('tab', { name: 'Diễn biến' }).click()
  const field = page.getByLabel('Ý kiến biên tập')
  const send = page.getByRole('button', { name: 'Ghi ý kiến' })
  const heard = await loseFirstAnswer(page, /\/api\/trpc\/bulletins\.addRemark/)
  await field.fill('Thêm giờ mở lại')
  await send.click()
  await expect(page.getByText(/^Không kết nối được máy chủ/)).toBeVisible()
  await expect(field).toHaveValue('Thêm giờ mở lại')
  await send.click()
  await expect(field).toHaveValue('')
  expect(heard()).toBe(2)
  await field.fill('Thêm lối đi cho xe tải')
  await send.click()
  await expect(field).toHaveValue('')
  const remarks = await db.select().from(bulletinRemarks).where(eq(bulletinRemarks.bulletinId, id))
  expect(remarks.map(({ body }) => body).sort()).toEqual(['Thêm giờ mở lại', 'Thêm lối đi cho xe tải'])
})
