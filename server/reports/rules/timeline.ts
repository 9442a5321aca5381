import type { ActorKind } from '#server/events/rules/event.ts'
import type { ReportState } from './lifecycle.ts'
import type { Mention } from './mentions.ts'
import { undoneIn } from './printed-course.ts'
import type { Reading } from './scope.ts'

/** An entry of the event log as it is stored: ids in its details, `[before, after]` where something was changed. */
export type LoggedEvent = {
  id: number
  at: string
  event: string
  actorKind: ActorKind
  actorId: string | null
  onBehalfOf?: string | null
  agencyId: string | null
  from: ReportState | null
  to: ReportState | null
  details: Record<string, unknown>
}

type Person = { name: string; position: string; agency: string }

/** The names for the ids of the log, and the texts that are stored outside it. */
export type Book = {
  people: Readonly<Record<string, Person>>
  agencies: Readonly<Record<string, string>>
  areas: Readonly<Record<string, string>>
  incidents: Readonly<Record<string, string>>
  /** Codes of other reports, by id. */
  reports: Readonly<Record<string, string>>
  notes: Readonly<Record<string, { body: string; mentions: readonly Mention[] }>>
  messages: Readonly<Record<string, string>>
}

/** The fields that can change; the screen formats categories, severities, states and instants in its language. */
export const changedFields = [
  'category',
  'severity',
  'assignee',
  'address',
  'area',
  'point',
  'tags',
  'incident',
  'dueAt',
] as const
export type ChangedField = (typeof changedFields)[number]
export type Change = { field: ChangedField; before: string | null; after: string | null }

/** How the text of an entry is styled: as an internal note, as words of or to the citizen, as a reason. */
export type Voice = 'note' | 'citizen' | 'public' | 'reason'

export type TimelineEntry = {
  id: number
  at: Date
  event: TimelineEvent
  who: {
    kind: ActorKind
    name: string | null
    position: string | null
    agency: string | null
    /** For whom the actor acted, as their substitute. */
    onBehalfOf: string | null
  }
  /** Visible to the citizen. */
  isPublic: boolean
  /** Taken back, withdrawn or dissolved later. */
  isUndone: boolean
  from: ReportState | null
  to: ReportState | null
  /** The values in the sentence of the event: an agency, a person, a code. */
  values: Readonly<Record<string, string>>
  changes: readonly Change[]
  words: { voice: Voice; text: string } | null
  /** Answers and photos are shown as such; they are found by id among those of the report. */
  answerId: string | null
  fileId: string | null
  /** The id by which a browser recognises a note that it sent itself. */
  noteId: string | null
  /** The colleagues mentioned in its text. */
  mentions: readonly Mention[]
  /** The link was sent after staff had corrected the contact. */
  contactCorrected: boolean
  /** Staff created the link by hand and passed it on. */
  linkHandedOut: boolean
  /** Its text or photo was moved to another report, or from one, when one of the two was split. */
  moved: Whereabouts | null
}

type Whereabouts = { way: 'to' | 'from'; code: string }
type EntryDetails = Partial<
  Pick<TimelineEntry, 'values' | 'changes' | 'words' | 'answerId' | 'fileId' | 'noteId' | 'mentions'>
>
type EntryRule = { isPublic?: true; read?: (details: Record<string, unknown>, book: Book) => EntryDetails }

/** Older events lack the number of days: it was fixed per step before categories had settings for it. */
const daysAtFirst = (step: unknown): number => ({ overdue_day: 1, overdue_days: 3 })[text(step)] ?? 2
const text = (value: unknown): string => (typeof value === 'string' ? value : '')
const named = (names: Readonly<Record<string, string>>, id: unknown): string => names[String(id)] ?? ''
const person = (book: Book, id: unknown): string => book.people[String(id)]?.name ?? ''
const agency = (details: Record<string, unknown>, book: Book) => ({ agency: named(book.agencies, details.agencyId) })

function words(voice: Voice, value: unknown): Pick<EntryDetails, 'words'> {
  return text(value) === '' ? {} : { words: { voice, text: text(value) } }
}

const reason = ({ reason }: Record<string, unknown>) => words('reason', reason)
const message = (voice: Voice) => (details: Record<string, unknown>, book: Book) =>
  words(voice, named(book.messages, details.messageId))
