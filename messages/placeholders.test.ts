import { expect, test } from 'vitest'
import { argumentsOf } from './placeholders.ts'

test.each([
  ['Không có gì', []],
  ['Có {count} phản ánh ở {area}', ['area', 'count']],
  ['{count, plural, one {report} other {# reports by {name}}} now', ['count', 'name']],
  ['{when, date, ::ddMMyyyy} hoặc {kind, select, a {một} other {hai}}', ['kind', 'when']],
  ['Xem <link>quy định</link> của {agency}', ['<link', 'agency']],
])('%s', (message, names) => expect(argumentsOf(message)).toEqual(names))
