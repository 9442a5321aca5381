import { expect, test } from 'vitest'
import { reload, signInAs } from '#app/testing/desk.tsx'
import { page, press } from '#app/testing/hands.ts'
import { listen } from '#app/testing/line.ts'
import { appRouter } from '#app/testing/place.ts'
import { answerBox, fillAnswer, openReport, reportOn, timeline } from '#app/testing/report-page.ts'
import { onServer } from '#app/testing/server.ts'

const { buildOfCity, buildOffice, buildReportAt } = onServer<typeof import('#e2e/office.ts')>('e2e/office.ts')
const { buildAccount } = onServer<typeof import('#db/factories/accounts.ts')>('db/factories/accounts.ts')
const { storyOf } = onServer<typeof import('#db/factories/story.ts')>('db/factories/story.ts')
const { callAs } = onServer<typeof import('#app/testing/beside/procedures.ts')>('app/testing/beside/procedures.ts')

const what = answerBox.getByLabelText(/^Kết quả xử lý/)

/** Types a text into the answer and waits until the server has stored it. */
async function write(words: string): Promise<void> {
  const kept = listen(/drafts\.keep/)
  await what.fill(words)
  await expect.poll(() => kept.map(({ status }) => status)).toEqual([200])
}

async function openAnswer(code: string): Promise<void> {
  await openReport(code)
  await press('r')
  await expect.element(what).toHaveFocus()
}

type Draft = { value: Record<string, unknown>; savedAt: Date }

/** The same account at another machine: it reads the draft of the answer, and stores another text on top of it. */
function anotherMachine(username: string, reportId: number) {
  const read = async () => ((await callAs(username, 'drafts.on', reportId)) as { mine: Draft[] }).mine[0]
  const write = async (words: string, base: Date | null) => {
    const draft = {
      what: words,
      where: '',
      when: '',
      next: '',
      outcome: '',
      plannedFor: '',
      referredTo: '',
      without: [],
    }
    await callAs(username, 'drafts.keep', { reportId, kind: 'answer', value: draft, base })
  }
  return { read, write }
}

test('an answer begun at one machine is continued at another, edited in both it shows both texts side by side and loses neither, and it is among the drafts until it is sent', {
  timeout: 90_000,
}, async () => {
  const office = await buildOffice()
  const { id, code } = await buildReportAt(office)
  const { username } = office.officer
  const phone = anotherMachine(username, id)
  await signInAs(username)
  await openAnswer(code)
  await phone.write('Từ điện thoại', null)
  await what.fill('Từ máy bàn')
  const rival = answerBox.getByRole('alert')
  await expect.element(rival).toContainText('Bản nháp này vừa được viết tiếp')
  await expect.element(rival).toContainText('Từ điện thoại')
  await expect.element(what).toHaveValue('Từ máy bàn')
  const kept = listen(/drafts\.keep/)
  await rival.getByRole('button', { name: 'Giữ bản đang soạn' }).click()
  await expect.poll(() => kept.map(({ status }) => status)).toEqual([200])
  await expect.element(rival).not.toBeInTheDocument()
  expect((await phone.read())?.value.what).toBe('Từ máy bàn')

  await phone.write('Từ điện thoại, viết tiếp', (await phone.read())?.savedAt ?? null)
  await what.fill('Từ máy bàn, viết tiếp')
  await expect.element(rival).toContainText('Từ điện thoại, viết tiếp')
  await rival.getByRole('button', { name: 'Dùng bản vừa sửa' }).click()
  await expect.element(what).toHaveValue('Từ điện thoại, viết tiếp')
  await expect.element(rival).not.toBeInTheDocument()

  await write('Đã cử tổ chằng chống cây nghiêng')
  await expect.element(answerBox.getByText(/^Đã lưu nháp \d\d:\d\d$/)).toBeVisible()
  expect((await phone.read())?.value.what).toBe('Đã cử tổ chằng chống cây nghiêng')

  // The other way round: begun on the phone, it waits here.
  const other = await buildReportAt(office)
  await anotherMachine(username, other.id).write('Đã cử tổ dọn cành gãy', null)
  appRouter.push('/drafts')
  await expect
    .element(page.getByRole('row', { name: new RegExp(code) }))
    .toContainText('Đã cử tổ chằng chống cây nghiêng')
  const row = page.getByRole('row', { name: new RegExp(other.code) })
  await expect.element(row).toContainText('Đã cử tổ dọn cành gãy')
  await row.getByRole('link').click()
  await page
    .getByRole('article', { name: other.code })
    .getByRole('button', { name: /^Trả lời công dân\s*có nháp/ })
    .click()
  await expect.element(what).toHaveValue('Đã cử tổ dọn cành gãy')
  await write('Đã cử tổ dọn cành gãy, thông đường')
  await fillAnswer({ what: 'Đã dọn cành gãy, thông đường.' })
  await answerBox.getByRole('button', { name: /^Trình phê duyệt/ }).click()
  await expect
    .element(page.getByText(`Đã trình phê duyệt dự thảo trả lời ${other.code}`, { exact: false }))
    .toBeVisible()
  appRouter.push('/drafts')
  await expect.element(page.getByRole('row', { name: new RegExp(code) })).toBeVisible()
  await expect.element(row).not.toBeInTheDocument()
})

