import { expect, test } from 'vitest'
import { Laps } from './laps.ts'

test('each part lasts until the next begins, and one in several pieces stands where its last piece stood', () => {
  const installation = { title: 'Installation', seconds: 35, busy: 20 }
  const laps = new Laps([installation])
  for (const title of ['Journeys', 'City', 'Journeys']) laps.begin(title)
  const began = performance.now()
  while (performance.now() - began < 200) Math.sqrt(began)
  const parts = laps.end()
  expect(parts.map(({ title }) => title)).toEqual(['Installation', 'City', 'Journeys'])
  expect(parts[0]).toEqual(installation)
  expect(parts[1]?.seconds).toBeLessThan(0.1)
  expect(parts[2]?.seconds).toBeGreaterThanOrEqual(0.2)
  // The clock of the processors ticks in hundredths.
  expect(parts[2]?.busy).toBeGreaterThan(0.1)
})
