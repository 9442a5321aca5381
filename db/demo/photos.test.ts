import { expect, test } from 'vitest'
import { motifs, platesOf } from './photos.ts'
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
