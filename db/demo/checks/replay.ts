import type * as schema from '#db/schema/index.ts'
import type { Actor } from '#server/accounts/rules/actor.ts'
import type { WorkingTime } from '#server/calendars/rules/working-time.ts'
import { localDayOf } from '#server/platform/rules/local-day.ts'
import {
  type MoveCircumstances,
  moveRules,
  nextState,
  type ReportMove,
  type ReportState,
  reportMoves,
} from '#server/reports/rules/lifecycle.ts'
import { mayMove } from '#server/reports/rules/policy.ts'
import { ReplayedClocks } from './replayed-clocks.ts'

type Row<Table extends { $inferSelect: object }> = Table['$inferSelect']
export type EventRow = Row<typeof schema.events>
export type ReportRow = Row<typeof schema.reports>

/** What a replay must know about the city besides the events. */
export type Ground = {
  times: ReadonlyMap<string, WorkingTime>
  agencies: ReadonlyMap<string, Row<typeof schema.agencies>>
  categories: ReadonlyMap<string, Row<typeof schema.categories>>
  incidents: ReadonlyMap<string, Row<typeof schema.incidents>>
  actors: ReadonlyMap<string, Actor>
}

const moveOf = new Map<string, ReportMove>(reportMoves.map((move) => [moveRules[move].event, move]))
/** Acts that are no moves; silent ones do not change the version. */
const acts = [
  'report.extended',
  'report.extension_refused',
  'report.transfer_refused',
  'report.paused',
  'report.pause_refused',
  'report.tags_changed',
  'report.category_changed',
  'report.linked',
]
const silentActs = [
  'report.note_added',
  'report.photo_added',
  'report.answer_sent',
  'report.copy_saved',
  'report.copy_published',
  'report.copy_withdrawn',
]
/** Another report's answer: it does not change this one. */
const passedOn = 'report.answer_passed_on'
/** How a message to the reporter ended: it does not change the report. */
const deliveryEvents = ['report.delivery_sent', 'report.delivery_failed', 'report.delivery_posted']
/** Events that citizens may cause themselves; otherwise staff record their words. */
const citizensOwn = ['report.received', 'report.citizen_replied', 'report.rated']
const citizensWords = [...citizensOwn, 'report.reopened']

type Details = Record<string, string> & { photos?: string[]; tags?: string[][]; assigneeId?: string | string[] }

/** The expected row of a report, from its events only. */
export type Replayed = Pick<
  ReportRow,
  | 'state'
  | 'stateBefore'
  | 'version'
  | 'agencyId'
  | 'assigneeId'
  | 'askedById'
  | 'mergedIntoId'
  | 'linkedToId'
  | 'returnCount'
  | 'transferCount'
  | 'reopenCount'
  | 'photoCount'
  | 'answeredAt'
  | 'closedAt'
  | 'rejectReason'
  | 'rating'
  | 'tags'
  | 'categoryCode'
  | 'lastActivityAt'
  | 'lastActivityBy'
>

export class Replay {
  readonly faults: string[] = []
  readonly clocks: ReplayedClocks
  readonly row: Replayed
  readonly #ground: Ground
  readonly #report: ReportRow
  #last = new Date(0)

