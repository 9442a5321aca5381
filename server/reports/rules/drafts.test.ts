import { expect, test } from 'vitest'
import { draftLimits, keepDraftInput } from './drafts.ts'

const draft = (value: Record<string, string | string[]>) => ({ reportId: 1, kind: 'answer', value, base: null })
const named = (count: number, value: string | string[]) =>
  Object.fromEntries(Array.from({ length: count }, (_, n) => [`field ${n}`, value]))
const long = 'ă'.repeat(draftLimits.characters / 4)

test.each<[string, Record<string, string | string[]>, string | null]>([
  ['what was written', { what: 'Đã dọn cây đổ', where: '', photoIds: ['a', 'b'] }, null],
  ['as much as anybody writes', named(4, long), null],
  ['a little more', { ...named(4, long), next: '.' }, 'too_long'],
  [
    'the same by lists',
    named(
      9,
      Array.from({ length: 40 }, () => 'x'.repeat(200)),
    ),
    'too_long',
  ],
  ['more fields than a form has', named(draftLimits.fields + 1, ''), 'too_many'],
])('the server accepts a draft or refuses it: %s', (_, value, problem) => {
  const read = keepDraftInput.safeParse(draft(value))
  expect(read.error?.issues[0]?.message ?? null).toBe(problem)
})
