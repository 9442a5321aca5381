import { describe, expect, vi } from 'vitest'
import { test } from '#server/http/testing/open311-desk.ts'
import { formWith, partner, photoOf } from '#server/http/testing/open311-partner.ts'
import { drawInTurn } from '#server/platform/one-at-a-time.ts'
import { apiLimits, uploadLimits } from '#server/platform/rules/limits.ts'

const path = '/open311/v2/requests.json'

describe('photos at once', () => {
  test('hold the place of their client until they are stored', async ({ desk, db }) => {
    const { key, sent } = await partner(db)
    const photos = await Promise.all(
      Array.from({ length: apiLimits.photos.perClient + 1 }, (_, at) => photoOf(70 + at)),
    )
    const post = (photo: Uint8Array, init: RequestInit = {}) =>
      desk.send(path, { method: 'POST', headers: { 'x-api-key': key }, body: formWith(sent, photo), ...init })
    const [stored, write] = [Promise.withResolvers<void>(), desk.store.write]
    let writing = 0
    desk.store.write = async (name, bytes) => {
      writing++
      await stored.promise
      return write(name, bytes)
    }
    const [last = new Uint8Array(), ...first] = photos
    const sending = first.map((photo) => post(photo))
    try {
      await vi.waitFor(() => expect(writing).toBe(first.length), 10_000)
      const { status, json } = await post(last, { signal: AbortSignal.timeout(5000) })
      expect([status, json()[0]?.description]).toEqual([429, 'too many photos at the same time: try again'])
    } finally {
      stored.resolve()
      desk.store.write = write
    }
    expect((await Promise.all(sending)).map(({ status }) => status)).toEqual(first.map(() => 201))
    expect((await post(last)).status).toBe(201)
  })

  test('leave the places of staff in the queue of those that are drawn', async ({ desk, db }) => {
    const { key, sent } = await partner(db)
    const drawing = Promise.withResolvers<void>()
    // One is drawn and all places but one are taken.
    const ofStaff = Array.from({ length: uploadLimits.waiting }, () => drawInTurn(() => drawing.promise))
    const photos = await Promise.all(Array.from({ length: apiLimits.photos.perClient }, (_, at) => photoOf(90 + at)))
    const sending = photos.map((photo) =>
      desk.send(path, { method: 'POST', headers: { 'x-api-key': key }, body: formWith(sent, photo) }),
    )
    // Refused while the six are here: those that found no place would be answered before.
    const seventh = () => desk.send(path, { method: 'POST', headers: { 'x-api-key': key }, body: formWith(sent) })
    await vi.waitFor(async () => expect((await seventh()).status).toBe(429), 10_000)
    drawing.resolve()
    await Promise.all(ofStaff)
    expect((await Promise.all(sending)).map(({ status }) => status)).toEqual(photos.map(() => 201))
  })
})
