import type { JourneyTimes } from '#e2e/times-reporter.ts'
import { minutes } from './run-times.ts'
import type { FileTimes, UnitTimes } from './times-reporter.ts'

/** Seconds by kind, summed over all workers: those that run side by side count each. */
type Kind = { of: string; kind: string; seconds: number }

const listed = 30

/** On what the test files and the journeys spent their time. */
export function kindsOfTime({ startUp, files }: UnitTimes, journeys: readonly JourneyTimes[]): Kind[] {
  const ofFiles = {
    'start-up': startUp + sum(files, 'preparing'),
    imports: sum(files, 'imports'),
    'cloning databases': sum(files, 'cloning'),
  }
  const ofJourneys = {
    'start-up': sum(journeys, 'startUp'),
    [`${sum(journeys, 'visits').toLocaleString('en')} page visits`]: sum(journeys, 'visiting'),
    axe: sum(journeys, 'axe'),
    waiting: sum(journeys, 'waiting'),
  }
  return [
    ...withRest('Test files', ofFiles, 'the tests', startUp + sum(files, 'seconds')),
    ...withRest('Journeys', ofJourneys, 'acting and all else', sum(journeys, 'seconds')),
  ]
}

/** The kinds as a table, with their share of all files or all journeys. */
export function kindsTable(kinds: readonly Kind[]): string {
  const rows = kinds.map(({ of, kind, seconds }) => {
    const all = kinds.filter((other) => other.of === of).reduce((total, other) => total + other.seconds, 0)
    const share = `${all > 0 ? Math.round((seconds / all) * 100) : 0} %`
    return `${of.padEnd(12)}${kind.padEnd(22)}${minutes(seconds).padStart(9)}${share.padStart(7)}`
  })
  return ['Time of all workers together', ...rows].join('\n')
}

/** The 30 slowest test files and the 30 slowest journeys, the slowest first. */
export function slowest(files: readonly FileTimes[], journeys: readonly JourneyTimes[]): string {
  return [
    ...list('test files', files, ({ file, project, imports, cloning }) => {
      const parts = `imports ${tenths(imports)}, cloning ${tenths(cloning)}`
      return `${file} (${project}; ${parts})`
    }),
    '',
    ...list('journeys', journeys, ({ file, title, startUp, visiting, axe, waiting }) => {
      const parts = `start-up ${tenths(startUp)}, visits ${tenths(visiting)}, axe ${tenths(axe)}, waiting ${tenths(waiting)}`
      return `${file} › ${title} (${parts})`
    }),
  ].join('\n')
}

function list<T extends { seconds: number }>(what: string, all: readonly T[], line: (one: T) => string): string[] {
  const slow = all.toSorted((a, b) => b.seconds - a.seconds).slice(0, listed)
  return [
    `The ${slow.length} slowest ${what}, in seconds`,
    ...slow.map((one) => `${tenths(one.seconds).padStart(6)}  ${line(one)}`),
  ]
}

function withRest(of: string, known: Record<string, number>, rest: string, all: number): Kind[] {
  const left = Object.values(known).reduce((remaining, seconds) => remaining - seconds, all)
  return Object.entries({ ...known, [rest]: Math.max(left, 0) }).map(([kind, seconds]) => ({ of, kind, seconds }))
}

function sum<K extends string>(all: readonly Record<K, number>[], key: K): number {
  return all.reduce((total, one) => total + one[key], 0)
}

const tenths = (seconds: number): string => seconds.toFixed(1)
