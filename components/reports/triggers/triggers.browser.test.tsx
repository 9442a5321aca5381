import { expect, test } from 'vitest'
import { seriousViolations } from '#app/testing/axe.ts'
import { signInAs, visit } from '#app/testing/desk.tsx'
import { handOver, page, press, type } from '#app/testing/hands.ts'
import { loseLine } from '#app/testing/line.ts'
import { appRouter } from '#app/testing/place.ts'
import { answerBox, openReport, reportOn, timeline } from '#app/testing/report-page.ts'
import { onServer } from '#app/testing/server.ts'

const { buildOffice, buildReportAt } = onServer<typeof import('#e2e/office.ts')>('e2e/office.ts')
const { buildCategory } = onServer<typeof import('#db/factories/categories.ts')>('db/factories/categories.ts')

test('two colons and a few words insert a template into the answer, by keys alone; text not meant so stays as typed; two question marks insert an earlier answer of the same category', {
  timeout: 90_000,
}, async () => {
  const office = await buildOffice()
  const { code } = await buildReportAt(office)
  await signInAs(office.officer.username)
  await openReport(code)
  await press('r')
  const what = answerBox.getByLabelText(/^Kết quả xử lý/)
  const list = page.getByRole('listbox', { name: 'Mẫu trả lời' })
  await expect.element(what).toHaveFocus()

  await type('Lúc 12:30::hien')
  await expect.element(what).toHaveValue('Lúc 12:30::hien')
  await expect.element(list).not.toBeInTheDocument()
  await what.fill('')

  await type('Kính gửi ông bà. ::')
  await expect.element(list.getByRole('option').nth(1)).toBeVisible()
  const [first, second] = [list.getByRole('option').nth(0), list.getByRole('option').nth(1)]
  await expect.element(first).toHaveAttribute('aria-selected', 'true')
  await press('ArrowDown')
  await expect.element(second).toHaveAttribute('aria-selected', 'true')
  await expect.element(what).toHaveAttribute('aria-activedescendant', second.element().id)
  expect(await seriousViolations('[role="listbox"], [aria-expanded="true"]')).toEqual([])

  await type('hien truong don dep')
  await expect.element(list.getByRole('option')).toHaveLength(1)
  handOver('Enter', 'Enter', { isComposing: true })
  await expect.element(what).toHaveValue('Kính gửi ông bà. ::hien truong don dep')
  await press('Escape')
  await expect.element(list).not.toBeInTheDocument()
  await type('!')
  await expect.element(what).toHaveValue('Kính gửi ông bà. ::hien truong don dep!')
  await expect.element(list).not.toBeInTheDocument()

  await type('\n::dọn dẹp')
  await expect.element(list.getByRole('option').first()).toBeVisible()
  await press('Enter')
  await expect.element(what).toHaveValue(expect.stringMatching(/^Kính gửi ông bà\. ::hien truong don dep!\n(?!::)/))
  await expect.element(list).not.toBeInTheDocument()
  await type(' Xin cảm ơn. #cay')
  await expect.element(what).toHaveValue(expect.stringMatching(/ Xin cảm ơn\. #cay$/))
  // No other report in what a citizen reads.
  await expect.element(page.getByRole('listbox')).not.toBeInTheDocument()

  const { code: categoryCode } = await buildCategory()
  const earlier = await buildReportAt(office, { categoryCode, state: 'closed' })
  const another = await buildReportAt(office, { categoryCode })
  appRouter.push(`/reports/${another.code}`)
  await reportOn(another.code)
  await press('r')
  const answers = page.getByRole('listbox', { name: 'Trả lời trước đây cùng lĩnh vực' })
  await expect.element(what).toHaveFocus()
  await expect.element(what).toHaveValue('')
  await type('Sáng nay: ??cay ngap')
  await expect.element(page.getByText('Không có trả lời trước đây nào khớp', { exact: false })).toBeVisible()
  for (let letters = 4; letters > 0; letters--) await press('Backspace')
  const option = answers.getByRole('option', { name: new RegExp(earlier.code) })
  await expect.element(option).toContainText(office.agency.name)
  await expect.element(option).toContainText('Cùng đơn vị')
  await expect.element(option).toContainText('Đã cắt dọn cây đổ, thông đường.')
  expect(await seriousViolations('[role="listbox"]')).toEqual([])
  await press('Enter')
  await expect.element(what).toHaveValue('Sáng nay: Đã cắt dọn cây đổ, thông đường.')
})

test('a report named in a note is chosen by its words, unless the account may not see it or there is no connection, and its code leads to it once the note is saved', {
  timeout: 90_000,
}, async () => {
  const [office, elsewhere] = [await buildOffice(), await buildOffice()]
  const hidden = await buildReportAt(elsewhere)
  const { code } = await buildReportAt(office, { title: 'Cây nghiêng phố Lò Đúc' })
  const other = await buildReportAt(office, { title: 'Hố ga mất nắp ngõ Tràng Tiền' })
  await signInAs(office.officer.username)
  await visit('/reports?view=my_agency&sort=code&dir=asc')
  await press('Enter')
  await reportOn(code)
  await press('e')
  const note = page.getByLabelText(/^Nội dung ghi chú/)
  const list = page.getByRole('listbox', { name: 'Phản ánh' })
  await expect.element(note).toHaveFocus()
  // A number sign may precede something that is no report: Enter is a new line unless the user moved to a line of the
  // list.
  await type('#ho ga')
  await expect.element(list.getByRole('option', { name: new RegExp(other.code) })).toBeVisible()
  await press('Enter')
  await expect.element(note).toHaveValue('#ho ga\n')
  await note.fill('')
  await type('Cùng tổ công tác với #ho ga mat')
  await expect.element(list.getByRole('option', { name: new RegExp(other.code) })).toBeVisible()
  await expect.element(list.getByRole('option', { name: new RegExp(code) })).not.toBeInTheDocument()
  expect(await seriousViolations('[role="listbox"], [aria-expanded="true"]')).toEqual([])
  await press('Tab')
  await expect.element(note).toHaveValue(`Cùng tổ công tác với ${other.code}`)
  await expect.element(note).toHaveFocus()
  await press('Control+z')
  await expect.element(note).toHaveValue('Cùng tổ công tác với #ho ga mat')
  await press('Control+y')
  await expect.element(note).toHaveValue(`Cùng tổ công tác với ${other.code}`)
  await type(', đi một chuyến.')
  await press('Control+Enter')
  const link = timeline.getByRole('link', { name: new RegExp(other.code) })
  await expect.element(link).toHaveAttribute('href', `/reports/${other.code}`)
  expect(await seriousViolations(`a[href="/reports/${other.code}"]`)).toEqual([])
  await link.click()
  await expect
    .element((await reportOn(other.code)).getByRole('heading', { level: 1 }))
    .toHaveTextContent('Hố ga mất nắp ngõ Tràng Tiền')

  // What the account may not see is not offered, and Enter is a new line again.
  await press('e')
  await expect.element(note).toHaveFocus()
  await type(`#${hidden.code}`)
  await expect.element(page.getByText('Không có phản ánh nào khớp', { exact: false })).toBeVisible()
  await expect.element(list.getByRole('option')).not.toBeInTheDocument()
  await press('Enter')
  await expect.element(note).toHaveValue(`#${hidden.code}\n`)
  await note.fill('')

  // Without a connection the note says that the search failed.
  await type('Đi cùng chuyến với ')
  loseLine()
  await type('#nap ho ga')
  await expect.element(page.getByText('Chưa tải được gợi ý', { exact: false })).toBeVisible()
  await press('Enter')
  await expect.element(note).toHaveValue('Đi cùng chuyến với #nap ho ga\n')
})
