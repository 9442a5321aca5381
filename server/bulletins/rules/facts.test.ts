import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Block } from './document.ts'
import { changedFact, changedFactOf, possibleNames } from './facts.ts'
import type { BulletinContent } from './schemas.ts'

const places = ['Cửa Nam', 'Long Biên', 'Láng', 'Hoàn Kiếm']

describe('a fact changed', () => {
  test.each([
    ['a depth', 'Nước ngập sâu 60 cm', 'Nước ngập sâu 30 cm', '60', '30'],
    ['a time', 'Nước rút lúc 12:15', 'Nước rút lúc 13:00', '12:15', '13:00'],
    ['a unit', 'Nước sâu 30 cm', 'Nước sâu 30 mm', 'cm', 'mm'],
    ['a unit written to its figure', 'Nước sâu 30cm', 'Nước sâu 30m', 'cm', 'm'],
    ['an area of ground', 'Sạt lở 30 m²', 'Sạt lở 30 m³', '2', '3'],
    ['a sign', 'Trời rét -3 độ', 'Trời rét 3 độ', '-', ''],
    ['a share', 'Mưa 80 %', 'Mưa 80', '%', ''],
    ['a range', 'Sâu 20–30 cm', 'Sâu 20, 30 cm', '-', ''],
    ['a number in words', 'Sâu ba mươi xăng-ti-mét', 'Sâu hai mươi xăng-ti-mét', 'ba', 'hai'],
    ['the mark on a number', 'Cấm trong bảy tuần', 'Cấm trong bày tuần', 'bảy', ''],
    ['a date', 'Cấm từ ngày 07/09/2024', 'Cấm từ ngày 08/09/2024', '07/09/2024', '08/09/2024'],
    ['a day in words', 'Cấm từ thứ hai', 'Cấm từ thứ ba', 'hai', 'ba'],
    ['a telephone number', 'Gọi 024 3825 3825', 'Gọi 024 3825 3826', '3825', '3826'],
    ['a negation less', 'Không đi qua cầu', 'Đi qua cầu', 'không', ''],
    ['the mark on a negation', 'Xe chưa được qua', 'Xe chua được qua', 'chưa', ''],
    ['an exception more', 'Cấm xe máy', 'Cấm xe máy, trừ xe ưu tiên', '', 'trừ'],
    ['where a negation ends', 'Không, đi vòng', 'Không đi vòng', 'không,', 'không'],
    ['an instruction', 'Ngừng chạy tàu', 'Cấm chạy tàu', 'ngừng', 'cấm'],
    ['a commune', 'Ngập ở phường cửa nam', 'Ngập ở phường láng', 'cửa nam', 'láng'],
    ['the mark on a name', 'Đi theo Vĩnh Tuy', 'Đi theo Vĩnh Túy', 'tuy', 'túy'],
    ['a street at the beginning', 'Láng Hạ ngập', 'Láng Hà ngập', 'hạ', 'hà'],
    ['the order of places', 'Từ Láng đến Cửa Nam', 'Từ Cửa Nam đến Láng', 'láng đến cửa nam', 'cửa nam đến láng'],
  ])('%s', (_, from, to, was, is) => {
    expect(changedFact(from, to, 'vi', places)).toEqual({ language: 'vi', from: was, to: is })
  })

  test.each([
    ['a negation', 'Do not cross', 'Do cross', 'not', ''],
    ['a short negation', 'You can’t cross', 'You can cross', "can't", 'can'],
    ['without', 'Wards without power', 'Wards with power', 'without', ''],
    ['never', 'Never wade', 'Wade', 'never', ''],
    ['a number in words', 'Thirty centimetres', 'Sixty centimetres', 'thirty', 'sixty'],
    ['a unit', '30 centimetres of water', '30 metres of water', 'centimetres', 'metres'],
    ['a commune without its accents', 'Floods in Cua Nam', 'Floods in Lang', 'cua nam', 'lang'],
    ['a month', 'From 7 September', 'From 7 October', 'september', 'october'],
  ])('in English: %s', (_, from, to, was, is) => {
    expect(changedFact(from, to, 'en', places)).toEqual({ language: 'en', from: was, to: is })
  })

  test.each([
    ['a mark', 'Xin theo dỏi bản tin', 'Xin theo dõi bản tin'],
    ['a doubled letter', 'Xin theo dõi bảnn tin', 'Xin theo dõi bản tin'],
    ['a space', 'Sâu 30cm,  xin theo dõi', 'Sâu 30 cm, xin theo dõi'],
    ['a capital letter', 'Người dân phường cửa nam', 'Người dân phường Cửa Nam'],
    ['capitals throughout', 'không đi qua cầu long biên', 'KHÔNG ĐI QUA CẦU LONG BIÊN'],
    ['where the tone stands', 'Đi qua cửa khoá Hoà Bình, Thuỵ Khuê', 'Đi qua cửa khóa Hòa Bình, Thụy Khuê'],
    ['another way of storing marks', 'Người dân Láng'.normalize('NFD'), 'Người dân Láng'],
    ['another dash', 'Cấm xe 8-10 giờ', 'Cấm xe 8–10 giờ'],
    ['words of no such meaning', 'Bà con theo dõi bản tin', 'Người dân theo dõi bản tin'],
  ])('is not %s', (_, from, to) => {
    expect(changedFact(from, to, 'vi', places)).toBeNull()
  })
})

