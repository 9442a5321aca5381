import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Block } from './document.ts'
import type { BulletinContent } from './schemas.ts'
import { isTypo } from './typo.ts'
import { isProtectedWord, protectedWords } from './typo-words.ts'

const paragraph = (text: string): Block => ({ type: 'paragraph', content: [{ type: 'text', text }] })

function contentWith(vi: string, en: string | null = null, more: Partial<BulletinContent> = {}): BulletinContent {
  return {
    kind: 'road_closed',
    severity: 'warning',
    audience: ['everyone'],
    areaIds: [1],
    validFrom: null,
    validTo: null,
    source: '',
    contact: '',
    vi: { title: 'Cấm cầu', summary: 'Do gió mạnh', body: { type: 'doc', content: [paragraph(vi)] } },
    en:
      en === null ? null : { title: 'Bridge closed', summary: 'Wind', body: { type: 'doc', content: [paragraph(en)] } },
    alert: null,
    ...more,
  }
}

const places = ['Cửa Nam', 'Long Biên', 'Láng']
const mends = (from: string, to: string) => isTypo(contentWith(from), contentWith(to), places)
const mendsEnglish = (from: string, to: string) => isTypo(contentWith('Một', from), contentWith('Một', to), places)

describe('a typo', () => {
  test.each([
    ['a letter', 'Cấm xe mái qua cầu đến 18 giờ', 'Cấm xe máy qua cầu đến 18 giờ'],
    ['two letters of a long word', 'Ngừoi dân theo dõi bản tin', 'Người dân theo dõi bản tin'],
    ['letters that changed places', 'Xin lưu ý phương tiệnh', 'Xin lưu ý phương tiện'],
    ['one space too many', 'Theo dõi  bản tin', 'Theo dõi bản tin'],
    ['a capital letter', 'Người dân Hà nội theo dõi', 'Người dân Hà Nội theo dõi'],
    ['a capital letter of a protected word', 'không đi qua cầu', 'Không đi qua cầu'],
    ['several words', 'Ngừoi dân theo dỏi bản tinn', 'Người dân theo dõi bản tin'],
  ])('%s', (_, from, to) => {
    expect(mends(from, to)).toBe(true)
  })

  test.each([
    ['a negation for advice', 'Không đi qua cầu', 'Nên đi qua cầu'],
    ['half a negation', 'Không đi qua cầu', 'Khôn đi qua cầu'],
    ['a negation that was misspelt', 'Khôn đi qua cầu', 'Không đi qua cầu'],
    ['a figure', 'Cấm xe qua cầu đến 18 giờ', 'Cấm xe qua cầu đến 19 giờ'],
    ['a figure apart', 'Cấm xe từ 18 giờ', 'Cấm xe từ 1 8 giờ'],
    ['a number in words', 'Cấm xe trong ba tuần', 'Cấm xe trong bao tuần'],
    ['a time', 'Cấm xe từ sáng', 'Cấm xe từ sang'],
    ['an instruction', 'Hãy mở cửa xả lũ', 'Hãy mờ cửa xả lũ'],
    ['another instruction', 'Cấm xe máy', 'Cầm xe máy'],
    ['a place of the base data', 'Ngập ở phường cửa nam', 'Ngập ở phường cửa nan'],
    ['a place that was misspelt', 'Ngập ở phố Cử Nam', 'Ngập ở phố Cửa Nam'],
    ['a name', 'Đi theo cầu Vĩnh Tuy', 'Đi theo cầu Vĩnh Túy'],
    ['a word more', 'Xe máy đi vòng', 'Xe máy và đi vòng'],
    ['a word less', 'Xe máy và ô tô', 'Xe máy ô tô'],
    ['another word', 'Xe con đi vòng', 'Xe tải đi vòng'],
    ['a stop', 'Không, đi vòng', 'Không đi vòng'],
    ['two words made one', 'Theo dõi bản tin', 'Theo dõi bảntin'],
    ['a telephone number', 'Gọi 1022', 'Gọi 1023'],
    ['more words than a few', 'xinn theoo dỏi bảnn tinn thờii tiếtt', 'xin theo dõi bản tin thời tiết'],
  ])('is not %s', (_, from, to) => {
    expect(mends(from, to)).toBe(false)
  })

  test.each([
    ['a letter', 'Follow the instructons of the police', 'Follow the instructions of the police', true],
    ['a negation', 'It is not flooded', 'It is now flooded', false],
    ['an instruction', 'Roads are closed', 'Roads are close', false],
    ['a misspelt instruction', 'Do not crosss', 'Do not cross', false],
    ['an inflected instruction', 'Shops keep closing', 'Shops keep losing', false],
    ['safe and unsafe', 'The water is unsafe', 'The water is safe', false],
    ['a place without its accents', 'Flooding in Cua Nam', 'Flooding in Cua Nan', false],
    ['a time', 'Wait for the night', 'Wait for the light', false],
  ])('in English: %s', (_, from, to, expected) => {
    expect(mendsEnglish(from, to)).toBe(expected)
  })

  test('is never the title, nor anything but words', () => {
    const from = contentWith('Theo dõi bản tinn', 'Follow us')
    const retitled = { ...from, vi: { ...from.vi, title: 'Cấm cầuu' } }
    const retitledEnglish = { ...from, en: { ...(from.en as BulletinContent['vi']), title: 'Bridge closd' } }
    expect([isTypo(from, retitled, places), isTypo(from, retitledEnglish, places)]).toEqual([false, false])
    expect(isTypo(from, { ...from, areaIds: [2] }, places)).toBe(false)
    expect(isTypo(from, { ...from, contact: '1023' }, places)).toBe(false)
    expect(isTypo(from, { ...from, en: null }, places)).toBe(false)
    const bodied = (content: Block[]) => ({ ...from, vi: { ...from.vi, body: { type: 'doc' as const, content } } })
    expect(isTypo(from, bodied([paragraph('Theo dõi bản tin'), paragraph('a')]), places)).toBe(false)
    const link = { type: 'link' as const, attrs: { href: 'https://a.example' } }
    const linked: Block = { type: 'paragraph', content: [{ type: 'text', text: 'Theo dõi bản tin', marks: [link] }] }
    expect(isTypo(from, bodied([linked]), places)).toBe(false)
  })

  test('is found in words that are set in two ways', () => {
    const split = (first: string, second: string): BulletinContent => ({
      ...contentWith(''),
      vi: {
        title: 'Cấm cầu',
        summary: 'Do gió mạnh',
        body: {
          type: 'doc',
          content: [
            {
              type: 'paragraph',
              content: [
                { type: 'text', text: first, marks: [{ type: 'bold' }] },
                { type: 'text', text: second },
              ],
            },
          ],
        },
      },
    })
    expect(isTypo(split('Khôn', 'g đi'), split('Khôn', 'n đi'), places)).toBe(false)
    expect(isTypo(split('Xin ', 'theo dỏi'), split('Xin ', 'theo dõi'), places)).toBe(true)
  })
})

