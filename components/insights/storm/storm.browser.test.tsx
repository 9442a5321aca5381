import { expect, test } from 'vitest'
import { seriousViolations } from '#app/testing/axe.ts'
import { signInAs, visit } from '#app/testing/desk.tsx'
import { emulate, focus, type Locator, page, press, textsOf } from '#app/testing/hands.ts'
import { onServer } from '#app/testing/server.ts'
import { overhang, see, untranslated } from '#app/testing/sight.ts'

const scene = onServer<typeof import('./storm.scene.ts')>('components/insights/storm/storm.scene.ts')

const card = (id: string) => page.css(`[data-card="storm-${id}"]`)
const figures = page.getByRole('region', { name: /^(Số liệu chính|Main figures) / })
const mark = page.getByRole('region', { name: /Con số trên bảng thống kê/ })
const sumOf = (texts: string[]) => texts.reduce((sum, text) => sum + (Number(text) || 0), 0)

async function openYagi(): Promise<void> {
  await see(`/insights/storm/${await scene.idOfYagi()}`)
  await expect.element(page.getByRole('heading', { level: 1, name: /Yagi/ })).toBeVisible()
}

/** Opens a figure by the keyboard, finds exactly its reports, and returns. */
async function drill(link: Locator, count: number): Promise<void> {
  const { pathname } = window.location
  await focus(link)
  await press('Enter')
  await expect.element(mark).toContainText(`${count} phản ánh, đúng bằng số trên bảng`)
  const grid = page.getByRole('grid')
  await expect.element(grid).toHaveAttribute('aria-rowcount', String(count + 1))
  if (count <= 8) await expect.element(grid.getByRole('row')).toHaveLength(count + 1)
  await press('Escape')
  await expect.poll(() => window.location.pathname).toBe(pathname)
}

const numberIn = async (locator: Locator) => Number(/\d+$/.exec((await locator.findElement()).textContent ?? '')?.[0])

test('a manager reads how Yagi went, and every figure leads to exactly its reports; printed, it is its figures and each chart with its table, and the page with every table open breaks no accessibility rule', async () => {
  await signInAs('lanhdao.tp')
  await see('/incidents')
  await page.getByRole('link', { name: /Yagi/ }).click()
  await page.getByRole('link', { name: 'Diễn biến' }).click()
  await expect.element(page.getByRole('heading', { level: 1, name: /Yagi/ })).toBeVisible()
  await expect.poll(() => window.location.pathname).toMatch(/^\/insights\/storm\/[0-9a-f-]{36}$/)
  await expect.element(page.getByText(/Toàn thành phố/)).toBeVisible()
  await expect.element(page.getByText(/số liệu lúc \d{2}\/\d{2}\/\d{4} \d{2}:\d{2}/)).toBeVisible()
  await expect.element(figures.getByRole('link', { name: /^Phản ánh: 110\./ })).toBeVisible()
  await expect.element(figures).toContainText('không còn phản ánh nào mở')
  await expect.element(figures.getByRole('link', { name: /^Tỷ lệ xử lý: 100%/ })).toBeVisible()
  await expect.element(figures.getByRole('link', { name: /^Bản tin đã phát hành: 315\./ })).toBeVisible()
  const parts = figures.getByRole('list', { name: /Cơ cấu phản ánh tiếp nhận/ }).getByRole('listitem')
  expect(sumOf(textsOf(parts).map((text) => /(\d+)$/.exec(text)?.[1] ?? ''))).toBe(110)

  const grid = card('grid').getByRole('table')
  await expect
    .poll(() => textsOf(grid.getByRole('columnheader')))
    .toEqual(['06/09', '07/09', '08/09', '09/09', '10/09', '11/09'])
  expect(sumOf(textsOf(grid.getByRole('cell')))).toBe(110)

  // The width of a landscape A4 sheet between its margins.
  await page.viewport(1032, 700)
  await emulate({ media: 'print' })
  for (const control of ['button', 'slider', 'combobox']) {
    await expect.element(page.getByRole(control)).toHaveLength(0)
  }
  for (const id of ['course', 'map', 'kinds', 'grid']) {
    await expect.element(card(id).getByRole('table').last()).toBeVisible()
  }
  await expect.element(figures).toContainText('110')
  await emulate({ media: null })
  await page.viewport(1440, 900)

  await drill(figures.getByRole('link', { name: /^Phản ánh: 110\./ }), 110)
  const busiest = figures.getByRole('link', { name: /^Giờ cao điểm: \d+\./ })
  await drill(busiest, await numberIn(busiest))
  const cell = grid.getByRole('link', { name: /, (T|t)hứ Bảy, 07\/09\/2024: [2-8]$/ }).first()
  await drill(cell, await numberIn(cell))
  const kind = card('kinds').getByRole('link').nth(2)
  await drill(kind, await numberIn(kind))

  await expect.element(card('map').css('svg a').first()).toBeInTheDocument()
  expect(untranslated()).toEqual([])
  for (const id of ['course', 'map', 'kinds', 'grid']) {
    await card(id)
      .getByRole('button', { name: /xem bằng bảng$/ })
      .click()
    const table = card(id).getByRole('table').last()
    await expect.element(table).toBeVisible()
    expect(table.getByRole('row').elements().length).toBeGreaterThan(3)
  }
  expect(await seriousViolations()).toEqual([])
}, 120_000)

