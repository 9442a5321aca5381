import { getTableColumns, sql } from 'drizzle-orm'
import { writtenOnce } from '#db/built-once.ts'
import { categories, reports } from '#db/schema/index.ts'
import type { Context } from '#server/accounts/context.ts'
import { areaAt } from '#server/areas/queries.ts'
import { calendarStamp, calendarsOfStamp } from '#server/calendars/queries.ts'
import { maskedReporter } from '#server/disclosures/rules/masked-reporter.ts'
import { DomainError } from '#server/platform/errors.ts'
import { decodeTelex } from '#server/platform/rules/telex.ts'
import { normalise } from '#server/platform/rules/text.ts'
import { settingRows, settingsOf } from '#server/platform/settings.ts'
import { findingsIn } from '../rules/answer-findings.ts'
import { citizenView } from '../rules/citizen-view.ts'
import { isOpen } from '../rules/lifecycle.ts'
import { mayHold } from '../rules/only-assignee.ts'
import { outcomeOf } from '../rules/outcome.ts'
import {
  capacityToDecide,
  offeredMoves,
  refusalReasonForAct,
  refusalReasonForUnlink,
  reportActNames,
  unmergeUntil,
} from '../rules/policy.ts'
import type { ScheduledMove, ScheduledWords } from '../rules/scheduling.ts'
import { mayReadAnswer, mayReadPhoto, readingOf } from '../rules/scope.ts'
import { timelineOf } from '../rules/timeline.ts'
import { clockViews, countingOf, deadlineView } from './clock-views.ts'
import { factsOf, subjectOf } from './lock.ts'
import { type PutOffRow, putOffRows, putOffsOf } from './put-offs.ts'
import { type AnswerFact, type PhotoFact, type ReportFacts, reportFacts } from './report-facts.ts'
import { scheduledFor } from './scheduled-for.ts'
import { scopeValues, visibleInScope } from './scope.ts'
import { workingTimes } from './working-times.ts'

export type ReportView = Awaited<ReturnType<typeof reportByCode>>
export type AnswerView = ReportView['answers'][number]
export type PhotoView = ReportView['photos'][number]
export type RequestView = ReportView['requests'][number]

const day = 86_400_000

type Row = typeof reports.$inferSelect & {
  needsApproval: boolean
  policyFacts: Parameters<typeof subjectOf>[1]
  facts: ReportFacts
  isWatched: boolean
  scheduled: ScheduledFact | null
  calendarStamp: string
  settings: { key: string; value: unknown }[] | null
  putOffs: PutOffRow[] | null
}

type ScheduledFact = {
  move: ScheduledMove
  by: { id: string; name: string }
  /** For whom a substitute scheduled it. */
  onBehalfOf: string | null
  sendAt: string
  words: ScheduledWords | null
}

const rowColumns = sql.join(
  Object.entries(getTableColumns(reports)).map(([name, column]) => sql`${column} as ${sql.identifier(name)}`),
  sql`, `,
)

/** With what every report is shown by: one round trip. */
const readRow = writtenOnce<Row>(
  (blank) => sql`select ${rowColumns}, ${categories.needsApproval} as "needsApproval",
      ${factsOf.sql} as "policyFacts", ${reportFacts.sql} as facts,
      exists (select from report_watches w
        where w.report_id = ${reports.id} and w.account_id = ${sql.placeholder('accountId')}::uuid) as "isWatched", (
        select json_build_object('move', move, 'by', json_build_object('id', a.id, 'name', a.name),
          'onBehalfOf', (select h.name from accounts h where h.id = ${scheduledFor}), 'sendAt', send_at,
          'words', words)
        from scheduled_answers join accounts a on a.id = scheduled_answers.account_id
        where report_id = ${reports.id} and cancelled_in is null) as scheduled,
      ${calendarStamp(blank)} as "calendarStamp",
      (select json_agg(x) from ${settingRows(blank)} x) as settings,
      (select json_agg(x) from (${putOffRows({
        accountId: sql`${sql.placeholder('accountId')}`,
        asOf: sql`${sql.placeholder('asOf')}`,
        which: sql`p.report_id = ${reports.id}`,
      })}) x) as "putOffs"
    from ${reports} join ${categories} on ${categories.code} = ${reports.categoryCode}
    where ${reports.code} = ${sql.placeholder('code')} and ${visibleInScope}`,
)

/** What the citizen's words say where they were typed in Telex; null where they say it as they stand. */
function readAs({ title, body }: Pick<Row, 'title' | 'body'>): { title: string; body: string } | null {
  const read = { title: decodeTelex(title), body: decodeTelex(body) }
  return read.title === title && read.body === body ? null : read
}

/**
 * One report with everything that belongs to it, as far as the actor may see it, what they may do with it, and the
 * refusal reasons.
 */
