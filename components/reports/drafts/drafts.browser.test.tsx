import { expect, test } from 'vitest'
import { reload, signInAs, visit } from '#app/testing/desk.tsx'
import { page, press } from '#app/testing/hands.ts'
import { listen } from '#app/testing/line.ts'
import { answerBox, fillAnswer, openReport, timeline } from '#app/testing/report-page.ts'
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

test('an answer begun at one machine is continued at another, and is among the drafts until it is sent', async () => {
  const office = await buildOffice()
  const { id, code } = await buildReportAt(office)
  const { username } = office.officer
  const phone = anotherMachine(username, id)
  await signInAs(username)
  await openAnswer(code)
  await write('Đã cử tổ chằng chống cây nghiêng')
  await expect.element(answerBox.getByText(/^Đã lưu nháp \d\d:\d\d$/)).toBeVisible()
  expect((await phone.read())?.value.what).toBe('Đã cử tổ chằng chống cây nghiêng')

  // The other way round: begun on the phone, it waits here.
  const other = await buildReportAt(office)
  await anotherMachine(username, other.id).write('Đã cử tổ dọn cành gãy', null)
  await visit('/drafts')
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
  await visit('/drafts')
  await expect.element(page.getByRole('row', { name: new RegExp(code) })).toBeVisible()
  await expect.element(row).not.toBeInTheDocument()
})

test('a draft edited in two places shows both texts side by side and loses neither', async () => {
  const office = await buildOffice()
  const { id, code } = await buildReportAt(office)
  const desk = anotherMachine(office.officer.username, id)
  await signInAs(office.officer.username)
  await openAnswer(code)
  await desk.write('Từ máy bàn', null)
  await what.fill('Từ điện thoại')
  const rival = answerBox.getByRole('alert')
  await expect.element(rival).toContainText('Bản nháp này vừa được viết tiếp')
  await expect.element(rival).toContainText('Từ máy bàn')
  await expect.element(what).toHaveValue('Từ điện thoại')
  const kept = listen(/drafts\.keep/)
  await rival.getByRole('button', { name: 'Giữ bản đang soạn' }).click()
  await expect.poll(() => kept.map(({ status }) => status)).toEqual([200])
  await expect.element(rival).not.toBeInTheDocument()
  expect((await desk.read())?.value.what).toBe('Từ điện thoại')

  await desk.write('Từ máy bàn, viết tiếp', (await desk.read())?.savedAt ?? null)
  await what.fill('Từ điện thoại, viết tiếp')
  await expect.element(rival).toContainText('Từ máy bàn, viết tiếp')
  await rival.getByRole('button', { name: 'Dùng bản vừa sửa' }).click()
  await expect.element(what).toHaveValue('Từ máy bàn, viết tiếp')
})

test('a colleague continues a shared draft, and is asked before it replaces their own text', async () => {
  const office = await buildOffice()
  const { code } = await buildReportAt(office)
  await signInAs(office.officer.username)
  await openAnswer(code)
  await write('Đã cắt cành khô phía đường')
  await answerBox.getByRole('button', { name: 'Chia sẻ nháp' }).click()
  await expect.element(page.getByText('Đã chia sẻ bản nháp cho đơn vị', { exact: false })).toBeVisible()
  await expect.element(timeline.getByText('Chia sẻ bản nháp trả lời', { exact: false })).toBeVisible()

  await signInAs(office.approver.username)
  await openAnswer(code)
  const shared = answerBox.getByRole('region', { name: 'Bản nháp Trần Văn Hùng chia sẻ' })
  await expect.element(shared).toContainText('Đã cắt cành khô phía đường')
  await what.fill('Tôi viết')
  await shared.getByRole('button', { name: 'Dùng bản này' }).click()
  const question = page.getByRole('dialog', { name: 'Thay nội dung đang soạn?' })
  await question.getByRole('button', { name: 'Thay nội dung' }).click()
  await expect.element(what).toHaveValue('Đã cắt cành khô phía đường')
})

test('the assignee changes while text is typed: it stays, and is sent in its author’s name', async () => {
  const office = await buildOffice()
  const { id, code, version } = await buildReportAt(office)
  const colleague = await buildAccount({ agency: office.agency, name: 'Phạm Minh Tuấn' })
  await signInAs(office.officer.username)
  await openAnswer(code)
  await write('Đã cắt cành khô phía đường')
  const given = { reportId: id, version, accountId: colleague.id }
  await callAs(office.approver.username, 'reports.assignPerson', given)

  await expect.element(what).toHaveValue('Đã cắt cành khô phía đường')
  await fillAnswer({ what: 'Đã cắt cành khô phía đường', where: 'Trước cổng trường', when: 'Chiều qua' })
  await answerBox.getByRole('button', { name: /^(Trình phê duyệt|Vẫn gửi trả lời này)/ }).click()
  const sent = page.getByText(`Đã trình phê duyệt dự thảo trả lời ${code}`, { exact: false })
  const again = answerBox.getByRole('button', { name: /^Vẫn gửi trả lời này/ })
  await expect.element(sent.or(again)).toBeVisible()
  if (again.query()) await again.click()
  await expect.element(sent).toBeVisible()
  expect((await storyOf(id)).answers).toMatchObject([{ authorId: office.officer.id }])
})

test('merged while text is typed: it stays on the page and among the drafts', async () => {
  const office = await buildOffice()
  const [one, canonical] = [await buildReportAt(office), await buildReportAt(office)]
  const dispatcher = await buildOfCity('dispatcher', 'Đặng Bích Linh')
  await signInAs(office.officer.username)
  await openAnswer(one.code)
  await write('Đã cắt cành khô phía đường')
  const input = { reportId: one.id, version: one.version, intoReportId: canonical.id }
  await callAs(dispatcher.username, 'reports.merge', input)
  // The page learns of it without a query; the text stays, and cannot be sent.
  await expect.element(page.getByRole('article').getByText('Đã gộp')).toBeVisible()
  await expect.element(what).toHaveValue('Đã cắt cành khô phía đường')
  await press('Control+Enter')
  await expect.element(what).toHaveValue('Đã cắt cành khô phía đường')
  await reload()
  await expect.element(page.getByText('Đã gộp', { exact: false }).first()).toBeVisible()
  await page
    .getByRole('article')
    .getByRole('button', { name: /^Trả lời công dân\s*có nháp/ })
    .click()
  await expect.element(what).toHaveValue('Đã cắt cành khô phía đường')
  await visit('/drafts')
  await expect
    .element(page.getByRole('row', { name: new RegExp(one.code) }))
    .toContainText('Đã cắt cành khô phía đường')
})
