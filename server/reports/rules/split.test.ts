import { describe, expect, test } from 'vitest'
import { type ReportState, reportStates } from './lifecycle.ts'
import { bringsBack, isSplittable, type Part, refusalReasonForPart } from './split.ts'

const merged = new Date('2026-03-02T10:00:00+07:00')
const [before, after] = [new Date(merged.getTime() - 60_000), new Date(merged.getTime() + 60_000)]

describe('what is taken along', () => {
  const proof = { kind: 'photo', photo: 'proof' } as const
  test.each<[string, Part, Date | null, ReturnType<typeof refusalReasonForPart>]>([
    ['what the citizen added since the merge', { kind: 'message', message: 'added', at: after }, merged, null],
    ['his reply', { kind: 'message', message: 'reply', at: after }, merged, null],
    ['never what he was asked', { kind: 'message', message: 'question', at: after }, merged, 'question'],
    ['never what the city told everybody', { kind: 'message', message: 'notice', at: after }, merged, 'notice'],
    ['a note', { kind: 'note', at: after }, merged, null],
    ['no note from before the merge', { kind: 'note', at: before }, merged, 'before_merge'],
    ['a note of the very moment', { kind: 'note', at: merged }, merged, null],
    ['any note, where no merge is taken back', { kind: 'note', at: before }, null, null],
    ['his photo', { kind: 'photo', photo: 'citizen', isInAnswer: false, at: before }, null, null],
    ['a proof that no answer shows', { ...proof, isInAnswer: false, at: after }, merged, null],
    ['no proof that an answer shows', { ...proof, isInAnswer: true, at: after }, merged, 'answer'],
  ])('%s', (_, part, since, refusalReason) => {
    expect(refusalReasonForPart(part, since)).toBe(refusalReason)
  })
})

test('a second matter can be split from any report except a merged or rejected one', () => {
  const not: ReportState[] = ['rejected', 'merged']
  expect(reportStates.filter((state) => !isSplittable(state))).toEqual(not)
})

test('merged again within a day into the report it came from, it brings back what it took', () => {
  const split = { fromReportId: 7, at: merged }
  const at = (hours: number) => new Date(merged.getTime() + hours * 3_600_000)
  expect(bringsBack(split, 7, at(24))).toBe(true)
  expect(bringsBack(split, 7, at(24.1))).toBe(false)
  expect(bringsBack(split, 8, at(1))).toBe(false)
  expect(bringsBack(null, 7, at(1))).toBe(false)
})
