import { describe, expect, test } from 'vitest'
import { hanoi } from '#server/calendars/rules/test-calendars.ts'
import {
  lastTurn,
  linesOf,
  nextTurn,
  placesWithin,
  shareAddress,
  shareMark,
  spanInWords,
  titleSize,
} from './share-image.ts'

test.each([
  ['undated', false, null],
  ['inForce', false, null],
  ['upcoming', false, null],
  ['expired', false, 'expired'],
  ['stale', false, 'stale'],
  ['withdrawn', false, 'withdrawn'],
  ['superseded', false, 'superseded'],
  ['expired', true, 'exercise'],
] as const)('a bulletin that is %s (exercise: %s) is marked %s', (validity, isExercise, mark) => {
  expect(shareMark(validity, isExercise)).toBe(mark)
})

describe('the address of a picture', () => {
  const bulletin = {
    slug: 'cam-cau',
    standing: 'live',
    publishedAt: hanoi('2026-03-02 09:00'),
    changedAt: hanoi('2026-03-02 09:00'),
  } as const
  const told = { language: 'vi', shape: 'doc', validity: 'inForce' } as const

  test('names the language, the bulletin and the shape', () => {
    expect(shareAddress(bulletin, told)).toMatch(/^\/ban-tin\/cam-cau\/chia-se-doc\.png\?v=[\w-]+$/)
    expect(shareAddress(bulletin, { ...told, language: 'en', shape: 'ngang' })).toMatch(
      /^\/en\/ban-tin\/cam-cau\/chia-se-ngang\.png\?v=/,
    )
  })

  test('changes after a correction of either kind, a withdrawal, and once the bulletin lapsed', () => {
    const later = hanoi('2026-03-02 10:00')
    const addresses = [
      shareAddress(bulletin, told),
      shareAddress({ ...bulletin, publishedAt: later }, told),
      shareAddress({ ...bulletin, changedAt: later }, { ...told, validity: 'withdrawn' }),
      shareAddress(bulletin, { ...told, validity: 'expired' }),
      shareAddress(bulletin, { ...told, validity: 'stale' }),
    ]
    expect(new Set(addresses).size).toBe(addresses.length)
  })
})

test('validity changes by the clock at its beginning and at its end', () => {
  const [from, to] = [hanoi('2026-03-02 09:00'), hanoi('2026-03-02 12:00')]
  const content = { kind: 'warning', validFrom: from.toISOString(), validTo: to.toISOString(), alert: null } as const
  const bulletin = { content, firstPublishedAt: from }
  const at = (time: string) => [lastTurn, nextTurn].map((turn) => turn(bulletin, hanoi(`2026-03-02 ${time}`)))
  expect(at('08:59')).toEqual([null, from])
  expect(at('09:00')).toEqual([from, to])
  expect(at('12:00')).toEqual([to, null])
})

test('a warning that names no end changes once more, when it is old; news never do', () => {
  const turns = (kind: 'warning' | 'news', at: string) => {
    const content = { kind, validFrom: null, validTo: null, alert: null }
    return [lastTurn, nextTurn].map((turn) => turn({ content, firstPublishedAt: hanoi('2026-03-02 09:00') }, hanoi(at)))
  }
  const old = hanoi('2026-03-10 00:00')
  expect(turns('warning', '2026-03-09 23:59')).toEqual([null, old])
  expect(turns('warning', '2026-03-10 00:00')).toEqual([old, null])
  expect(turns('news', '2026-03-10 00:00')).toEqual([null, null])
})

test.each([
  ['2024-09-07 14:00', '2024-09-07 22:00', 'vi', '14:00 – 22:00 ngày 07/09/2024'],
  ['2024-09-07 22:00', '2024-09-08 06:00', 'vi', '22:00 ngày 07/09/2024 – 06:00 ngày 08/09/2024'],
  ['2024-09-07 14:00', '2024-09-07 22:00', 'en', '14:00 – 22:00 on 07/09/2024'],
] as const)('from %s to %s in %s is %s', (from, to, language, words) => {
  expect(spanInWords(hanoi(from), hanoi(to), language)).toBe(words)
})

describe('places', () => {
  const wards = Array.from({ length: 126 }, (_, at) => `${at % 2 ? 'Phường' : 'Xã'} Văn Miếu – Quốc Tử Giám ${at}`)

  test('few of them are all named', () => {
    expect(placesWithin(['Phường Cửa Nam', 'Xã Sóc Sơn'], 'vi', 80)).toBe('phường Cửa Nam, xã Sóc Sơn')
  })
  test.each(['vi', 'en'] as const)('of 126 as many as there is room for, and how many more (%s)', (language) => {
    const words = placesWithin(wards, language, 80)
    expect(words.length).toBeLessThanOrEqual(80)
    expect(words).toMatch(language === 'vi' ? /và 12\d phường, xã khác$/ : /and 12\d other places$/)
  })
})

describe('the size of a title', () => {
  const [place, sizes] = [{ width: 900, height: 300 }, [100, 80, 60, 40, 30]]

  test('is large where it is short, and falls with its length', () => {
    const of = (letters: number) => titleSize('cấm cầu '.repeat(letters / 8).trim(), place, sizes)
    expect(of(16)).toBe(100)
    expect([24, 40, 80, 120, 160, 200].map(of)).toEqual([24, 40, 80, 120, 160, 200].map(of).sort((a, b) => b - a))
    expect(of(400)).toBe(30)
  })
  test('a word longer than a line is broken', () => {
    expect(linesOf('a'.repeat(100), 590, 100)).toBe(10)
  })
})
