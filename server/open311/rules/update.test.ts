import { expect, test } from 'vitest'
import { readUpdate, sayingOf } from './update.ts'

const line = (status: string) => `[${status}]`
const form = (fields: Record<string, string>) =>
  readUpdate(new URLSearchParams({ service_request_id: 'HN-1', ...fields }))

test.for([
  [{ description: 'Vẫn còn' }, false, 'information', 'Vẫn còn'],
  [{ description: 'Vẫn còn', status: 'OPEN' }, false, 'information', 'Vẫn còn'],
  [{ description: 'Vẫn còn', status: 'Open' }, true, 'reopening', 'Vẫn còn'],
  [{ description: 'Xong rồi', status: 'CLOSED' }, false, 'information', 'Xong rồi\n\n[CLOSED]'],
  [{ description: 'Xong rồi', status: 'closed' }, true, 'information', 'Xong rồi\n\n[closed]'],
  [{ description: 'Đã xem', status: 'INVESTIGATING' }, false, 'information', 'Đã xem\n\n[INVESTIGATING]'],
  [{ description: 'Làm lại', status: 'REOPEN' }, true, 'information', 'Làm lại\n\n[REOPEN]'],
  [{ description: '', status: ' in\nprogress ' }, false, 'information', '[in progress]'],
  [{ 'attribute[rating]': 'satisfied', description: 'Tốt', status: 'CLOSED' }, true, 'rating', 'Tốt'],
] as const)('%j of an answered request (%s) is %s', ([fields, isAnswered, is, words]) => {
  const saying = sayingOf(form(fields), isAnswered, line)
  const { input } = saying
  const said = 'body' in input ? input.body : 'reason' in input ? input.reason : input.words
  expect([saying.is, said]).toEqual([is, words])
})

test('a status that says nothing needs words, and none is longer than a line', () => {
  expect(() => form({ status: 'OPEN' })).toThrow()
  expect(() => form({ description: 'x', status: 'x'.repeat(61) })).toThrow()
})
