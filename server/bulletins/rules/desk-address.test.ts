import { describe, expect, test } from 'vitest'
import { type DeskState, deskQuery, listingOf, parseDesk } from './desk-address.ts'
import { noDeskFilters } from './desk-filters.ts'
import { listBulletinsInput } from './schemas.ts'

const incidentId = '0198f3a0-0000-7000-8000-000000000001'
const read = (query: string) => parseDesk(Object.fromEntries(new URLSearchParams(query)))

describe('the address of the bulletin desk', () => {
  test('of an untouched desk is empty', () => {
    expect(deskQuery(read(''))).toBe('')
    expect(read('')).toEqual({ ...noDeskFilters, view: 'work' })
  })

  test('restores the very same desk', () => {
    const desk: DeskState = {
      view: 'in_review',
      kind: 'road_closed',
      incidentId,
      areaId: 12,
      day: { from: '2024-09-06', to: '2024-09-11' },
      text: 'ngập Nguyễn Xiển',
    }
    expect(read(deskQuery(desk))).toEqual(desk)
  })

  test.each([
    ['view=overdue', 'view', 'work'],
    ['kind=gossip', 'kind', null],
    ['incident=12', 'incidentId', null],
    ['area=-4', 'areaId', null],
    ['from=2024-02-31', 'day', null],
    ['from=2024-09-11&to=2024-09-06', 'day', { from: '2024-09-06', to: '2024-09-11' }],
    ['q=%20%20bão%20%20số%203', 'text', 'bão số 3'],
  ] as const)('reads %s without an error', (query, key, value) => {
    expect(read(query)[key]).toEqual(value)
  })

  test.each(['from=0001-01-01', 'to=9999-12-31', 'incident=00000000-0000-0000-0000-00000000000f', 'area=0', 'view=x'])(
    'the procedure accepts what was parsed from %s',
    (query) => expect(listBulletinsInput.safeParse(listingOf(read(query))).error).toBeUndefined(),
  )

  test('lists what needs a second look whatever its state', () => {
    expect(listingOf(read('view=look_back'))).toMatchObject({ states: [], needsLookBack: true, mine: false })
    expect(listingOf(read('view=mine'))).toMatchObject({ mine: true })
    expect(listingOf(read('view=scheduled')).states).toEqual(['scheduled'])
  })
})
