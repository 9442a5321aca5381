import { isDeepStrictEqual } from 'node:util'
import type * as schema from '#db/schema/index.ts'
import type { EventRow } from './replay.ts'

type Row<Table extends { $inferSelect: object }> = Table['$inferSelect']

/** The rows that belong to one report. */
export type Parts = {
  answers: Row<typeof schema.reportAnswers>[]
  requests: Row<typeof schema.reportRequests>[]
  notes: Row<typeof schema.reportNotes>[]
  messages: Row<typeof schema.reportMessages>[]
  photos: Row<typeof schema.reportPhotos>[]
}

type Said = { id: string; at: string; by: string | null; outcome: string }

const idIn = ({ details }: EventRow, key: string) => String(details[key])
const isoOf = (at: Date | null) => at?.toISOString() ?? ''

/** Differences between the log and the answers, requests, notes, messages and photos. */
export function faultsOf(code: string, events: readonly EventRow[], parts: Parts): string[] {
  const pairs: [string, Said[], Said[]][] = [
    ['answers', answersIn(events), parts.answers.map(answerOf)],
    ['requests', requestsIn(events), parts.requests.map(requestOf)],
    ['notes', wordsIn(events, 'noteId'), parts.notes.map((note) => wordOf(note.id, note.createdAt))],
    ['messages', wordsIn(events, 'messageId'), parts.messages.map((message) => wordOf(message.id, message.createdAt))],
    ['photos', photosIn(events), parts.photos.map(photoOf)],
  ]
  return pairs.flatMap(([name, told, kept]) => {
    const [log, rows] = [told, kept].map((list) => [...list].sort((a, b) => (a.id < b.id ? -1 : 1)))
    return isDeepStrictEqual(log, rows) ? [] : [`${code}: its ${name} are not those of the log`]
  })
}

function answersIn(events: readonly EventRow[]): Said[] {
  const told = new Map<string, Said>()
  const after = (event: EventRow, outcome: string) => {
    const known = told.get(idIn(event, 'answerId'))
    if (known) known.outcome = outcome
  }
  for (const event of events) {
    const id = idIn(event, 'answerId')
    const written = { id, at: isoOf(event.at), by: event.actorId }
    if (event.event === 'report.answer_submitted') told.set(id, { ...written, outcome: 'submitted' })
    if (event.event === 'report.answered') told.set(id, { ...written, outcome: 'queued' })
    if (event.event === 'report.rejected' && event.details.answerId) told.set(id, { ...written, outcome: 'queued' })
    if (event.event === 'report.answer_sent_back' || event.event === 'report.follow_up_refused')
      after(event, `sent_back by ${event.actorId} ${event.details.remarks}`)
    if (event.event === 'report.follow_up_requested') told.set(id, { ...written, outcome: 'submitted' })
    if (event.event === 'report.followed_up' && !told.has(id)) told.set(id, { ...written, outcome: 'queued' })
    if (event.event === 'report.answer_approved' || event.event === 'report.followed_up') after(event, 'queued')
    if (event.event === 'report.answer_sent') after(event, `sent ${isoOf(event.at)}`)
  }
  return [...told.values()]
}

function answerOf(row: Parts['answers'][number]): Said {
  const outcome =
    row.status === 'sent'
      ? `sent ${isoOf(row.sentAt)}`
      : row.status === 'sent_back'
        ? `sent_back by ${row.reviewerId} ${row.remarks}`
        : row.status
  return { id: row.id, at: isoOf(row.createdAt), by: row.authorId, outcome }
}

const decisions: Record<string, string> = {
  'report.extended': 'approved',
  'report.extension_refused': 'refused',
  'report.transferred': 'approved',
  'report.transfer_refused': 'refused',
  'report.paused': 'approved',
  'report.pause_refused': 'refused',
  'report.followed_up': 'approved',
  'report.follow_up_refused': 'refused',
}

function requestsIn(events: readonly EventRow[]): Said[] {
  const told = new Map<string, Said>()
  for (const event of events) {
    const id = idIn(event, 'requestId')
    if (event.event.endsWith('_requested')) {
      told.set(id, { id, at: isoOf(event.at), by: event.actorId, outcome: 'pending' })
    }
    const known = told.get(id)
    const decision = decisions[event.event]
    if (known && decision) known.outcome = `${decision} ${isoOf(event.at)} by ${event.actorId}`
  }
  return [...told.values()]
}

function requestOf({ id, askedAt, askedById, status, decidedAt, decidedById }: Parts['requests'][number]): Said {
  const outcome = status === 'pending' ? status : `${status} ${isoOf(decidedAt)} by ${decidedById}`
  return { id, at: isoOf(askedAt), by: askedById, outcome }
}

const wordOf = (id: string, at: Date): Said => ({ id, at: isoOf(at), by: null, outcome: '' })

function wordsIn(events: readonly EventRow[], key: 'noteId' | 'messageId'): Said[] {
  return events.filter((event) => event.details[key]).map((event) => wordOf(idIn(event, key), event.at))
}

function photosIn(events: readonly EventRow[]): Said[] {
  return events.flatMap((event): Said[] => {
    const said = (id: unknown, kind: unknown) => ({ id: `${kind} ${id}`, at: isoOf(event.at), by: null, outcome: '' })
    if (event.event === 'report.photo_added') return [said(event.details.fileId, event.details.kind)]
    if (event.event !== 'report.received') return []
    return ((event.details.photos ?? []) as string[]).map((id) => said(id, 'citizen'))
  })
}

const photoOf = ({ fileId, kind, addedAt }: Parts['photos'][number]): Said => wordOf(`${kind} ${fileId}`, addedAt)
