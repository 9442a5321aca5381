import { describe, expect, test } from 'vitest'
import type { AlertPanel } from './alert.ts'
import { type AlertCircumstances, alertFindings } from './alert-findings.ts'
import { checkBulletin, errorsIn, findingKey, openWarnings } from './checklist.ts'
import type { Block } from './document.ts'
import { capPolygon, type Point } from './polygons.ts'
import type { BulletinContent } from './schemas.ts'

const paragraph = (text: string): Block => ({ type: 'paragraph', content: [{ type: 'text', text }] })
const heading = (level: 2 | 3 | 4, text: string): Block => ({
  type: 'heading',
  attrs: { level },
  content: [{ type: 'text', text }],
})
const words = 'Người dân không đi qua cầu cho đến khi có thông báo mới của thành phố.'
const fileId = '01a210e2-fbe9-78d5-aa7f-476ed1cb69a7'
const image = (attrs: object): Block => ({
  type: 'image',
  attrs: { fileId, alt: '', decorative: false, caption: '', ...attrs },
})
const sendAt = new Date('2026-03-02T03:00:00Z')

function contentWith(blocks: Block[], more: Partial<BulletinContent> = {}): BulletinContent {
  return {
    kind: 'road_closed',
    severity: 'warning',
    audience: ['everyone'],
    areaIds: [],
    wholeCity: true,
    validFrom: null,
    validTo: null,
    source: 'Sở Xây dựng',
    contact: '1022',
    vi: { title: 'Cấm cầu', summary: 'Do gió mạnh', body: { type: 'doc', content: blocks } },
    en: {
      title: 'Bridge closed',
      summary: 'Strong wind',
      body: { type: 'doc', content: [paragraph('Take another bridge.')] },
    },
    alert: null,
    ...more,
  }
}

const codesOf = (blocks: Block[], more: Partial<BulletinContent> = {}) =>
  checkBulletin(contentWith(blocks, more), { sendAt, alert: null, standing: null }).map(
    ({ code, level }) => `${level} ${code}`,
  )

const link = (text: string): Block => ({
  type: 'paragraph',
  content: [{ type: 'text', text, marks: [{ type: 'link', attrs: { href: 'https://a.example' } }] }],
})

test.each<[string, Block[], string[]]>([
  ['all well', [paragraph(words)], []],
  ['nothing written', [], ['error body_empty']],
  ['an image without words', [paragraph(words), image({})], ['error image_no_alt']],
  ['an image described by spaces', [paragraph(words), image({ alt: '   ' })], ['error image_no_alt']],
  [
    'an image described by its file',
    [paragraph(words), image({ alt: 'IMG_2031.jpg' })],
    ['error image_alt_is_file_name'],
  ],
  ['a decorative image', [paragraph(words), image({ decorative: true })], []],
  ['a heading that skips a step', [heading(2, 'A'), paragraph(words), heading(4, 'B')], ['error heading_order']],
  ['an empty heading', [heading(2, ' '), paragraph(words)], ['error heading_empty']],
  ['a link that says nothing', [paragraph(words), link('tại đây')], ['warning link_text_vague']],
  ['a link that shows its address', [paragraph(words), link('https://a.example/x')], ['warning link_text_vague']],
  [
    'a table without a header',
    [
      paragraph(words),
      {
        type: 'table',
        content: [
          {
            type: 'tableRow',
            content: [{ type: 'tableCell', attrs: { colspan: 1, rowspan: 1 }, content: [paragraph('a')] }],
          },
        ],
      },
    ],
    ['warning table_no_header'],
  ],
  ['an abbreviation', [paragraph(`${words} Theo BQLDA.`)], ['warning abbreviation']],
  ['an abbreviation that is explained', [paragraph(`${words} Ban Quản lý dự án (BQLDA), BQLDA.`)], []],
  ['a date without its year', [paragraph(`${words} Đến 07/9.`)], ['warning date_no_year']],
  ['a date with it', [paragraph(`${words} Đến 07/9/2026.`)], []],
  ['a long text', [paragraph(`${words} `.repeat(60))], ['warning text_long']],
])('%s', (_, blocks, expected) => {
  expect(codesOf(blocks)).toEqual(expected)
})

