import { describe, expect, test } from 'vitest'
import { timeReader } from './times.ts'

const read = (format: string, text: string, zone = 'Asia/Ho_Chi_Minh') =>
  timeReader(format, zone)?.(text)?.toISOString()

describe('a time is read', () => {
  test.each([
    ['iso', '2024-09-07T14:05:09+07:00', '2024-09-07T07:05:09.000Z'],
    ['iso', '2024-09-07 14:05', '2024-09-07T07:05:00.000Z'],
    ['iso', '2024-09-07', '2024-09-06T17:00:00.000Z'],
    ['iso', '2024-09-07T14:05:09.123Z', '2024-09-07T14:05:09.123Z'],
    ['iso', '2024-09-07T14:05-0330', '2024-09-07T17:35:00.000Z'],
    ['dd/MM/yyyy HH:mm', '7/9/2024 14:05', '2024-09-07T07:05:00.000Z'],
    ['dd/MM/yyyy', '29/02/2024', '2024-02-28T17:00:00.000Z'],
    ['HH:mm:ss, dd.MM.yyyy', '08:00:01, 01.12.2024', '2024-12-01T01:00:01.000Z'],
    ['MM/dd/yyyy hh:mm:ss a', '09/07/2024 02:05:09 PM', '2024-09-07T07:05:09.000Z'],
    ['MM/dd/yyyy hh:mm:ss a', '09/07/2024 12:00:00 AM', '2024-09-06T17:00:00.000Z'],
    ['MM/dd/yyyy hh:mm a', '9/7/2024 12:30 pm', '2024-09-07T05:30:00.000Z'],
    ['MM/dd/yyyy hh:mma', '09/07/2024 11:59PM', '2024-09-07T16:59:00.000Z'],
    ['epoch_seconds', '1725692709', '2024-09-07T07:05:09.000Z'],
    ['epoch_millis', '1725692709500', '2024-09-07T07:05:09.500Z'],
  ])('%s: %s', (format, text, expected) => {
    expect(read(format, text)).toBe(expected)
  })

  test('in the time zone it was written in, also when its clocks change', () => {
    const boston = (text: string) => read('yyyy-MM-dd HH:mm:ss', text, 'America/New_York')
    expect(boston('2011-07-01 01:32:33')).toBe('2011-07-01T05:32:33.000Z')
    expect(boston('2011-12-31 22:25:24')).toBe('2012-01-01T03:25:24.000Z')
    expect(boston('2011-11-06 00:59:00')).toBe('2011-11-06T04:59:00.000Z')
    expect(boston('2011-11-06 03:00:00')).toBe('2011-11-06T08:00:00.000Z')
  })
})

describe('a time is refused', () => {
  test.each([
    ['iso', '07/09/2024'],
    ['iso', '2024-02-30'],
    ['iso', '2024-13-01'],
    ['iso', '2024-09-07 25:00'],
    ['iso', 'hôm qua'],
    ['dd/MM/yyyy', '31/04/2024'],
    ['dd/MM/yyyy', '2024-04-01'],
    ['MM/dd/yyyy hh:mm:ss a', '09/07/2024 13:05:09 PM'],
    ['MM/dd/yyyy hh:mm:ss a', '09/07/2024 00:05:09 AM'],
    ['MM/dd/yyyy hh:mm:ss a', '09/07/2024 02:05:09'],
    ['epoch_seconds', 'soon'],
    ['epoch_millis', '999999999999999999'],
  ])('%s: %s', (format, text) => {
    expect(timeReader(format, 'Asia/Ho_Chi_Minh')?.(text)).toBeNull()
  })

  test('in a format without a day', () => {
    for (const format of ['', 'HH:mm', 'dd/MM', 'yyyy-MM-dd yyyy']) expect(timeReader(format, 'UTC')).toBeNull()
  })

  test('in a format that does not say which half of the day an hour is in, or says it of 24 hours', () => {
    for (const time of ['hh:mm', 'HH:mm a', 'HH hh a', 'a']) expect(timeReader(`MM/dd/yyyy ${time}`, 'UTC')).toBeNull()
  })
})
