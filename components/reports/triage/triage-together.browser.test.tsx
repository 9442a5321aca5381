import { expect, test } from 'vitest'
import { page, press } from '#app/testing/hands.ts'
import { holdUp, keepDeaf, listen } from '#app/testing/line.ts'
import { onServer } from '#app/testing/server.ts'
import { counter, decide, openStrip, shownTitle } from '#app/testing/triage-hands.ts'
import type { Built } from '#e2e/strip.ts'

const { buildOfCity } = onServer<typeof import('#e2e/office.ts')>('e2e/office.ts')
const { changeMeanwhile, stateOf } = onServer<typeof import('#e2e/strip.ts')>('e2e/strip.ts')
const { answerStatuses } = onServer<typeof import('./triage.scene.ts')>('components/reports/triage/triage.scene.ts')
const { callAs } = onServer<typeof import('#app/testing/beside/procedures.ts')>('app/testing/beside/procedures.ts')

test('a colleague decides in between: their report is skipped with a message', async () => {
  const { built } = await openStrip(3)
  const [, second, third] = built
  const minh = await buildOfCity('dispatcher', 'Trần Quang Minh')
  const question = 'Xin cho biết số nhà?'
  await callAs(minh.username, 'reports.askCitizen', { reportId: second?.id, version: second?.version, question })
  // Changes elsewhere are learned at the latest when the user comes back to the page.
  window.dispatchEvent(new Event('visibilitychange'))
  await expect.element(counter).toHaveTextContent('Còn 2')
  await press('j')
  await expect.element(shownTitle).toHaveTextContent(third?.title ?? '')
  await expect.element(page.getByText(`Đã bỏ qua ${second?.code}: Trần Quang Minh`, { exact: false })).toBeVisible()
})

/**
 * Rejects the current report, and moves on to the next, while a colleague has changed it. Returns a function that
 * releases the server's response.
 */
async function rejectTooLate(report: Built): Promise<() => void> {
  const letGo = holdUp(/reports\.reject/)
  await decide('reject')
  await expect.element(shownTitle).toHaveTextContent('Việc 2 choice')
  await changeMeanwhile(report)
  return letGo
}

test('a refused rejection reopens with its text', async () => {
  const { built } = await openStrip(2)
  const [first] = built
  const letGo = await rejectTooLate(first)
  letGo()
  const dialog = page.getByRole('dialog', { name: /^Từ chối/ })
  await expect
    .element(dialog.getByLabelText(/^Trả lời công dân/))
    .toHaveValue('Việc này không thuộc phạm vi tiếp nhận.')
  await dialog.getByLabelText(/^Trả lời công dân/).click()
  await press('Control+Enter')
  await expect.element(dialog).not.toBeInTheDocument()
  await expect.poll(() => stateOf(first)).toBe('rejected')
})

test('a rejection or an assignment is undone by z, and the report is shown again', async () => {
  const { built } = await openStrip(4, { at: 4 })
  const sent = listen(/reports\.reject/)
  await decide('reject')
  await expect.element(shownTitle).toHaveTextContent('Việc 1 rule')
  await expect.poll(() => sent.map(({ status }) => status)).toEqual([200])
  await press('z')
  await expect.element(shownTitle).toHaveTextContent('Việc 4 reject')
  await expect.poll(() => answerStatuses(built[3]?.id ?? 0)).toEqual(['withdrawn'])

  await press('k', 'k', 'k')
  await expect.element(shownTitle).toHaveTextContent('Việc 1 rule')
  await decide('rule')
  await expect.element(shownTitle).toHaveTextContent('Việc 2 choice')
  await press('z')
  await expect.element(shownTitle).toHaveTextContent('Việc 1 rule')
  await expect.poll(() => stateOf(built[0])).toBe('awaiting_intake')
})

test('a refusal brings no report back under the next key', async () => {
  const { built } = await openStrip(3, { beforehand: keepDeaf })
  const [first] = built
  const letGo = await rejectTooLate(first)
  await press('j')
  await expect.element(shownTitle).toHaveTextContent('Việc 3 duplicate')
  letGo()
  await expect.element(page.getByText(`Chưa thực hiện được với ${first?.code}`, { exact: false })).toBeVisible()
  await expect.element(shownTitle).toHaveTextContent('Việc 3 duplicate')
  await expect.element(page.getByRole('dialog')).not.toBeInTheDocument()
  await expect.element(counter).toMatchTextContent(/^Còn 3/)
})
