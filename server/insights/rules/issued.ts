import type { Actor } from '#server/accounts/rules/actor.ts'
import type { Scope } from '#server/reports/rules/scope.ts'
import { ownAgencies } from './own-agency.ts'
import { type Point, pointKey, type Weekly } from './weekly.ts'
import type { Say, WeeklyLocale } from './weekly-words.ts'
import { weeklyWords } from './weekly-words.ts'

/** The agencies whose reports an issued report counts; null: the whole city. */
export type IssuedScope = readonly string[] | null

export const issuedAddress = (id: string): string => `/insights/issued/${id}`
/** Its page for paper, as it was kept. */
export const issuedPagesPath = '/api/insights/issued/'

/** In one order, so that recipients of the same agency get one and the same report. */
export const issuedScopeOf = (actor: Actor): IssuedScope => ownAgencies(actor)?.sort() ?? null

/** Who sees everything that an issued report counts may open it, and no one else. */
export function maySeeIssued(scope: Scope, issued: IssuedScope): boolean {
  if (scope.all) return true
  return issued !== null && issued.length > 0 && issued.every((id) => scope.agencyIds.includes(id))
}

/**
 * Whether an account sees exactly what an issued report counts. Only then do boards and lists of this account hold the
 * same reports: no filter narrows them to what other agencies see.
 */
export function isScopeOfIssued(scope: Scope, issued: IssuedScope): boolean {
  if (scope.all || issued === null) return scope.all && issued === null
  return maySeeIssued(scope, issued) && scope.agencyIds.every((id) => issued.includes(id))
}

/** An account with exactly the scope of an issued report; its figures are counted again with it. */
export function readerOfIssued(issued: IssuedScope): Actor {
  const grant = {
    role: 'officer',
    agencyId: issued?.[0] ?? '',
    agencyIds: issued ?? [],
    cityWide: issued === null,
  } as const
  return { kind: 'staff', id: null, name: '', grants: [grant] }
}

/** A figure or sentence of a report as it reads. */
type Shown = { key: string; label: string; text: string }
export type Correction = { key: string; label: string; issued: string; now: string }

const nothing = '–'

/**
 * What reads differently when a report is made again from what is known now about the same moment. What one of them
 * does not show is a dash there. A new name of what it tells about is no correction: both read under the issued one.
 */
export function correctionsOf(issued: Weekly, now: Weekly, say: Say, locale: WeeklyLocale): Correction[] {
  // What was judged by another rule, and points chosen by it, are not corrected by this one.
  const shows: Shows = {
    judged: issued.judgedBy === now.judgedBy,
    mix: issued.agencies.mix !== null && now.agencies.mix !== null,
  }
  const [before, after] = [issued, asWrittenIn(issued, asNamedIn(issued, now))].map((weekly) =>
    shownIn(weekly, shows, say, locale),
  ) as [Shown[], Shown[]]
  const textIn = (all: readonly Shown[], key: string) => all.find((one) => one.key === key)?.text ?? nothing
  const labels = new Map([...before, ...after].map(({ key, label }) => [key, label]))
  return [...labels]
    .map(([key, label]) => ({ key, label, issued: textIn(before, key), now: textIn(after, key) }))
    .filter((each) => each.issued !== each.now)
}

/** Whether the comparison of an issued report was not checked, because it could not be computed again in time. */
export const isMixUnchecked = (issued: Weekly, now: Weekly): boolean =>
  issued.agencies.mix !== null && now.agencies.mixMissing === 'late'

/** Reports of before say nothing of what has matured: beside them, no other does. */
function asWrittenIn(issued: Weekly, weekly: Weekly): Weekly {
  if (issued.figures.handled.matured !== null) return weekly
  const { figures } = weekly
  return { ...weekly, figures: { ...figures, handled: { ...figures.handled, matured: null } } }
}