  /** Replays the events of one report through the product's state machine, its policy and its clocks. */
  constructor(ground: Ground, report: ReportRow, events: readonly EventRow[]) {
    this.#ground = ground
    this.#report = report
    this.clocks = new ReplayedClocks(ground, report)
    this.row = blank(report)
    events.forEach((event, place) => {
      try {
        this.#expect(
          place === 0 ? event.event === 'report.received' : event.event !== 'report.received',
          event,
          'is out of place',
        )
        this.#take(event)
      } catch (error) {
        this.faults.push(`${report.code} ${event.event}: ${(error as Error).message}`)
      }
    })
  }

  #expect(holds: boolean, event: EventRow, fault: string): void {
    if (!holds) this.faults.push(`${this.#report.code} ${event.event} ${fault}`)
  }

  #take(event: EventRow): void {
    const { row } = this
    if (event.event === passedOn) {
      this.#expect(event.at >= this.#last, event, 'comes before the one before it')
      this.#expect(
        [row.mergedIntoId, row.linkedToId].some((id) => id !== null),
        event,
        'reached whoever follows nobody',
      )
      this.#last = event.at
      return
    }
    if (deliveryEvents.includes(event.event)) {
      this.#expect(event.at >= this.#last, event, 'comes before the one before it')
      this.#last = event.at
      return
    }
    const isFirst = event.event === 'report.received'
    const move = moveOf.get(event.event)
    const isSilent = silentActs.includes(event.event)
    this.#expect(
      isFirst || move !== undefined || isSilent || acts.includes(event.event),
      event,
      'is no event of the desk',
    )
    this.#expect(event.at >= this.#last, event, 'comes before the one before it')
    this.#expect(event.fromState === (isFirst ? null : row.state), event, `leaves ${event.fromState}, not ${row.state}`)
    this.#expect(event.agencyId === (row.agencyId ?? agencySet(event)), event, 'names another agency')
    if (move) this.#assertAllowed(event, move)
    const state = move
      ? nextState(row.state, move, this.#circumstances(event))
      : isFirst
        ? 'awaiting_intake'
        : row.state
    this.#expect(event.toState === state, event, `leads to ${event.toState}, not ${state}`)
    if (!isSilent) row.version = isFirst ? 1 : row.version + 1
    this.#expect(event.version === (isSilent ? null : row.version), event, `has version ${event.version}`)
    this.clocks.take(event)
    this.#set(event, row.state)
    row.state = state
    this.#last = event.at
    if (isSilent && event.event !== 'report.photo_added') return
    row.lastActivityAt = event.at
    const isCitizens = citizensWords.includes(event.event)
    row.lastActivityBy = isCitizens ? 'citizen' : event.actorKind === 'staff' ? 'staff' : 'system'
  }

  #assertAllowed(event: EventRow, move: ReportMove): void {
    const { state, agencyId } = this.row
    if (event.actorKind === 'citizen') {
      this.#expect(citizensOwn.includes(event.event), event, 'is nothing a citizen does')
      return
    }
    const actor = event.actorKind === 'robot' ? robot : this.#ground.actors.get(event.actorId ?? '')
    this.#expect(actor !== undefined && mayMove(actor, move, { state, agencyId }), event, 'is not allowed to its actor')
  }

  #circumstances(event: EventRow): MoveCircumstances {
    const agency = this.#ground.agencies.get(this.row.agencyId ?? '')
    const day = localDayOf(event.at)
    return {
      stateBefore: this.row.stateBefore,
      lastAgencyEnded: agency?.validTo !== null && agency?.validTo !== undefined && agency.validTo < day,
    }
  }

  #set(event: EventRow, from: ReportState): void {
    const { row } = this
    const details = event.details as Details
    switch (event.event) {
      case 'report.received':
        Object.assign(row, { photoCount: (details.photos ?? []).length, categoryCode: details.category })
        break
      case 'report.photo_added':
        row.photoCount += 1
        break
      case 'report.tags_changed':
        row.tags = details.tags?.[1] ?? []
        break
      case 'report.category_changed':
        row.categoryCode = details.category?.[1] ?? ''
        break
      case 'report.assigned':
        Object.assign(row, { agencyId: details.agencyId, assigneeId: null })
        break
      case 'report.accepted':
        row.assigneeId = String(details.assigneeId)
        break
      case 'report.person_assigned':
        row.assigneeId = details.assigneeId?.[1] ?? null
        break
      case 'report.returned':
        Object.assign(row, { agencyId: null, assigneeId: null, returnCount: row.returnCount + 1 })
        break
      case 'report.transferred':
        Object.assign(row, { agencyId: details.agencyId, assigneeId: null, transferCount: row.transferCount + 1 })
        break
      case 'report.citizen_asked':
        Object.assign(row, { stateBefore: from, askedById: event.actorId })
        break
      case 'report.citizen_replied':
        row.stateBefore = null
        break
      case 'report.merged':
        Object.assign(row, { stateBefore: from, mergedIntoId: details.intoReportId })
        break
      case 'report.linked':
        row.linkedToId = Number(details.toReportId)
        break
      case 'report.rejected':
        Object.assign(row, { stateBefore: from, rejectReason: details.reason, answeredAt: event.at })
        break
      case 'report.answered':
      case 'report.answer_approved':
        Object.assign(row, { stateBefore: from, answeredAt: event.at })
        break
      case 'report.rated':
        Object.assign(row, { rating: details.rating, closedAt: row.closedAt ?? event.at, stateBefore: null })
        break
      case 'report.closed':
        Object.assign(row, { closedAt: event.at, stateBefore: null })
        break
      case 'report.reopened':
        Object.assign(row, { answeredAt: null, closedAt: null, rating: null, stateBefore: null })
        row.reopenCount += 1
        if (event.toState === 'awaiting_intake') Object.assign(row, { agencyId: null, assigneeId: null })
        break
    }
  }
}

const robot: Actor = { kind: 'robot', id: null, name: 'robot', grants: [] }

/** The first assignment already names the agency it gives the report to. */
const agencySet = ({ event, details }: EventRow): string | null =>
  event === 'report.assigned' ? (details.agencyId as string) : null

const blank = ({ receivedAt }: ReportRow): Replayed => ({
  state: 'awaiting_intake',
  stateBefore: null,
  version: 0,
  agencyId: null,
  assigneeId: null,
  askedById: null,
  mergedIntoId: null,
  linkedToId: null,
  returnCount: 0,
  transferCount: 0,
  reopenCount: 0,
  photoCount: 0,
  answeredAt: null,
  closedAt: null,
  rejectReason: null,
  rating: null,
  tags: [],
  categoryCode: '',
  lastActivityAt: receivedAt,
  lastActivityBy: 'citizen',
})