const answer = (details: Record<string, unknown>): EntryDetails => ({ answerId: text(details.answerId) || null })
const sending = ({ sendAt }: Record<string, unknown>): EntryDetails => ({ values: { at: text(sendAt) } })
const photo = (details: Record<string, unknown>): EntryDetails => ({ fileId: text(details.fileId) || null })

const incident = ({ incidentId }: Record<string, unknown>, book: Book): EntryDetails => ({
  values: { incident: named(book.incidents, incidentId) },
})

type Write = (value: unknown, book: Book) => string | null

const plain: Write = (value) => (value === null || value === undefined || value === '' ? null : String(value))
const writers: Record<ChangedField, { detail: string; write: Write }> = {
  category: { detail: 'category', write: plain },
  severity: { detail: 'severity', write: plain },
  assignee: { detail: 'assigneeId', write: (id, book) => (id ? person(book, id) : null) },
  address: { detail: 'address', write: plain },
  area: { detail: 'areaId', write: (id, book) => (id === null ? null : named(book.areas, id)) },
  point: { detail: 'point', write: pointWords },
  tags: { detail: 'tags', write: (tags) => (Array.isArray(tags) && tags.length > 0 ? tags.join(', ') : null) },
  incident: { detail: 'incidentId', write: (id, book) => (id ? named(book.incidents, id) : null) },
  dueAt: { detail: 'dueAt', write: plain },
}

function pointWords(value: unknown): string | null {
  const { lon, lat } = (value ?? {}) as { lon?: number; lat?: number }
  return lon === undefined || lat === undefined ? null : `${lat.toFixed(5)}, ${lon.toFixed(5)}`
}

/** The changes stored as pairs in the details; a pair of equal values is no change. */
function changesIn(details: Record<string, unknown>, book: Book): Change[] {
  return changedFields.flatMap((field) => {
    const { detail, write } = writers[field]
    const pair = details[detail]
    if (!Array.isArray(pair) || pair.length !== 2) return []
    const [before, after] = [write(pair[0], book), write(pair[1], book)]
    return before === after ? [] : [{ field, before, after }]
  })
}

/** A local day as both languages write it. */
const dayWords = (day: unknown): string => text(day).split('-').reverse().join('/')

const minutes = (details: Record<string, unknown>) => ({ minutes: String(details.minutes ?? 0) })
const both = (...parts: EntryDetails[]): EntryDetails => Object.assign({}, ...parts)

/** The timeline shows the reason in one word; the page of undelivered messages explains it. */
const whyUndelivered = (failure: string): string =>
  ({
    no_channel: 'none',
    too_old: 'old',
    not_understood: 'refused',
    number_refused: 'refused',
    mail_refused: 'refused',
    contact_gone: 'refused',
  })[failure] ?? 'tried'

/**
 * Every event of a report, and how it is shown. An event that is missing here cannot be shown: a test compares with the
 * log.
 */
