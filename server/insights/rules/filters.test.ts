import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { boardFiltersSchema } from './board-input.ts'
import { boardAddress, boardParameters, noBoardFilters, parseBoard } from './filters.ts'

const read = (address: string) => parseBoard(Object.fromEntries(new URLSearchParams(address)))
const incident = '0198f3a0-0000-7000-8000-000000000001'

describe('the address of the board', () => {
  test('of an untouched board is empty', () => {
    expect(boardAddress(noBoardFilters)).toBe('/insights')
    expect(read('')).toEqual(noBoardFilters)
  })

  test('is written in one order, the frame before what narrows', () => {
    const address = `/insights?period=2026-09-01..2026-09-07&compare=agency&with=cvcx&agency=so-xay-dung&area=7&category=CX-01&channel=app&severity=urgent&incident=${incident}&as=issued:2026-09-08T00:00:00.000Z`
    expect(boardAddress(read(address.slice('/insights?'.length)))).toBe(address)
  })

  test.each([
    ['period=2026-09-07..2026-09-01', 'period=2026-09-01..2026-09-07'],
    ['period=2026-09-01..2026-09-01', 'period=2026-09-01'],
    ['period=30d&compare=previous', ''],
    ['period=2026-09-01..', ''],
    ['period=1999-12-31..2000-01-01', ''],
    ['compare=agency', ''],
    ['compare=year&with=cvcx', 'compare=year'],
    ['area=0&channel=pigeon&agency=A!', ''],
    ['as=issued:2026-02-30T00:00:00.000Z', ''],
    ['as=guessed:2026-09-08T00:00:00.000Z', ''],
    ['as=known:2026-09-08', ''],
  ])('reads %s as %s', (address, written) => {
    expect(boardParameters(read(address)).toString()).toBe(written)
  })

  const values = fc.constantFrom(
    ...['0', '7', '-1', 'cvcx', 'CX-01', 'app', 'urgent', 'agency', 'year', '7d', incident, ''],
    ...['00000000-0000-0000-0000-00000000000f', '0001-01-01', '2026-01-01..', '2026-02-30', '2026-01-02..2025-01-01'],
    ...['issued:2026-09-08T00:00:00.000Z', 'known:2026-09-08T00:00:00.000Z', 'issued:1000-01-01T00:00:00.000Z'],
  )
  const names = ['period', 'compare', 'with', 'agency', 'area', 'category', 'channel', 'severity', 'incident', 'as']
  test('whatever it holds, the procedure accepts what was parsed; written, it is parsed back', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom(...names), fc.oneof(values, fc.array(values))), (address) => {
        const filters = parseBoard(address)
        expect(boardFiltersSchema.safeParse(filters).error).toBeUndefined()
        expect(read(boardParameters(filters).toString())).toEqual(filters)
      }),
      { numRuns: 2000 },
    )
  })
})
