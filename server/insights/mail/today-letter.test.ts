import { expect, test } from 'vitest'
import type { Today } from '../queries/today.ts'
import { kpiFigure, shareFigure } from '../rules/figures.ts'
import type { Risk } from '../rules/today.ts'
import { todayLetter } from './today-letter.ts'

const asOf = new Date('2026-10-12T00:15:00Z')
const overdue = (place: number): Risk => ({
  kind: 'urgent_overdue',
  id: `urgent_overdue:${place}`,
  topics: [],
  since: asOf,
  count: 9 - place,
  owners: [],
  href: `/reports?overdue=${place}`,
})
const alert: Risk = {
  kind: 'alert',
  id: 'alert:1',
  headline: 'Ngập sâu ở Hoàn Kiếm',
  severity: 'Severe',
  until: new Date('2026-10-12T11:00:00Z'),
  count: 1,
  owners: [],
  href: '/bulletins/1',
}
const onTime = kpiFigure(
  'on_time',
  shareFigure(0, 0),
  { previous: null, toDay: '2026-10-11', today: '2026-10-12', spark: [], matured: null },
  { value: null, band: null },
)

test('an alert in force is in the letter, at its own place, however many risks stand before it', () => {
  const today: Today = {
    asOf,
    agency: null,
    coordinated: null,
    choices: [null],
    headline: { urgent: null, most: null, next: null },
    changes: { told: [], weighed: 0, unclear: 0 },
    risks: [...Array.from({ length: 7 }, (_, place) => overdue(place)), alert],
    explanations: [],
    hasMoreExplanations: false,
    nextWorkingDay: '2026-10-13',
    week: { from: '2026-10-05', to: '2026-10-11', minutesPerDay: 480 },
    onTime: { kpi: onTime, href: null },
    figures: [],
  }
  const { text, html } = todayLetter(today, 'vi', undefined)
  expect(text.match(/^\d+\. .*/gm)).toEqual([
    ...[9, 8, 7, 6, 5].map((count, place) => expect.stringMatching(`^${place + 1}\\. .*: ${count} `)),
    expect.stringMatching(/^8\. .*Ngập sâu ở Hoàn Kiếm/),
  ])
  expect(text).toContain('Còn 2 rủi ro khác trên trang Hôm nay.')
  expect(html).toMatch(/<li value="8"[^>]*>.*Ngập sâu ở Hoàn Kiếm/)
})