test('the map plays and is stepped through by keyboard, and a commune opens what had happened there by then; by hour and by day the chart and its table narrow together to one kind', async () => {
  await signInAs('lanhdao.tp')
  await openYagi()
  const map = card('map')
  const places = map.css('svg a')
  await expect.element(places.first()).toBeInTheDocument()
  const slider = map.getByRole('slider', { name: /Thời điểm trên bản đồ/ })
  const place = () => Number((slider.element() as HTMLInputElement).value)
  const last = Number(slider.element().getAttribute('max'))
  expect(place()).toBe(last)
  const whole = places.elements().length

  await press('p')
  await expect.element(map.getByRole('button', { name: /Dừng/ })).toBeVisible()
  await expect.poll(place).toBeGreaterThan(2)
  expect(place()).toBeLessThan(last)
  await press('p')
  await expect.element(map.getByRole('button', { name: /Phát lại diễn biến/ })).toBeVisible()
  const stopped = place()
  await press('Shift+ArrowRight', 'Shift+ArrowRight', 'Shift+ArrowLeft')
  await expect.poll(place).toBe(stopped + 1)
  expect(places.elements().length).toBeLessThan(whole)
  await expect
    .poll(() => slider.element().getAttribute('aria-valuetext'))
    .toMatch(/^đến \d{2}:00 Thứ \S+, \d{2}\/09\/2024$/)

  await focus(slider)
  await press('End')
  await expect.poll(place).toBe(last)
  await press('Home')
  await expect.poll(place).toBe(0)
  await press('End')
  await expect.poll(place).toBe(last)
  const few = map.getByRole('link', { name: /: [2-8]$/ }).first()
  await drill(few, Number((await few.findElement()).getAttribute('aria-label')?.at(-1)))

  const course = card('course')
  await expect.element(course.css('.recharts-surface').first()).toBeVisible()
  await expect.element(course).toContainText('phản ánh được nhập sau khi xảy ra')
  await course.getByRole('button', { name: /xem bằng bảng$/ }).click()
  const table = course.getByRole('table')
  const column = (name: string) => sumOf(textsOf(table.css(`td[data-label="${name}"]`)))
  await expect.poll(() => column('Phát sinh')).toBe(110)

  const kind = course.getByLabelText(/Loại phản ánh/)
  await kind.selectOptions('TN-01')
  await expect.poll(() => column('Phát sinh')).toBeLessThan(110)
  const flooded = column('Phát sinh')
  expect(flooded).toBeGreaterThan(0)
  await expect
    .element(card('kinds').getByRole('listitem').filter({ hasText: 'Ngập úng' }))
    .toMatchTextContent(new RegExp(`(?<!\\d)${flooded}(?!\\d)`))
  await course.getByRole('button', { name: 'Ngày' }).click()
  await expect.element(table.getByRole('row')).toHaveLength(7 + 1)
  expect(column('Phát sinh')).toBe(flooded)
  await expect.element(table.getByRole('columnheader', { name: /Còn mở cuối thời đoạn/ })).not.toBeInTheDocument()

  await kind.selectOptions((kind.element() as HTMLSelectElement).options[0]?.value ?? '')
  await expect.poll(() => [column('Phát sinh'), column('Kết thúc')]).toEqual([110, 110])
  const closed = table.css('td[data-label="Kết thúc"]').last().getByRole('link')
  await drill(closed, await numberIn(closed))
}, 120_000)

test('a storm in progress shows the last hour against the one before, what is open, and who waits longest; on a phone nothing is cut off, in dark mode and in English; an account without figures is not led to it', async () => {
  const { incident } = await scene.buildStorm()
  await signInAs('lanhdao.tp')
  await see(`/insights/storm/${incident.id}`)
  await expect.element(figures.getByRole('link', { name: /^Nhận trong 60 phút qua: 2\./ })).toBeVisible()
  await expect.element(figures).toContainText('60 phút trước đó: 1')
  await expect.element(figures).toContainText('chưa tính được: quá nửa còn mở (3/3)')
  await expect.element(card('oldest').getByRole('listitem').first()).toContainText('Cây đổ từ sớm')
  await drill(figures.getByRole('link', { name: /^Nhận trong 60 phút qua/ }), 2)
  await drill(figures.getByRole('link', { name: /1 khẩn/ }), 1)
  await drill(figures.getByRole('link', { name: /^Đang mở: 3\./ }), 3)

  await signInAs('lanhdao.tp', { width: 390, height: 844, colorScheme: 'dark', language: 'en' })
  await see(`/insights/storm/${incident.id}`)
  await expect.element(card('map').css('svg a').first()).toBeInTheDocument()
  expect(overhang()).toBe(0)
  expect(await seriousViolations()).toEqual([])
  expect(untranslated()).toEqual([])

  // That its page is refused to this account, and that what is no incident is not found, is the server's answer.
  await signInAs('bientap')
  await visit(`/incidents/${incident.id}`)
  await expect.element(page.getByRole('heading', { level: 1 })).toContainText(incident.name)
  await expect.element(page.getByRole('link', { name: 'Diễn biến' })).not.toBeInTheDocument()
}, 120_000)

test('an agency sees its own part and a note that says so; a storm without reports says why it is empty', async () => {
  const { incident, head } = await scene.buildHeadInStorm()
  await signInAs(head.username)
  await see(`/insights/storm/${incident.id}`)
  await expect
    .element(page.getByText(/Chỉ những phản ánh tài khoản này được xem, không phải toàn thành phố/))
    .toBeVisible()
  await expect.element(figures.getByRole('link', { name: /^Phản ánh: 3\./ })).toBeVisible()

  const { id } = await scene.buildExpected()
  await see(`/insights/storm/${id}`)
  await expect.element(page.getByRole('heading', { name: /Chưa có phản ánh nào thuộc sự kiện này/ })).toBeVisible()
  await expect.element(page.getByText(/^Sự kiện bắt đầu lúc \d{2}\/\d{2}\/\d{4} \d{2}:\d{2}\./)).toBeVisible()
})