const entryRules = {
  received: {
    isPublic: true,
    read: ({ channel, fromCode }) => ({ values: { channel: text(channel), from: text(fromCode) } }),
  },
  assigned: {
    isPublic: true,
    read: (details, book) => both({ values: agency(details, book) }, words('note', details.note)),
  },
  rejected: {
    isPublic: true,
    read: (details) => both({ values: { reason: text(details.reason) } }, answer(details)),
  },
  citizen_asked: { isPublic: true, read: message('public') },
  citizen_replied: { isPublic: true, read: message('citizen') },
  merged: { isPublic: true, read: ({ intoCode }) => ({ values: { code: text(intoCode) } }) },
  unmerged: {
    read: ({ fromReportId, scheduledAgain, ...details }, book) => ({
      values: {
        code: named(book.reports, fromReportId),
        ended: named(book.agencies, details.from),
        scheduled: text(scheduledAgain),
        at: text(scheduledAgain),
        ...agency(details, book),
      },
    }),
  },
  accepted: {
    isPublic: true,
    read: ({ assigneeId }, book) => ({ values: { person: assigneeId ? person(book, assigneeId) : '' } }),
  },
  returned: {
    read: (details, book) =>
      both(
        { values: { ...agency(details, book), suggested: named(book.agencies, details.suggestedAgencyId) } },
        reason(details),
      ),
  },
  transferred: {
    isPublic: true,
    read: (details, book) =>
      both({ values: { ...agency(details, book), from: named(book.agencies, details.from) } }, reason(details)),
  },
  handed_over: {
    isPublic: true,
    read: (details, book) => ({ values: { ...agency(details, book), from: named(book.agencies, details.from) } }),
  },
  transfer_requested: { read: (details, book) => both({ values: agency(details, book) }, reason(details)) },
  transfer_refused: { read: (details) => words('reason', details.remarks ?? details.reason) },
  extension_requested: { read: (details) => both({ values: minutes(details) }, reason(details)) },
  extended: {
    read: (details) => both({ values: minutes(details) }, words('reason', details.remarks ?? details.reason)),
  },
  extension_refused: { read: (details) => words('reason', details.remarks ?? details.reason) },
  pause_requested: { read: (details, book) => both({ values: agency(details, book) }, reason(details)) },
  paused: { read: (details, book) => both({ values: agency(details, book) }, reason(details)) },
  pause_refused: { read: (details) => words('reason', details.remarks ?? details.reason) },
  resumed: { read: reason },
  person_assigned: {
    read: ({ assigneeId }, book) => ({
      values: { person: Array.isArray(assigneeId) && assigneeId[1] ? person(book, assigneeId[1]) : '' },
    }),
  },
  answer_submitted: { read: answer },
  answer_scheduled: { read: sending },
  approval_scheduled: { read: sending },
  answer_rescheduled: { read: sending },
  answer_unscheduled: { read: ({ reason: code }) => ({ values: { reason: text(code) } }) },
  answered: { isPublic: true, read: answer },
  answer_approved: { isPublic: true, read: answer },
  answer_sent_back: { read: (details) => both(answer(details), words('reason', details.remarks)) },
  answer_withdrawn: { read: answer },
  answer_sent: { isPublic: true, read: answer },
  follow_up_requested: { read: answer },
  followed_up: { isPublic: true, read: answer },
  follow_up_refused: { read: (details) => both(answer(details), words('reason', details.remarks)) },
  rated: {
    isPublic: true,
    read: (details, book) =>
      both(
        { values: { rating: text(details.rating), channel: text(details.channel) } },
        message('citizen')(details, book),
      ),
  },
  closed: { isPublic: true },
  reopened: { isPublic: true, read: (details) => words('citizen', details.reason) },
  taken_back: {
    read: ({ decision, scheduledAgain }) => ({
      values: { decision: text(decision), scheduled: text(scheduledAgain), at: text(scheduledAgain) },
    }),
  },
  note_added: {
    read: ({ noteId }, book) => {
      const { body, mentions = [] } = book.notes[String(noteId)] ?? {}
      return both({ noteId: text(noteId) || null, mentions }, words('note', body))
    },
  },
  information_added: { isPublic: true, read: message('citizen') },
  draft_shared: { read: ({ kind }) => ({ values: { kind: text(kind) } }) },
  draft_taken_back: { read: ({ kind }) => ({ values: { kind: text(kind) } }) },
  photo_added: { read: (details) => both({ values: { kind: text(details.kind) } }, photo(details)) },
  photo_removed: {},
  category_changed: { read: reason },
  severity_changed: { read: reason },
  place_changed: {},
  tags_changed: {},
  incident_linked: {},
  split: { read: ({ toCode }) => ({ values: { code: text(toCode) } }) },
  parts_handed_over: { read: ({ toCode }) => ({ values: { code: text(toCode) } }) },
  parts_taken_over: { read: ({ fromCode }) => ({ values: { code: text(fromCode) } }) },
  linked: { isPublic: true, read: ({ toCode }) => ({ values: { code: text(toCode) } }) },
  unlinked: { read: ({ fromReportId }, book) => ({ values: { code: named(book.reports, fromReportId) } }) },
  suggestion_dismissed: { read: incident },
  suggestion_revived: { read: incident },
  notice_sent: { isPublic: true, read: message('public') },
  notice_covered: { isPublic: true, read: message('public') },
  answer_passed_on: {
    isPublic: true,
    read: ({ fromCode }) => ({ values: { code: text(fromCode) } }),
  },
  escalated: { read: ({ step, days }) => ({ values: { step: text(step), days: String(days ?? daysAtFirst(step)) } }) },
  deadline_recomputed: { read: ({ cause }) => ({ values: { cause: text(cause) } }) },
  reporter_revealed: { read: reason },
  copy_saved: {},
  copy_published: {},
  copy_withdrawn: { read: reason },
  citizen_link_given: {},
  citizen_links_revoked: {},
  delivery_sent: {
    read: ({ told, through, gateway, receipt }) => ({
      values: { told: text(told), through: text(through), gateway: text(gateway), receipt: text(receipt) },
    }),
  },
  delivery_confirmed: { read: ({ told, through }) => ({ values: { told: text(told), through: text(through) } }) },
  delivery_failed: {
    read: ({ through, failure }) => ({ values: { through: text(through), why: whyUndelivered(text(failure)) } }),
  },
  delivery_repeated: { read: ({ through }) => ({ values: { through: text(through) } }) },
  delivery_posted: {},
  delivery_told: { read: ({ note }) => words('note', note) },
  contact_corrected: {},
  explanation_asked: {
    read: (details) => both({ values: { day: dayWords(details.dueOn) } }, words('note', details.words)),
  },
  explanation_given: { read: (details) => words('note', details.words) },
  explanation_withdrawn: {},
} as const satisfies Record<string, EntryRule>

