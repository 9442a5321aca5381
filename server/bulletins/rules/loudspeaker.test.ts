import { describe, expect, test } from 'vitest'
import { alertPanelOf, contentOf, paragraph, textOf } from '#db/factories/bulletins.ts'
import vi from '#messages/vi/published.json' with { type: 'json' }
import { hanoi } from '#server/calendars/rules/test-calendars.ts'
import { checkBulletin, errorsIn } from './checklist.ts'
import type { Block } from './document.ts'
import { announcementOf, basisOf, isOutdated, issuer, madeAnnouncement, readingSeconds } from './loudspeaker.ts'
import { mergeContent } from './merge.ts'
import type { BulletinContent } from './schemas.ts'
import { templateOf } from './templates.ts'
import { isTypo } from './typo.ts'

const list = (...items: string[]): Block => ({
  type: 'bulletList',
  content: items.map((item) => ({ type: 'listItem', content: [paragraph(item)] })),
})
const heading = (text: string): Block => ({ type: 'heading', attrs: { level: 2 }, content: [{ type: 'text', text }] })
const callout = (text: string): Block => ({ type: 'callout', attrs: { tone: 'warning' }, content: [paragraph(text)] })

const bridge = contentOf('Cấm cầu Long Biên từ 14 giờ ngày 07/9/2024', {
  severity: 'emergency',
  validFrom: hanoi('2024-09-07 14:00').toISOString(),
  validTo: hanoi('2024-09-07 22:30').toISOString(),
  vi: {
    title: 'Cấm cầu Long Biên từ 14 giờ ngày 07/9/2024',
    summary: 'Gió giật cấp 8–9, mọi phương tiện không đi qua cầu.',
    body: {
      type: 'doc',
      content: [
        paragraph('Bão số 3 gây gió mạnh trên sông Hồng.'),
        heading('Hướng đi thay thế'),
        list('Xe máy đi cầu Chương Dương', 'Xe tải trên 3,5 tấn đi cầu Thanh Trì'),
        callout('Cần cứu nạn, cứu hộ: gọi 112 hoặc 114.'),
      ],
    },
  },
})

test('an announcement is plain sentences from the fields, with every figure in words', () => {
  expect(madeAnnouncement(bridge, ['Phường Long Biên', 'Phường Hồng Hà']).split('\n')).toEqual([
    'Kính thưa toàn thể nhân dân!',
    'Sau đây là thông báo khẩn cấp về giao thông của Ủy ban nhân dân thành phố Hà Nội.',
    'Cấm cầu Long Biên từ mười bốn giờ ngày mùng bảy tháng chín năm hai nghìn không trăm hai mươi tư.',
    'Gió giật cấp tám đến cấp chín, mọi phương tiện không đi qua cầu.',
    'Thông báo áp dụng trên địa bàn phường Long Biên, phường Hồng Hà.',
    'Thông báo có hiệu lực từ mười bốn giờ đến hai mươi hai giờ ba mươi phút ngày mùng bảy tháng chín năm hai nghìn không trăm hai mươi tư.',
    'Hướng đi thay thế.',
    'Xe máy đi cầu Chương Dương.',
    'Xe tải trên ba phẩy năm tấn đi cầu Thanh Trì.',
    'Cần cứu nạn, cứu hộ: gọi một một hai hoặc một một bốn.',
    'Cần liên hệ, xin gọi số một không hai hai.',
    'Nguồn tin: Sở Xây dựng.',
    'Xin nhắc lại: Cấm cầu Long Biên từ mười bốn giờ ngày mùng bảy tháng chín năm hai nghìn không trăm hai mươi tư.',
    'Xin trân trọng cảm ơn!',
  ])
  expect(issuer).toBe(vi.author)
})

test('what people must do at once is said twice, and the danger once', () => {
  const lines = madeAnnouncement({ ...bridge, alert: alertPanelOf({ event: 'Gió mạnh' }) }, []).split('\n')
  expect(lines).toContain('Nguy cơ cần đề phòng: Gió mạnh.')
  expect(lines).toContain('Đề nghị nhân dân: Không đi qua cầu.')
  expect(lines.at(-2)).toBe('Không đi qua cầu.')
  expect(lines).toContain('Thông báo áp dụng trên địa bàn toàn thành phố Hà Nội.')
})

test('what is issued as an alert is read out with the end of the alert', () => {
  const alert = alertPanelOf({ expires: hanoi('2024-09-07 20:00').toISOString() })
  expect(madeAnnouncement({ ...bridge, alert }, [])).toContain(
    'Thông báo có hiệu lực đến hai mươi giờ ngày mùng bảy tháng chín năm hai nghìn không trăm hai mươi tư.',
  )
})

test('of 126 wards the number is read, and of a long body what is set apart comes first', () => {
  const wards = Array.from({ length: 126 }, (_, at) => `${at % 2 ? 'Phường' : 'Xã'} Số ${at}`)
  const long = Array.from({ length: 60 }, () => 'Mang theo giấy tờ tùy thân, thuốc đang dùng và đèn pin')
  const body = { type: 'doc' as const, content: [list(...long), callout('Nguy hiểm đến tính mạng: gọi 114.')] }
  const text = madeAnnouncement({ ...bridge, vi: { ...bridge.vi, body } }, wards)
  expect(text).toContain('trên địa bàn một trăm hai mươi sáu phường, xã của thành phố Hà Nội.')
  expect(text).toContain('gọi một một bốn.')
  expect(readingSeconds(text)).toBeLessThan(180)
  expect(text).not.toMatch(/\d/)
})

