import { existsSync, readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { parse } from 'csv-parse/sync'
import type { LonLat } from '#server/areas/rules/area-of-point.ts'
import { metresBetween } from '#server/areas/rules/distance.ts'
import {
  duplicateReach,
  likelyAmong,
  likenessOf,
  type Matter,
  rankedDuplicates,
} from '#server/reports/rules/duplicates.ts'

const data = new URL('../../shared/data/', import.meta.url)
const files = {
  reports: new URL('real/boston-311/boston-2011-dev.csv.gz', data),
  pairs: new URL('real/boston-311/boston-2011-dev-duplicate-pairs.csv', data),
  samples: new URL('hanoi/sample-reports.vi.jsonl', data),
}
const day = 86_400_000

type Known = Matter & { id: string; point: LonLat }
type Question = { asked: Known; originals: readonly Known[]; candidates: readonly Known[] }

/**
 * The quality of duplicate detection on labelled data: pairs of a real city, and samples in Vietnamese.
 */
export function duplicateQuality(): string {
  if (!isMeasurable()) return 'duplicates: the labelled reports are not here, so nothing is measured'
  const city = cityQuestions()
  const held = city.filter(isHeldOut)
  return [
    '\nlikely duplicates (share of questions)        first   in 3   in 5 | shown list: recall precision  length',
    ...compared(`Boston, ${held.length} pairs not used for the weights`, held),
    ...compared(`Boston, all ${city.length} pairs`, city),
    ...compared('Vietnamese samples', sampleQuestions()),
  ].join('\n')
}

function compared(name: string, questions: readonly Question[]): string[] {
  return [
    row(`${name}, by distance and age`, questions, byDistanceAndAge, false),
    row(`${name}, desk`, questions, byLikeness, true),
  ]
}

type Ranking = (question: Question) => { ranked: readonly string[]; shown: readonly string[] }

/** A naive baseline: 50 m weigh as much as ten days, another category as much as 100 m. */
const byDistanceAndAge: Ranking = ({ asked, candidates }) => {
  const far = (one: Known) =>
    metresBetween(one.point, asked.point) / 50 +
    (asked.receivedAt.getTime() - one.receivedAt.getTime()) / (10 * day) +
    (one.categoryCode === asked.categoryCode ? 0 : 2)
  const ranked = [...candidates].sort((a, b) => far(a) - far(b)).map(({ id }) => id)
  return { ranked, shown: ranked.slice(0, 5) }
}

const byLikeness: Ranking = ({ asked, candidates }) => {
  const weighed = candidates.map((one) => ({ id: one.id, receivedAt: one.receivedAt, ...likenessOf(asked, one) }))
  return { ranked: rankedDuplicates(weighed).map(({ id }) => id), shown: likelyAmong(weighed).map(({ id }) => id) }
}

type Found = { first: number; three: number; five: number; shown: number; length: number }

/** How many originals come first, among three and among five, and are on the shown list; and its length in all. */
function countFound(questions: readonly Question[], ranking: Ranking): Found {
  const found = { first: 0, three: 0, five: 0, shown: 0, length: 0 }
  for (const question of questions) {
    const { ranked, shown } = ranking(question)
    const isOriginal = (id: string) => question.originals.some((one) => one.id === id)
    const place = ranked.findIndex(isOriginal)
    const within = (most: number) => place >= 0 && place < most
    found.first += Number(within(1))
    found.three += Number(within(3))
    found.five += Number(within(5))
    found.shown += shown.filter(isOriginal).length
    found.length += shown.length
  }
  return found
}

function row(name: string, questions: readonly Question[], ranking: Ranking, cuts: boolean): string {
  const { first, three, five, shown, length } = countFound(questions, ranking)
  const share = (part: number, whole = questions.length) => `${((100 * part) / whole).toFixed(1)} %`.padStart(7)
  const list = `${share(shown)}   ${share(shown, length)}  ${(length / questions.length).toFixed(2).padStart(6)}`
  return `  ${name.padEnd(62)}${[first, three, five].map((each) => share(each)).join('')} | ${list}${cuts ? '' : ' (uncut)'}`
}

/** The shares of the city's originals that the desk ranks first and among five: of all, and of those held out. */
export function cityShares() {
  const all = cityQuestions()
  const of = (questions: readonly Question[]) => {
    const { first, five } = countFound(questions, byLikeness)
    return { questions: questions.length, first: first / questions.length, five: five / questions.length }
  }
  return { all: of(all), heldOut: of(all.filter(isHeldOut)) }
}

export const isMeasurable = (): boolean => Object.values(files).every((file) => existsSync(file))

/** The weights were fitted on the pairs whose original has an even number. */
const isHeldOut = ({ originals }: Question) => Number(originals[0]?.id) % 2 === 1

/** For each report that staff closed as a duplicate: which of the older ones nearby is its original? */
function cityQuestions(): Question[] {
  const rows = parse(gunzipSync(readFileSync(files.reports)), { columns: true }) as Record<string, string>[]
  const reports = new Map(rows.map((one) => [one.case_enquiry_id as string, cityReport(one)]))
  const pairs = parse(readFileSync(files.pairs), { columns: true }) as { duplicate_id: string; original_id: string }[]
  const inOrder = [...reports.values()].sort((a, b) => a.receivedAt.getTime() - b.receivedAt.getTime())
  return pairs.flatMap((pair) => {
    const [asked, original] = [reports.get(pair.duplicate_id), reports.get(pair.original_id)]
    if (!asked || !original || original.receivedAt > asked.receivedAt) return []
    return [{ asked, originals: [original], candidates: olderAround(asked, inOrder) }]
  })
}

function olderAround(asked: Known, inOrder: readonly Known[]): Known[] {
  const from = asked.receivedAt.getTime() - duplicateReach.days * day
  return inOrder.filter(
    (one) =>
      one !== asked &&
      one.receivedAt <= asked.receivedAt &&
      one.receivedAt.getTime() >= from &&
      // Cheap, and rules out nearly all of them.
      Math.abs(one.point.lat - asked.point.lat) < 0.01 &&
      metresBetween(one.point, asked.point) <= duplicateReach.metres,
  )
}

const instant = (text: string) => new Date(`${text.replace(' ', 'T')}Z`)

function cityReport(one: Record<string, string>): Known {
  const text = (key: string) => one[key] ?? ''
  return {
    id: text('case_enquiry_id'),
    point: { lon: Number(text('longitude')), lat: Number(text('latitude')) },
    receivedAt: instant(text('open_dt')),
    endedAt: text('closed_dt') ? instant(text('closed_dt')) : null,
    categoryCode: text('type'),
    familyCode: text('reason'),
    address: text('location'),
    title: '',
    body: '',
  }
}

type Sample = {
  id: string
  title: string
  description: string
  category: string
  subcategory: string
  duplicate_group: string | null
  place: { lon: number; lat: number }
  created_at: string
}

/** Among all samples, regardless of place and time: does a report find the other of its group, and nothing else? */
function sampleQuestions(): Question[] {
  const lines = readFileSync(files.samples, 'utf8').trim().split('\n')
  const samples = lines.map((line) => JSON.parse(line) as Sample)
  const reports = samples.map((one): Known & { group: string | null } => ({
    id: one.id,
    group: one.duplicate_group,
    point: one.place,
    receivedAt: new Date(one.created_at),
    endedAt: null,
    categoryCode: one.subcategory,
    familyCode: one.category,
    address: '',
    title: one.title,
    body: one.description,
  }))
  return reports
    .filter(({ group }) => group !== null)
    .map((asked) => ({
      asked,
      originals: reports.filter((one) => one !== asked && one.group === asked.group),
      candidates: reports.filter((one) => one !== asked),
    }))
}
