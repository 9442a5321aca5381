import { describe, expect, test } from 'vitest'
import { bulletinKinds } from './bulletin.ts'
import { checkBulletin, errorsIn, openWarnings } from './checklist.ts'
import { cleanDocument } from './document.ts'
import { documentText, hasBlank } from './document-text.ts'
import { type BulletinContent, bulletinContent } from './schemas.ts'
import { duplicateOf, quickContent, suggestedAlert, templateOf } from './templates.ts'

const at = new Date('2024-09-07T13:00:00Z')
const subject = { incident: 'Bão số 3 – Yagi', areaIds: [4, 9], areaNames: ['Phường Cửa Nam', 'Phường Hoàn Kiếm'], at }
const written = bulletinKinds.filter((kind) => kind !== 'news' && kind !== 'policy')

const wordsOf = ({ vi, en }: BulletinContent, language: 'vi' | 'en') => {
  const text = language === 'vi' ? vi : en
  return text ? `${text.title}\n${text.summary}\n${documentText(text.body)}` : ''
}
const findingsOf = (content: BulletinContent) => checkBulletin(content, { sendAt: at, standing: null, alert: null })
/** As the writer leaves it: every blank filled in, those of the body, which have a separate node type, with an hour. */
function filled({ vi, en, ...fields }: BulletinContent): BulletinContent {
  const fill = <T>(text: T, hour: string): T =>
    JSON.parse(
      JSON.stringify(text)
        .replaceAll('{"type":"blank"}', JSON.stringify({ type: 'text', text: hour }))
        .replaceAll('lúc …', `lúc ${hour}`)
        .replaceAll('at …', `at ${hour}`)
        .replaceAll('…', 'A'),
    )
  return { ...fields, vi: fill(vi, '19 giờ 30'), en: fill(en, '19:30') }
}

