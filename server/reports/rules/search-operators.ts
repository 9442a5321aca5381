import { dayAfter, type LocalDay } from '#server/platform/rules/local-day.ts'
import { fold } from '#server/platform/rules/text.ts'
import { type Channel, channels, openStates, type ReportState, reportStates, type Severity } from './lifecycle.ts'
import type { DayRange, DeadlineKind, QueueFilters } from './queue.ts'
import { parseRange } from './queue-address.ts'

type Named = { name: string; nameEn?: string; shortName?: string }

/** The names that a value may mean, as the account may choose them. */
export type Vocabulary = {
  agencies: readonly (Named & { id: string })[]
  areas: readonly (Named & { id: number })[]
  categories: readonly (Named & { code: string; groupCode: string; groupName: string; groupNameEn: string })[]
  incidents: readonly (Named & { id: string })[]
  colleagues: readonly (Named & { id: string })[]
  today: LocalDay
}

/** What a search box held: filters for the operators understood, and the words that are left. */
export type TypedSearch = { words: string; filters: Partial<QueueFilters> }

type Operator =
  | 'state'
  | 'severity'
  | 'category'
  | 'area'
  | 'agency'
  | 'assignee'
  | 'channel'
  | 'incident'
  | 'tag'
  | 'received'
  | 'due'
  | 'has'

/** Both languages, marks and hyphens left out. `nhãn` and `nhận` fold alike, so receiving is `ngày`. */
const spellings: Record<Operator, readonly string[]> = {
  state: ['state', 'status', 'trangthai', 'tt'],
  severity: ['severity', 'mucdo'],
  category: ['category', 'cat', 'linhvuc'],
  area: ['area', 'diaban', 'phuong', 'xa'],
  agency: ['agency', 'donvi'],
  assignee: ['assignee', 'canbo', 'nguoixuly'],
  channel: ['channel', 'kenh'],
  incident: ['incident', 'sukien'],
  tag: ['tag', 'nhan'],
  received: ['received', 'ngay', 'tiepnhan'],
  due: ['due', 'han', 'thoihan'],
  has: ['has', 'co'],
}

const statesByWord: Record<string, readonly ReportState[]> = {
  ...Object.fromEntries(reportStates.map((state) => [squashed(state), [state]])),
  open: openStates,
  dangmo: openStates,
  chotiepnhan: ['awaiting_intake'],
  choxuly: ['awaiting_acceptance'],
  dangxuly: ['in_progress'],
  chobosung: ['awaiting_citizen'],
  chopheduyet: ['awaiting_approval'],
  daxuly: ['answered'],
  dadong: ['closed'],
  tuchoi: ['rejected'],
  dagop: ['merged'],
}
const deadlinesByWord: Record<string, DeadlineKind> = {
  overdue: 'overdue',
  quahan: 'overdue',
  soon: 'soon',
  sapquahan: 'soon',
  intime: 'in_time',
  conhan: 'in_time',
  paused: 'paused',
  tamdung: 'paused',
}
const severitiesByWord: Record<string, Severity> = {
  urgent: 'urgent',
  khan: 'urgent',
  normal: 'normal',
  binhthuong: 'normal',
  complex: 'complex',
  phuctap: 'complex',
}
const channelsByWord: Record<string, Channel> = {
  ...Object.fromEntries(channels.map((channel) => [squashed(channel), channel])),
  dienthoai: 'hotline',
  tructiep: 'walk_in',
  thu: 'email',
}
const photoWords = ['photo', 'photos', 'anh', 'hinh']
const myself = ['me', 'toi']
const nobody = ['none', 'khong', 'chua']

const token = /(?<![\p{L}\p{N}])(-?)([\p{L}\p{M}_-]+):(?:"([^"]*)"?|“([^”]*)”?|(\S+))/gu

/** Takes the operators out of what was typed. One that means nothing here stays among the words, so nothing vanishes. */
export function readTyped(text: string, vocabulary: Vocabulary): TypedSearch {
  let filters: Partial<QueueFilters> = {}
  const words = text.normalize('NFC').replace(token, (whole, minus: string, key: string, ...values) => {
    const value = values.slice(0, 3).find((each) => each !== undefined) as string
    const operator = operatorOf(key)
    const found = operator && filterOf(operator, value.trim(), minus === '-', vocabulary)
    if (!found) return whole
    filters = joined(filters, found)
    return ' '
  })
  return { words: words.replace(/\s+/g, ' ').trim(), filters }
}

const operatorOf = (key: string): Operator | undefined =>
  (Object.keys(spellings) as Operator[]).find((operator) => spellings[operator].includes(squashed(key)))