test.each<[string, string, boolean]>([
  ['an ellipsis of a template', 'Cấm đường … đoạn …', true],
  ['one that was pulled to its word', 'Dự kiến có điện lại lúc…', true],
  ['dots', 'Gọi ....', true],
  ['three dots', 'từ ... đến ...', true],
  ['a line to write on', 'số ____, phố Huế', true],
  ['a name in braces', 'Từ {time}, mất điện', true],
  ['empty brackets', 'đoạn [ ] đến cầu', true],
  ['hours left open', 'Từ xx giờ 30', true],
  ['a full sentence', 'Từ 20 giờ 00 ngày 07/9/2026, cấm cầu.', false],
  ['a century', 'Cầu xây từ đầu thế kỷ XX.', false],
  ['a span', 'Dự kiến 2–3 giờ; gọi 024.3.825', false],
])('%s, left anywhere, cannot be ticked away: %s', (_, text, isLeft) => {
  const base = contentWith([paragraph(words)])
  const english = base.en as NonNullable<typeof base.en>
  const alert: AlertPanel = {
    event: text,
    eventEn: text,
    category: 'Met',
    response: 'Avoid',
    urgency: 'Immediate',
    severity: 'Minor',
    certainty: 'Observed',
    onset: null,
    expires: '2026-03-02T12:00:00Z',
    instruction: text,
    instructionEn: text,
  }
  const nested: Block = { type: 'callout', attrs: { tone: 'info' }, content: [paragraph(text)] }
  const places: [string, BulletinContent][] = [
    ['title', { ...base, vi: { ...base.vi, title: text } }],
    ['summary', { ...base, vi: { ...base.vi, summary: text } }],
    ['body', contentWith([paragraph(words), nested])],
    ['heading', contentWith([heading(2, text), paragraph(words)])],
    ['image', contentWith([paragraph(words), image({ alt: text })])],
    ['caption', contentWith([paragraph(words), image({ alt: 'Cầu', caption: text })])],
    ['English', { ...base, en: { ...english, title: text } }],
    ['source', { ...base, source: text }],
    ['contact', { ...base, contact: text }],
    ['alert', { ...base, alert }],
  ]
  for (const [place, content] of places) {
    const findings = checkBulletin(content, { sendAt, standing: null, alert: null }).filter(
      ({ code }) => code === 'placeholder_left',
    )
    expect([place, findings.length > 0]).toEqual([place, isLeft])
    expect(findings.every(({ level }) => level === 'error')).toBe(true)
    expect(errorsIn(findings)).toHaveLength(findings.length)
  }
})

test.each<[string, (blank: Block) => Block]>([
  ['a paragraph', (blank) => blank],
  ['a callout', (blank) => ({ type: 'callout', attrs: { tone: 'warning' }, content: [blank] })],
  ['a list', (blank) => ({ type: 'bulletList', content: [{ type: 'listItem', content: [blank] }] })],
  [
    'a table',
    (blank) => ({
      type: 'table',
      content: [
        { type: 'tableRow', content: [{ type: 'tableHeader', attrs: { colspan: 1, rowspan: 1 }, content: [blank] }] },
      ],
    }),
  ],
])('a blank of a template that is left in %s cannot be ticked away', (_, within) => {
  const blank: Block = { type: 'paragraph', content: [{ type: 'text', text: 'Cấm đoạn ' }, { type: 'blank' }] }
  const content = contentWith([paragraph(words), within(blank)])
  const findings = checkBulletin(content, { sendAt, standing: null, alert: null })
  expect(findings.filter(({ code }) => code === 'placeholder_left')).toMatchObject([{ level: 'error', block: 1 }])
})

const forecast = 'Trong 6 giờ tới, toàn thành phố có khả năng mưa rất to.'
test.each<[string, string, string[]]>([
  ['of nobody', forecast, ['warning forecast_unsourced']],
  [
    'of a service, without its hour',
    `Theo bản tin của Trung tâm Dự báo khí tượng thủy văn quốc gia, ${forecast}`,
    ['warning forecast_unsourced'],
  ],
  [
    'of an hour, without its service',
    `Theo bản tin lúc 20 giờ 00 ngày 07/9/2026, ${forecast}`,
    ['warning forecast_unsourced'],
  ],
  [
    'with both',
    `Theo bản tin lúc 20 giờ 00 ngày 07/9/2026 của Trung tâm Dự báo khí tượng thủy văn quốc gia, ${forecast}`,
    [],
  ],
  ['that is none', 'Phố Huế ngập 30 cm, xe máy không đi vào.', []],
])('a forecast %s', (_, text, expected) => {
  expect(codesOf([paragraph(words), paragraph(text)], { kind: 'warning' })).toEqual(expected)
})

test('a forecast in English names them too', () => {
  const english = (text: string) => ({
    title: 'Heavy rain',
    summary: 'Stay indoors',
    body: { type: 'doc' as const, content: [paragraph(text)] },
  })
  const said = (text: string) => codesOf([paragraph(words)], { kind: 'warning', en: english(text) })
  expect(said('Heavy rain is expected within hours.')).toEqual(['warning forecast_unsourced'])
  expect(
    said('According to the bulletin issued at 20:00 on 7 September 2026 by the National Centre, rain is expected.'),
  ).toEqual([])
})

test('reports what is missing around the text', () => {
  expect(
    codesOf([paragraph(words)], {
      source: '',
      contact: '',
      en: null,
      validFrom: '2026-03-03T00:00:00Z',
      validTo: '2026-03-02T02:00:00Z',
    }),
  ).toEqual([
    'error validity_order',
    'error validity_past',
    'warning english_missing',
    'warning source_missing',
    'warning contact_missing',
  ])
  const vietnamese = {
    title: 'Cấm cầu vì gió',
    summary: 'Gió mạnh',
    body: { type: 'doc' as const, content: [paragraph(words)] },
  }
  expect(codesOf([paragraph(words)], { en: vietnamese })).toEqual(['warning english_not_english'])
})

