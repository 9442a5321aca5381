import { expect, test } from 'vitest'
import { backInBox } from './back-in-box.ts'

const answer = { what: 'Đã dọn', where: 'Hàng Bài', when: 'Sáng nay', next: '', without: ['a'] }

test('an answer returns to its box as it was, with the photos that it left out', () => {
  expect(backInBox(answer, undefined)).toEqual(answer)
})

test('nothing that was begun in the box meanwhile is lost, and nothing is there twice', () => {
  const begun = { what: 'Đã rào lại', where: 'Hàng Bài', when: '', next: 'Sẽ trồng lại', without: ['b'] }
  expect(backInBox(answer, begun)).toEqual({
    what: 'Đã dọn\n\nĐã rào lại',
    where: 'Hàng Bài',
    when: 'Sáng nay',
    next: 'Sẽ trồng lại',
    without: ['a', 'b'],
  })
  expect(backInBox(answer, { ...begun, where: 'Ngõ 12' }).where).toBe('Hàng Bài; Ngõ 12')
})
