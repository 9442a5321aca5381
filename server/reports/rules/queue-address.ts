import { channels, reportStates, severities } from './lifecycle.ts'
import { type DayRange, deadlineKinds, type Queue, type QueueView, queueOf, queueSorts, queueViews } from './queue.ts'

/** Search parameters as a page or `URLSearchParams.getAll` hands them over. */
export type AddressParameters = Readonly<Record<string, string | readonly string[] | undefined>>

const mostValues = 60
const mostMark = 600
const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/
/** Within the years of `calendarDay`. */
const day = /^(19|2[01])\d{2}-\d{2}-\d{2}$/

const oneOf = <T extends string>(values: readonly T[], value: string | null | undefined): T | null =>
  values.includes(value as T) ? (value as T) : null

/** Reads the queue from an address. What it does not understand it drops: an old or mistyped link still opens. */
export function parseQueue(parameters: AddressParameters, view: QueueView): Queue {
  const all = (name: string): string[] => {
    const value = parameters[name]
    return (typeof value === 'string' ? [value] : [...(value ?? [])]).slice(0, mostValues)
  }
  const list = (name: string) => [...new Set(all(name).flatMap((value) => value.split(',')))].slice(0, mostValues)
  const one = (name: string) => all(name)[0] ?? null
  const chosen = <T extends string>(name: string, values: readonly T[]) =>
    list(name).filter((value): value is T => values.includes(value as T))
  const tags = [...new Set(all('tag').map((tag) => tag.normalize('NFC').trim().slice(0, 41)))].filter(Boolean)
  const assignee = one('assignee')
  const incident = one('incident')

  return {
    ...queueOf(oneOf(queueViews, one('view')) ?? view),
    words: (one('q') ?? '').normalize('NFC').replace(/\s+/g, ' ').trim().slice(0, 200),
    states: chosen('state', reportStates),
    severities: chosen('severity', severities),
    categories: list('category').filter((code) => /^[A-Za-z0-9-]{1,20}$/.test(code)),
    areas: list('area')
      .filter((id) => /^[1-9]\d{0,8}$/.test(id))
      .map(Number),
    agencies: list('agency').filter((id) => /^[a-z0-9-]{1,60}$/.test(id)),
    assignee: assignee === 'me' || assignee === 'none' || (assignee && uuid.test(assignee)) ? assignee : null,
    channels: chosen('channel', channels),
    incident: incident && uuid.test(incident) ? incident : null,
    tags: tags.filter((tag) => !tag.startsWith('-')),
    withoutTags: tags
      .filter((tag) => tag.startsWith('-'))
      .map((tag) => tag.slice(1))
      .filter(Boolean),
    deadlines: chosen('deadline', deadlineKinds),
    received: parseRange(one('received')),
    due: parseRange(one('due')),
    photo: one('photo') === 'yes' ? true : one('photo') === 'no' ? false : null,
    mark: one('mark')?.slice(0, mostMark) || null,
    sort: oneOf(queueSorts, one('sort')),
    dir: oneOf(['asc', 'desc'], one('dir')),
  }
}

/** `2026-09-01..2026-09-07`, open at either end, or a single day. */
export function parseRange(text: string | null): DayRange | null {
  if (!text) return null
  const [first = '', last = first] = text.split('..')
  const range = { from: isDay(first) ? first : null, to: isDay(last) ? last : null }
  if (range.from === null && range.to === null) return null
  return range.from && range.to && range.from > range.to ? { from: range.to, to: range.from } : range
}

function isDay(text: string): boolean {
  const at = Date.parse(`${text}T00:00:00Z`)
  return day.test(text) && !Number.isNaN(at) && new Date(at).toISOString().startsWith(text)
}

export const formatRange = ({ from, to }: DayRange): string =>
  from === to ? (from ?? '') : `${from ?? ''}..${to ?? ''}`

/** The shortest address of a queue: only what differs from an untouched view, always in the same order. */
export function queueParameters(queue: Queue): URLSearchParams {
  const parameters = new URLSearchParams({ view: queue.view })
  const put = (name: string, value: string | null | undefined) => {
    if (value) parameters.append(name, value)
  }
  put('q', queue.words)
  put('state', queue.states.join(','))
  put('severity', queue.severities.join(','))
  put('category', queue.categories.join(','))
  put('area', queue.areas.join(','))
  put('agency', queue.agencies.join(','))
  put('assignee', queue.assignee)
  put('channel', queue.channels.join(','))
  put('incident', queue.incident)
  for (const tag of queue.tags) put('tag', tag)
  for (const tag of queue.withoutTags) put('tag', `-${tag}`)
  put('deadline', queue.deadlines.join(','))
  put('received', queue.received && formatRange(queue.received))
  put('due', queue.due && formatRange(queue.due))
  put('photo', queue.photo === null ? null : queue.photo ? 'yes' : 'no')
  put('mark', queue.mark)
  put('sort', queue.sort)
  put('dir', queue.sort && queue.dir)
  return parameters
}

/** As it stands in the address bar: commas and colons stay readable. */
export const queueAddress = (queue: Queue): string =>
  queueParameters(queue).toString().replaceAll('%2C', ',').replaceAll('%3A', ':')
