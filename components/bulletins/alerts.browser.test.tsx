import { expect, test } from 'vitest'
import { seriousViolations } from '#app/testing/axe.ts'
import { signInAs, visit } from '#app/testing/desk.tsx'
import { page } from '#app/testing/hands.ts'
import { onServer } from '#app/testing/server.ts'
import { overhang } from '#app/testing/sight.ts'

const scene = onServer<typeof import('./alerts.scene.ts')>('components/bulletins/alerts.scene.ts')

const saved = page.getByText(/^Đã lưu \d\d:\d\d$/)
const ends = page.getByText('Khi đăng: chấm dứt cảnh báo bằng tin “Hết cảnh báo”.', { exact: false })

/** Opens the page of a bulletin and waits until its text can be edited. */
async function openAs(username: string, id: string): Promise<void> {
  await signInAs(username)
  await visit(`/bulletins/${id}`)
  await expect.element(page.getByRole('tab', { name: /Tiếng Việt/ })).toBeVisible()
}

/** Confirms the dialog of a move: text, ticks for every warning, and its own button. */
async function answer(title: string, confirm: string, words?: [string, string]): Promise<void> {
  const dialog = page.getByRole('dialog', { name: title, exact: false })
  await expect.element(dialog).toBeVisible()
  if (words) await dialog.getByLabelText(words[0], { exact: false }).fill(words[1])
  await expect.element(dialog.css('[aria-busy="true"]')).toHaveLength(0)
  if (!words) await expect.element(dialog.getByText(/Không có lỗi hoặc lưu ý|Đánh dấu các lưu ý/)).toBeVisible()
  const warnings = dialog.getByRole('region', { name: 'Kiểm tra trước khi đăng', exact: false })
  for (const box of warnings.getByRole('checkbox').all()) await box.click()
  await dialog.getByRole('button', { name: confirm }).click()
  await expect.element(dialog).not.toBeInTheDocument()
}

async function openWithdrawal(id: string): Promise<void> {
  await openAs('tongbientap', id)
  await chooseWithdrawal()
}

async function chooseWithdrawal(): Promise<void> {
  await page.getByRole('button', { name: 'Thao tác khác' }).click()
  await page.getByRole('menuitem', { name: /^Rút hoặc gỡ…/ }).click()
}

/** The chief editor approves the corrected text and issues it. */
async function issue(id: string, check: () => Promise<void> = async () => undefined): Promise<void> {
  await openAs('tongbientap', id)
  await page.getByRole('button', { name: /Duyệt/ }).first().click()
  await check()
  await answer('Duyệt bản tin', 'Duyệt')
  await page.getByRole('button', { name: /^Đăng, hẹn giờ/ }).click()
  await check()
  await answer('Đăng bản tin', 'Đăng ngay')
}

test('a correction without the alert first says what it does to it, and ends it as an all-clear', async () => {
  const id = await scene.buildAlert('Gió giật trên cầu Long Biên', 'Gió giật mạnh')
  await openAs('bientap', id)
  await page.getByRole('button', { name: 'Đính chính' }).click()
  await page.getByLabelText(/Lời đính chính bằng tiếng Anh/).fill('The wind has fallen.')
  await answer('Đính chính bản tin', 'Bắt đầu sửa', ['Lời đính chính cho người đọc', 'Gió đã lặng.'])
  await page.getByRole('tab', { name: /Cảnh báo/ }).click()
  await page.getByRole('switch', { name: /Phát hành dưới dạng cảnh báo CAP/ }).click()
  await expect.element(page.getByText(/^Cảnh báo đang phát mà bản này không còn cảnh báo/)).toBeVisible()
  await page.getByRole('radio', { name: /^Hết cảnh báo/ }).click()
  await expect.element(ends).toBeVisible()
  expect(await seriousViolations('aside [role="tabpanel"]')).toEqual([])
  await expect.element(saved).toBeVisible()
  await page.getByRole('button', { name: 'Gửi duyệt' }).click()
  await answer('Gửi duyệt bản tin', 'Gửi duyệt', ['Lời nhắn cho người duyệt', 'Hết gió.'])

  await issue(id, async () => {
    await expect.element(page.getByRole('dialog').getByText(/^Khi đăng: chấm dứt cảnh báo/)).toBeVisible()
  })
  await expect.poll(() => scene.messagesOf(id)).toHaveLength(2)
  expect((await scene.messagesOf(id))[1]).toContain('Hết cảnh báo: Gió giật mạnh')
})

