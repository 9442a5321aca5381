import { expect, test } from 'vitest'
import { type AnswerDraft, type AnswerFinding, findingsIn } from './answer-findings.ts'
import { needsSecondLook } from './second-look.ts'

const complete: AnswerDraft = {
  what: 'Tổ công tác đã cắt và dọn sạch cây xà cừ đổ, trả lại lòng đường cho xe đi lại.',
  where: 'Trước số 12 Lò Đúc',
  when: '08 giờ 30 ngày 20/11/2026',
  next: 'Trồng cây thay thế trước Tết',
  photos: 1,
}

test.each<[string, Partial<AnswerDraft>, boolean, string[]]>([
  ['a complete answer', {}, true, []],
  ['no photo where the category asks for one', { photos: 0 }, true, ['no_photo']],
  ['no photo where none is asked for', { photos: 0 }, false, []],
  ['nothing said', { what: ' ' }, false, ['no_what']],
  ['too few words', { what: 'Đã dọn xong cây đổ' }, false, ['short_what']],
  [
    'words that put off',
    { what: 'Đơn vị đã tiếp nhận phản ánh và sẽ xem xét giải quyết trong thời gian tới' },
    false,
    ['vague_what'],
  ],
  ['empty fields', { where: '', when: ' ', next: '' }, false, ['no_where', 'no_when', 'no_next']],
  ['the number of a mobile', { what: `${complete.what} Liên hệ anh Nam 0912 345 678.` }, false, ['personal_data']],
  ['an identity number', { next: 'Biên bản với ông An, số 001085012345' }, false, ['personal_data']],
  ['a number plate', { where: 'Chỗ xe 29A-123.45 đỗ' }, false, ['personal_data']],
  ['hotlines, landlines, days and codes', { next: 'Gọi 1022 hoặc 024 3825 3536, mã HN-240907-0113' }, false, []],
])('%s', (_, rest, needsPhoto, expected) => {
  expect(findingsIn({ ...complete, ...rest }, { needsPhoto })).toEqual(expected)
})

test('decomposed letters are read like composed ones', () => {
  const what = 'Đơn vị đã tiếp nhận phản ánh và sẽ xem xét giải quyết trong thời gian tới'.normalize('NFD')
  expect(findingsIn({ ...complete, what }, { needsPhoto: false })).toEqual(['vague_what'])
})

test.each<[string, AnswerFinding[], boolean]>([
  ['nothing is missing', [], false],
  ['short, and nothing comes next', ['short_what', 'no_next'], false],
  ['the proof is missing', ['no_next', 'no_photo'], true],
  ['somebody is named by a number', ['personal_data'], true],
  ['it puts off', ['vague_what'], true],
  ['a part is not said', ['no_when'], true],
])('before it is approved, %s', (_, findings, expected) => {
  expect(needsSecondLook(findings)).toBe(expected)
})