export async function reportByCode(ctx: Context, code: string) {
  const { db, actor } = ctx
  const now = ctx.now()
  const values = { code: normalise(code).toUpperCase(), accountId: actor.id, asOf: now.toISOString() }
  const [[row], { city }] = await Promise.all([readRow(db, { ...values, ...scopeValues(actor) }), workingTimes(ctx)])
  if (!row) throw new DomainError('not_found')
  const { facts, isWatched, scheduled, calendarStamp: stamp, settings: ofCity, putOffs: putOff, ...report } = row
  const calendars = await calendarsOfStamp(db, [{ stamp }])
  const settings = settingsOf(ofCity ?? [])
  const putOffs = putOffsOf(putOff ?? [], now)
  const times = { calendars, city }
  const reading = readingOf(actor, report)
  const subject = subjectOf(report, row.policyFacts, row.needsApproval, settings.soleAccountMayApprove)
  const answers = facts.answers
    .filter((answer) => mayReadAnswer(answer, reading))
    .map((answer) => answerView(answer, facts))
  const actsWith = (refusalReason: ReturnType<typeof refusalReasonForAct>) =>
    reportActNames.filter((act) => refusalReasonForAct(actor, act, report) === refusalReason)
  const clocks = clockViews(facts.clocks, facts.requests, times, now)
  const photos = facts.photos
    .map((photo) => ({ ...photo, answers: answersWith(photo, facts) }))
    .filter((photo) => mayReadPhoto(photo, reading))
    .map(({ addedById, addedAt, agencyId, answers: proven, ...photo }) => ({
      ...photo,
      /** Part of an answer: it cannot be removed. */
      isInAnswer: proven.length > 0 || (scheduled?.words?.photoIds.includes(photo.fileId) ?? false),
      addedBy: addedById === null ? null : (facts.people[addedById]?.name ?? null),
      addedAt: new Date(addedAt),
    }))
  const passedOn = facts.canonicalAnswers.map((answer) => ({
    ...answerView(answer, facts),
    photoIds: answer.photoIds,
  }))
  const moves = offeredMoves(actor, subject, now, settings)
  const assignee =
    report.assigneeId === null ? null : { id: report.assigneeId, name: facts.people[report.assigneeId]?.name ?? '' }
  const isAnothers = moves.some(({ refusalReason }) => refusalReason === 'not_assignee')
  const point = report.lon === null || report.lat === null ? null : { lon: report.lon, lat: report.lat }
  const below = point && isOpen(report.state) ? await areaAt(db, point, now) : null
  const category = { code: report.categoryCode, needsApproval: row.needsApproval, ...facts.category }
  return {
    id: report.id,
    code: report.code,
    version: report.version,
    state: report.state,
    severity: report.severity,
    channel: report.channel,
    title: report.title,
    body: report.body,
    readAs: readAs(report),
    address: report.address,
    point,
    receivedAt: report.receivedAt,
    occurredAt: report.occurredAt,
    answeredAt: report.answeredAt,
    closedAt: report.closedAt,
    returnCount: report.returnCount,
    transferCount: report.transferCount,
    reopenCount: report.reopenCount,
    rejectReason: report.rejectReason,
    rating: report.rating,
    tags: report.tags,
    category,
    area: report.areaId === null ? null : { id: report.areaId, name: facts.area ?? '' },
    /** The commune that the point of an open report lies in, where the report is filed under another. */
    otherArea:
      below && report.areaId !== null && below.id !== report.areaId ? { id: below.id, name: below.name } : null,
    agency: report.agencyId === null || !facts.agency ? null : { id: report.agencyId, ...facts.agency },
    assignee,
    /** Who alone may answer it, where that is someone else; and whether the actor may take it over from them. */
    onlyAssignee: isAnothers ? { name: assignee?.name ?? '', mayTakeOver: mayHold(actor, report.agencyId) } : null,
    incident: report.incidentId === null || !facts.incident ? null : { id: report.incidentId, ...facts.incident },
    suggested: facts.suggested,
    mergedInto: facts.mergedInto,
    merged: facts.merged.map((each) => ({ ...each, receivedAt: new Date(each.receivedAt) })),
    /** The citizens behind the matter: its own reporter and those whose reports follow it. */
    citizens: 1 + report.mergedCount + report.linkedCount,
    linkedTo: facts.linkedTo && {
      id: facts.linkedTo.id,
      code: facts.linkedTo.code,
      title: facts.linkedTo.title,
      state: facts.linkedTo.state,
      /** Why the link cannot be undone any more; null where it can. */
      refusalReason: refusalReasonForUnlink(
        { at: new Date(facts.linkedTo.at), answered: facts.linkedTo.answered },
        now,
      ),
    },
    linked: facts.linked.map((each) => ({ ...each, receivedAt: new Date(each.receivedAt) })),
    reporter: maskedReporter(facts.reporter),
    /** Held by another agency now: read-only, and only the reader's own part of the timeline. */
    isPast: reading !== 'all',
    /** The reader is notified of what happens to it. */
    isWatched,
    /** What the reader has put off, for themselves alone. */
    putOff: putOffs.get(report.id) ?? null,
    moves,
    acts: actsWith(null),
    /** What the actor could change if the report had not ended. */
    endedActs: actsWith('wrong_state'),
    deadline: deadlineView(report, facts.clocks, times, now),
    counting: countingOf(facts.clocks, times, now),
    clocks,
    photos,
    requests: facts.requests
      .filter(({ status }) => status === 'pending')
      .filter(({ agencyId }) => reading === 'all' || (agencyId !== null && reading.includes(agencyId)))
      .map((request) => ({
        id: request.id,
        kind: request.kind,
        reason: request.reason,
        minutes: request.minutes,
        agencyName: request.agencyId === null ? null : (facts.agencies[request.agencyId] ?? null),
        /** What would be sent to the citizen, of a follow-up. */
        answer: answers.find(({ id }) => id === request.answerId) ?? null,
        askedById: request.askedById,
        askedBy: facts.people[request.askedById]?.name ?? '',
        askedAt: new Date(request.askedAt),
        /** No one decides their own request, unless the agency has a single account. */
        isOwn:
          capacityToDecide(actor, { id: request.askedById, onBehalfOf: request.askedFor }, subject).refusalReason ===
          'own_request',
      })),
    answers,
    /** Answers to the report that this one follows, as its reporter got them: without the persons behind them. */
    passedOn: passedOn.map(({ id, agencyName, what, where, when, next, sentAt, photoIds, ...answer }) => ({
      id,
      agencyName,
      what,
      where,
      when,
      next,
      ...outcomeOf(answer),
      sentAt,
      photoIds,
    })),
    /** The answer, or its approval, that waits for its time. */
    scheduled: scheduled && reading === 'all' ? { ...scheduled, sendAt: new Date(scheduled.sendAt) } : null,
    findings: findingsFor(answers.at(-1), category),
    timeline: timelineOf(
      facts.events,
      {
        people: facts.people,
        agencies: facts.agencies,
        areas: facts.areas,
        incidents: facts.incidents,
        reports: facts.reports,
        notes: Object.fromEntries(facts.notes.map(({ id, ...note }) => [id, note])),
        messages: Object.fromEntries(facts.messages.map(({ id, body }) => [id, body])),
      },
      reading,
    ),
    categoryNames: facts.categories,
    citizen: citizenView({
      ...report,
      agencyName: facts.agency?.name ?? null,
      mergedInto: facts.mergedInto,
      answers: [...answers, ...passedOn],
      messages: facts.messages.map((message) => ({ ...message, at: new Date(message.at) })),
      photos,
    }),
    windows: {
      ratingUntil: report.answeredAt && new Date(report.answeredAt.getTime() + settings.ratingWindowDays * day),
      unmergeUntil: subject.mergedAt && unmergeUntil(subject.mergedAt),
      undoSeconds: settings.undoSeconds,
    },
  }
}