test('a line that cannot be read out is left out', () => {
  const body = { type: 'doc' as const, content: [paragraph('ngập'.repeat(40_000)), paragraph('Đi đường khác.')] }
  expect(readingSeconds(madeAnnouncement({ ...bridge, vi: { ...bridge.vi, body } }, []))).toBeLessThan(60)
})

test('an exercise says that it is one, first and last, whatever was written', () => {
  const written = { ...bridge, loudspeaker: { text: 'Mời bà con sơ tán.', basis: basisOf(bridge) } }
  for (const content of [bridge, written]) {
    const lines = announcementOf(content, { areas: [], isExercise: true }).split('\n')
    expect([lines[0], lines.at(-1)]).toEqual([
      'Đây là nội dung diễn tập, không phải tình huống thật.',
      'Xin nhắc lại: đây là diễn tập.',
    ])
  }
  expect(announcementOf(written, { areas: [], isExercise: false })).toBe('Mời bà con sơ tán.')
})

describe('a manually written text', () => {
  const wrote = (text: string, content: BulletinContent = bridge) => ({
    ...content,
    loudspeaker: { text, basis: basisOf(content) },
  })
  const codes = (content: BulletinContent) =>
    checkBulletin(content, { sendAt: hanoi('2024-09-07 13:00'), alert: null, standing: null })
      .filter(({ code, words }) => code.startsWith('loudspeaker') || words.includes('loa'))
      .map(({ code, level }) => `${level} ${code}`)

  test('that agrees with the bulletin passes', () => {
    expect(codes(wrote('Bà con không đi qua cầu Long Biên. Cần giúp đỡ gọi một không hai hai.'))).toEqual([])
  })

  test.each<[string, Partial<BulletinContent>]>([
    ['the title', { vi: { ...bridge.vi, title: 'Thông xe cầu Long Biên' } }],
    ['the body', { vi: { ...bridge.vi, body: { type: 'doc', content: [paragraph('Được đi qua cầu.')] } } }],
    ['the places', { areaIds: [5] }],
    ['the end', { validTo: hanoi('2024-09-07 23:00').toISOString() }],
    ['the instruction', { alert: alertPanelOf() }],
    ['the begin', { validFrom: hanoi('2024-09-07 15:00').toISOString() }],
  ])('must be read again once %s was changed', (_, change) => {
    const content = wrote('Bà con không đi qua cầu.')
    expect(isOutdated({ ...content, ...change })).toBe(true)
    expect(codes({ ...content, ...change })).toContain('error loudspeaker_outdated')
  })

  test('stays valid where no more than a typo was corrected', () => {
    const slip = { ...bridge, vi: { ...bridge.vi, summary: bridge.vi.summary.replace('phương', 'phưong') } }
    expect(isOutdated({ ...wrote('Bà con chú ý.', slip), vi: bridge.vi })).toBe(false)
  })

  test('names no person, in figures or in words, and leaves no figure to guess', () => {
    expect(codes(wrote('Gọi anh Hùng, 0912 345 678.'))).toEqual([
      'warning loudspeaker_figures',
      'warning loudspeaker_personal',
    ])
    expect(codes(wrote('Gọi không chín một hai, ba tư năm, sáu bảy tám.'))).toEqual(['warning loudspeaker_personal'])
    expect(codes(wrote('Gọi không hai bốn, ba tám hai năm, một hai ba bốn.'))).toEqual([])
  })

  test('with a blank in it cannot be published, and one that takes long is pointed out', () => {
    expect(codes(wrote('Kính mời bà con nghe loa lúc …'))).toEqual(['error placeholder_left'])
    expect(codes(wrote('bà con chú ý '.repeat(120)))).toEqual(['warning loudspeaker_long'])
  })

  test('is no typo: the chief editor reviews it again', () => {
    const before = wrote('Bà con không đi qua cầu.')
    expect(isTypo(before, wrote('Bà con nên đi qua cầu.'), [])).toBe(false)
    expect(isTypo(before, { ...bridge, loudspeaker: null }, [])).toBe(false)
  })

  test('is not lost when a colleague, who began from a text without one, saved meanwhile', () => {
    const { loudspeaker: _, ...older } = bridge
    const theirs = { ...older, contact: '112' }
    const { content, clashes } = mergeContent(older, wrote('Bà con chú ý.', older), theirs)
    expect(clashes).toEqual([])
    expect(content).toMatchObject({ contact: '112', loudspeaker: { text: 'Bà con chú ý.' } })
    expect(isOutdated(content)).toBe(true)
  })
})

test('a raw template has its blanks in the text made from it, and so cannot be published', () => {
  const subject = { incident: 'Bão số 3', areaIds: [], areaNames: [], at: hanoi('2024-09-07 13:00') }
  const content = templateOf('warning', subject)
  const findings = checkBulletin(content, { sendAt: hanoi('2024-09-07 13:00'), alert: null, standing: null })
  expect(errorsIn(findings).map(({ code }) => code)).toContain('placeholder_left')
})

test('the bulletins of the factories can be announced', () => {
  const text = madeAnnouncement(contentOf(undefined, { vi: textOf('Cấm cầu') }), [])
  expect(text.split('\n').every((line) => /[.!:]$/.test(line))).toBe(true)
})
