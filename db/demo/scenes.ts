import { readdirSync, readFileSync } from 'node:fs'
import { type RejectReason, rejectReasons } from '#server/reports/rules/lifecycle.ts'
import { WeightedTable } from './random.ts'
import { compileTemplate, type Template } from './templates.ts'

/**
 * One kind of problem as citizens report it, with what the agency did in the end, so that title, body, photo and answer
 * agree.
 */
export type Scene = {
  key: string
  categoryCode: string
  /** The motif of its photos; null if people send none. */
  motif: string | null
  weight: number
  isUrgent: boolean
  /** Used only during a storm or heavy rain. */
  isStorm: boolean
  /** Used mostly at night. */
  isNight: boolean
  /** Whether it has a location; questions, faults of the app and the like have none. */
  isPlaced: boolean
  setting: 'any' | 'rural' | 'urban'
  /** Why the desk rejects such a report; null if it does not. */
  refusedFor: RejectReason | null
  titles: readonly Template[]
  facts: readonly Template[]
  details: readonly Template[]
  requests: readonly Template[]
  actions: readonly Template[]
}

const folder = new URL('./scenes/', import.meta.url)

/**
 * Reads the catalogue: one block per scene, headed `== CATEGORY MOTIF flags`, then one line per phrase: T title, F what
 * happened, M a detail, A what is requested, D what was done. A small letter after the first marks a variant of a
 * scene: `Fb` is combined only with `Tb`, `Db` and lines without a letter, so that title and body are about the same
 * thing.
 */
export function readScenes(): Scene[] {
  const names = readdirSync(folder).filter((name) => name.endsWith('.txt'))
  return names.sort().flatMap((name) => parseScenes(readFileSync(new URL(name, folder), 'utf8')))
}

type Line = { part: 'T' | 'F' | 'M' | 'A' | 'D'; angles: string; template: Template }

export function parseScenes(text: string): Scene[] {
  const counts = new Map<string, number>()
  return text
    .split(/^== /m)
    .slice(1)
    .flatMap((block) => {
      const [head = '', ...rest] = block.trim().split('\n')
      const [categoryCode = '', motif = '-', ...flags] = head.trim().split(/\s+/)
      const number = (counts.get(categoryCode) ?? 0) + 1
      counts.set(categoryCode, number)
      const lines = rest.map((line) => parseLine(line, categoryCode))
      const angles = [...new Set(lines.flatMap((line) => [...line.angles]))].sort()
      const weight = Number(flags.find((flag) => flag.startsWith('w='))?.slice(2) ?? 1) / Math.max(1, angles.length)
      const setting = flags.includes('rural') ? 'rural' : flags.includes('urban') ? 'urban' : 'any'
      return (angles.length > 0 ? angles : ['']).map((angle): Scene => {
        const of = (part: Line['part']) =>
          lines
            .filter((line) => line.part === part && (line.angles === '' || line.angles.includes(angle)))
            .map((line) => line.template)
        return {
          key: `${categoryCode}/${number}${angle}`,
          categoryCode,
          motif: motif === '-' ? null : motif,
          weight,
          isUrgent: flags.includes('urgent'),
          isStorm: flags.includes('storm'),
          isNight: flags.includes('night'),
          isPlaced: !flags.includes('unplaced'),
          setting,
          refusedFor: refusedFor(flags),
          titles: of('T'),
          facts: of('F'),
          details: of('M'),
          requests: of('A'),
          actions: of('D'),
        }
      })
    })
}

function refusedFor(flags: readonly string[]): RejectReason | null {
  const named = flags.find((flag) => flag.startsWith('refused='))?.slice('refused='.length)
  if (named === undefined) return null
  const reason = rejectReasons.find((known) => known === named)
  if (!reason) throw new Error(`no reason to refuse: ${named}`)
  return reason
}

function parseLine(line: string, categoryCode: string): Line {
  const found = /^([TFMAD])([a-z]*) (.+)$/.exec(line)
  if (!found) throw new Error(`scene of ${categoryCode}: cannot read "${line}"`)
  return { part: found[1] as Line['part'], angles: found[2] ?? '', template: compileTemplate((found[3] ?? '').trim()) }
}

export type SceneTables = { draw: (random: Parameters<WeightedTable<Scene>['draw']>[0], ask: SceneAsk) => Scene | null }
type SceneAsk = { categoryCode: string; isRural: boolean; inStorm: boolean }

/** Tables of scenes by category, setting and weather. In a storm, storm scenes are preferred. */
export function tabulateScenes(scenes: readonly Scene[]): SceneTables {
  const tables = new Map<string, WeightedTable<Scene>>()
  const keyOf = ({ categoryCode, isRural, inStorm }: SceneAsk) => `${categoryCode} ${isRural} ${inStorm}`
  for (const categoryCode of new Set(scenes.map((scene) => scene.categoryCode))) {
    for (const isRural of [false, true]) {
      for (const inStorm of [false, true]) {
        const inSeason = scenes.filter((scene) => scene.categoryCode === categoryCode && (inStorm || !scene.isStorm))
        const inSetting = inSeason.filter(({ setting }) => setting === 'any' || (setting === 'rural') === isRural)
        const fitting = inSetting.length > 0 ? inSetting : inSeason
        const own = inStorm ? fitting.filter((scene) => scene.isStorm) : []
        const chosen = own.length > 0 ? own : fitting
        if (chosen.length === 0) continue
        tables.set(
          keyOf({ categoryCode, isRural, inStorm }),
          new WeightedTable(chosen.map((scene) => [scene, scene.weight] as const)),
        )
      }
    }
  }
  return { draw: (random, ask) => tables.get(keyOf(ask))?.draw(random) ?? null }
}
