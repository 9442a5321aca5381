import { expect, onTestFinished, test, vi } from 'vitest'
import { seriousViolations } from '#app/testing/axe.ts'
import { signInAs } from '#app/testing/desk.tsx'
import { page } from '#app/testing/hands.ts'
import { failLine, findLine, loseLine } from '#app/testing/line.ts'
import { onServer } from '#app/testing/server.ts'
import { overhang, see, untranslated } from '#app/testing/sight.ts'
import { hoursAgo } from '#app/testing/times.ts'

const scene = onServer<typeof import('../storm/storm.scene.ts')>('components/insights/storm/storm.scene.ts')
const second = 1000

const total = page
  .getByRole('region', { name: /^Số liệu chính / })
  .css('div')
  .filter({ hasText: /^Phản ánh/ })
const status = page.getByRole('status')

/** A clock that goes on by itself, and can be put forward. */
function takeClock() {
  vi.useFakeTimers({
    toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'Date'],
    shouldAdvanceTime: true,
  })
  onTestFinished(() => {
    vi.useRealTimers()
  })
}

test('the wall screen keeps its figures when the connection is lost, says how old they are, and recovers by itself', async () => {
  const { incident, place } = await scene.buildStorm()
  await signInAs('lanhdao.tp', { width: 1920, height: 1080 })
  takeClock()
  await see('/screen')
  await page.getByRole('link', { name: new RegExp(incident.name) }).click()
  await expect.element(page.getByRole('heading', { level: 1 })).toContainText(incident.name)
  await expect.element(total).toContainText('3')
  await expect.element(status).toMatchTextContent(/^Số liệu lúc /)
  await expect.element(page.getByRole('button')).toHaveLength(0)
  await expect.element(page.getByRole('link')).toHaveLength(0)

  // By itself, every half minute.
  await scene.buildReportOf(place, { receivedAt: hoursAgo(0.1) })
  await vi.advanceTimersByTimeAsync(31 * second)
  await expect.element(total).toContainText('4')

  loseLine()
  await scene.buildReportOf(place, { receivedAt: hoursAgo(0.05) })
  await vi.advanceTimersByTimeAsync(31 * second)
  await expect
    .element(status)
    .toMatchTextContent(/^Mất kết nối\. Đang giữ số liệu lúc \d{2}\/\d{2}\/\d{4} \d{2}:\d{2}, cách đây \d+ giây\./)
  await expect.element(status).toMatchTextContent(/Thử lại sau \d+ giây|Đang kết nối lại/)
  await expect.element(total).toContainText('4')
  await vi.advanceTimersByTimeAsync(300 * second)
  await expect.element(status).toContainText('cách đây 5 phút')
  await expect.element(total).toContainText('4')

  findLine()
  await expect.element(status).toMatchTextContent(/^Số liệu lúc /)
  await expect.element(total).toContainText('5')
})

test('a failing server is queried at growing intervals, and the wall screen goes on when it answers', async () => {
  const { incident } = await scene.buildStorm()
  await signInAs('lanhdao.tp', { width: 1920, height: 1080 })
  takeClock()
  await see(`/screen/${incident.id}`)
  const { heard, mend } = failLine(/\/api\/trpc\/insights\.wall/, 502)
  // The clock is paused: on a busy machine the wall screen would otherwise reload by itself between two lines.
  vi.setTimerTickMode('manual')
  const pass = async (seconds: number, askedThen: number) => {
    // In one step: what is answered meanwhile is not queried again within it.
    vi.advanceTimersByTime(seconds * second)
    const countSoon = async () => {
      await vi.advanceTimersByTimeAsync(10)
      return heard()
    }
    await expect.poll(countSoon).toBe(askedThen)
    await expect.element(status).toContainText('Thử lại sau')
  }
  await pass(31, 1)
  await expect.element(status).toContainText('Mất kết nối')
  for (const [failures, wait] of [2, 4, 8, 16].entries()) await pass(wait, failures + 2)
  mend()
  vi.setTimerTickMode('interval', 20)
  await vi.advanceTimersByTimeAsync(32 * second)
  await expect.element(status).toMatchTextContent(/^Số liệu lúc /)
})

for (const [language, colorScheme, width, height] of [
  ['vi', 'light', 1920, 1080],
  ['en', 'dark', 1920, 1080],
  ['vi', 'light', 1440, 900],
  ['vi', 'light', 390, 844],
] as const) {
  test(`the wall screen passes axe and fits its screen, ${language}, ${colorScheme}, ${width} pixels wide`, async () => {
    const { incident } = await scene.buildStorm()
    await signInAs('lanhdao.tp', { language, colorScheme, width, height })
    await see(`/screen/${incident.id}`)
    await expect.element(page.css('figure path').first()).toBeInTheDocument()
    expect(await seriousViolations()).toEqual([])
    expect(untranslated()).toEqual([])
    expect(overhang()).toBe(0)
    const cut = page
      .css('main, main section')
      .elements()
      .filter((part) => part.scrollHeight > part.clientHeight + 1)
    expect(cut.map(({ textContent }) => textContent)).toEqual([])
  })
}
