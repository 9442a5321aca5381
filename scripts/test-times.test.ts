import { expect, test } from 'vitest'
import { kindsOfTime, kindsTable, slowest } from './test-times.ts'

const file = { file: 'server/a.test.ts', project: 'integration', seconds: 60, preparing: 3, imports: 12, cloning: 18 }
const units = { startUp: 6, files: [file, file] }
const journey = { file: 'a.spec.ts', title: 'a day', seconds: 120, visits: 1200, startUp: 12, visiting: 60 }
const examined = { ...journey, axe: 6, waiting: 30 }

test('what the time went into is told by kind, and what is left is the tests themselves', () => {
  expect(kindsTable(kindsOfTime(units, [examined])).split('\n')).toEqual([
    'Time of all workers together',
    'Test files  start-up                0.2 min   10 %',
    'Test files  imports                 0.4 min   19 %',
    'Test files  cloning databases       0.6 min   29 %',
    'Test files  the tests               0.9 min   43 %',
    'Journeys    start-up                0.2 min   10 %',
    'Journeys    1,200 page visits       1.0 min   50 %',
    'Journeys    axe                     0.1 min    5 %',
    'Journeys    waiting                 0.5 min   25 %',
    'Journeys    acting and all else     0.2 min   10 %',
  ])
})

test('the 30 slowest files and journeys are told, the slowest first', () => {
  const files = Array.from({ length: 40 }, (_, seconds) => ({ ...file, file: `server/${seconds}.test.ts`, seconds }))
  const lines = slowest(files, [examined]).split('\n')
  expect(lines.slice(0, 2)).toEqual([
    'The 30 slowest test files, in seconds',
    '  39.0  server/39.test.ts (integration; imports 12.0, cloning 18.0)',
  ])
  expect(lines[30]).toMatch(/server\/10\.test\.ts/)
  expect(lines.slice(31)).toEqual([
    '',
    'The 1 slowest journeys, in seconds',
    ' 120.0  a.spec.ts › a day (start-up 12.0, visits 60.0, axe 6.0, waiting 30.0)',
  ])
})

test('a run without journeys has no share of them', () => {
  expect(kindsTable(kindsOfTime(units, []))).toContain('Journeys    axe                     0.0 min    0 %')
})