const plain = ['xe', 'máy', 'người', 'dân', 'bản', 'tin', 'theo', 'dõi', 'thời', 'tiết', 'mưa', 'gió']
const word = fc.oneof(
  fc.constantFrom(...plain),
  fc.constantFrom(...protectedWords.vi),
  fc.constantFrom('18', '20:00', '1022', '3,5'),
  fc.constantFrom('Long Biên', 'cửa nam', 'Láng'),
)
const text = fc.array(word, { minLength: 1, maxLength: 12 }).map((words) => words.join(' '))

/** One keystroke somewhere in a text: a letter more, less or another. */
const stroke = fc.record({
  at: fc.nat(200),
  kind: fc.constantFrom('insert' as const, 'delete' as const, 'replace' as const),
  letter: fc.constantFrom(...'aăâbcdđeêghiklmnoôơpqrstuưvxyáàảãạếệ 0123456789.,'),
})
type Stroke = typeof stroke extends fc.Arbitrary<infer T> ? T : never

function struck(before: string, { at, kind, letter }: Stroke): string {
  const place = at % (before.length + 1)
  const [head, tail] = [before.slice(0, place), before.slice(place)]
  if (kind === 'insert') return head + letter + tail
  return head + (kind === 'replace' ? letter : '') + tail.slice(1)
}

describe('whatever is typed, in however many saves', () => {
  test('what counts as a typo leaves every protected word, figure and place where it was', () => {
    fc.assert(
      fc.property(text, fc.array(stroke, { maxLength: 8 }), (approved, strokes) => {
        let current = approved
        // Each save is checked against what was approved, and only what is allowed is kept.
        for (const each of strokes) if (mends(approved, struck(current, each))) current = struck(current, each)
        const kept = (sentence: string) =>
          sentence
            .trim()
            .split(/\s+/)
            .map((each) => each.toLowerCase())
            .map((each) => (isProtectedWord(each, 'vi') || /\d/.test(each) ? each : '·'))
        expect(kept(current)).toEqual(kept(approved))
        const named = (sentence: string) =>
          sentence
            .toLowerCase()
            .replace(/\s+/g, ' ')
            .match(/long biên|cửa nam|láng/g)
        expect(named(current)).toEqual(named(approved))
      }),
      { numRuns: 500 },
    )
  })

  test('it is symmetric, and no text is a typo of itself', () => {
    fc.assert(
      fc.property(text, stroke, (approved, once) => {
        const other = struck(approved, once)
        expect(mends(approved, other)).toBe(mends(other, approved))
        expect(mends(approved, approved)).toBe(true)
      }),
    )
  })

  test('a title is never corrected', () => {
    fc.assert(
      fc.property(text, stroke, (title, once) => {
        const titled = (words: string): BulletinContent => {
          const content = contentWith('Theo dõi')
          return { ...content, vi: { ...content.vi, title: words } }
        }
        const other = struck(title, once)
        expect(isTypo(titled(title), titled(other), places)).toBe(title === other)
      }),
    )
  })
})
