import { expect, test } from 'vitest'
import { fixed } from '#db/factories/outcomes.ts'
import { emptyOutcome } from '#server/reports/rules/outcome.ts'
import { backInBox } from './back-in-box.ts'

const inForm = { outcome: 'fixed', plannedFor: '', referredTo: '' }
const answer = { what: 'Đã dọn', where: 'Hàng Bài', when: 'Sáng nay', ...fixed, next: '', without: ['a'] }

test('an answer returns to its box as it was, with the photos that it left out', () => {
  expect(backInBox(answer, undefined)).toEqual({ ...answer, ...inForm })
})

test('nothing that was begun in the box meanwhile is lost, and nothing is there twice', () => {
  const begun = {
    what: 'Đã rào lại',
    where: 'Hàng Bài',
    when: '',
    ...emptyOutcome,
    next: 'Sẽ trồng lại',
    without: ['b'],
  }
  expect(backInBox(answer, begun)).toEqual({
    what: 'Đã dọn\n\nĐã rào lại',
    where: 'Hàng Bài',
    when: 'Sáng nay',
    ...inForm,
    next: 'Sẽ trồng lại',
    without: ['a', 'b'],
  })
  expect(backInBox(answer, { ...begun, where: 'Ngõ 12' }).where).toBe('Hàng Bài; Ngõ 12')
  const planned = { outcome: 'planned', plannedFor: '2026-12-01', referredTo: '' } as const
  expect(backInBox(answer, { ...begun, ...planned })).toMatchObject(planned)
})
