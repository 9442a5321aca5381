import { describe, expect, test } from 'vitest'
import { foundIn } from './found-in.ts'
import { type ParsedQuery, parseSearchQuery } from './search.ts'

const nothing = { answer: [], message: [], note: [], photo: [] }
const found = (words: string, said: Partial<Parameters<typeof foundIn>[0]>) =>
  foundIn({ ...nothing, ...said }, parseSearchQuery(words) as ParsedQuery)

describe('where a search matched', () => {
  test('is where most of its words occur; an answer comes before a message, and that before a note', () => {
    const said = { answer: ['Đã cắt cây.'], message: ['Cây đổ tối qua'], note: ['Cây đổ, đã gọi'] }
    expect(found('cay do', said)).toEqual({ where: 'message', excerpt: 'Cây đổ tối qua' })
    expect(found('cây', said)?.where).toBe('answer')
    expect(found('đã gọi', said)?.where).toBe('note')
  })

  test('is shown with the words around the first match, on one line', () => {
    const answer = [`${'Đơn vị đã kiểm tra. '.repeat(9)}\nĐã thay bóng cao áp\nngày 02/3.${' Trân trọng.'.repeat(20)}`]
    expect(found('bong cao ap', { answer })?.excerpt).toMatch(/^… Đã thay bóng cao áp ngày 02\/3\..*…$/)
    expect(found('bóng', { note: ['bóng'.normalize('NFD')] })?.excerpt.normalize('NFC')).toBe('bóng')
  })

  test('works for a half-typed word, and not for a mistyped one', () => {
    expect(found('phu lo', { note: ['Nhà thầu Phú Lợi'] })).toEqual({ where: 'note', excerpt: 'Nhà thầu Phú Lợi' })
    expect(found('mat dien', { message: ['Ngox maats ddieenj'] })?.excerpt).toBe('Ngox maats ddieenj')
    expect(found('phuuu', { note: ['Nhà thầu Phú Lợi'] })).toBeNull()
    expect(found('cây', {})).toBeNull()
  })
})
