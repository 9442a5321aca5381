import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { filterSamples } from '#db/factories/filters.ts'
import { parametersOf } from '#server/platform/rules/filters/address.ts'
import { namesOf } from '#server/platform/rules/filters/filters.ts'
import { type Queue, queueOf, queueSorts, queueViews } from './queue.ts'
import { parseQueue, queueAddress, queueParameters } from './queue-address.ts'
import { noFilters, type QueueFilters, queueFilters } from './queue-filters.ts'
import { queueSchema } from './queue-input.ts'

const samples = filterSamples(queueFilters, {
  categories: ['GT', 'GT-01'],
  areas: [7, 70],
  agencies: ['so-xay-dung', 'ubnd-x-00070'],
  incidents: ['00000000-0000-4000-8000-000000000002'],
  figures: ['handled~agency=cvcx~period=2026-11-01..2026-11-25&area=7~2026-11-25T03:40:00.000Z'],
})
const oneOf = (name: keyof QueueFilters) => fc.constantFrom<unknown>(queueFilters[name].empty, ...samples[name])
const queues = fc.record({
  ...Object.fromEntries(namesOf(queueFilters).map((name) => [name, oneOf(name)])),
  view: fc.constantFrom(...queueViews),
  sort: fc.constantFrom(null, ...queueSorts),
  dir: fc.constantFrom('asc', 'desc'),
}) as fc.Arbitrary<Queue>

describe('the address of a queue', () => {
  test('is read back as it was written', () => {
    const readBack = (queue: Queue) => parseQueue(parametersOf(new URLSearchParams(queueAddress(queue))), 'all')
    fc.assert(
      fc.property(queues, (queue) => {
        const read = readBack(queue)
        // Reading may drop spaces and broken surrogates from the words; after that they stay the same.
        expect({ ...read, words: '' }).toEqual({ ...queue, words: '', ...(!queue.sort && { dir: null }) })
        expect(readBack(read)).toEqual(read)
      }),
    )
  })

  test('contains only what differs from an untouched view', () => {
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
  ])('whatever it contains, the procedure accepts what was read of it: %o', (address) => {
    expect(queueSchema.safeParse(parseQueue(address, 'all')).error?.issues).toBeUndefined()
  })

  test('a page loaded before an update, which sends excluded tags separately, still excludes them', () => {
    const { tags } = queueSchema.parse({ ...queueOf('all', { tags: ['yagi'] }), withoutTags: ['test'] })
    expect(tags).toEqual(['yagi', '-test'])
  })

  test('keeps the words as typed, composed and on one line', () => {
    expect(parseQueue({ q: '  cây   đổ\n'.normalize('NFD') }, 'all').words).toBe('cây đổ'.normalize('NFC'))
  })

  test('an empty address is the first view of the account', () => {
    expect(parseQueue({}, 'overdue')).toEqual({ ...noFilters, view: 'overdue', sort: null, dir: null })
    expect([...queueParameters(queueOf('all')).keys()]).toEqual(['view'])
  })
})
