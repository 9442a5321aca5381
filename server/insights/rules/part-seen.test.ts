import { describe, expect, test } from 'vitest'
import type { Actor, Role } from '#server/accounts/rules/actor.ts'
import { sayIn } from '#server/insights/mail/weekly-letter.ts'
import { readingRoles, scopeOf } from '#server/reports/rules/scope.ts'
import type { BoardHeader } from './board.ts'
import { againstAgencyWords, isPartSeen, readingAgencies, whoseWords } from './part-seen.ts'

const ward = ['ward', 'ward-team']
const accountOf = (role: Role, agencyIds: string[], cityWide = false): Actor => ({
  kind: 'staff',
  id: 'someone',
  name: 'someone',
  grants: [{ role, agencyId: agencyIds[0] ?? 'city', agencyIds, cityWide }],
})

describe.for(readingRoles)('the %s', (role) => {
  test.for<[string, Actor, (string | null)[], boolean]>([
    ['of the city sees all of the city', accountOf(role, [], true), [null], false],
    ['of the city sees all of any agency', accountOf(role, [], true), ['department'], false],
    ['of an agency sees a part of the city', accountOf(role, ward), [null], true],
    ['of an agency sees all of the agency', accountOf(role, ward), ['ward'], false],
    ['of an agency sees all of an agency below it', accountOf(role, ward), ['ward-team'], false],
    ['of an agency sees a part of another agency', accountOf(role, ward), ['department'], true],
    ['of an agency sees all of its own bar of the whole city', accountOf(role, ward), [null, 'ward'], false],
    ['of an agency sees a part of the bar of another', accountOf(role, ward), [null, 'department'], true],
    ['of an agency sees a part of what no agency has', accountOf(role, ward), [null, 'none'], true],
  ])('%s', ([, actor, agencies, isPart]) => {
    expect(isPartSeen(scopeOf(actor), agencies)).toBe(isPart)
  })
})

test('an account whose roles read no report sees a part of everything, its own agency included', () => {
  const actor = accountOf('editor', ward)
  expect([isPartSeen(scopeOf(actor), [null]), isPartSeen(scopeOf(actor), ['ward'])]).toEqual([true, true])
  expect(readingAgencies(actor)).toEqual([])
})

const named = (id: string, name: string) => ({ id, name, shortName: name })
const hoanKiem = named('ward', 'UBND phường Hoàn Kiếm')
const other = named('other', 'UBND phường Cửa Nam')
const headerOf = (scope: BoardHeader['scope'], agency: string | null) =>
  ({ scope, names: { agency } }) as Pick<BoardHeader, 'scope' | 'names'>

describe('the heading of figures', () => {
  test.for<[BoardHeader['scope'], string | null, string, string]>([
    [{ all: true }, null, 'Toàn thành phố', 'The whole city'],
    [{ all: true }, 'Sở Xây dựng', 'Sở Xây dựng', 'Sở Xây dựng'],
    [
      { all: false, agencies: [hoanKiem], isPart: true },
      null,
      'Phần UBND phường Hoàn Kiếm được xem',
      'The part that UBND phường Hoàn Kiếm may see',
    ],
    [{ all: false, agencies: [hoanKiem], isPart: false }, 'Tổ Địa chính', 'Tổ Địa chính', 'Tổ Địa chính'],
    [
      { all: false, agencies: [hoanKiem, other], isPart: true },
      'Sở Xây dựng',
      'Sở Xây dựng: phần UBND phường Hoàn Kiếm và 1 đơn vị khác được xem',
      'Sở Xây dựng: the part that UBND phường Hoàn Kiếm and 1 other agency may see',
    ],
    [
      { all: false, agencies: [], isPart: true },
      null,
      'Phần tài khoản này được xem',
      'The part that this account may see',
    ],
  ])('%j, narrowed to %s: %s', ([scope, agency, vi, en]) => {
    const header = headerOf(scope, agency)
    expect([whoseWords(header, sayIn('vi')), whoseWords(header, sayIn('en'))]).toEqual([vi, en])
  })

  test('says the same of an agency compared with', () => {
    const scope = { all: false, agencies: [hoanKiem], isPart: false } as const
    const compared = { kind: 'agency', from: new Date(0), to: new Date(0), agency: named('d', 'Sở Xây dựng') } as const
    const against = (isPart: boolean) =>
      againstAgencyWords({ scope: { ...scope, agencies: [hoanKiem] }, compared: { ...compared, isPart } }, sayIn('vi'))
    expect([against(false), against(true)]).toEqual([
      'so với Sở Xây dựng',
      'so với Sở Xây dựng (phần UBND phường Hoàn Kiếm được xem)',
    ])
  })
})
