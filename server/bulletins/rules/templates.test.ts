import { describe, expect, test } from 'vitest'
import { bulletinKinds } from './bulletin.ts'
import { cleanDocument } from './document.ts'
import { documentText } from './document-text.ts'
import { bulletinContent } from './schemas.ts'
import { duplicateOf, quickContent, suggestedAlert, templateOf } from './templates.ts'

const at = new Date('2024-09-07T13:00:00Z')
const subject = { incident: 'Bão số 3 – Yagi', areaIds: [4, 9], areaNames: ['Phường Cửa Nam', 'Phường Hoàn Kiếm'], at }

describe('templates', () => {
  test.each(bulletinKinds)('%s is a bulletin that the server takes as it is', (kind) => {
    const content = templateOf(kind, subject)
    expect(bulletinContent.parse(content)).toEqual(content)
    expect(cleanDocument(content.vi.body)).toEqual(content.vi.body)
  })

  test('say the incident, its areas and the hour on the clocks of Hanoi', () => {
    const { vi, areaIds, validTo } = templateOf('warning', subject)
    expect(vi.title).toBe('Cảnh báo … tại Phường Cửa Nam, Phường Hoàn Kiếm')
    expect(documentText(vi.body)).toContain('Lúc 20:00 ngày 07/09/2024, Bão số 3 – Yagi')
    expect(areaIds).toEqual([4, 9])
    expect(validTo).toBe('2024-09-07T19:00:00.000Z')
  })

  test('name the city where the communes are many', () => {
    const many = { ...subject, areaNames: ['a', 'b', 'c', 'd'] }
    expect(templateOf('power', many).vi.title).toBe('Mất điện tại Thành phố Hà Nội')
  })
})

test('a duplicate holds as long as the last one did, from now on', () => {
  const last = { ...templateOf('power', subject), alert: suggestedAlert(templateOf('power', subject)) }
  const later = new Date('2024-09-08T02:00:00Z')
  const { validFrom, validTo, alert, vi } = duplicateOf(last, later)
  expect([validFrom, validTo]).toEqual(['2024-09-08T02:00:00.000Z', '2024-09-08T14:00:00.000Z'])
  expect([alert?.onset, alert?.expires]).toEqual([null, null])
  expect(vi).toEqual(last.vi)
})

test('three lines are a bulletin', () => {
  const { vi } = quickContent('road_closed', subject, {
    title: 'Cấm cầu Chương Dương',
    summary: 'Từ 20:00',
    body: 'Đi cầu Vĩnh Tuy.\n\nGọi 1022.',
  })
  expect(vi.body.content).toHaveLength(2)
})

test('an emergency is proposed as extreme and immediate', () => {
  const content = { ...templateOf('warning', subject), severity: 'emergency' as const }
  expect(suggestedAlert(content)).toMatchObject({ urgency: 'Immediate', severity: 'Extreme', category: 'Met' })
})