/** A report under the names that another gives to the same agencies, categories, areas and incidents. */
function asNamedIn(named: Weekly, weekly: Weekly): Weekly {
  const names = namesIn(named)
  const renamed = <One extends object>(one: One, subject: string): One => ({ ...one, ...names.get(subject) })
  return {
    ...weekly,
    agencies: {
      ...weekly.agencies,
      rows: weekly.agencies.rows.map((row) => renamed(row, `agency ${row.id}`)),
      mix: weekly.agencies.mix && {
        ...weekly.agencies.mix,
        agencies: weekly.agencies.mix.agencies.map((row) => renamed(row, `agency ${row.id}`)),
      },
    },
    points: weekly.points.map((point) => renamed(point, subjectOf(point))),
    storms: weekly.storms.map((storm) => ({
      ...storm,
      incident: renamed(storm.incident, `incident ${storm.incident.id}`),
    })),
  }
}

function namesIn({ agencies, points, storms }: Weekly): Map<string, { name: string; nameEn: string }> {
  return new Map([
    ...agencies.rows.map(({ id, name }) => [`agency ${id}`, { name, nameEn: name }] as const),
    ...points.flatMap((point) =>
      'key' in point ? [[subjectOf(point), { name: point.name, nameEn: point.nameEn }] as const] : [],
    ),
    ...storms.map(({ incident: { id, name, nameEn } }) => [`incident ${id}`, { name, nameEn }] as const),
  ])
}

function subjectOf(point: Point): string {
  if (!('key' in point)) return ''
  return `${point.kind === 'area' || point.kind === 'category' ? point.kind : 'agency'} ${point.key}`
}

const agencyFigures = ['received', 'due', 'kept', 'open', 'overdue'] as const

/** What both reports can show. */
type Shows = { judged: boolean; mix: boolean }

function shownIn(weekly: Weekly, shows: Shows, say: Say, locale: WeeklyLocale): Shown[] {
  const words = weeklyWords(weekly, say, locale)
  const format = new Intl.NumberFormat(locale === 'vi' ? 'vi-VN' : 'en-GB')
  const labelOf = (name: (typeof agencyFigures)[number]) =>
    say(name === 'overdue' ? 'weekly.columns.overdue' : `weekly.sheets.${name}`)
  return [
    ...words.figures.flatMap(({ id, name, value, of, before, change, matured }) => [
      { key: `kpi-${id}`, label: name, text: of ? `${value} (${of})` : value },
      { key: `before-${id}`, label: `${name}, ${words.columns.before}`, text: before },
      ...(matured
        ? [{ key: `matured-${id}`, label: `${name}: ${say('insights.measures.matured')}`, text: matured }]
        : []),
      ...(shows.judged
        ? [{ key: `verdict-${id}`, label: `${name}: ${say('weekly.sheets.verdict')}`, text: change.said || nothing }]
        : []),
    ]),
    { key: 'overdue', label: say('weekly.columns.overdue'), text: format.format(weekly.overdue) },
    ...weekly.agencies.rows.flatMap((row) =>
      agencyFigures.map((name) => ({
        key: `agency-${row.id}-${name}`,
        label: `${row.id === null ? say('board.agencies.none') : row.name}: ${labelOf(name)}`,
        text: format.format(row[name]),
      })),
    ),
    ...(shows.mix ? words.agencies.named : []).map(({ id, name, text }) => ({
      key: `mix-${id}`,
      label: `${name}: ${say('weekly.sheets.verdict')}`,
      text,
    })),
    ...(shows.judged ? weekly.points : []).map((point, place) => ({
      key: `point-${pointKey(point)}`,
      label: words.points[place]?.head ?? '',
      text: words.points[place]?.text ?? nothing,
    })),
    ...words.storms.flatMap(({ name, facts }, place) =>
      facts.map(({ label, value }) => ({
        key: `storm-${weekly.storms[place]?.incident.id}-${label}`,
        label: `${name}: ${label}`,
        text: value,
      })),
    ),
  ]
}
