import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import en from '../../../messages/en/report.json' with { type: 'json' }
import vi from '../../../messages/vi/report.json' with { type: 'json' }
import { moveRules } from './lifecycle.ts'
import { type Book, type LoggedEvent, timelineEvents, timelineOf } from './timeline.ts'

const domain = join(import.meta.dirname, '..')
const book: Book = {
  people: { p1: { name: 'Trần Văn Hùng', position: 'Cán bộ', agency: 'Cửa Nam' } },
  agencies: { a1: 'UBND phường Cửa Nam', a2: 'Công ty Cây xanh' },
  areas: { 7: 'Phường Cửa Nam' },
  incidents: {},
  reports: {},
  notes: { n1: { body: 'Đã gọi điện', mentions: [] } },
  messages: { m1: 'Ở trước cổng trường' },
}

const event = (name: string, rest: Partial<LoggedEvent> = {}): LoggedEvent => ({
  id: 1,
  at: '2026-03-02T01:00:00.000Z',
  event: `report.${name}`,
  actorKind: 'staff',
  actorId: 'p1',
  agencyId: 'a1',
  from: null,
  to: null,
  details: {},
  ...rest,
})

/** Every event of a report that the code of this domain writes, including the moves. */
function writtenEvents(): string[] {
  const sources = readdirSync(domain, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts') && !entry.name.endsWith('.test.ts'))
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'utf8'))
  const named = sources.flatMap((source) =>
    [...source.matchAll(/'report\.([a-z_]+)'/g)].map(([, name]) => name as string),
  )
  return [...new Set([...named, ...Object.values(moveRules).map((move) => move.event.replace('report.', ''))])]
}

describe('the timeline', () => {
  test('can show every event that is written', () => {
    const untold = writtenEvents().filter((name) => !(timelineEvents as string[]).includes(name))
    expect(untold).toEqual([])
  })

  test('has a sentence for each of them in both languages, and for no others', () => {
    expect(Object.keys(vi.timeline.events).sort()).toEqual([...timelineEvents].sort())
    expect(Object.keys(en.timeline.events).sort()).toEqual([...timelineEvents].sort())
  })

  test('replaces ids by names', () => {
    const [entry] = timelineOf(
      [event('transferred', { details: { from: 'a1', agencyId: 'a2', reason: 'Cây do công ty quản lý' } })],
      book,
      'all',
    )
    expect(entry).toMatchObject({
      who: { name: 'Trần Văn Hùng', agency: 'Cửa Nam' },
      values: { from: 'UBND phường Cửa Nam', agency: 'Công ty Cây xanh' },
      words: { voice: 'reason', text: 'Cây do công ty quản lý' },
    })
  })

  test('shows values before and after, and nothing where both are equal', () => {
    const details = {
      address: ['', '12 Lò Đúc'],
      areaId: [null, 7],
      point: [null, { lon: 105.85, lat: 21.03 }],
      tags: [['cũ'], ['cũ']],
      severity: ['normal', 'urgent'],
    }
    const [entry] = timelineOf([event('place_changed', { details })], book, 'all')
    expect(entry?.changes).toEqual([
      { field: 'severity', before: 'normal', after: 'urgent' },
      { field: 'address', before: null, after: '12 Lò Đúc' },
      { field: 'area', before: null, after: 'Phường Cửa Nam' },
      { field: 'point', before: null, after: '21.03000, 105.85000' },
    ])
  })

  test('skips unknown events, and does not fail on details of an unexpected shape', () => {
    const odd = [
      event('from_the_future'),
      event('person_assigned', { details: { assigneeId: 5 } }),
      event('note_added'),
    ]
    expect(timelineOf(odd, book, 'all').map((entry) => entry.event)).toEqual(['person_assigned', 'note_added'])
  })

  test('shows an agency that held the report before its own part and what the citizen knows', () => {
    const log = [
      event('received', { agencyId: null, actorId: null, actorKind: 'citizen' }),
      event('note_added', { agencyId: 'a1', details: { noteId: 'n1' } }),
      event('note_added', { agencyId: 'a2', details: { noteId: 'n1' } }),
      event('transferred', { agencyId: 'a2', details: { from: 'a2', agencyId: 'a1', reason: 'Nội bộ' } }),
      event('citizen_asked', { agencyId: 'a2', details: { messageId: 'm1' } }),
      event('reporter_revealed', { agencyId: 'a2', details: { reason: 'Nội bộ' } }),
    ]
    expect(timelineOf(log, book, ['a1']).map(({ event, words }) => [event, words?.text ?? null])).toEqual([
      ['received', null],
      ['note_added', 'Đã gọi điện'],
      ['transferred', null],
      ['citizen_asked', 'Ở trước cổng trường'],
    ])
  })
})
