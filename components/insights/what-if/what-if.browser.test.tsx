import { expect, test } from 'vitest'
import { seriousViolations } from '#app/testing/axe.ts'
import { signInAs } from '#app/testing/desk.tsx'
import { focus, page, press } from '#app/testing/hands.ts'
import { onServer } from '#app/testing/server.ts'
import { overhang, see, untranslated } from '#app/testing/sight.ts'

const scene = onServer<typeof import('./what-if.scene.ts')>('components/insights/what-if/what-if.scene.ts')

const headline = page.getByRole('main').getByRole('status').first()
const people = page.getByRole('slider', { name: /Số người có mặt/ })
const address = () => `${window.location.pathname}${window.location.search}`

test('the head of an agency sees what more people and longer limits would change, and shares it', async () => {
  const { agency, head } = await scene.buildDepartment(133)
  await signInAs(head.username)
  await see('/insights/what-if')
  await expect.element(page.getByRole('heading', { level: 1, name: /Thử thay đổi/ })).toContainText(agency.name)
  await expect.element(headline).toContainText('Giữ nguyên như hiện nay, trong 13 tuần tới khoảng')
  await expect
    .element(
      page.getByText(
        /Mô phỏng khớp quý vừa qua: dự đoán \d+% \(\d+–\d+%\), thực tế \d+% \(\d+\/\d+ phản ánh đến hạn\)/,
      ),
    )
    .toBeVisible()
  // Its reports take their time whatever there is to do, and the page says that people change little.
  await expect.element(page.getByText(/Thêm người hoặc thêm giờ thay đổi rất ít\./)).toBeVisible()
  expect(await seriousViolations()).toEqual([])

  await focus(people)
  await press('ArrowRight')
  await expect.element(people).toHaveAttribute('aria-valuetext', '3 người')
  await expect.element(headline).toContainText('Với 3 người thay vì 2')
  await focus(page.getByRole('slider', { name: /Thời hạn/ }))
  await press('End')
  await expect.element(headline).toContainText('Với 3 người thay vì 2, thời hạn bằng 200% hiện nay')
  await focus(page.getByRole('switch', { name: /Làm sáng thứ Bảy/ }))
  await press('Space')
  await expect.poll(address).toMatch(/people=3&limits=200&saturdays=yes$/)
  const said = headline.element().textContent ?? ''
  const shared = address()

  await signInAs(head.username, { width: 390, height: 844, colorScheme: 'dark' })
  await see(shared)
  await expect.element(headline).toHaveTextContent(said)
  expect(overhang()).toBeLessThanOrEqual(0)
  expect(await seriousViolations('#main')).toEqual([])

  await page.getByRole('button', { name: /Về hiện nay/ }).click()
  await expect.poll(address).toBe('/insights/what-if')
  await expect.element(headline).toContainText('Giữ nguyên như hiện nay')
})

test('where the simulation does not fit its last quarter, this stands first and no figure is large', async () => {
  const { head } = await scene.buildDepartment(133, 35)
  await signInAs(head.username, { width: 390, height: 844 })
  await see('/insights/what-if')
  const verdict = page.getByText(/Mô phỏng không khớp quý vừa qua: dự đoán/)
  await expect.element(verdict).toBeVisible()
  const follows = verdict.element().compareDocumentPosition(headline.element()) & Node.DOCUMENT_POSITION_FOLLOWING
  expect(follows).toBeTruthy()
  const sizeOf = (element: Element) => Number.parseFloat(getComputedStyle(element).fontSize)
  const usual = sizeOf(document.body)
  const figures = [...document.querySelectorAll('#main *')].filter((element) =>
    /^\d+%$/.test(element.textContent ?? ''),
  )
  expect(figures.length).toBeGreaterThan(0)
  for (const element of [headline.element(), ...figures]) expect(sizeOf(element)).toBeLessThanOrEqual(usual)
  expect(overhang()).toBeLessThanOrEqual(0)
  expect(await seriousViolations('#main')).toEqual([])
})

test('a manager of the city chooses an agency; one with a short log has no simulation', async () => {
  const { agency } = await scene.buildDepartment(12)
  await signInAs('lanhdao.tp')
  await see('/insights/what-if')
  await expect.element(page.getByRole('heading', { name: /Chọn một đơn vị/ })).toBeVisible()
  await page.getByRole('combobox', { name: /Đơn vị/ }).fill(agency.name)
  await page.getByRole('option', { name: agency.name, exact: false }).click()
  await expect.poll(address).toBe(`/insights/what-if?agency=${agency.id}`)
  await expect.element(page.getByRole('heading', { name: /Chưa đủ 120 ngày/ })).toBeVisible()
  expect(untranslated()).toEqual([])
})
