import fc from 'fast-check'
import { expect, test } from 'vitest'
import { asRecorded } from './as-recorded.ts'
import { acts, Told, time } from './test-histories.ts'
import { versionsOf } from './versions.ts'

const timeOf = () => time
const hour = 3_600_000

const steps = fc.array(
  fc.record({ act: fc.constantFrom(...acts), minutes: fc.integer({ min: 1, max: 3_000 }), pick: fc.nat(40) }),
  { maxLength: 12 },
)

test('a report as recorded is the one of before all that the log learned later, whenever that took effect', () => {
  fc.assert(
    fc.property(steps, (taken) => {
      const told = new Told(taken)
      const issuedAt = new Date(told.now.getTime() + hour)
      const later = new Date(told.now.getTime() + 2 * hour)
      for (const truth of [...told.truths, ...told.between]) {
        const events = told.events.map((event, place) =>
          place < truth.events.length ? event : { ...event, recordedAt: later },
        )
        const known = asRecorded({ head: told.head, events, clocks: told.stored() }, issuedAt, timeOf)
        const { head, clocks } = truth
        expect(known && versionsOf(known, timeOf)).toEqual(versionsOf({ head, events: truth.events, clocks }, timeOf))
      }
    }),
    { numRuns: 300 },
  )
})

test('a report of which the log learned later was not known', () => {
  const told = new Told([{ act: 'assign', minutes: 60, pick: 0 }])
  const issuedAt = new Date(told.now.getTime() + hour)
  const recordedAt = new Date(told.now.getTime() + 2 * hour)
  const events = told.events.map((event) => ({ ...event, recordedAt }))
  expect(asRecorded({ head: told.head, events, clocks: told.stored() }, issuedAt, timeOf)).toBeNull()
})