const plain = ['xe', 'máy', 'người', 'dân', 'bản', 'tin', 'theo', 'dõi', 'thời', 'tiết', 'mưa', 'gió', 'phương', 'tiện']
/** Facts of one kind: each differs from the others. */
const kinds = [
  ['30 cm', '60 cm', '30 mm', '30', 'ba mươi cm', '3,5 m'],
  ['12:15', '13:00', '12 giờ 15', 'trưa', 'chín giờ tối'],
  ['07/09/2024', '07/09/2025', 'ngày mai', 'thứ ba', 'thứ hai'],
  ['không', 'chưa', 'đừng', 'cấm', 'trừ', 'hết', 'ngừng'],
  ['Long Biên', 'cửa nam', 'Láng', 'Hoàn Kiếm', 'Vĩnh Tuy', 'Trần Hưng Đạo'],
  ['1022', '024 3825 3825', '113'],
]
const fact = fc.constantFrom(...kinds).chain((kind) => fc.shuffledSubarray(kind, { minLength: 2, maxLength: 2 }))
const spoken = fc.array(fc.constantFrom(...plain), { minLength: 1, maxLength: 5 })
const told = fc.tuple(spoken, fact, spoken, fact, spoken)

/** Slips in a word that is no fact: a letter doubled, its marks lost, its first letter in capitals. */
const slips = [
  (word: string) => `${word}${word.at(-1)}`,
  (word: string) =>
    word
      .normalize('NFD')
      .replace(/[\u0300-\u0309\u0323]/g, '')
      .normalize('NFC'),
  (word: string) => `${word}  `,
]

describe('of any text', () => {
  test('a fact that is changed, dropped, added or moved is found', () => {
    fc.assert(
      fc.property(told, ([head, [one, other], middle, [second], tail]) => {
        const say = (...facts: string[]) => [...head, facts[0], ...middle, facts[1], ...tail].filter(Boolean).join(' ')
        const text = say(one as string, second as string)
        const found = (to: string) => changedFact(text, to, 'vi', places)
        expect(found(say(other as string, second as string))).not.toBeNull()
        expect(found(say('', second as string))).not.toBeNull()
        expect(found(`${text} ${other}`)).not.toBeNull()
        if (one !== second) expect(found(say(second as string, one as string))).not.toBeNull()
      }),
      { numRuns: 500 },
    )
  })

  test('a slip in a word that is none, or in the capitals and spaces of one, is not', () => {
    fc.assert(
      fc.property(told, fc.nat(20), fc.constantFrom(...slips), ([head, [one], middle, [second], tail], at, slip) => {
        const said = (words: readonly string[]) => words.join(' ')
        const [before, after] = [said([...head, one as string, ...middle]), said([second as string, ...tail])]
        const slipped = head.map((word, index) => (index === at % head.length ? slip(word) : word))
        const respelt = said([...slipped, (one as string).toUpperCase(), ...middle])
        expect(changedFact(`${before} ${after}`, `${respelt}  ${after}`, 'vi', places)).toBeNull()
      }),
      { numRuns: 500 },
    )
  })
})

test('runs of words may be names, a single one behind the kind of a place', () => {
  const content = { source: 'tại Trần hưng đạo. Đóng phố huế', contact: '', vi: null, en: null } as never
  const names = possibleNames([content])
  expect(names).toContain('tran hung dao')
  expect(names).toContain('hue')
  expect(names).not.toContain('dao dong')
  expect(names).not.toContain('tai')
})