test('errors block publication, a warning does not once it is ticked', () => {
  const findings = checkBulletin(contentWith([link('tại đây'), image({})]), { sendAt, alert: null, standing: null })
  expect(errorsIn(findings).map(({ code }) => code)).toEqual(['image_no_alt'])
  const [warning] = openWarnings(findings, [])
  expect(warning?.code).toBe('link_text_vague')
  expect(openWarnings(findings, warning ? [findingKey(warning)] : [])).toEqual([])
})

describe('an alert', () => {
  const square: Point[] = [
    [105.8, 21],
    [105.9, 21],
    [105.9, 21.1],
    [105.8, 21.1],
    [105.8, 21],
  ]
  const bowTie: Point[] = [
    [105.8, 21],
    [105.9, 21.1],
    [105.9, 21],
    [105.8, 21.1],
    [105.8, 21],
  ]
  const panel: AlertPanel = {
    event: 'Gió mạnh',
    eventEn: 'Strong wind',
    category: 'Met',
    response: 'Avoid',
    urgency: 'Immediate',
    severity: 'Severe',
    certainty: 'Observed',
    onset: null,
    expires: '2026-03-02T12:00:00Z',
    instruction: 'Không đi qua cầu.',
    instructionEn: 'Do not cross.',
  }
  const usual: AlertCircumstances = { sendAt, rings: [square], follows: null, status: 'Actual', isLive: true }
  const reference = (sentAt: string, identifier = 'hanoi-1') => ({ identifier, sender: 'a', sentAt: new Date(sentAt) })

  test.each<[string, Partial<AlertPanel>, Partial<AlertCircumstances>, string[]]>([
    ['all well', {}, {}, []],
    ['without an end', { expires: null }, {}, ['alert_expires_missing']],
    ['sent after it began', { onset: '2026-03-02T02:00:00Z' }, {}, ['alert_sent_after_onset']],
    ['sent after its end', { expires: '2026-03-02T03:00:00Z' }, {}, ['alert_sent_after_expiry']],
    ['ending before it begins', { onset: '2026-03-02T13:00:00Z' }, {}, ['alert_expires_before_onset']],
    ['for a day and more', { expires: '2026-03-03T04:00:00Z' }, {}, ['alert_long']],
    ['for a month and more', { expires: '2026-04-02T04:00:00Z' }, {}, ['alert_too_long']],
    ['grave without an instruction', { instruction: '', instructionEn: '' }, {}, ['alert_instruction_missing']],
    ['mild without one', { instruction: '', severity: 'Minor' }, {}, []],
    ['without a name', { event: '' }, {}, ['alert_event_missing']],
    ['in one language twice', { instructionEn: 'Không đi qua cầu.' }, {}, ['alert_english_same']],
    ['nowhere', {}, { rings: [] }, ['alert_area_missing']],
    ['in a commune without a boundary', {}, { rings: [square, []] }, ['alert_area_missing']],
    ['in an area that crosses itself', {}, { rings: [bowTie] }, ['alert_area_crosses']],
    ['in an open ring', {}, { rings: [square.slice(0, -1)] }, ['alert_area_crosses']],
    ['following nothing', {}, { follows: { identifier: 'x', references: [] } }, ['alert_reference_missing']],
    [
      'following itself',
      {},
      { follows: { identifier: 'hanoi-1', references: [reference('2026-03-02T02:00:00Z')] } },
      ['alert_reference_circular'],
    ],
    [
      'following what comes later',
      {},
      { follows: { identifier: 'x', references: [reference('2026-03-02T04:00:00Z')] } },
      ['alert_reference_later'],
    ],
    ['exercised on the live channel', {}, { status: 'Exercise' }, ['alert_not_actual']],
    ['exercised in the sandbox', {}, { status: 'Exercise', isLive: false }, []],
  ])('%s', (_, alert, circumstances, expected) => {
    const content = contentWith([paragraph(words)], { alert: { ...panel, ...alert } })
    expect(alertFindings(content, { ...usual, ...circumstances }).map(({ code }) => code)).toEqual(expected)
  })

  test('sets its own end: dates that it overrides block nothing', () => {
    const content = contentWith([paragraph(words)], {
      validFrom: '2026-03-03T00:00:00Z',
      validTo: '2026-03-02T02:00:00Z',
      alert: panel,
    })
    expect(errorsIn(checkBulletin(content, { sendAt, alert: usual, standing: null }))).toEqual([])
    const lapsed = { ...content, alert: { ...panel, expires: '2026-03-02T03:00:00Z' } }
    const errors = errorsIn(checkBulletin(lapsed, { sendAt, alert: usual, standing: null }))
    expect(errors.map(({ code }) => code)).toEqual(['alert_sent_after_expiry'])
  })

  test('whose words are all in its picture is reported', () => {
    const content = contentWith([image({ alt: 'Bản đồ' })], { alert: panel })
    expect(alertFindings(content, usual).map(({ code }) => code)).toEqual(['alert_text_only_in_image'])
  })

  test('a polygon is written with latitude before longitude', () => {
    expect(capPolygon(square)).toBe('21,105.8 21,105.9 21.1,105.9 21.1,105.8 21,105.8')
  })
})
