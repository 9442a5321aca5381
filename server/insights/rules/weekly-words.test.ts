import { createTranslator } from 'next-intl'
import { expect, test } from 'vitest'
import { messagesOf } from '#messages/catalog.ts'
import type { Figure, Matured } from './board.ts'
import { countFigure, kpiFigure, shareFigure } from './figures.ts'
import { type Weekly, type WeeklyKpi, weeklyKpis } from './weekly.ts'
import { type Say, type WeeklyLocale, weeklyWords } from './weekly-words.ts'

const around = { toDay: '2026-03-08', today: '2026-06-30' }
const figuresNow: Record<WeeklyKpi, Figure> = {
  received: countFigure(251),
  handled: shareFigure(68, 251),
  on_time: shareFigure(170, 200),
  backlog: countFigure(560),
  satisfaction: shareFigure(12, 15),
}
const before: Partial<Record<WeeklyKpi, Figure>> = { handled: shareFigure(90, 250) }

/** A letter of which so many of 251 reports were due. */
function wordsOf(matured: Matured, locale: WeeklyLocale) {
  const figures = Object.fromEntries(
    weeklyKpis.map((id) => {
      const more = { ...around, previous: before[id] ?? null, matured: id === 'handled' ? matured : null }
      return [id, kpiFigure(id, figuresNow[id], more, id === 'backlog' ? { value: 500, band: null } : undefined)]
    }),
  )
  const weekly = {
    judgedBy: 'chance',
    question: { edition: 'weekly', from: '2026-03-02', agency: null },
    header: {
      ...{ fromDay: '2026-03-02', toDay: '2026-03-08', compared: null, check: null, behind: 0, minutesPerDay: 480 },
      ...{ scope: { all: true }, names: { agency: null } },
    },
    figures,
    ...{ overdue: 3, agencies: { rows: [], mix: null, mixMissing: 'part' }, points: [], storms: [], isEmpty: false },
  } as unknown as Weekly
  return weeklyWords(weekly, createTranslator({ locale, messages: messagesOf(locale) }) as unknown as Say, locale)
}
const young = { handled: 19, of: 21, notYet: 230 }
const rowOf = (words: ReturnType<typeof wordsOf>, id: WeeklyKpi) => words.figures.find((each) => each.id === id)

test('a letter on reports of which most are not due counts them, and holds the target against the others', () => {
  expect(wordsOf(young, 'vi').headline[1]).toBe(
    'Đến hết kỳ đã xử lý 68 trong 251 phản ánh tiếp nhận, 230 chưa đến hạn; trong số đã đến hạn đã xử lý 90%, ' +
      'cao hơn mục tiêu 10 điểm %; tỷ lệ đúng hạn 85%, thấp hơn mục tiêu 5 điểm %.',
  )
  expect(wordsOf(young, 'en').headline[1]).toBe(
    'By the end of the period 68 of 251 were handled, 230 are not due yet; of those due 90% are handled, ' +
      '10 points above the target; on time 85%, 5 points below the target.',
  )
  // The count with the count of the other period, and the target with the share that it judges.
  expect(rowOf(wordsOf(young, 'vi'), 'handled')).toMatchObject({
    value: '68/251',
    of: '230 chưa đến hạn',
    before: '90/250',
    target: '80%',
    matured: 'đã đến hạn: 90% (19/21)',
    aim: 'cao hơn mục tiêu 10 điểm %',
  })
})

test('where none are due, or fewer than twenty, nothing is held against the target', () => {
  const none = wordsOf({ handled: 0, of: 0, notYet: 251 }, 'vi')
  expect(none.headline[1]).toMatch(/^Đến hết kỳ đã xử lý 68 trong 251 phản ánh tiếp nhận, 251 chưa đến hạn; tỷ lệ đúng/)
  expect(rowOf(none, 'handled')).toMatchObject({ aim: '', matured: 'chưa phản ánh nào đến hạn' })
  expect(rowOf(wordsOf({ handled: 9, of: 12, notYet: 239 }, 'vi'), 'handled')).toMatchObject({ aim: '' })
})

test('where all are due the share of all is held against the target', () => {
  const due = wordsOf({ handled: 68, of: 251, notYet: 0 }, 'vi')
  expect(due.headline[1]).toMatch(/^Đến hết kỳ đã xử lý 27% số phản ánh tiếp nhận, thấp hơn mục tiêu 53 điểm %;/)
  expect(rowOf(due, 'handled')).toMatchObject({ value: '27%', of: '68/251', before: '36%', matured: '' })
})

test('the target of a count is a count', () => {
  const [target, aim] = ['500', 'nhiều hơn mục tiêu 60']
  expect(rowOf(wordsOf(young, 'vi'), 'backlog')).toMatchObject({ value: '560', target, aim })
})
