import { describe, expect, test } from 'vitest'
import { diffContent, diffWords } from './diff.ts'
import type { Block } from './document.ts'
import { mergeContent } from './merge.ts'
import type { BulletinContent } from './schemas.ts'
import { slugOf } from './slug.ts'

const paragraph = (text: string): Block => ({ type: 'paragraph', content: [{ type: 'text', text }] })

function contentWith(paragraphs: string[], more: Partial<BulletinContent> = {}, title = 'Cấm cầu'): BulletinContent {
  return {
    kind: 'road_closed',
    severity: 'warning',
    audience: ['everyone'],
    areaIds: [1],
    validFrom: null,
    validTo: null,
    source: '',
    contact: '',
    vi: { title, summary: 'Do gió', body: { type: 'doc', content: paragraphs.map(paragraph) } },
    en: null,
    alert: null,
    ...more,
  }
}

const lines = ({ vi }: BulletinContent) =>
  vi.body.content.map((block) =>
    block.type === 'paragraph'
      ? block.content?.map((part) => (part.type === 'text' ? part.text : '')).join('')
      : block.type,
  )

describe('two edits of one text', () => {
  const base = contentWith(['một', 'hai', 'ba', 'bốn'])
  test.each([
    ['far from each other', ['MỘT', 'hai', 'ba', 'bốn'], ['một', 'hai', 'ba', 'BỐN'], ['MỘT', 'hai', 'ba', 'BỐN']],
    ['of neighbours', ['một', 'HAI', 'ba', 'bốn'], ['một', 'hai', 'BA', 'bốn'], ['một', 'HAI', 'BA', 'bốn']],
    [
      'one added, one taken away',
      ['một', 'mới', 'hai', 'ba', 'bốn'],
      ['một', 'hai', 'ba'],
      ['một', 'mới', 'hai', 'ba'],
    ],
    ['alike', ['một', 'hai!', 'ba', 'bốn'], ['một', 'hai!', 'ba', 'bốn'], ['một', 'hai!', 'ba', 'bốn']],
    [
      'both at the ends',
      ['không', 'một', 'hai', 'ba', 'bốn'],
      ['một', 'hai', 'ba', 'bốn', 'năm'],
      ['không', 'một', 'hai', 'ba', 'bốn', 'năm'],
    ],
  ])('%s are merged', (_, mine, theirs, expected) => {
    const { content, clashes } = mergeContent(base, contentWith(mine), contentWith(theirs))
    expect([lines(content), clashes]).toEqual([expected, []])
  })

  test('of one block clash, and both texts are kept', () => {
    const { content, clashes } = mergeContent(
      base,
      contentWith(['một', 'HAI', 'ba', 'bốn']),
      contentWith(['một', 'Hai', 'ba', 'bốn']),
    )
    expect(lines(content)).toEqual(['một', 'Hai', 'ba', 'bốn'])
    expect(clashes).toMatchObject([{ path: 'vi.body' }])
  })

  test('of different fields are merged, of one field clash', () => {
    const mine = contentWith(['một', 'hai', 'ba', 'bốn'], { severity: 'emergency', source: 'Sở' })
    const theirs = contentWith(['một', 'hai', 'ba', 'bốn'], { source: 'Ban', areaIds: [1, 2] }, 'Cấm cầu Long Biên')
    const { content, clashes } = mergeContent(base, mine, theirs)
    expect(content).toMatchObject({
      severity: 'emergency',
      areaIds: [1, 2],
      source: 'Ban',
      vi: { title: 'Cấm cầu Long Biên' },
    })
    expect(clashes).toEqual([{ path: 'source', mine: 'Sở', theirs: 'Ban' }])
  })

  test('an English version begun by one editor is kept with the other’s Vietnamese', () => {
    const en = { title: 'Bridge closed', summary: '', body: { type: 'doc' as const, content: [] } }
    const { content, clashes } = mergeContent(
      base,
      contentWith(['một', 'hai', 'ba', 'bốn'], { en }),
      contentWith(['một']),
    )
    expect([content.en, lines(content), clashes]).toEqual([en, ['một'], []])
  })
})

describe('what a revision changed', () => {
  test('is given block by block and word by word', () => {
    const diff = diffContent(
      contentWith(['Cầu cấm xe máy đến 18 giờ', 'Đi cầu khác', 'Gọi 1022']),
      contentWith(['Cầu cấm xe máy đến 20 giờ', 'Gọi 1022', 'Theo dõi bản tin sau'], { severity: 'emergency' }),
    )
    expect(diff.vi.blocks.map(({ kind }) => kind)).toEqual(['changed', 'deleted', 'same', 'inserted'])
    expect(diff.vi.blocks[0]).toMatchObject({
      words: [
        { kind: 'same', text: 'Cầu cấm xe máy đến ' },
        { kind: 'deleted', text: '18 ' },
        { kind: 'inserted', text: '20 ' },
        { kind: 'same', text: 'giờ' },
      ],
    })
    expect(diff.fields).toEqual({ severity: ['warning', 'emergency'] })
    expect(diff.changedWords).toBe(2 + 3 + 5)
  })

  test.each([
    ['nothing', 'Cầu cấm xe máy', 'Cầu cấm xe máy', 0],
    ['a word for another', 'Đi cầu Chương Dương', 'Đi cầu Vĩnh Tuy', 4],
    ['a word put in among its like', 'mưa mưa to', 'mưa mưa mưa to', 1],
    ['a word moved', 'nước lên nhanh ở Ba Vì', 'ở Ba Vì nước lên nhanh', 6],
    ['words that come again and again', 'cấm xe máy, cấm xe đạp, cấm xe tải', 'cấm xe đạp, cấm xe máy', 5],
    ['all', 'Gọi 1022', 'Theo dõi bản tin sau', 7],
  ])('counts %s', (_, from, to, changed) => {
    const counted = (before: string, after: string) => diffContent(contentWith([before]), contentWith([after]))
    expect(counted(from, to).changedWords).toBe(changed)
    expect(counted(to, from).changedWords).toBe(changed)
  })

  test('joins to the texts again, whatever they are', () => {
    for (const [from, to] of [
      ['', 'mới'],
      ['cũ', ''],
      ['a  b\nc', 'a b\nd c'],
    ] as const) {
      const runs = diffWords(from, to)
      expect(
        runs
          .filter(({ kind }) => kind !== 'deleted')
          .map(({ text }) => text)
          .join(''),
      ).toBe(to)
    }
  })

  test('is found however long the texts', () => {
    const words = (seed: number) => Array.from({ length: 3_000 }, (_, at) => `từ${(at * seed) % 997}`).join(' ')
    const runs = diffWords(words(3), words(5)).filter(({ kind }) => kind !== 'deleted')
    expect(runs.map(({ text }) => text).join('') === words(5)).toBe(true)
    expect(
      diffContent(contentWith([words(3), words(7)]), contentWith([words(5), words(11)])).changedWords,
    ).toBeGreaterThan(0)
  })
})

test.each([
  ['Cấm cầu Long Biên từ 18 giờ', 'cam-cau-long-bien-tu-18-gio'],
  ['Đường Đê La Thành – “ngập sâu”!', 'duong-de-la-thanh-ngap-sau'],
  ['???', 'ban-tin'],
  ['từ '.repeat(60), `tu${'-tu'.repeat(26)}`],
])('the address of %j', (title, slug) => {
  expect(slugOf(title)).toBe(slug)
})
