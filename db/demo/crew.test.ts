import { expect, test } from 'vitest'
import { drawCity } from './checks/drawn-city.ts'
import { type CityOrder, type Stretch, writtenBy } from './crew.ts'
import { CityWriter } from './writer.ts'

const today = '2026-11-25T09:40'
const order: CityOrder = { seed: 'hanoi/1', today: new Date(`${today}+07:00`), reports: 12_000, photos: [] }

test('threads write the same rows as a single one, in the order of the days', async () => {
  const drawn = await drawCity({ today })
  const days = drawn.city.days.slice(-6, -1)
  const alone = new CityWriter(1)
  const stretches: Stretch[] = []
  let firstId = 1
  for (const plan of days) {
    stretches.push({ days: [plan], firstId })
    const lived = drawn.live(plan)
    alone.addDay(plan.day, lived)
    firstId += lived.length
  }
  const texts = new Map<string, string>()
  for await (const written of writtenBy(order, stretches)) {
    for (const { statement, bytes } of written) {
      texts.set(statement, (texts.get(statement) ?? '') + new TextDecoder().decode(bytes))
    }
  }
  const expected = alone.take().map(({ statement, bytes }) => [statement, new TextDecoder().decode(bytes)] as const)
  expect([...texts]).toEqual(expected)
})

test('a dying thread makes the work fail', async () => {
  const impossible = { day: 'never', reports: 3, storm: 0, isThinned: false, pieces: 'none' as const }
  const working = writtenBy(order, [{ days: [impossible], firstId: 1 }])
  await expect(working.next()).rejects.toThrow(/Invalid/)
})
