import { describe, expect, test } from 'vitest'
import { likelyWords, respelled, typingErrors } from './spelling.ts'

test.each([
  ['trai', 'trai', 0],
  ['traii', 'trai', 1],
  ['tai', 'trai', 1],
  ['trau', 'trai', 1],
  ['tria', 'trai', 1],
  ['hugn', 'hung', 1],
  ['ngaapj', 'ngap', 2],
  ['cay', 'nguyen', 3],
])('%s and %s are %d errors apart', (a, b, errors) => expect(typingErrors(a, b, 2)).toBe(errors))

const known = new Map([
  ['nguyen', 900],
  ['nguyet', 20],
  ['trai', 300],
  ['trau', 40],
  ['tran', 500],
  ['hung', 200],
  ['do', 800],
])
const vocabulary = [...known].map(([word, reports]) => ({ word, reports }))

describe('a mistyped word', () => {
  test('may mean the nearest word, then the most used', () => {
    expect(likelyWords('traii', vocabulary)).toEqual(['trai'])
    expect(likelyWords('traj', vocabulary)).toEqual(['tran', 'trai', 'trau'])
    expect(likelyWords('nguuyen', vocabulary)).toEqual(['nguyen', 'nguyet'])
  })
  test('is not corrected where it is short or has digits: everything is near it', () => {
    expect(likelyWords('dp', vocabulary)).toEqual([])
    expect(likelyWords('29a12', vocabulary)).toEqual([])
  })
})

describe('a search that found nothing', () => {
  test('has its unknown words corrected and the known ones kept', () => {
    expect(respelled(['nguyen', 'traii'], known)).toEqual({ words: [['nguyen'], ['trai']], oneAtATime: false })
  })
  test('has each word varied where all are known', () => {
    expect(respelled(['nguyen', 'do'], known)).toEqual({ words: [['nguyet'], []], oneAtATime: true })
  })
  test('is given up where no word is near', () => {
    expect(respelled(['nguyen', 'xyzzy'], known)).toBeNull()
    expect(respelled(['do'], known)).toBeNull()
  })
})
