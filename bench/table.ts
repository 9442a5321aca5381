import type { Job, Target } from './jobs.ts'
import type { Measured } from './measure.ts'

/** `many`: at sixteen connections, if the goal of the job is a share of the floor's rate. */
export type Quartet = { floorOne: Measured; appOne: Measured; many: { floor: Measured; app: Measured } | null }

const columns = [78, 16, 16, 13, 13, 8, 10] as const
export const line = (cells: readonly string[]) =>
  cells.map((cell, at) => (at === 0 ? cell.padEnd(columns[at]) : cell.padStart(columns[at] ?? 10))).join(' ')

export const header = line(['job', 'floor p50/p95', 'desk p50/p95', 'floor /s ×16', 'desk /s ×16', 'share', ''])

const ms = ({ p50, p95 }: Measured) => `${p50.toFixed(1)}/${p95.toFixed(1)} ms`

export function rowOf({ title }: Job, { floorOne, appOne, many }: Quartet, words: string): string {
  const all = [floorOne, appOne, ...(many ? [many.floor, many.app] : [])]
  const failed = all.reduce((sum, one) => sum + one.failed, 0)
  return line([
    title,
    ms(floorOne),
    ms(appOne),
    many?.floor.rate.toFixed(0) ?? '',
    many?.app.rate.toFixed(0) ?? '',
    many ? shareOf(many).toFixed(2) : '',
    failed > 0 ? `${failed} FAILED` : words,
  ])
}

const shareOf = ({ floor, app }: NonNullable<Quartet['many']>): number => app.rate / floor.rate

/** Whether the job reaches its goal in docs/speed.md; only a word, because the speed of a machine varies. */
export function verdict(
  { extraMillis, mostMillis, mostP95, share }: Target,
  { floorOne, appOne, many }: Quartet,
): string {
  const most = mostMillis ?? floorOne.p50 + (extraMillis ?? 0)
  const isQuick = appOne.p50 <= most
  if (mostP95 !== undefined) return appOne.p95 <= mostP95 ? 'reached' : 'time'
  const isBroad = many === null || shareOf(many) >= share
  return isQuick && isBroad ? 'reached' : isQuick ? 'rate' : isBroad ? 'time' : 'missed'
}

export const memoryRow = (megabytes: number): string =>
  line([
    'resident memory of the server process after all this',
    '',
    `${megabytes} MB`,
    '',
    '',
    '',
    megabytes <= 400 ? 'reached' : 'missed',
  ])
