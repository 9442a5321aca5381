import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parametersOf } from '#server/platform/rules/filters/address.ts'
import { channels, reportStates, severities } from './lifecycle.ts'
import { type Queue, queueOf, queueSorts, queueViews } from './queue.ts'
import { parseQueue, queueAddress, queueParameters } from './queue-address.ts'
import { deadlineKinds, noFilters } from './queue-filters.ts'
import { queueSchema } from './queue-input.ts'

const day = fc
  .integer({ min: 0, max: 4000 })
  .map((days) => new Date(Date.UTC(2024, 0, 1) + days * 86_400_000).toISOString().slice(0, 10))
const range = fc.oneof(
  fc.constant(null),
  fc.tuple(day, day).map(([a, b]) => (a < b ? { from: a, to: b } : { from: b, to: a })),
  day.map((from) => ({ from, to: null })),
  day.map((to) => ({ from: null, to })),
)
const tag = fc.constantFrom('yagi', '-test', 'sau bão', '-sau bão', 'a,b', 'x&y=1', 'c-d')
const queues: fc.Arbitrary<Queue> = fc.record({
  view: fc.constantFrom(...queueViews),
  words: fc.constantFrom('', 'cây đổ', '"lò đúc" & 50%', 'HN-240907-0113', 'a+b'),
  states: fc.uniqueArray(fc.constantFrom(...reportStates)),
  severities: fc.uniqueArray(fc.constantFrom(...severities)),
  categories: fc.uniqueArray(fc.constantFrom('GT', 'GT-01', 'CX-02')),
  areas: fc.uniqueArray(fc.integer({ min: 1, max: 999 }), { maxLength: 5 }),
  agencies: fc.uniqueArray(fc.constantFrom('so-xay-dung', 'ubnd-x-00070')),
  assignee: fc.constantFrom(null, 'me', 'none', '00000000-0000-4000-8000-000000000001'),
  channels: fc.uniqueArray(fc.constantFrom(...channels)),
  incident: fc.constantFrom(null, '00000000-0000-4000-8000-000000000002'),
  tags: fc.uniqueArray(tag),
  deadlines: fc.uniqueArray(fc.constantFrom(...deadlineKinds)),
  received: range,
  due: range,
  photo: fc.constantFrom(null, true, false),
  mark: fc.constantFrom(null, 'handled~agency=cvcx~period=2026-11-01..2026-11-25&area=7~2026-11-25T03:40:00.000Z'),
  sort: fc.constantFrom(null, ...queueSorts),
  dir: fc.constantFrom('asc', 'desc'),
})

describe('the address of a queue', () => {
  test('is read back as it was written', () => {
    fc.assert(
      fc.property(queues, (queue) => {
        const expected = queue.sort ? queue : { ...queue, dir: null }
        expect(parseQueue(parametersOf(new URLSearchParams(queueAddress(queue))), 'all')).toEqual(expected)
      }),
    )
  })

  test('names only what differs from an untouched view', () => {
    expect(queueAddress(queueOf('overdue'))).toBe('view=overdue')
    const queue = queueOf('open', {
      states: ['in_progress', 'awaiting_approval'],
      tags: ['yagi', '-test'],
    })
    expect(queueAddress(queue)).toBe('view=open&state=in_progress,awaiting_approval&tag=yagi&tag=-test')
  })

  test('drops what it does not understand and keeps the rest', () => {
    expect(
      parseQueue(
        {
          view: 'nonsense',
          state: 'in_progress,open,closed',
          area: ['12', 'x', "1' or 1=1"],
          assignee: 'somebody',
          incident: 'yagi',
          received: '2026-13-01..2026-09-07',
          due: 'tomorrow',
          photo: 'maybe',
          sort: 'colour',
          dir: 'up',
          utm: 'x',
        },
        'mine',
      ),
    ).toEqual({
      ...queueOf('mine', {
        states: ['in_progress', 'closed'],
        areas: [12],
        received: { from: null, to: '2026-09-07' },
      }),
    })
  })

  test.each([
    { area: '0' },
    { received: '0001-01-01' },
    { due: '2026-01-01..2500-01-01' },
    { incident: '00000000-0000-0000-0000-00000000000f' },
    { tag: `-${'x'.repeat(60)}`, q: 'x'.repeat(300), mark: 'x'.repeat(700), category: 'x'.repeat(30) },
  ])('whatever it holds, the procedure takes what was read of it: %o', (address) => {
    expect(queueSchema.safeParse(parseQueue(address, 'all')).error?.issues).toBeUndefined()
  })

  test('an old page that sends excluded tags by themselves still excludes them', () => {
    const { tags } = queueSchema.parse({ ...queueOf('all', { tags: ['yagi'] }), withoutTags: ['test'] })
    expect(tags).toEqual(['yagi', '-test'])
  })

  test('keeps the words as typed, in one composition and one line', () => {
    expect(parseQueue({ q: '  cây   đổ\n'.normalize('NFD') }, 'all').words).toBe('cây đổ'.normalize('NFC'))
  })

  test('an empty address is the view the day begins with', () => {
    expect(parseQueue({}, 'overdue')).toEqual({ ...noFilters, view: 'overdue', sort: null, dir: null })
    expect([...queueParameters(queueOf('all')).keys()]).toEqual(['view'])
  })
})
