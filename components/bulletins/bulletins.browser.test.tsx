import { expect, test } from 'vitest'
import { cdp } from 'vitest/browser'
import { seriousViolations } from '#app/testing/axe.ts'
import { signInAs, visit } from '#app/testing/desk.tsx'
import { page, press, type } from '#app/testing/hands.ts'
import { loseFirstAnswer } from '#app/testing/line.ts'
import { onServer } from '#app/testing/server.ts'

const scene = onServer<typeof import('./bulletins.scene.ts')>('components/bulletins/bulletins.scene.ts')
const colleagues = onServer<typeof import('#app/testing/beside/procedures.ts')>('app/testing/beside/procedures.ts')

const body = page.getByRole('textbox', { name: /^Nội dung bản tin/ })
const saved = page.getByText(/^Đã lưu \d\d:\d\d$/)

/** Opens the page of a bulletin and waits until its text can be edited. */
async function openBulletin(id: string): Promise<void> {
  await visit(`/bulletins/${id}`)
  await expect.element(page.getByRole('tab', { name: /Tiếng Việt/ })).toBeVisible()
}

test('several bulletins are published at once, each with its own result', async () => {
  const mark = Date.now().toString(36)
  await scene.buildApproved(mark)
  await signInAs('tongbientap')
  await visit(`/bulletins?view=approved&q=${mark}`)
  await expect.poll(() => page.getByRole('row', { name: new RegExp(mark) }).elements().length).toBe(3)
  ;(page.getByRole('grid').element() as HTMLElement).focus()
  await press('j', 'x', 'j', 'x', 'k', 'k', 'x')
  await expect.element(page.getByText(/Đã chọn 3 bản tin/)).toBeVisible()
  await page.getByRole('button', { name: /^Đăng \(3\)/ }).click()
  const dialog = page.getByRole('dialog', { name: 'Đăng 3 bản tin' })
  // Only a bulletin that is issued as an alert says so beside its title.
  const issued = dialog.getByRole('listitem').filter({ hasText: 'Khi đăng: phát cảnh báo CAP mới.' })
  await expect.element(issued).toContainText('Cấm cầu Long Biên')
  await expect.element(issued).toContainText('mức Nghiêm trọng, đến')
  expect(issued.elements().length).toBe(1)
  await dialog.getByRole('button', { name: /^Đăng ngay 3/ }).click()
  await expect.element(page.getByRole('dialog', { name: 'Xong 3/3' })).toBeVisible()
})

test('Tab moves through the blanks of a template, and typing replaces them', async () => {
  const { id, username } = await scene.buildDraft({
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
  })
  await signInAs(username)
  await openBulletin(id)
  await page.getByRole('button', { name: /^Còn 2 chỗ trống/ }).click()
  await type('phố Hoa Lâm')
  await press('Tab')
  // An input method composes letters before it inserts them.
  const inputMethod = cdp() as unknown as { send(method: string, given: object): Promise<unknown> }
  await inputMethod.send('Input.imeSetComposition', { text: 'câ', selectionStart: 2, selectionEnd: 2 })
  await inputMethod.send('Input.insertText', { text: 'cầu' })
  await type(' Đông Trù')
  await expect.element(body).toHaveTextContent('Cấm đoạn phố Hoa Lâm đến cầu Đông Trù')
  await expect.element(page.getByRole('button', { name: /chỗ trống$/ })).not.toBeInTheDocument()
  // After the last one the key leaves the text, as usual.
  await press('Tab')
  await expect.element(body).not.toHaveFocus()
  await page.getByRole('tab', { name: /^Kiểm tra/ }).click()
  await expect.element(page.getByText(/còn chỗ trống của mẫu/)).not.toBeInTheDocument()
})

test('an editorial remark whose response gets lost is sent again without a duplicate', async () => {
  const { id, username } = await scene.buildDraft()
  await signInAs(username)
  await openBulletin(id)
  await page.getByRole('tab', { name: /^Diễn biến/ }).click()
  const field = page.getByLabelText(/^Ý kiến biên tập/)
  const send = page.getByRole('button', { name: /^Ghi ý kiến/ })
  const heard = loseFirstAnswer(/\/api\/trpc\/bulletins\.addRemark/)
  await field.fill('Thêm giờ mở lại')
  await send.click()
  await expect.element(page.getByText(/^Không kết nối được máy chủ/)).toBeVisible()
  await expect.element(field).toHaveValue('Thêm giờ mở lại')
  await send.click()
  await expect.element(field).toHaveValue('')
  expect(heard()).toBe(2)
  await field.fill('Thêm lối đi cho xe tải')
  await send.click()
  await expect.element(field).toHaveValue('')
  expect(await scene.remarksOf(id)).toEqual(['Thêm giờ mở lại', 'Thêm lối đi cho xe tải'])
})

test('no one approves their own bulletin: not on the screen, not through the procedure', async () => {
  const { id, version, username } = await scene.buildOwnInReview()
  await signInAs(username)
  await openBulletin(id)
  const approve = page.getByRole('button', { name: /^Duyệt/ })
  await expect.element(approve).toHaveAttribute('aria-disabled', 'true')
  await approve.hover()
  await expect.element(page.getByRole('tooltip')).toContainText('không được tự duyệt')
  await press('Shift+A')
  await expect.element(page.getByRole('dialog')).not.toBeInTheDocument()
  const approval = colleagues.callAs(username, 'bulletins.approve', { id, version, acknowledged: [] })
  await expect(approval).rejects.toThrow('own_bulletin')
})

test('the page of a bulletin passes axe, its editor and its panels included', async () => {
  const { id, username } = await scene.buildDraft()
  await signInAs(username)
  await openBulletin(id)
  await expect.element(body).toBeVisible()
  const found = await seriousViolations()
  for (const side of ['Kiểm tra', 'Cảnh báo', 'Loa phường', 'Diễn biến', 'Phiên bản']) {
    await page.getByRole('tab', { name: new RegExp(`^${side}`) }).click()
    found.push(...(await seriousViolations()).map((each) => `${side}: ${each}`))
  }
  await page.getByRole('button', { name: /^Gửi duyệt/ }).click()
  await expect.element(page.getByRole('dialog')).toBeVisible()
  found.push(...(await seriousViolations()))
  expect(found).toEqual([])
})

test('a bulletin is written on a phone, and nothing of its page scrolls sideways', async () => {
  const { id, username } = await scene.buildDraft()
  await signInAs(username, { width: 390, height: 844 })
  await openBulletin(id)
  await body.click()
  await type('Viết từ hiện trường. ')
  await expect.element(saved).toBeVisible()
  const overhang = () => document.documentElement.scrollWidth - document.documentElement.clientWidth
  expect(overhang()).toBe(0)
  for (const side of ['Kiểm tra', 'Cảnh báo', 'Loa phường', 'Diễn biến', 'Phiên bản']) {
    await page.getByRole('tab', { name: new RegExp(`^${side}`) }).click()
    expect([side, overhang()]).toEqual([side, 0])
  }
})
