import { describe, expect, test } from 'vitest'
import type { AlertPanel } from './alert.ts'
import { type AlertCircumstances, alertFindings } from './alert-findings.ts'
import { checkBulletin, errorsIn, findingKey, openWarnings } from './checklist.ts'
import type { Block } from './document.ts'
import { capPolygon, faultOfRing, type Point, simplifiedRing } from './polygons.ts'
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

test('what is missing around the text is told', () => {
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

test('errors stand in the way, a warning goes when it is ticked', () => {
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

  test('whose words are all in its picture is told', () => {
    const content = contentWith([image({ alt: 'Bản đồ' })], { alert: panel })
    expect(alertFindings(content, usual).map(({ code }) => code)).toEqual(['alert_text_only_in_image'])
  })

  test('a boundary is simplified, and stays a ring that crosses itself nowhere', () => {
    const round = Array.from({ length: 400 }, (_, at): Point => {
      const angle = (at / 400) * 2 * Math.PI
      const radius = 0.02 + 0.004 * Math.sin(9 * angle)
      return [105.8 + radius * Math.cos(angle), 21 + radius * Math.sin(angle)]
    })
    const simpler = simplifiedRing(round)
    expect(simpler?.length).toBeLessThan(90)
    expect(simpler && faultOfRing(simpler)).toBeNull()
    expect(simplifiedRing(bowTie)).toBeNull()
    expect(capPolygon(square)).toBe('21,105.8 21,105.9 21.1,105.9 21.1,105.8 21,105.8')
  })
})
