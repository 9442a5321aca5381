import { expect, test } from 'vitest'
import { seriousViolations } from '#app/testing/axe.ts'
import { signInAs, visit } from '#app/testing/desk.tsx'
import { page, press, type } from '#app/testing/hands.ts'
import { holdUp, holdUpAnswers } from '#app/testing/line.ts'
import { onServer } from '#app/testing/server.ts'

const scene = onServer<typeof import('./incidents.scene.ts')>('components/incidents/incidents.scene.ts')
const office = onServer<typeof import('#e2e/office.ts')>('e2e/office.ts')

const rowsOf = (words: string) => page.getByRole('row', { name: new RegExp(words) })
const note = page.getByLabelText(/Ghi vào nhật ký/)

async function setWords(words: string): Promise<void> {
  await page.getByRole('button', { name: 'Sửa sự kiện' }).click()
  const form = page.getByRole('dialog')
  await form.getByLabelText(/Từ khóa/).fill(words)
  await form.getByRole('button', { name: 'Lưu' }).click()
  await expect.element(form).not.toBeInTheDocument()
}

test('an incident’s matcher finds reports, which are confirmed and dismissed in bulk by keys', async () => {
  const word = `sông${Date.now().toString(36)}`
  const { office: ours, incident } = await scene.buildUnlinked(word)
  const suggestions = `/incidents/${incident.id}?tab=suggestions`
  await signInAs('dieuphoi')
  await visit(suggestions)
  await expect
    .element(page.getByRole('heading', { name: 'Sự kiện chưa có loại phản ánh hay từ khóa nào' }))
    .toBeVisible()
  await setWords(word)
  await expect.poll(() => scene.suggestedFor(incident.id), { interval: 300 }).toBe(4)
  await visit(suggestions)
  await expect.element(rowsOf(word)).toHaveLength(4)
  await expect.element(rowsOf('Tân Tiến')).toContainText(word)

  await press('j', 'x', 'j', 'x', 'j', 'x')
  await expect.element(page.getByText('Đã chọn 3 phản ánh', { exact: false })).toBeVisible()
  await press('y')
  await expect.element(page.getByText('Đã gắn 3 phản ánh vào sự kiện.', { exact: false })).toBeVisible()
  await expect.element(rowsOf(word)).toHaveLength(1)
  expect(await scene.linkedTo(incident.id)).toBe(3)

  // All three come back at once, and are confirmed again.
  await press('z')
  await expect.element(rowsOf(word)).toHaveLength(4)
  expect(await scene.linkedTo(incident.id)).toBe(0)
  await press('Control+a', 'y')
  await expect.element(page.getByText('Đã gắn 4 phản ánh vào sự kiện.', { exact: false })).toBeVisible()
  expect(await scene.linkedTo(incident.id)).toBe(4)

  await office.buildReportAt(ours, { title: `Thuyền trên ${word} bị mất` })
  // No word that a report of the demo city may contain, such as the name of a street.
  await setWords(`${word}\nthuyền ${word}`)
  await expect.poll(() => scene.suggestedFor(incident.id), { interval: 300 }).toBe(1)
  await visit(suggestions)
  await expect.element(rowsOf('Thuyền')).toHaveLength(1)
  await press('j', 'Delete')
  await expect.element(page.getByText('Đã bỏ 1 phản ánh khỏi gợi ý.', { exact: false })).toBeVisible()
  await expect.element(page.getByRole('heading', { name: 'Không có phản ánh nào chờ xác nhận' })).toBeVisible()
  await page.getByRole('link', { name: 'Nhật ký' }).click()
  await expect.element(page.getByText(/4 phản ánh được gắn trong ngày/)).toBeVisible()
})

test('reports of one matter are merged; a note written while the log is loading is in it; the incident is closed and summed up on a page', async () => {
  const { incident, reports: built } = await scene.buildFlood(4)
  const [first, second, third] = built
  await signInAs('dieuphoi')
  await visit(`/incidents/${incident.id}`)
  await expect.element(page.getByLabelText(`Chọn ${third?.code}`, { exact: false })).toBeVisible()
  expect(await seriousViolations('#main')).toEqual([])
  for (const { code } of built.slice(0, 3)) await page.getByLabelText(`Chọn ${code}`, { exact: false }).click()
  await page.getByRole('button', { name: 'Gộp thành một việc' }).click()
  const merging = page.getByRole('dialog', { name: 'Gộp 3 phản ánh thành một việc' })
  await expect.element(merging.getByLabelText(/Phản ánh chính/)).toHaveValue(String(first?.id))
  await merging.getByRole('button', { name: 'Gộp' }).click()
  await expect.element(page.getByText(`Đã gộp 2 phản ánh vào ${first?.code}.`, { exact: false })).toBeVisible()
  expect(await scene.mergedInto(first?.id ?? 0)).toEqual([second?.id, third?.id])

  const showLog = holdUpAnswers(/afterAction\.log/)
  await page.getByRole('link', { name: 'Nhật ký' }).click()
  await note.fill('Mực nước ngõ 1 còn 40 cm.')
  await page.getByRole('button', { name: 'Ghi' }).click()
  await expect.element(page.getByText('Đã ghi vào nhật ký', { exact: false })).toBeVisible()
  showLog()
  await expect.element(page.getByRole('listitem').filter({ hasText: 'Mực nước ngõ 1 còn 40 cm.' })).toBeVisible()

  await note.fill('Điều hai xe bơm sang Thái Hà.')
  const letGo = holdUp(/incidents\.addNote/)
  await page.getByRole('button', { name: 'Ghi' }).click()
  // What is typed meanwhile belongs to the next note.
  await note.click()
  await press('End')
  await type(' Gọi thêm người.')
  letGo()
  await expect.element(page.getByRole('listitem').filter({ hasText: 'Điều hai xe bơm sang Thái Hà.' })).toBeVisible()
  await expect.element(note).toHaveValue('Gọi thêm người.')

  await page.getByRole('button', { name: 'Đóng sự kiện' }).click()
  const closing = page.getByRole('dialog', { name: `Đóng “${incident.name}”?` })
  await expect.element(closing).toContainText('Còn 2 phản ánh đang mở')
  await closing.getByLabelText(/Kết luận/).fill('Nước rút hết, không thiệt hại về người.')
  await closing.getByRole('button', { name: 'Đóng sự kiện' }).click()
  await expect.poll(() => window.location.pathname).toMatch(/\/after-action$/)
  await expect.element(page.getByRole('heading', { level: 1 })).toContainText(`Tổng kết sự kiện: ${incident.name}`)
  await expect.element(page.getByText(/Nước rút hết, không thiệt hại về người\./)).toBeVisible()
  await expect.element(page.getByText(/Điều hai xe bơm sang Thái Hà\./)).toBeVisible()
  expect(await seriousViolations('#main')).toEqual([])

  await visit(`/incidents/${incident.id}?tab=suggestions`)
  await expect.element(page.getByText(/Sự kiện đã đóng nên không gợi ý phản ánh nữa\./)).toBeVisible()
  await expect.element(page.getByRole('button', { name: 'Sửa sự kiện' })).not.toBeInTheDocument()
}, 120_000)
