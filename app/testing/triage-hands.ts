import { expect } from 'vitest'
import type { Fields, Kind } from '#e2e/strip.ts'
import { signInAs, visit } from './desk.tsx'
import { page, press, tabTo, type } from './hands.ts'
import { onServer } from './server.ts'

const { buildOfCity } = onServer<typeof import('#e2e/office.ts')>('e2e/office.ts')
const { buildFields, buildMixed } = onServer<typeof import('#e2e/strip.ts')>('e2e/strip.ts')

export const addressOf = ({ decided, open }: Fields) => `/triage?category=${decided},${open}&sort=received&dir=asc`
export const shownTitle = page.getByRole('article', { name: /^HN-/ }).getByRole('heading', { level: 2 })
export const counter = page.getByText(/^Còn \d+/)

type Screen = Parameters<typeof signInAs>[1]

/** Signs in a dispatcher of the city. */
export async function signInDispatcher(screen?: Screen): Promise<void> {
  const { username } = await buildOfCity('dispatcher', 'Phạm Thị Lan')
  await signInAs(username, screen)
}

type Wanted = {
  /** Which of them is shown. */
  at?: number
  screen?: Screen
  /** Prepares the line once the dispatcher is signed in. */
  beforehand?: () => void
}

/** A dispatcher with `count` mixed reports, the first of them or the `at`th shown. */
export async function openStrip(count: number, { at = 1, screen, beforehand }: Wanted = {}) {
  const fields = await buildFields()
  const built = await buildMixed(fields, count)
  await signInDispatcher(screen)
  beforehand?.()
  await visit(at === 1 ? addressOf(fields) : `${addressOf(fields)}&at=${built[at - 1]?.code}`)
  await expect.element(shownTitle).toHaveTextContent(built[at - 1]?.title ?? '')
  return { fields, built }
}

export async function decide(kind: Kind, agencyName = ''): Promise<void> {
  const dialog = page.getByRole('dialog')
  switch (kind) {
    case 'rule':
      await expect.element(page.getByRole('button', { name: /^Tiếp nhận →/ })).toBeVisible()
      return press('1')
    case 'choice':
      await press('1')
      await expect.element(dialog.getByRole('combobox', { name: /^Đơn vị/ })).toHaveFocus()
      await type(agencyName)
      await expect.element(page.getByRole('option')).toHaveLength(1)
      return press('Enter')
    case 'duplicate':
      await expect.element(page.getByRole('button', { name: /^Trùng… \(1\)/ })).toBeVisible()
      await press('2')
      await expect.element(page.getByRole('listbox', { name: 'Gộp vào' })).toHaveFocus()
      return press('1', 'Enter')
    case 'reject':
      await press('3')
      await expect.element(dialog.getByRole('radio').first()).toHaveFocus()
      await press('Space')
      await tabTo(dialog.getByLabelText(/^Trả lời công dân/))
      // Replaces the standard text of the reason.
      await press('ControlOrMeta+a')
      await type('Việc này không thuộc phạm vi tiếp nhận.')
      return press('Control+Enter')
    case 'ask':
      await press('4')
      await expect.element(dialog.getByLabelText(/^Nội dung đề nghị bổ sung/)).toHaveFocus()
      await type('Xin cho biết số nhà?')
      return press('Control+Enter')
  }
}
