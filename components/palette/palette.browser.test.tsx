import { expect, test } from 'vitest'
import { seriousViolations } from '#app/testing/axe.ts'
import { signInAs, visit } from '#app/testing/desk.tsx'
import { page, press, type } from '#app/testing/hands.ts'
import { onServer } from '#app/testing/server.ts'

const office = onServer<typeof import('#e2e/office.ts')>('e2e/office.ts')

const palette = page.getByRole('listbox', { name: 'Bảng lệnh' })
const field = page.getByRole('banner').getByRole('combobox')

async function open(): Promise<void> {
  await press('Control+k')
  await expect.element(field).toHaveFocus()
}

test('what the account may do with the current report comes first, each with its key', async () => {
  const ours = await office.buildOffice()
  const { code } = await office.buildReportAt(ours)
  await signInAs(ours.officer.username)
  await visit(`/reports/${code}`)
  await open()
  await expect.element(palette.getByRole('option', { name: /^Ghi chú nội bộ/ })).toContainText(code)
  await expect.element(palette.getByRole('option', { name: /^Trả lời công dân/ })).toContainText('R')
  await expect.element(palette.getByRole('option').first()).toHaveAttribute('aria-selected', 'true')
  // A dispatcher's moves, and sections closed to an officer.
  await expect.element(palette.getByRole('option', { name: /^Từ chối/ })).not.toBeInTheDocument()
  await expect.element(palette.getByRole('option', { name: /bản tin/ })).not.toBeInTheDocument()
  expect(await seriousViolations()).toEqual([])
  await type('ghi chu')
  await press('Enter')
  await expect.element(palette).not.toBeInTheDocument()
  const note = page.getByLabelText('Nội dung ghi chú')
  await expect.element(note).toHaveFocus()
  // Ctrl+K opens it from within a text, too, and Esc leads back to the text.
  await type('đang gõ')
  await open()
  await press('Escape')
  await expect.element(note).toHaveFocus()
  await expect.element(note).toHaveValue('đang gõ')
})
