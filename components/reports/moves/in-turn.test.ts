import { expect, test } from 'vitest'
import type { Moved } from './calls.ts'
import { afterTurns, inTurn, isUnderWay } from './in-turn.ts'

const moved = (version: number) => ({ version, state: 'in_progress' }) as Moved

test('actions on one report run one after another, each on the version that the one before has made', async () => {
  const seen: (number | undefined)[] = []
  const action = (version: number) => async (earlier: Moved | null) => {
    seen.push(earlier?.version)
    return moved(version)
  }
  const results = [inTurn(1, 'accept', action(2)), inTurn(1, 'change_tags', action(3)), inTurn(2, 'accept', action(9))]
  expect(isUnderWay(1)).toBe(true)
  expect(await afterTurns(1)).toBe(true)
  expect((await Promise.all(results)).map(({ version }) => version)).toEqual([2, 3, 9])
  expect(seen).toEqual([undefined, undefined, 2])
  expect(isUnderWay(1)).toBe(false)
  expect(await afterTurns(1)).toBe(false)
})

test('a refused action blocks none after it', async () => {
  const refused = inTurn(3, 'accept', () => Promise.reject(new Error('refused')))
  const next = inTurn(3, 'change_tags', async (earlier) => moved(earlier === null ? 5 : 0))
  await expect(refused).rejects.toThrow('refused')
  await expect(next).resolves.toMatchObject({ version: 5 })
  expect(isUnderWay(3)).toBe(false)
})