test('personal data is removed during the danger: page and alert stay, and the earlier text is gone; withdrawing the bulletin then requires the reason why its alert ends', async () => {
  const id = await scene.buildAlert('Sạt lở cạnh nhà ông Kín', 'Sạt lở bờ sông')
  await openWithdrawal(id)
  await page.getByRole('radio', { name: /^Gỡ: không còn gì để đọc/ }).click()
  await expect.element(page.getByRole('checkbox', { name: /^Cảnh báo đang phát sẽ chấm dứt/ })).toBeVisible()
  await page.getByRole('radio', { name: /^Chỉ gỡ dữ liệu cá nhân/ }).click()
  expect(await seriousViolations()).toEqual([])
  await answer('Gỡ dữ liệu cá nhân', 'Bắt đầu sửa', ['Lý do', 'Nêu tên chủ nhà.'])

  await openAs('bientap', id)
  await expect.element(page.getByText(/^Đang gỡ dữ liệu cá nhân/)).toBeVisible()
  await page.getByLabelText(/^Tiêu đề/).fill('Sạt lở bờ sông ở bãi giữa')
  await page.getByRole('tab', { name: /English/ }).click()
  await page.getByLabelText(/^Tóm tắt/).fill('Keep away from the bank until further notice.')
  await expect.element(saved).toBeVisible()
  await page.getByRole('button', { name: 'Gửi duyệt' }).click()
  await answer('Gửi duyệt bản tin', 'Gửi duyệt', ['Lời nhắn cho người duyệt', 'Đã bỏ tên.'])
  await issue(id)
  await expect.poll(() => scene.messagesOf(id)).toHaveLength(2)
  expect((await scene.messagesOf(id))[1]).not.toContain('Kín')
  expect(await scene.slugOf(id)).not.toContain('kin')

  await chooseWithdrawal()
  const dialog = page.getByRole('dialog', { name: 'Rút bản tin', exact: false })
  await dialog.getByLabelText(/Thông báo cho người đọc/).fill('Số đo mực nước bị sai.')
  await dialog.getByLabelText(/Thông báo bằng tiếng Anh/).fill('The gauge read wrong.')
  const withdraw = dialog.getByRole('button', { name: 'Rút bản tin' })
  await expect.element(withdraw).toHaveAttribute('aria-disabled', 'true')
  await withdraw.hover()
  await expect.element(page.getByText(/Chọn vì sao cảnh báo chấm dứt\./)).toBeVisible()
  await dialog.getByRole('radio', { name: /^Phát nhầm/ }).click()
  await withdraw.click()
  await expect.element(dialog).not.toBeInTheDocument()
  await expect.poll(() => scene.messagesOf(id)).toHaveLength(3)
  expect((await scene.messagesOf(id))[2]).toContain('Hủy cảnh báo: Sạt lở bờ sông')
}, 120_000)

test('giving an alert another end than the bulletin says that the page follows the alert, and it does', async () => {
  const { expires, draft, out } = await scene.buildShortAlert()
  const clock = new Intl.DateTimeFormat('vi-VN', { timeStyle: 'short', timeZone: 'Asia/Ho_Chi_Minh' }).format(
    new Date(expires),
  )
  const told = page.getByText(new RegExp(`^Trang bản tin có hiệu lực theo cảnh báo: từ lúc đăng đến .*${clock}`))
  await openAs('bientap', draft)
  for (const side of [/Thông tin/, /Cảnh báo/]) {
    await page.getByRole('tab', { name: side }).click()
    await expect.element(told).toBeVisible()
    expect(await seriousViolations('aside [role="tabpanel"]')).toEqual([])
  }
  await page.getByRole('switch', { name: /Phát hành dưới dạng cảnh báo CAP/ }).click()
  await expect.element(told).not.toBeInTheDocument()

  await openAs('bientap', out)
  await page.getByRole('tab', { name: /Thông tin/ }).click()
  await expect.element(told).toBeVisible()
})

test('an incident is closed only after its alerts were seen', async () => {
  const titles = ['Gió giật trên cầu Thăng Long', 'Nước dâng ở bãi Phúc Xá', 'Ngập hầm chui Thanh Xuân']
  const id = await scene.buildAlertedIncident(titles)
  await signInAs('dieuphoi', { width: 390, height: 844 })
  await visit(`/incidents/${id}`)
  await page.getByRole('button', { name: 'Đóng sự kiện' }).click()
  const dialog = page.getByRole('dialog', { name: 'Đóng “Bão số 12”?' })
  for (const title of titles) {
    await expect.element(dialog.getByRole('link', { name: title, exact: false })).toBeInViewport()
  }
  expect(await seriousViolations()).toEqual([])
  const close = dialog.getByRole('button', { name: 'Đóng sự kiện' })
  await expect.element(close).toHaveAttribute('aria-disabled', 'true')
  await dialog.getByRole('checkbox', { name: /^Nguy hiểm chưa qua: để 3 cảnh báo tiếp tục phát/ }).click()
  await close.click()
  await expect.poll(() => window.location.pathname).toMatch(/\/after-action$/)
})

test('the dialog that publishes says whom an alert reaches, how grave it is and until when, over a map', async () => {
  const { approved } = await scene.buildReaching()
  await signInAs('tongbientap', { width: 390, height: 844 })
  await visit(`/bulletins/${approved}`)
  await page.getByRole('button', { name: /^Đăng, hẹn giờ/ }).click()
  const dialog = page.getByRole('dialog', { name: 'Đăng bản tin' })
  await expect
    .element(dialog.getByText(/^11 phường, mức Nghiêm trọng, đến (\d\d\/\d\d\/\d{4} )?\d\d:\d\d$/))
    .toBeVisible()
  await expect.element(dialog.getByRole('img', { name: 'Bản đồ địa bàn: 11 phường' })).toBeVisible()
  expect(dialog.css('svg:first-of-type path[data-chosen]').elements().length).toBe(11)
  expect(overhang()).toBe(0)
})

test('an area is required, and proposed from the words', async () => {
  const { draft, ward } = await scene.buildReaching()
  await openAs('bientap', draft)
  await expect.element(page.getByText(`Theo tiêu đề và nội dung: ${ward}`)).toBeVisible()
  await page.getByRole('tab', { name: /^Kiểm tra/ }).click()
  await expect.element(page.getByText(/chưa chọn địa bàn/)).toBeVisible()
  await page.getByRole('tab', { name: /^Thông tin/ }).click()
  await page.getByRole('button', { name: 'Lấy làm địa bàn' }).click()
  await expect.element(page.getByText(/^Theo tiêu đề và nội dung/)).not.toBeInTheDocument()
  await page.getByRole('checkbox', { name: /^Toàn thành phố/ }).click()
  await page.getByRole('tab', { name: /^Kiểm tra/ }).click()
  await expect.element(page.getByText(/địa bàn rộng hơn nơi bản tin nêu/)).toBeVisible()
})
