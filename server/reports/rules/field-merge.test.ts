import { describe, expect, test } from 'vitest'
import { fieldsSetBy, type LoggedChange, type ReportField, reportFields, standingAgainst } from './field-merge.ts'

const category = { event: 'report.category_changed', details: { category: ['CX-01', 'CX-02'], dueAt: ['a', 'b'] } }
const severity = { event: 'report.severity_changed', details: { severity: ['normal', 'urgent'], reason: 'Chắn đường' } }
const place = {
  event: 'report.place_changed',
  details: { address: ['', '20 Hàng Bài'], areaId: [1, 1], point: [null, null] },
}
const pin = {
  event: 'report.place_changed',
  details: { address: ['x', 'x'], areaId: [1, 2], point: [null, { lon: 1, lat: 2 }] },
}
const tags = { event: 'report.tags_changed', details: { tags: [[], ['bão số 3']] } }
const incident = { event: 'report.incident_linked', details: { incidentId: [null, 'yagi'] } }
const person = { event: 'report.person_assigned', details: { assigneeId: ['lan', null] } }

describe('the fields that a change sets', () => {
  const cases: [string, LoggedChange, ReportField[]][] = [
    ['a category; the deadline follows and is no field', category, ['category']],
    ['a severity, with its reason', severity, ['severity']],
    ['a place by its words', place, ['place']],
    ['a place by its pin', pin, ['place']],
    ['tags', tags, ['tags']],
    ['the same tags again: nothing', { ...tags, details: { tags: [['a'], ['a']] } }, []],
    ['an incident', incident, ['incident']],
    ['a person', person, ['assignee']],
    [
      'an intake that corrects the category',
      { event: 'report.assigned', details: { agencyId: 'hk', category: ['a', 'b'] } },
      ['category'],
    ],
    ['an acceptance for oneself', { event: 'report.accepted', details: { assigneeId: 'lan' } }, ['assignee']],
    ['an acceptance for nobody', { event: 'report.accepted', details: {} }, []],
    ['a return: nobody has it in hand', { event: 'report.returned', details: { agencyId: 'hk' } }, ['assignee']],
    ['a transfer', { event: 'report.transferred', details: { from: 'hk', agencyId: 'cx' } }, ['assignee']],
    ['an answer', { event: 'report.answer_submitted', details: { answerId: '1' } }, []],
    ['a recomputed deadline', { event: 'report.deadline_recomputed', details: { dueAt: ['a', 'b'] } }, []],
  ]
  test.each(cases)('%s', (_, change, fields) => {
    expect(fieldsSetBy(change)).toEqual(fields)
  })
})

test('setting a field conflicts only with changes of the same field', () => {
  const all = [category, severity, place, tags, incident, person]
  for (const field of reportFields) {
    const against = standingAgainst(field, all)
    expect([field, against.length, against.flatMap(fieldsSetBy)]).toEqual([field, 1, [field]])
  }
  expect(standingAgainst('place', [place, tags, pin])).toEqual([place, pin])
  expect(standingAgainst('tags', [])).toEqual([])
})
