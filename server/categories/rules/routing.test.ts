import { describe, expect, test } from 'vitest'
import { committeeOf, inOffice, leadAgencyOf, type RoutingAgency } from './routing.ts'

function agency(id: string, rest: Partial<RoutingAgency> = {}): RoutingAgency {
  return { id, areaCode: null, validFrom: null, validTo: null, successorId: null, ...rest }
}

const agencies = new Map(
  [
    agency('so-gtvt', { validTo: '2025-02-28', successorId: 'so-xay-dung' }),
    agency('so-xay-dung', { validFrom: '2025-03-01' }),
    agency('ended', { validTo: '2024-12-31' }),
    agency('one', { validTo: '2024-01-01', successorId: 'other' }),
    agency('other', { validTo: '2024-01-01', successorId: 'one' }),
    agency('ward-before', { areaCode: '00004', validTo: '2025-06-30' }),
    agency('ward-after', { areaCode: '00004', validFrom: '2025-07-01' }),
    agency('district', { areaCode: '001', validTo: '2025-06-30' }),
    agency('trees'),
  ].map((each) => [each.id, each]),
)

describe('the agency a report goes to', () => {
  const cases = [
    {
      title: 'the lead agency of the category',
      lead: 'trees',
      areaCodes: ['00004'],
      day: '2026-01-05',
      goesTo: 'trees',
    },
    {
      title: 'its successor once it has ended',
      lead: 'so-gtvt',
      areaCodes: [],
      day: '2025-03-01',
      goesTo: 'so-xay-dung',
    },
    { title: 'itself on its last day', lead: 'so-gtvt', areaCodes: [], day: '2025-02-28', goesTo: 'so-gtvt' },
    {
      title: "the place's committee without a lead",
      lead: null,
      areaCodes: ['00004'],
      day: '2026-01-05',
      goesTo: 'ward-after',
    },
    {
      title: 'the district while there were districts',
      lead: null,
      areaCodes: ['x', '001'],
      day: '2024-09-07',
      goesTo: 'district',
    },
    {
      title: 'the committee where the lead ended without successor',
      lead: 'ended',
      areaCodes: ['00004'],
      day: '2025-07-01',
      goesTo: 'ward-after',
    },
    { title: 'nobody, so that a dispatcher chooses', lead: null, areaCodes: [], day: '2026-01-05', goesTo: null },
    {
      title: 'the committee where the lead is unknown',
      lead: 'nowhere',
      areaCodes: ['00004'],
      day: '2025-06-30',
      goesTo: 'ward-before',
    },
  ]
  test.each(cases)('is $title', ({ lead, areaCodes, day, goesTo }) => {
    expect(leadAgencyOf({ category: { leadAgencyId: lead }, areaCodes, day }, agencies)).toBe(goesTo)
  })
})

test('successors in a circle end the search', () => {
  expect(inOffice('one', '2026-01-05', agencies)).toBeNull()
})

test('an agency that has not begun is not in office', () => {
  expect(inOffice('so-xay-dung', '2025-02-28', agencies)).toBeNull()
})

test('a reused code means the committee of the day', () => {
  expect(committeeOf(['00004'], '2025-06-30', agencies)).toBe('ward-before')
  expect(committeeOf(['00004'], '2025-07-01', agencies)).toBe('ward-after')
})
