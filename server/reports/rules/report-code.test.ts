import { expect, test } from 'vitest'
import { partsByCode, reportCode } from './report-code.ts'

const code = reportCode('2024-09-07', 113)

test.each([
  ['none', 'Đã gọi cho tổ dân phố', ['Đã gọi cho tổ dân phố']],
  ['one alone', code, ['', code, '']],
  ['one in a sentence', `Trùng với ${code}, chờ gộp.`, ['Trùng với ', code, ', chờ gộp.']],
  ['several', `${code} và HN-240908-12345`, ['', code, ' và ', 'HN-240908-12345', '']],
  ['one in brackets', `(xem ${code})`, ['(xem ', code, ')']],
  ['one after the sign that called it up', `#${code}`, ['#', code, '']],
  ['one in an address', `https://desk.hanoi/reports/${code}`, ['https://desk.hanoi/reports/', code, '']],
  ['no code but the beginning of a longer number', `${code}789`, [`${code}789`]],
  ['no code but a part of another', `X-${code}`, [`X-${code}`]],
  ['the code of another city', 'HCM-240907-0113', ['HCM-240907-0113']],
])('a text with %s', (_, text, parts) => expect(partsByCode(text)).toEqual(parts))