describe('templates', () => {
  test.each(bulletinKinds)('%s is a bulletin that the server accepts as it is', (kind) => {
    const content = templateOf(kind, subject)
    expect(bulletinContent.parse(content)).toEqual(content)
    for (const text of [content.vi, content.en]) expect(text ? cleanDocument(text.body) : undefined).toEqual(text?.body)
  })

  test.each(written)('%s exists in both languages, part by part', (kind) => {
    const { vi, en } = templateOf(kind, subject)
    expect(en?.title).toBeTruthy()
    expect(en?.summary).toBeTruthy()
    expect(en?.body.content.map(({ type }) => type)).toEqual(vi.body.content.map(({ type }) => type))
  })

  test.each(written)('%s cannot be published raw, whatever is ticked, and can once its blanks are filled', (kind) => {
    const raw = templateOf(kind, { ...subject, incident: null })
    const left = errorsIn(findingsOf(raw)).filter(({ code }) => code === 'placeholder_left')
    for (const language of ['vi', 'en'] as const) {
      const blanks = wordsOf(raw, language).includes('…')
      expect([language, left.some((finding) => finding.language === language)]).toEqual([language, blanks])
    }
    if (kind !== 'all_clear' && kind !== 'health') expect(left.length).toBeGreaterThan(1)
    const findings = findingsOf(filled(raw)).filter(({ code }) => code !== 'source_missing')
    expect([errorsIn(findings), openWarnings(findings, [])]).toEqual([[], []])
  })

  test.each(written)('%s marks each blank of its text as one, so that the editor can jump to it', (kind) => {
    const { vi, en } = templateOf(kind, { ...subject, incident: null })
    for (const body of [vi.body, en?.body]) {
      const texts = JSON.stringify(body).match(/"text":"[^"]*"/g) ?? []
      expect(texts.filter((text) => text.includes('…'))).toEqual([])
      expect(body && hasBlank(body.content)).toBe(body && documentText(body).includes('…'))
    }
  })

  test('state the incident, its areas and the hour on the clocks of Hanoi, as offices write them', () => {
    const { vi, en, areaIds, validTo } = templateOf('power', subject)
    expect(vi.title).toBe('Mất điện tại phường Cửa Nam, phường Hoàn Kiếm')
    expect(en?.title).toBe('Power cut in Cua Nam Ward, Hoan Kiem Ward')
    expect(documentText(vi.body)).toContain('Do Bão số 3 – Yagi, từ 20 giờ 00 ngày 07/9/2024 mất điện')
    expect(en && documentText(en.body)).toContain('20:00 on 7 September 2024')
    expect(areaIds).toEqual([4, 9])
    expect(validTo).toBe('2024-09-08T01:00:00.000Z')
  })

  test.each([
    [['Phường A', 'Phường B', 'Phường C', 'Phường D'], '4 phường', '4 wards'],
    [['Xã A', 'Xã B', 'Xã C', 'Xã D', 'Xã E'], '5 xã', '5 communes'],
    [['Phường A', 'Xã B', 'Xã C', 'Xã D'], '4 phường, xã', '4 wards and communes'],
    [['Quận A', 'Phường B', 'Phường C', 'Phường D'], '4 địa bàn', '4 areas'],
    [[], 'thành phố Hà Nội', 'Hanoi'],
  ])('many communes are counted and listed, never called the city: %j', (areaNames, vietnamese, english) => {
    const content = templateOf('power', { ...subject, areaNames })
    expect(content.vi.title).toBe(`Mất điện tại ${vietnamese}`)
    expect(content.en?.title).toBe(`Power cut in ${english}`)
    expect(wordsOf(content, 'vi')).not.toContain('Thành phố Hà Nội')
    if (areaNames.length > 0) {
      const listed = areaNames.map((name) => name.charAt(0).toLowerCase() + name.slice(1)).join(', ')
      expect(documentText(content.vi.body)).toContain(`Địa bàn: ${listed}.`)
    }
  })

  test('a forecast names the service that made it and its hour, in both languages', () => {
    const { vi, en, source } = templateOf('warning', subject)
    for (const text of [vi.summary, documentText(vi.body)]) {
      expect(text).toMatch(/bản tin lúc … của Trung tâm Dự báo khí tượng thủy văn quốc gia/)
    }
    for (const text of [en?.summary, en && documentText(en.body)]) {
      expect(text).toMatch(/bulletin issued at … by the National Centre for Hydro-Meteorological Forecasting/)
    }
    expect(source).toBe('Trung tâm Dự báo khí tượng thủy văn quốc gia')
  })

  test.each(written)('%s gives no advice that could kill', (kind) => {
    const words = wordsOf(templateOf(kind, subject), 'vi')
    expect(words).not.toMatch(/ngắt (điện|cầu dao) (khi|nếu) nước vào/)
    expect(words).not.toMatch(/(chết máy|cứu nạn|cứu giúp)[^.;]*1022/)
    expect(words).not.toMatch(/cứu giúp|trú tránh|người già|di dời/)
  })

  test('people who are stuck in a car or in the water are referred to the rescue services', () => {
    expect(wordsOf(templateOf('road_closed', subject), 'vi')).toMatch(/Xe chết máy.*112 hoặc 114/)
    expect(wordsOf(templateOf('road_closed', subject), 'en')).toMatch(/stalls.*112 or 114/)
    expect(wordsOf(templateOf('warning', subject), 'vi')).toContain('ngắt cầu dao trước khi nước vào nhà')
    expect(wordsOf(templateOf('warning', subject), 'en')).toContain('before water enters')
  })
})

test('a duplicate is valid as long as the last one was, from now on', () => {
  const last = { ...templateOf('power', subject), alert: suggestedAlert(templateOf('power', subject)) }
  const later = new Date('2024-09-08T02:00:00Z')
  const { validFrom, validTo, alert, vi } = duplicateOf(last, later)
  expect([validFrom, validTo]).toEqual(['2024-09-08T02:00:00.000Z', '2024-09-08T14:00:00.000Z'])
  expect([alert?.onset, alert?.expires]).toEqual([null, null])
  expect(vi).toEqual(last.vi)
})

test('three lines are a bulletin, in the language they were written in', () => {
  const { vi, en } = quickContent('road_closed', subject, {
    title: 'Cấm cầu Chương Dương',
    summary: 'Từ 20:00',
    body: 'Đi cầu Vĩnh Tuy.\n\nGọi 1022.',
  })
  expect(vi.body.content).toHaveLength(2)
  expect(en).toBeNull()
})

test('an emergency is proposed as extreme and immediate', () => {
  const content = { ...templateOf('warning', subject), severity: 'emergency' as const }
  expect(suggestedAlert(content)).toMatchObject({ urgency: 'Immediate', severity: 'Extreme', category: 'Met' })
  expect(suggestedAlert(templateOf('all_clear', subject)).event).toBe('Hết cảnh báo')
})