test('while text is typed the assignee changes: it stays, and is sent in its author’s name; merged, it stays on the page and among the drafts; shared, a colleague continues it, and is asked before it replaces their own text', {
  timeout: 120_000,
}, async () => {
  const office = await buildOffice()
  const { id, code, version } = await buildReportAt(office)
  const [one, canonical, shown] = [
    await buildReportAt(office),
    await buildReportAt(office),
    await buildReportAt(office),
  ]
  const colleague = await buildAccount({ agency: office.agency, name: 'Phạm Minh Tuấn' })
  const dispatcher = await buildOfCity('dispatcher', 'Đặng Bích Linh')
  const words = 'Đã cắt cành khô phía đường'
  const goOnTo = async (next: string) => {
    appRouter.push(`/reports/${next}`)
    await reportOn(next)
    await press('r')
    await expect.element(what).toHaveFocus()
    await expect.element(what).toHaveValue('')
  }
  await signInAs(office.officer.username)
  await openAnswer(code)
  await write(words)
  const given = { reportId: id, version, accountId: colleague.id }
  await callAs(office.approver.username, 'reports.assignPerson', given)
  await expect.element(what).toHaveValue(words)
  await fillAnswer({ what: words, where: 'Trước cổng trường', when: 'Chiều qua' })
  await answerBox.getByRole('button', { name: /^(Trình phê duyệt|Vẫn gửi trả lời này)/ }).click()
  const sent = page.getByText(`Đã trình phê duyệt dự thảo trả lời ${code}`, { exact: false })
  const again = answerBox.getByRole('button', { name: /^Vẫn gửi trả lời này/ })
  await expect.element(sent.or(again)).toBeVisible()
  if (again.query()) await again.click()
  await expect.element(sent).toBeVisible()
  expect((await storyOf(id)).answers).toMatchObject([{ authorId: office.officer.id }])

  await goOnTo(one.code)
  await write(words)
  const input = { reportId: one.id, version: one.version, intoReportId: canonical.id }
  await callAs(dispatcher.username, 'reports.merge', input)
  // The page learns of it without a query; the text stays, and cannot be sent.
  await expect.element(page.getByRole('article').getByText('Đã gộp')).toBeVisible()
  await expect.element(what).toHaveValue(words)
  await press('Control+Enter')
  await expect.element(what).toHaveValue(words)
  await reload()
  await expect.element(page.getByText('Đã gộp', { exact: false }).first()).toBeVisible()
  await page
    .getByRole('article')
    .getByRole('button', { name: /^Trả lời công dân\s*có nháp/ })
    .click()
  await expect.element(what).toHaveValue(words)
  appRouter.push('/drafts')
  await expect.element(page.getByRole('row', { name: new RegExp(one.code) })).toContainText(words)

  await goOnTo(shown.code)
  await write(words)
  await answerBox.getByRole('button', { name: 'Chia sẻ nháp' }).click()
  await expect.element(page.getByText('Đã chia sẻ bản nháp cho đơn vị', { exact: false })).toBeVisible()
  await expect.element(timeline.getByText('Chia sẻ bản nháp trả lời', { exact: false })).toBeVisible()
  await signInAs(office.approver.username)
  await openAnswer(shown.code)
  const shared = answerBox.getByRole('region', { name: 'Bản nháp Trần Văn Hùng chia sẻ' })
  await expect.element(shared).toContainText(words)
  await what.fill('Tôi viết')
  await shared.getByRole('button', { name: 'Dùng bản này' }).click()
  const question = page.getByRole('dialog', { name: 'Thay nội dung đang soạn?' })
  await question.getByRole('button', { name: 'Thay nội dung' }).click()
  await expect.element(what).toHaveValue(words)
})
