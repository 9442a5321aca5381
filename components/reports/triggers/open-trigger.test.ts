import { describe, expect, test } from 'vitest'
import { openTrigger, putInPlace, type TriggerId, takesByEnter } from './open-trigger.ts'

const all: readonly TriggerId[] = ['composer.snippet', 'composer.knowledge', 'composer.report']

/** The text with the caret at the bar. */
const at = (marked: string) => ({ text: marked.replace('|', ''), caret: marked.indexOf('|') })
const openedBy = (marked: string, ids = all) => openTrigger(at(marked).text, at(marked).caret, ids)

describe('a trigger is open', () => {
  test.each([
    ['a sign alone', '::|', 'composer.snippet', 0, ''],
    ['with the first letters', '::do|', 'composer.snippet', 0, 'do'],
    ['after a space', 'Đã xong. ::dọn|', 'composer.snippet', 9, 'dọn'],
    ['with words of several syllables', '::hiện trường dọn dẹp|', 'composer.snippet', 0, 'hiện trường dọn dẹp'],
    ['with decomposed accents', '::đổ'.normalize('NFD').concat('|'), 'composer.snippet', 0, 'đổ'.normalize('NFD')],
    ['on a later line', 'Kính gửi\n::xin|', 'composer.snippet', 9, 'xin'],
    ['before existing text', '::xin|Đã cắt cành', 'composer.snippet', 0, 'xin'],
    ['in the middle of a text', 'Xem #cây đổ| rồi gọi lại', 'composer.report', 4, 'cây đổ'],
    ['for earlier answers', 'Đã kiểm tra. ??nắp hố ga|', 'composer.knowledge', 13, 'nắp hố ga'],
    ['with a code', 'Trùng với #HN-240907-0113|', 'composer.report', 10, 'HN-240907-0113'],
    ['with a number', '#0113|', 'composer.report', 0, '0113'],
    ['with a space after the word, for the next', '#cây |', 'composer.report', 0, 'cây '],
    ['in brackets', '(#cây|)', 'composer.report', 1, 'cây'],
    ['in quotation marks', '“#cây|”', 'composer.report', 1, 'cây'],
    ['nearer to the caret than another', '::dọn #cây|', 'composer.report', 6, 'cây'],
    ['after a finished one', 'Xem HN-240907-0113, #cây|', 'composer.report', 20, 'cây'],
  ])('%s', (_, marked, id, start, query) =>
    expect(openedBy(marked)).toEqual({ id, start, end: at(marked).caret, query }),
  )
})

describe('no trigger is open', () => {
  test.each([
    ['in an empty text', '|'],
    ['in plain words', 'Đã cắt cành|'],
    ['before the sign', '|::dọn'],
    ['between the two halves of a sign', ':|:dọn'],
    ['in a time', '12:30::|'],
    ['in a word', 'a#b|'],
    ['in an address', 'https://hanoi.gov.vn/tin#muc|'],
    ['after more of the same', ':::|'],
    ['after a question', 'Vì sao vậy??|'],
    ['after an emphatic question', 'Vì sao ???|'],
    ['after two number signs', '##cây|'],
    ['before a space', '# tiêu đề|'],
    ['before a sign that begins no word', '::)|'],
    ['on the next line', '::dọn\n|'],
    ['at the beginning of the next line', '#cây\nđổ|'],
    ['after two spaces', '#cây  đổ|'],
    ['beyond a comma', '#1, ưu tiên|'],
    ['beyond a full stop', '#cây đổ. Đã gọi|'],
    ['after more text than a search has', `#${'cây '.repeat(13)}|`],
  ])('%s', (_, marked) => expect(openedBy(marked)).toBeNull())

  test('where the text has no such trigger', () => {
    expect(openedBy('#cây|', ['composer.snippet'])).toBeNull()
    expect(openedBy('::dọn|', ['composer.report'])).toBeNull()
  })
})

test.each([
  ['#12', false, false],
  ['#12', true, true],
  ['#cây đổ', false, false],
  ['#hn-261127-00', false, true],
  ['#261127', false, true],
  ['::dọn', false, true],
])('of “%s”, selected by arrows: %s, Enter takes the option: %s', (text, isGoneTo, takes) => {
  const trigger = openTrigger(text, text.length, all)
  expect(trigger && takesByEnter(trigger, isGoneTo)).toBe(takes)
})

test.each([
  ['alone', '::dọn|', 'Đã dọn.', 'Đã dọn.|'],
  ['between words', 'Xem #cây| rồi gọi', 'HN-240907-0113', 'Xem HN-240907-0113| rồi gọi'],
])('the chosen option replaces the trigger, %s', (_, marked, words, expected) => {
  const { text, caret } = at(marked)
  const trigger = openTrigger(text, caret, all)
  const after = trigger && putInPlace(text, trigger, words)
  expect(after && `${after.text.slice(0, after.caret)}|${after.text.slice(after.caret)}`).toBe(expected)
})
