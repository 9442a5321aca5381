import { expect, test } from 'vitest'
import { mentionsIn, partsByMention } from './mentions.ts'

const an = { id: 'an', name: 'Nguyễn Văn An' }
const anBinh = { id: 'an-binh', name: 'Nguyễn Văn An Bình' }
const otherAn = { id: 'other-an', name: 'Nguyễn Văn An' }

test.each([
  ['still there', '@Nguyễn Văn An xem giúp', [an], ['an']],
  ['twice, and told once', '@Nguyễn Văn An, @Nguyễn Văn An', [an], ['an']],
  ['deleted again', 'Xem giúp', [an], []],
  ['without its sign', 'Nguyễn Văn An xem giúp', [an], []],
  ['part of a longer word', '@Nguyễn Văn Anh', [an], []],
  ['beside a name that it begins', '@Nguyễn Văn An Bình', [an, anBinh], ['an-binh']],
  ['of two namesakes once: the one chosen last', '@Nguyễn Văn An', [an, otherAn], ['other-an']],
  ['of two namesakes twice', '@Nguyễn Văn An và @Nguyễn Văn An', [an, otherAn], ['an', 'other-an']],
])('a mention %s', (_, text, chosen, expected) => {
  expect(mentionsIn(text, chosen).map(({ id }) => id)).toEqual(expected)
})

test('a text is divided at its mentions', () => {
  expect(partsByMention('Nhờ @Nguyễn Văn An xem.', [an])).toEqual(['Nhờ ', '@Nguyễn Văn An', ' xem.'])
  expect(partsByMention('Nhờ @Nguyễn Văn An xem.', [])).toEqual(['Nhờ @Nguyễn Văn An xem.'])
})
