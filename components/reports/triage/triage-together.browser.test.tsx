import { expect, test } from 'vitest'
import { page, press } from '#app/testing/hands.ts'
import { holdUp, keepDeaf, listen } from '#app/testing/line.ts'
import { onServer } from '#app/testing/server.ts'
import { counter, decide, openStrip, shownTitle } from '#app/testing/triage-hands.ts'
import type { BuiltReport } from '#db/factories/reports.ts'

const { buildOfCity } = onServer<typeof import('#e2e/office.ts')>('e2e/office.ts')
const { changeMeanwhile, stateOf } = onServer<typeof import('#app/testing/beside/reports.ts')>(
  'app/testing/beside/reports.ts',
)
const { answerStatuses } = onServer<typeof import('./triage.scene.ts')>('components/reports/triage/triage.scene.ts')
const { callAs } = onServer<typeof import('#app/testing/beside/procedures.ts')>('app/testing/beside/procedures.ts')

type Five = [BuiltReport, BuiltReport, BuiltReport, BuiltReport, BuiltReport]

/**
 * Rejects the current report, and moves on to the next, while a colleague has changed it. Returns a function that
 * releases the server's response.
 */
async function rejectTooLate(report: BuiltReport, next: BuiltReport): Promise<() => void> {
  const letGo = holdUp(/reports\.reject/)
  await decide('reject')
  await expect.element(shownTitle).toHaveTextContent(next.title)
  await changeMeanwhile(report.id)
  return letGo
}

test('a rejection or an assignment is undone by z, a colleague’s report is skipped with a message, and a refused rejection reopens with its text but brings no report back under the next key', async () => {
  // The page learns of a colleague's change with its own next request, or when the user comes back to it.
  const built: BuiltReport[] = (await openStrip(5, { at: 4, beforehand: keepDeaf })).built
  const [rule, choice, duplicate, reject, ask] = built as Five
  const isShown = ({ title }: BuiltReport) => expect.element(shownTitle).toHaveTextContent(title)
  const sent = listen(/reports\.reject/)
  await decide('reject')
  await isShown(ask)
  await expect.poll(() => sent.map(({ status }) => status)).toEqual([200])
  await press('z')
  await isShown(reject)
  await expect.poll(() => answerStatuses(reject.id)).toEqual(['withdrawn'])

  await press('k', 'k', 'k')
  await isShown(rule)
  await decide('rule')
  await isShown(choice)
  await press('z')
  await isShown(rule)
  await expect.poll(() => stateOf(rule.id)).toBe('awaiting_intake')

  const minh = await buildOfCity('dispatcher', 'Trần Quang Minh')
  const question = 'Xin cho biết số nhà?'
  const { id: reportId, version, code } = choice
  await callAs(minh.username, 'reports.askCitizen', { reportId, version, question })
  window.dispatchEvent(new Event('visibilitychange'))
  await expect.element(counter).toMatchTextContent(/^Còn 4/)
  await press('j')
  await isShown(duplicate)
  await expect.element(page.getByText(`Đã bỏ qua ${code}: Trần Quang Minh`, { exact: false })).toBeVisible()

  const dialog = page.getByRole('dialog', { name: /^Từ chối/ })
  const answer = dialog.getByLabelText(/^Trả lời công dân/)
  const reopen = await rejectTooLate(duplicate, reject)
  reopen()
  await expect.element(answer).toHaveValue('Việc này không thuộc phạm vi tiếp nhận.')
  await answer.click()
  await press('Control+Enter')
  await expect.element(dialog).not.toBeInTheDocument()
  await expect.poll(() => stateOf(duplicate.id)).toBe('rejected')

  await isShown(reject)
  const letGo = await rejectTooLate(reject, ask)
  await press('j')
  await isShown(rule)
  letGo()
  await expect.element(page.getByText(`Chưa thực hiện được với ${reject.code}`, { exact: false })).toBeVisible()
  await isShown(rule)
  await expect.element(page.getByRole('dialog')).not.toBeInTheDocument()
  await expect.element(counter).toMatchTextContent(/^Còn 3/)
})
