import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { JourneyTimes } from '#e2e/times-reporter.ts'
import type { Part } from './laps.ts'
import { root } from './run.ts'
import { runTimes } from './run-times.ts'
import { kindsOfTime, kindsTable, slowest } from './test-times.ts'
import type { UnitTimes } from './times-reporter.ts'

type Times = {
  parts: Part[]
  floorPage?: number | undefined
  units?: UnitTimes | undefined
  journeys?: JourneyTimes[] | undefined
}

const folder = join(root, 'test-results')

/** Keeps the times of a whole run in test-results, as JSON and as text, and returns the text. */
export function keepTimes(times: Times): string {
  const { parts, floorPage, units = { startUp: 0, files: [] }, journeys = [] } = times
  const kinds = kindsOfTime(units, journeys)
  const text = [runTimes(parts, floorPage), kindsTable(kinds), slowest(units.files, journeys)].join('\n\n')
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'times.json'), `${JSON.stringify({ ...times, kinds }, undefined, 1)}\n`)
  writeFileSync(join(folder, 'times.txt'), `${text}\n`)
  return text
}

/** What a reporter has written; nothing where its suite did not get so far. */
export function readTimes<T>(file: string): T | undefined {
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as T) : undefined
}

/** Seconds of each test file, and of each journey by its file and title, in the last whole run. */
export function knownTimes(): Map<string, number> {
  const { units, journeys = [] } = readTimes<Times>(join(folder, 'times.json')) ?? {}
  return new Map([
    ...(units?.files ?? []).map(({ file, seconds }) => [file, seconds] as const),
    ...journeys.map(({ file, title, seconds }) => [`e2e/${file} › ${title}`, seconds] as const),
  ])
}