const answersWith = ({ kind, fileId }: PhotoFact, { answers }: ReportFacts): AnswerFact[] =>
  kind === 'proof' ? answers.filter(({ photoIds }) => photoIds.includes(fileId)) : []

const instant = (text: string | null) => (text === null ? null : new Date(text))

function answerView(answer: AnswerFact, facts: ReportFacts) {
  const { agencyId, authorId, reviewerId, photoIds, ...rest } = answer
  return {
    ...rest,
    agencyName: agencyId === null ? null : (facts.agencies[agencyId] ?? null),
    author: { id: authorId, name: facts.people[authorId]?.name ?? '' },
    reviewer: reviewerId === null ? null : { id: reviewerId, name: facts.people[reviewerId]?.name ?? '' },
    createdAt: new Date(answer.createdAt),
    reviewedAt: instant(answer.reviewedAt),
    sendAt: instant(answer.sendAt),
    sentAt: instant(answer.sentAt),
    photoIds: facts.photos
      .filter(({ kind, fileId }) => kind === 'proof' && photoIds.includes(fileId))
      .map(({ fileId }) => fileId),
  }
}

/** For the approver: what the citizen will miss. */
function findingsFor(
  answer: (Pick<AnswerFact, 'status' | 'what' | 'where' | 'when' | 'next'> & { photoIds: string[] }) | undefined,
  category: { needsPhoto: boolean },
) {
  if (answer?.status !== 'submitted') return []
  return findingsIn({ ...answer, photos: answer.photoIds.length }, category)
}
