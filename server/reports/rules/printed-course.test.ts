import { expect, test } from 'vitest'
import { printedCourse } from './printed-course.ts'
import { type Book, type LoggedEvent, timelineOf } from './timeline.ts'

const book: Book = {
  people: { p1: { name: 'Trần Văn Hùng', position: 'Cán bộ', agency: 'Cửa Nam' } },
  agencies: { a1: 'UBND phường Cửa Nam', a2: 'Công ty Cây xanh' },
  areas: {},
  incidents: {},
  reports: { 9: 'HN-9' },
  notes: {},
  messages: {},
}

const courseOf = (...events: [string, Record<string, unknown>?][]) => {
  const log = events.map(([event, details = {}], id): LoggedEvent => {
    const by = { actorKind: 'staff' as const, actorId: 'p1', agencyId: 'a1' }
    return { id, at: '2026-03-02T01:00:00.000Z', event: `report.${event}`, ...by, from: null, to: null, details }
  })
  // A former holder does not read the taking back itself.
  return printedCourse(timelineOf(log, book, ['a2'])).map(({ event, values }) => [event, values])
}

test('names no assignee', () =>
  expect(courseOf(['accepted', { assigneeId: 'p1' }])).toEqual([['accepted', { person: '' }]]))

test('of an answer only its sending is said, not one that is queued or was withdrawn', () => {
  expect(courseOf(['answered', { answerId: 'x' }], ['answer_withdrawn', { answerId: 'x' }])).toEqual([])
  expect(courseOf(['answer_approved', { answerId: 'x' }])).toEqual([])
  expect(courseOf(['answered', { answerId: 'x' }], ['answer_sent', { answerId: 'x' }])).toEqual([['answer_sent', {}]])
})

test('a refusal is said once its answer was sent, or where it has none', () => {
  const refused = { reason: 'out_of_scope', answerId: 'x' }
  expect(courseOf(['rejected', refused])).toEqual([])
  expect(courseOf(['rejected', refused], ['answer_sent', { answerId: 'x' }])).toHaveLength(2)
  expect(courseOf(['rejected', { reason: 'spam' }])).toHaveLength(1)
  expect(courseOf(['rejected', { reason: 'spam' }], ['answer_withdrawn'])).toEqual([])
})

test('without decisions that were taken back, once for each', () => {
  const transferred: [string, Record<string, unknown>] = ['transferred', { from: 'a1', agencyId: 'a2' }]
  const takenBack: [string, Record<string, unknown>] = ['taken_back', { decision: 'transferred' }]
  expect(courseOf(transferred, takenBack)).toEqual([])
  expect(courseOf(transferred, transferred, takenBack)).toHaveLength(1)
  expect(courseOf(['merged', { intoCode: 'HN-9' }], ['unmerged', { fromReportId: 9 }])).toEqual([])
})

test("names no other citizen's report that was linked", () =>
  expect(courseOf(['linked', { toCode: 'HN-9' }], ['answer_passed_on', { fromCode: 'HN-9' }])).toEqual([
    ['answer_sent', {}],
  ]))
