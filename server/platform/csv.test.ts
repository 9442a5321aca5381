import { parse } from 'csv-parse/sync'
import { expect, test } from 'vitest'
import { csvLines } from './csv.ts'

test.for(['=1+1', '+84 24', '-2', '@sum(a1)', '＝1+1', '\tx', '\rx', '=cmd|"/c calc"!A1'])(
  '%j is no formula',
  (text) => {
    expect(parse(csvLines([['a', text]]))).toEqual([['a', `\t${text}`]])
  },
)

test.for(['a;=1+1', 'a,=1+1;b', 'a\n=1+1', 'a\t-2+cmd;', 'a;"=1+1;b', 'a;=1,b\r\n+1'])(
  '%j holds no formula for a spreadsheet that expects another separator',
  (text) => {
    for (const [look, other] of [
      ['comma', ';'],
      ['semicolon', ','],
    ] as const) {
      const lines = csvLines([['Mã', text, 'Sở']], look).split(/[\r\n]+/)
      const cells = lines.flatMap((line) => line.split(other))
      expect(cells.filter((cell) => /^"*[=+\-@]/.test(cell))).toEqual([])
    }
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
