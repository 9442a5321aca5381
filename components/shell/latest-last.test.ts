import { expect, test } from 'vitest'
import { latestLast } from './latest-last.ts'

function slowSender() {
  const sent: { value: object; answer: () => void; refuse: () => void }[] = []
  const send = (value: object) =>
    new Promise<void>((answer, refuse) => sent.push({ value, answer, refuse: () => refuse(new Error('refused')) }))
  return { sent, ...latestLast(send) }
}

test('values that come while one is being sent follow it, merged', async () => {
  const { sent, send } = slowSender()
  const done = [send({ columns: 1 }), send({ columns: 2 }), send({ density: 'high' })]
  expect(sent.map(({ value }) => value)).toEqual([{ columns: 1 }])
  sent[0]?.answer()
  await done[0]
  expect(sent.map(({ value }) => value)).toEqual([{ columns: 1 }, { columns: 2, density: 'high' }])
  sent[1]?.answer()
  await Promise.all(done)
})

test('a refused one fails alone, and the next is sent all the same', async () => {
  const { sent, send } = slowSender()
  const [first, second] = [send({ columns: 1 }), send({ columns: 2 })]
  sent[0]?.refuse()
  await expect(first).rejects.toThrow('refused')
  sent[1]?.answer()
  await second
  expect(sent).toHaveLength(2)
})

test('when the page closes nothing waits any longer', () => {
  const { sent, send, flush } = slowSender()
  void send({ columns: 1 })
  void send({ columns: 2 })
  flush()
  flush()
  expect(sent.map(({ value }) => value)).toEqual([{ columns: 1 }, { columns: 2 }])
})