describe('in a bulletin', () => {
  const paragraph = (text: string): Block => ({ type: 'paragraph', content: [{ type: 'text', text }] })
  const text = (words: string) => ({
    title: words,
    summary: words,
    body: { type: 'doc' as const, content: [paragraph(words)] },
  })
  const content: BulletinContent = {
    kind: 'warning',
    severity: 'warning',
    audience: ['everyone'],
    areaIds: [1],
    validFrom: '2026-09-07T05:00:00Z',
    validTo: null,
    source: 'Đài khí tượng lúc 11:00',
    contact: 'Gọi 1022',
    vi: text('Nước sâu 60 cm'),
    en: text('Water 60 cm deep'),
    alert: {
      event: 'Ngập 60 cm',
      eventEn: 'Flood of 60 cm',
      category: 'Met',
      response: 'Avoid',
      urgency: 'Immediate',
      severity: 'Severe',
      certainty: 'Observed',
      onset: null,
      expires: '2026-09-07T12:15:00Z',
      instruction: 'Không đi qua',
      instructionEn: 'Do not cross',
    },
    loudspeaker: { text: 'Nước sâu sáu mươi xăng-ti-mét', basis: [] },
  }
  const alert = content.alert as NonNullable<BulletinContent['alert']>
  const english = content.en as NonNullable<BulletinContent['en']>

  test.each<[string, Partial<BulletinContent>]>([
    ['the area', { areaIds: [2] }],
    ['the beginning', { validFrom: '2026-09-07T06:00:00Z' }],
    ['the severity', { severity: 'info' }],
    ['the title', { vi: { ...content.vi, title: 'Nước sâu 30 cm' } }],
    ['the lead', { vi: { ...content.vi, summary: 'Nước sâu 30 cm' } }],
    ['the body', { vi: { ...content.vi, body: text('Nước sâu 30 cm').body } }],
    [
      'a caption',
      { vi: { ...content.vi, body: { type: 'doc', content: [paragraph('Nước sâu 60 cm'), picture('Lúc 9 giờ')] } } },
    ],
    ['the English title', { en: { ...english, title: 'Water 30 cm deep' } }],
    ['the English body', { en: { ...english, body: text('Water 30 cm deep').body } }],
    ['the source', { source: 'Đài khí tượng lúc 12:00' }],
    ['the English source', { sourceEn: 'Forecast of 12:00' }],
    [
      'a picture',
      { vi: { ...content.vi, body: { type: 'doc', content: [paragraph('Nước sâu 60 cm'), picture('')] } } },
    ],
    ['where a link leads', { vi: { ...content.vi, body: { type: 'doc', content: [linked('https://b.vn')] } } }],
    ['the contact', { contact: 'Gọi 1023' }],
    ['the event', { alert: { ...alert, event: 'Ngập 30 cm' } }],
    ['the instruction', { alert: { ...alert, instruction: 'Đi qua' } }],
    ['the English instruction', { alert: { ...alert, instructionEn: 'Do cross' } }],
    ['the end of the alert', { alert: { ...alert, expires: '2026-09-07T13:00:00Z' } }],
    ['the loudspeakers', { loudspeaker: { text: 'Nước sâu ba mươi xăng-ti-mét', basis: [] } }],
  ])('%s is looked at', (_, change) => {
    expect(changedFactOf(content, { ...content, ...change }, places)).not.toBeNull()
  })

  test('a slip of the pen in any of them is none', () => {
    const vi = { title: 'Nướcc sâu 60cm', summary: 'Nước  sâu 60 cm', body: text('Nước sâuu 60 cm').body }
    expect(changedFactOf(content, { ...content, vi, source: 'Đài khí tượngg lúc 11:00' }, places)).toBeNull()
  })

  function linked(href: string): Block {
    const marks = [{ type: 'link' as const, attrs: { href } }]
    return { type: 'paragraph', content: [{ type: 'text', text: 'Nước sâu 60 cm', marks }] }
  }

  function picture(caption: string): Block {
    return {
      type: 'image',
      attrs: { fileId: '0198c0de-0000-7000-8000-000000000001', alt: '', decorative: true, caption },
    }
  }
})