export type TimelineEvent = keyof typeof entryRules
export const timelineEvents = Object.keys(entryRules) as TimelineEvent[]

const isShown = (name: string): name is TimelineEvent => Object.hasOwn(entryRules, name)

type KnownEvent = Pick<LoggedEvent, 'agencyId' | 'details'>

/**
 * Whether an agency that only held the report before may see this event: its own part, what it was given or took over,
 * and what is public.
 */
function mayKnow(event: KnownEvent, isPublic: boolean, reading: Reading): boolean {
  if (reading === 'all' || isPublic) return true
  const { agencyId } = event.details
  return [event.agencyId, agencyId].some((id) => typeof id === 'string' && reading.includes(id))
}

/** The same for an event by its name. */
export function mayReadEvent(event: KnownEvent & Pick<LoggedEvent, 'event'>, reading: Reading): boolean {
  const name = event.event.replace(/^report\./, '')
  if (!isShown(name)) return false
  const entryRule: EntryRule = entryRules[name]
  return mayKnow(event, entryRule.isPublic ?? false, reading)
}

const idsIn = (value: unknown): number[] => (Array.isArray(value) ? value.map(Number) : [])

/** Where the text of each entry came from or went to, by the splits and merges in the log itself. */
function movesIn(log: readonly LoggedEvent[]): ReadonlyMap<number, Whereabouts> {
  const moves = new Map<number, Whereabouts>()
  for (const { details } of log) {
    for (const id of idsIn(details.handedOver)) moves.set(id, { way: 'to', code: text(details.toCode) })
    for (const id of idsIn(details.tookOver)) {
      // What went away and came back is not marked as moved.
      if (moves.get(id)?.way === 'to') moves.delete(id)
      else moves.set(id, { way: 'from', code: text(details.fromCode) })
    }
  }
  return moves
}

/** The timeline of a report, oldest first, as the screen shows it. */
export function timelineOf(log: readonly LoggedEvent[], book: Book, reading: Reading): TimelineEntry[] {
  const moves = movesIn(log)
  const undone = undoneIn(log)
  return log.flatMap((event) => {
    const name = event.event.replace(/^report\./, '')
    if (!isShown(name)) return []
    const entryRule: EntryRule = entryRules[name]
    const isPublic = entryRule.isPublic ?? false
    if (!mayKnow(event, isPublic, reading)) return []
    const own = reading === 'all' || (event.agencyId !== null && reading.includes(event.agencyId))
    const shown = entryRule.read?.(event.details, book) ?? {}
    const who = event.actorId === null ? undefined : book.people[event.actorId]
    return [
      {
        id: event.id,
        at: new Date(event.at),
        event: name,
        who: {
          kind: event.actorKind,
          name: who?.name ?? null,
          position: who?.position ?? null,
          agency: who?.agency ?? null,
          onBehalfOf: event.onBehalfOf ? (book.people[event.onBehalfOf]?.name ?? null) : null,
        },
        isPublic,
        isUndone: undone.has(event.id),
        from: event.from,
        to: event.to,
        values: shown.values ?? {},
        changes: own ? changesIn(event.details, book) : [],
        // Of another agency's part only what the citizen reads too.
        words:
          shown.words && (own || shown.words.voice === 'public' || shown.words.voice === 'citizen')
            ? shown.words
            : null,
        answerId: shown.answerId ?? null,
        fileId: shown.fileId ?? null,
        noteId: shown.noteId ?? null,
        mentions: shown.mentions ?? [],
        contactCorrected: event.details.contactCorrected === true,
        linkHandedOut: event.details.linkHandedOut === true,
        moved: moves.get(event.id) ?? null,
      },
    ]
  })
}