function filterOf(
  operator: Operator,
  value: string,
  isNot: boolean,
  vocabulary: Vocabulary,
): Partial<QueueFilters> | null {
  if (value === '') return null
  if (operator === 'tag') return isNot ? { withoutTags: [value] } : { tags: [value] }
  if (operator === 'has') return photoWords.includes(squashed(value)) ? { photo: !isNot } : null
  if (isNot) return null
  const parts = value.split(',').map(squashed)
  switch (operator) {
    case 'state':
      return someOf({
        states: parts.flatMap((part) => statesByWord[part] ?? []),
        deadlines: parts.flatMap((part) => deadlinesByWord[part] ?? []),
      })
    case 'severity':
      return someOf({ severities: parts.flatMap((part) => severitiesByWord[part] ?? []) })
    case 'channel':
      return someOf({ channels: parts.flatMap((part) => channelsByWord[part] ?? []) })
    case 'agency':
      return someOf({ agencies: named(vocabulary.agencies, parts, ({ id }) => id).map(({ id }) => id) })
    case 'area':
      return someOf({ areas: named(vocabulary.areas, parts, ({ id }) => String(id)).map(({ id }) => id) })
    case 'category':
      return someOf({ categories: categoriesOf(vocabulary, parts) })
    case 'incident': {
      const [incident] = named(vocabulary.incidents, parts, ({ id }) => id)
      return incident ? { incident: incident.id } : null
    }
    case 'assignee': {
      const [part = ''] = parts
      if (myself.includes(part)) return { assignee: 'me' }
      if (nobody.includes(part)) return { assignee: 'none' }
      const [colleague] = named(vocabulary.colleagues, parts, ({ id }) => id)
      return colleague ? { assignee: colleague.id } : null
    }
    case 'received':
    case 'due': {
      const range = rangeOf(value, vocabulary.today)
      return range && { [operator]: range }
    }
  }
}

/** Several of one operator widen it; what holds one value takes the last. */
function joined(before: Partial<QueueFilters>, more: Partial<QueueFilters>): Partial<QueueFilters> {
  const entries = Object.entries(more).map(([key, value]) => {
    const known = before[key as keyof QueueFilters]
    return [key, Array.isArray(known) && Array.isArray(value) ? [...new Set([...known, ...value])] : value]
  })
  return { ...before, ...Object.fromEntries(entries) }
}

function someOf(filters: Partial<QueueFilters>): Partial<QueueFilters> | null {
  const kept = Object.entries(filters).filter(([, value]) => Array.isArray(value) && value.length > 0)
  return kept.length === 0 ? null : Object.fromEntries(kept)
}

/** Those called exactly so; else those with the value in their name, unless that says too little. */
function named<T extends Named>(items: readonly T[], parts: readonly string[], keyOf: (item: T) => string): T[] {
  const found = parts.flatMap((part) => {
    const names = (item: T) => [keyOf(item), item.name, item.nameEn ?? '', item.shortName ?? ''].map(squashed)
    const exact = items.filter((item) => names(item).includes(part))
    if (exact.length > 0) return exact
    const within = part.length < 3 ? [] : items.filter((item) => names(item).some((name) => name.includes(part)))
    return within.length <= 8 ? within : []
  })
  return [...new Set(found)]
}

function categoriesOf({ categories }: Vocabulary, parts: readonly string[]): string[] {
  const groups = new Map(
    categories.map(({ groupCode: code, groupName: name, groupNameEn: nameEn }) => [code, { code, name, nameEn }]),
  )
  const choices = [...groups.values(), ...categories.map(({ code, name, nameEn }) => ({ code, name, nameEn }))]
  const found = named(choices, parts, ({ code }) => code).map(({ code }) => code)
  // A group stands for its leaves.
  return found.filter((code) => {
    const leaf = categories.find((category) => category.code === code)
    return !leaf || !found.includes(leaf.groupCode)
  })
}

function rangeOf(value: string, today: LocalDay): DayRange | null {
  const word = squashed(value)
  if (word === 'today' || word === 'homnay') return { from: today, to: today }
  if (word === 'yesterday' || word === 'homqua') return { from: dayAfter(today, -1), to: dayAfter(today, -1) }
  const days = /^(\d{1,3})(?:d|ngay)$/.exec(word)?.[1]
  if (days) return { from: dayAfter(today, 1 - Math.max(1, Number(days))), to: today }
  return parseRange(value.replace(/(\d{1,2})\/(\d{1,2})\/(\d{4})/g, asLocalDay))
}

const asLocalDay = (_: string, day: string, month: string, year: string) =>
  `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`

function squashed(text: string): string {
  return fold(text).replace(/[^a-z0-9]/g, '')
}
