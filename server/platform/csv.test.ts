import { parse } from 'csv-parse/sync'
import { expect, test } from 'vitest'
import { csvLines } from './csv.ts'

test.for(['=1+1', '+84 24', '-2', '@sum(a1)', '＝1+1', '\tx', '\rx', '=cmd|"/c calc"!A1'])(
  '%j is no formula',
  (text) => {
    expect(parse(csvLines([['a', text]]))).toEqual([['a', `\t${text}`]])
  },
)

test('Excel on a Vietnamese Windows reads semicolons, and a comma in numbers only', () => {
  const rows = [['Tỷ lệ', 0.5, -1.25, 12, 'a;b', '1.5', 'Sở A, B']]
  expect(csvLines(rows, 'semicolon')).toBe('Tỷ lệ;0,5;-1,25;12;"a;b";1.5;Sở A, B\r\n')
  expect(csvLines([['=1+1']], 'semicolon')).toBe('"\t=1+1"\r\n')
})

test('a negative number stays a number, and plain text is unchanged', () => {
  expect(csvLines([[-2, 0.5, null, 'phố Hàng Bạc, "số 2"', 'a=b']])).toBe('-2,0.5,,"phố Hàng Bạc, ""số 2""",a=b\r\n')
})
