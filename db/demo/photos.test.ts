import { createHash } from 'node:crypto'
import sharp from 'sharp'
import { expect, test } from 'vitest'
import { drawPhotos, motifs, platesOf } from './photos.ts'
import { readScenes } from './scenes.ts'

test('every motif that a scene names is drawn', () => {
  const named = readScenes().flatMap(({ motif }) => (motif === null ? [] : [motif]))
  const drawn = new Set(motifs.map(({ name }) => name))
  expect(named.filter((motif) => !drawn.has(motif))).toEqual([])
  expect(drawn.size).toBe(motifs.length)
})

test('the drawings are the same each time, and all different', () => {
  const plates = platesOf(motifs)
  expect(platesOf(motifs)).toEqual(plates)
  expect(new Set(plates.map(({ svg }) => svg)).size).toBe(plates.length)
  expect(plates.filter(({ stage }) => stage === 'before').length).toBeGreaterThan(40)
  expect(plates.filter(({ stage }) => stage === 'after').length).toBeGreaterThan(25)
})

test('they become small pictures that are not empty', { timeout: 60_000 }, async () => {
  const photos = await drawPhotos()
  expect(new Set(photos.map(({ jpeg }) => createHash('sha256').update(jpeg).digest('hex'))).size).toBe(photos.length)
  for (const { name, jpeg, width, height } of photos.filter((_, i) => i % 9 === 0)) {
    const picture = sharp(jpeg)
    expect(await picture.metadata(), name).toMatchObject({ format: 'jpeg', width, height })
    const { channels } = await picture.stats()
    expect(Math.max(...channels.map(({ stdev }) => stdev)), name).toBeGreaterThan(20)
    expect(jpeg.byteLength, name).toBeLessThan(200_000)
  }
})
