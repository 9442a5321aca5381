import { expect, test } from 'vitest'
import { messagesOf } from '#messages/catalog.ts'
import { argumentsOf } from '#messages/placeholders.ts'
import { countsOf } from './log-counts.ts'

test('every sentence of the log gets the numbers that it names', () => {
  const given = Object.keys(countsOf({}))
  const sentences = Object.entries(messagesOf('vi').incidents.log.events)
  const named = sentences.flatMap(([event, sentence]) => argumentsOf(sentence).map((name) => [event, name] as const))
  expect(named.filter(([, name]) => !given.includes(name))).toEqual([])
})
