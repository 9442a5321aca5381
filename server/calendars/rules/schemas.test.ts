import { describe, expect, test } from 'vitest'
import { saveDayInput, saveHoursInput } from './schemas.ts'
import { officeWeek } from './test-calendars.ts'

const problemsOf = (result: { error?: { issues: { message: string }[] } }) =>
  result.error?.issues.map(({ message }) => message) ?? []

describe('weekly hours', () => {
  const problems = (weekly: object, more: object = {}) =>
    problemsOf(
      saveHoursInput.safeParse({
        calendarId: 'hanoi',
        version: 1,
        id: null,
        validFrom: '2026-06-01',
        validTo: null,
        weekly,
        ...more,
      }),
    )
  const office = officeWeek([420, 690], [780, 990])

  test('may have several intervals a day', () => {
    expect(problems(office)).toEqual([])
  })

  test.each([
    [
      'overlap',
      {
        1: [
          [480, 720],
          [700, 1000],
        ],
      },
      {},
      'intervals_overlap',
    ],
    ['end before they begin', { 1: [[720, 480]] }, {}, 'intervals_overlap'],
    [
      'stand in the wrong order',
      {
        1: [
          [780, 1020],
          [480, 720],
        ],
      },
      {},
      'intervals_overlap',
    ],
    ['leave no hour open', { 1: [] }, {}, 'no_hours'],
    ['are valid for no day', office, { validTo: '2026-05-01' }, 'ends_before_start'],
    ['begin on a day that does not exist', office, { validFrom: '2026-02-30' }, 'bad_date'],
  ])('are refused if they %s', (_, weekly, more, problem) => {
    expect(problems(weekly, more)).toEqual([problem])
  })
})

describe('a day of the calendar', () => {
  const day = {
    id: null,
    version: 0,
    calendarId: null,
    date: '2026-09-02',
    kind: 'closed',
    intervals: null,
    name: 'Quốc khánh',
    nameEn: 'National Day',
    status: 'confirmed',
    swappedWith: null,
    source: '',
  }

  test('is a whole day or parts of it', () => {
    expect(problemsOf(saveDayInput.safeParse(day))).toEqual([])
    expect(problemsOf(saveDayInput.safeParse({ ...day, intervals: [[780, 1020]] }))).toEqual([])
    expect(problemsOf(saveDayInput.safeParse({ ...day, intervals: [] }))).toEqual(['required'])
  })

  test('is not exchanged with itself, and has its name in both languages', () => {
    expect(problemsOf(saveDayInput.safeParse({ ...day, swappedWith: '2026-09-02' }))).toEqual(['swapped_with_itself'])
    expect(problemsOf(saveDayInput.safeParse({ ...day, name: ' ', nameEn: '' }))).toEqual(['required', 'required'])
  })
})
