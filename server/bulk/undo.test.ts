import { randomUUID } from 'node:crypto'
import { and, eq } from 'drizzle-orm'
import fc from 'fast-check'
import { describe, expect } from 'vitest'
import type { Database, Sql } from '#db/client.ts'
import { fixed } from '#db/factories/outcomes.ts'
import { buildReport } from '#db/factories/reports.ts'
import { buildRequest } from '#db/factories/requests.ts'
import { storyOf } from '#db/factories/story.ts'
import { bulkRows, reportClocks, reportPhotos, reports } from '#db/schema/index.ts'
import { test as base } from '#db/testing.ts'
import type { Context } from '#server/accounts/context.ts'
import { robot } from '#server/accounts/rules/actor.ts'
import { compiledCalendars } from '#server/calendars/queries.ts'
import { recomputeFigures } from '#server/insights/commands/write-figures.ts'
import { notifyRecipients } from '#server/notifications/commands/notify-recipients.ts'
import { DomainError } from '#server/platform/errors.ts'
import { acceptReport } from '#server/reports/commands/accept-report.ts'
import { approveAnswer, sendBackAnswer } from '#server/reports/commands/approve-answer.ts'
import { askCitizen, recordCitizenReply } from '#server/reports/commands/ask-citizen.ts'
import { assignPerson } from '#server/reports/commands/assign-person.ts'
import { assignReport } from '#server/reports/commands/assign-report.ts'
import {
  changeCategory,
  changePlace,
  changeSeverity,
  changeTags,
  linkIncident,
} from '#server/reports/commands/change-report.ts'
import { decideRequest } from '#server/reports/commands/decide-request.ts'
import { dismissSuggestions, reviveSuggestions } from '#server/reports/commands/decide-suggestions.ts'
import { followUp, requestFollowUp } from '#server/reports/commands/follow-up.ts'
import { linkReport, unlinkReport } from '#server/reports/commands/link-report.ts'
import { mergeReport, unmergeReport } from '#server/reports/commands/merge-report.ts'
import type { Moved } from '#server/reports/commands/move-report.ts'
import { putPhotoBack } from '#server/reports/commands/put-photo-back.ts'
import { rateReport } from '#server/reports/commands/rate-report.ts'
import { rejectReport } from '#server/reports/commands/reject-report.ts'
import { removePhoto } from '#server/reports/commands/remove-photo.ts'
import { reopenReport } from '#server/reports/commands/reopen-report.ts'
import { requestExtension } from '#server/reports/commands/request-extension.ts'
import { requestPause } from '#server/reports/commands/request-pause.ts'
import { requestTransfer } from '#server/reports/commands/request-transfer.ts'
import { resumeReport } from '#server/reports/commands/resume-report.ts'
import { returnReport } from '#server/reports/commands/return-report.ts'
import { answerReport, submitAnswer } from '#server/reports/commands/submit-answer.ts'
import { takeBack } from '#server/reports/commands/take-back.ts'
import { transferReport } from '#server/reports/commands/transfer-report.ts'
import { undoChange } from '#server/reports/commands/undo-change.ts'
import { withdrawAnswer } from '#server/reports/commands/withdraw-answer.ts'
import { moveRules, openStates, type ReportState } from '#server/reports/rules/lifecycle.ts'
import type { ChangeInput } from '#server/reports/rules/schemas.ts'
import { type UndoableAct, waysBack } from '#server/reports/rules/undo.ts'
import { startRun } from './commands/start-run.ts'
import { undoRun } from './commands/stop-run.ts'
import { previewRun } from './queries/preview.ts'
import type { BulkAction } from './rules/actions.ts'
import { everythingOf } from './testing/everything.ts'
import {
  incidentOf,
  type Life,
  type LifeDesk,
  type LifeSpec,
  lead,
  lives,
  openDesk,
  seenOf,
  turnStorm,
} from './testing/lives.ts'

const test = base.extend('desk', { scope: 'file' }, ({ db }) => openDesk(db))

const reason = 'Việc này thuộc đơn vị khác'
const words = { what: 'Đã dọn', where: 'Số 20', when: 'Sáng nay', ...fixed, next: '' }

/** What an action works on: the report and a second one, in the version that was seen. */
type Stage = { db: Database; desk: LifeDesk; life: Life; beside: number; seen: ChangeInput; ctx: Context }
type Act = {
  by: 'dispatcher' | 'officer' | 'approver'
  /** It works on the second report too. */
  needsTwo?: true
  /** Of every other category it is refused. */
  category?: LifeSpec['category']
  from?: readonly ReportState[]
  /** What must be there before, of which a random history has too little. */
  readies?: (stage: Pick<Stage, 'db' | 'desk' | 'life'>) => Promise<void>
  does: (stage: Stage) => Promise<Moved>
}

/** One of so many, whether every report is acted on or every second one, as beside a twin. */
const drawnBy = (id: number, many: number) => Math.floor(id / 2) % many

/** The one result of a decision on a list of one. */
async function theOnly(decide: typeof dismissSuggestions, ctx: Context, { incident }: Life, seen: ChangeInput) {
  const [decided] = await decide(ctx, { incidentId: incident.id, reports: [seen] })
  if (!decided?.moved) throw new DomainError(decided?.refusal ?? 'not_found')
  return decided.moved
}

/**
 * Every act that can be undone, applied to the report: the type requires an entry for each act of the table of undoable
 * acts.
 */
const acts: Record<UndoableAct, Act> = {
  assign_person: {
    by: 'approver',
    does: ({ ctx, seen, desk }) => assignPerson(ctx, { ...seen, accountId: desk.officer.id }),
  },
  change_category: {
    by: 'dispatcher',
    does: ({ ctx, seen, desk }) => changeCategory(ctx, { ...seen, categoryCode: desk.categories.slow.code }),
  },
  change_severity: {
    by: 'dispatcher',
    does: async ({ db, ctx, seen }) => {
      const { report } = await storyOf(db, seen.reportId)
      return changeSeverity(ctx, { ...seen, severity: report.severity === 'urgent' ? 'normal' : 'urgent', reason: '' })
    },
  },
  change_place: {
    by: 'dispatcher',
    does: ({ ctx, seen }) => changePlace(ctx, { ...seen, address: '22 Hàng Bài', point: null }),
  },
  change_tags: { by: 'dispatcher', does: ({ ctx, seen }) => changeTags(ctx, { ...seen, tags: ['mới'] }) },
  link_incident: {
    by: 'dispatcher',
    does: async ({ db, ctx, seen, life }) => {
      const { report } = await storyOf(db, seen.reportId)
      return linkIncident(ctx, { ...seen, incidentId: report.incidentId === null ? life.incident.id : null })
    },
  },
  dismiss_suggestion: { by: 'dispatcher', does: ({ ctx, seen, life }) => theOnly(dismissSuggestions, ctx, life, seen) },
  remove_photo: {
    by: 'officer',
    does: async ({ db, ctx, seen }) => {
      const [photo] = await db.select().from(reportPhotos).where(eq(reportPhotos.reportId, seen.reportId)).limit(1)
      if (!photo) throw new DomainError('not_found')
      return removePhoto(ctx, { reportId: seen.reportId, fileId: photo.fileId })
    },
  },
  answer: {
    by: 'officer',
    does: async ({ db, ctx, seen }) => {
      const isProof = and(eq(reportPhotos.reportId, seen.reportId), eq(reportPhotos.kind, 'proof'))
      const proof = await db.select().from(reportPhotos).where(isProof)
      return answerReport(ctx, { ...seen, ...words, photoIds: proof.map(({ fileId }) => fileId) })
    },
  },
  approve: { by: 'approver', does: ({ ctx, seen }) => approveAnswer(ctx, seen) },
  reject: {
    by: 'dispatcher',
    does: ({ ctx, seen }) => rejectReport(ctx, { ...seen, reason: 'out_of_scope', answer: 'Việc của tỉnh bạn' }),
  },
  assign: {
    by: 'dispatcher',
    does: ({ ctx, seen, desk, life }) =>
      assignReport(ctx, {
        ...seen,
        agencyId: desk.other.id,
        categoryCode: desk.categories.slow.code,
        severity: 'urgent',
        incidentId: life.incident.id,
      }),
  },
  ask_citizen: { by: 'approver', does: ({ ctx, seen }) => askCitizen(ctx, { ...seen, question: 'Cây ở đâu ạ?' }) },
  citizen_replied: { by: 'approver', does: ({ ctx, seen }) => recordCitizenReply(ctx, { ...seen, reply: 'Số 20' }) },
  accept: { by: 'officer', does: ({ ctx, seen }) => acceptReport(ctx, { ...seen, assignToMe: true }) },
  return: { by: 'officer', does: ({ ctx, seen }) => returnReport(ctx, { ...seen, reason }) },
  transfer: {
    by: 'approver',
    does: ({ ctx, seen, desk }) => transferReport(ctx, { ...seen, agencyId: desk.other.id, reason }),
  },
  request_transfer: {
    by: 'officer',
    does: ({ ctx, seen, desk }) => requestTransfer(ctx, { ...seen, agencyId: desk.other.id, reason }),
  },
  request_extension: {
    by: 'officer',
    does: ({ ctx, seen }) => requestExtension(ctx, { ...seen, minutes: 60, reason }),
  },
  request_pause: {
    by: 'officer',
    does: ({ ctx, seen, desk }) => requestPause(ctx, { ...seen, agencyId: desk.other.id, reason }),
  },
  resume: {
    by: 'officer',
    readies: async ({ db, desk, life }) => {
      const { report } = await storyOf(db, life.id)
      if (report.pausedAt) return
      const asked = { askedById: desk.officer.id }
      const { id: requestId } = await buildRequest(db, { ...report, agencyId: desk.other.id }, 'pause', asked)
      const decided = { ...(await seenOf(db, life.id)), requestId, approve: true, remarks: '' }
      await decideRequest(life.ctx(desk.approver), decided)
    },
    does: ({ ctx, seen }) => resumeReport(ctx, { ...seen, reason: '' }),
  },
  submit_answer: { by: 'officer', does: ({ ctx, seen }) => submitAnswer(ctx, { ...seen, ...words, photoIds: [] }) },
  follow_up: { by: 'officer', does: ({ ctx, seen }) => followUp(ctx, { ...seen, ...words, photoIds: [] }) },
  request_follow_up: {
    by: 'officer',
    category: 'slow',
    does: ({ ctx, seen }) => requestFollowUp(ctx, { ...seen, ...words, photoIds: [] }),
  },
  send_back: { by: 'approver', does: ({ ctx, seen }) => sendBackAnswer(ctx, { ...seen, remarks: 'Thiếu ảnh' }) },
  rate: {
    by: 'dispatcher',
    does: ({ ctx, seen }) => rateReport(ctx, { ...seen, rating: 'acceptable', channel: 'hotline', words: 'Tạm' }),
  },
  reopen: { by: 'dispatcher', does: ({ ctx, seen }) => reopenReport(ctx, { ...seen, reason }) },
  decide_request: {
    by: 'approver',
    from: ['in_progress'],
    readies: async ({ db, desk, life: { id } }) => {
      const { report } = await storyOf(db, id)
      const kind = (['transfer', 'transfer', 'pause'] as const)[drawnBy(id, 3)] ?? 'pause'
      await buildRequest(db, { ...report, agencyId: desk.other.id }, kind, { askedById: desk.officer.id })
    },
    does: async ({ db, ctx, seen }) => {
      const { requests } = await storyOf(db, seen.reportId)
      const pending = requests.find(({ status }) => status === 'pending')
      return decideRequest(ctx, {
        ...seen,
        requestId: pending?.id ?? '',
        approve: drawnBy(seen.reportId, 4) > 0,
        remarks: 'Được',
      })
    },
  },
  merge: {
    by: 'dispatcher',
    needsTwo: true,
    does: ({ ctx, seen, beside }) => mergeReport(ctx, { ...seen, intoReportId: beside }),
  },
  link_report: {
    by: 'dispatcher',
    needsTwo: true,
    does: ({ ctx, seen, beside }) => linkReport(ctx, { ...seen, toReportId: beside }),
  },
}
const actNames = Object.keys(waysBack) as UndoableAct[]

/** For how many seconds at least each undo is allowed, and how it is done. */
const back: Record<
  (typeof waysBack)[UndoableAct],
  { within: number; goes: (stage: Stage, made: Made) => Promise<Moved> }
> = {
  undo: { within: 15, goes: ({ ctx }, { seen }) => undoChange(ctx, seen) },
  revive_suggestion: {
    within: 15,
    goes: ({ ctx, life }, { seen }) => theOnly(reviveSuggestions, ctx, life, seen),
  },
  put_photo_back: {
    within: 15,
    goes: ({ ctx }, { seen, gone }) => putPhotoBack(ctx, { reportId: seen.reportId, fileId: gone, name: 'ảnh.jpg' }),
  },
  withdraw_answer: { within: 14, goes: ({ ctx }, { seen }) => withdrawAnswer(ctx, seen) },
  take_back: { within: 14, goes: ({ ctx }, { seen }) => takeBack(ctx, seen) },
  unmerge: { within: 86_400, goes: ({ ctx }, { seen }) => unmergeReport(ctx, seen) },
  unlink_report: { within: 86_400, goes: ({ ctx }, { seen }) => unlinkReport(ctx, seen) },
}
/** The version that the act made, and the photo that it removed. */
type Made = { seen: ChangeInput; gone: string }

/** The states from which the act is possible: those of its move, otherwise the open ones. */
const statesOf = (act: UndoableAct): readonly ReportState[] =>
  acts[act].from ?? (act in moveRules ? moveRules[act as keyof typeof moveRules].from : openStates)

type Scene = { db: Database; desk: LifeDesk; life: Life; beside: number }

/** The report as the act needs it, and the second one where it works on two. */
async function readied(act: UndoableAct, { db, desk }: Pick<Scene, 'db' | 'desk'>, life: Life): Promise<Scene> {
  const { needsTwo, readies } = acts[act]
  const beside = needsTwo && (await buildReport(db, { state: 'in_progress', agencyId: desk.agency.id })).id
  await readies?.({ db, desk, life })
  return { db, desk, life, beside: beside ?? life.id }
}

/** Does the act; returns its undo, or null where this report, after its history, refuses the act. */
async function doIt(act: UndoableAct, scene: Scene) {
  const { db, desk, life } = scene
  const stage = async (seconds: number): Promise<Stage> => {
    const seen = await seenOf(db, life.id)
    return { ...scene, seen, ctx: life.ctx(desk[acts[act].by], seconds) }
  }
  const photos = async () =>
    act === 'remove_photo'
      ? (await db.select().from(reportPhotos).where(eq(reportPhotos.reportId, life.id))).map(({ fileId }) => fileId)
      : []
  const hanging = await photos()
  try {
    const moved = await acts[act].does(await stage(0))
    const left = await photos()
    const made = {
      seen: { reportId: moved.id, version: moved.version },
      gone: hanging.find((id) => !left.includes(id)) ?? '',
    }
    return async (seconds: number) => back[waysBack[act]].goes(await stage(seconds), made)
  } catch (error) {
    if (error instanceof DomainError) return null
    throw error
  }
}

/** What the figures count of the report, replayed from the log. */
async function figuresOf(db: Database, id: number) {
  const { $client } = db as Database & { $client: Sql }
  return recomputeFigures($client, { ids: [id] }, await compiledCalendars(db))
}

const within = (act: UndoableAct) => fc.integer({ min: 0, max: back[waysBack[act]].within })

/** Histories after which the act may be possible. */
const livesFor = (act: UndoableAct) => {
  const { category } = acts[act]
  return category ? lives.map((spec): LifeSpec => ({ ...spec, category })) : lives
}

const mostRounds = 4

/**
 * Tries the property on so many histories, and on as many others until at least `least` acts were taken: some acts need
 * a history that is seldom drawn.
 */
async function untilTaken<T>(
  least: number,
  numRuns: number,
  property: (took: (many: number) => void) => fc.IAsyncProperty<T>,
): Promise<void> {
  let taken = 0
  const tried = property((many) => {
    taken += many
  })
  for (let round = 1; round <= mostRounds && taken < least; round++) {
    await fc.assert(tried, { numRuns, endOnFailure: true })
  }
  expect(taken).toBeGreaterThanOrEqual(least)
}

describe('whatever the history of a report, undo restores everything as before the act', () => {
  test.for(actNames)('%s', { timeout: 240_000 }, async (act, { db, desk }) => {
    // A decision that was taken back counts nowhere, nor does its taking back.
    const isCounted = waysBack[act] === 'take_back'
    const state = fc.constantFrom(...statesOf(act))
    await untilTaken(2, isCounted ? 15 : 25, (took) =>
      fc.asyncProperty(livesFor(act), state, within(act), fc.boolean(), async (spec, from, seconds, isTold) => {
        const life = await lead(db, desk, spec, { state: from, incident: await incidentOf(db, spec) })
        const scene = await readied(act, { db, desk }, life)
        await notifyRecipients(life.ctx(robot, 60))
        const ids = [...new Set([life.id, scene.beside])]
        const before = await everythingOf(db, ids)
        const counted = isCounted && (await figuresOf(db, life.id))
        const takeItBack = await doIt(act, scene)
        if (!takeItBack) return
        if (isTold) await notifyRecipients(life.ctx(robot, seconds))
        await takeItBack(seconds)
        await notifyRecipients(life.ctx(robot, 60))
        expect(await everythingOf(db, ids)).toEqual(before)
        if (isCounted) expect(await figuresOf(db, life.id)).toEqual(counted)
        took(1)
      }),
    )
  })
})

/** The acts that can also be done in bulk. */
const actions: Record<Extract<BulkAction['name'], UndoableAct>, (desk: LifeDesk, incidentId: string) => BulkAction> = {
  assign_person: ({ officer }) => ({ name: 'assign_person', accountId: officer.id }),
  assign: ({ other }) => ({ name: 'assign', agencyId: other.id, note: '' }),
  transfer: ({ other }) => ({ name: 'transfer', agencyId: other.id, reason }),
  change_category: ({ categories: { slow } }) => ({ name: 'change_category', categoryCode: slow.code }),
  change_severity: () => ({ name: 'change_severity', severity: 'urgent', reason: '' }),
  change_tags: () => ({ name: 'change_tags', add: ['mới'], remove: ['cũ'] }),
  link_incident: (_, incidentId) => ({ name: 'link_incident', incidentId }),
  reject: () => ({ name: 'reject', reason: 'out_of_scope', answer: 'Việc của tỉnh bạn' }),
  answer: () => ({ name: 'answer', what: 'Đã dọn', where: 'Số 20', when: 'Sáng nay', ...fixed, next: '' }),
}

describe('undo in bulk restores everything as well', () => {
  test.for(Object.keys(actions) as (keyof typeof actions)[])('%s', { timeout: 240_000 }, async (name, { db, desk }) => {
    const from = fc.constantFrom(...statesOf(name))
    await untilTaken(6, 12, (took) =>
      fc.asyncProperty(fc.array(fc.tuple(lives, from), { minLength: 2, maxLength: 4 }), async (specs) => {
        const [first] = specs
        const incident = await incidentOf(db, first?.[0] ?? { storm: null })
        const many: Life[] = []
        for (const [spec, state] of specs) many.push(await lead(db, desk, spec, { state, incident }))
        const last = many.toSorted((one, other) => one.at.getTime() - other.at.getTime()).at(-1)
        if (!last) return
        const ctx = last.ctx(desk[acts[name].by])
        const ids = many.map(({ id }) => id)
        const robots = last.ctx(robot, 60)
        await notifyRecipients(robots)
        const before = await everythingOf(db, ids)
        const input = { id: randomUUID(), reportIds: ids, action: actions[name](desk, incident.id) }
        const { meant } = await previewRun(ctx, input)
        if (meant === 0) return
        const run = await startRun(ctx, randomUUID(), { ...input, expected: meant })
        await undoRun(ctx, run.id)
        await notifyRecipients(robots)
        const rows = await db.select().from(bulkRows).where(eq(bulkRows.runId, run.id))
        expect(rows.filter(({ status }) => status === 'kept')).toEqual([])
        expect(await everythingOf(db, ids)).toEqual(before)
        took(rows.filter(({ status }) => status === 'undone').length)
      }),
    )
  })
})

/** What does not depend on which of two twin reports it is. */
async function fateOf(db: Database, id: number) {
  const [report] = await db
    .select({
      state: reports.state,
      severity: reports.severity,
      categoryCode: reports.categoryCode,
      incidentId: reports.incidentId,
      dueAt: reports.dueAt,
      soonAt: reports.soonAt,
      pausedAt: reports.pausedAt,
    })
    .from(reports)
    .where(eq(reports.id, id))
  const clocks = await db.select().from(reportClocks).where(eq(reportClocks.reportId, id)).orderBy(reportClocks.id)
  return { report, clocks: clocks.map(({ id: _, reportId: __, ...clock }) => clock) }
}

// After the others: these tell no one of what they do, and it would all be told with the first act in bulk.
describe('after undo, the deadline is that of an untouched twin, even if emergency mode was switched in between', () => {
  // After that act the report is no longer suggested to the incident.
  test.for(actNames.filter((act) => act !== 'dismiss_suggestion'))(
    '%s',
    { timeout: 240_000 },
    async (act, { db, desk }) => {
      const state = fc.constantFrom(...statesOf(act))
      const stormy = livesFor(act).map(
        (spec): LifeSpec => ({
          ...spec,
          severity: 'urgent',
          storm: spec.storm ?? 'off',
          steps: ['joins_storm', ...spec.steps.filter((step) => step !== 'joins_storm')],
        }),
      )
      await untilTaken(1, 15, (took) =>
        fc.asyncProperty(
          stormy,
          state,
          within(act),
          fc.double({ min: 0, max: 1, noNaN: true }),
          async (spec, from, seconds, share) => {
            const incident = await incidentOf(db, spec)
            const life = await lead(db, desk, spec, { state: from, incident })
            const takeItBack = await doIt(act, await readied(act, { db, desk }, life))
            if (!takeItBack) return
            const twin = await lead(db, desk, spec, { state: from, incident })
            await acts[act].readies?.({ db, desk, life: twin })
            const switching = life.ctx(desk.dispatcher, Math.floor(seconds * share))
            await turnStorm(db, switching, incident.id, life.id)
            await takeItBack(seconds)
            const fate = await fateOf(db, life.id)
            expect(fate.report).toBeDefined()
            expect(fate).toEqual(await fateOf(db, twin.id))
            took(1)
          },
        ),
      )
    },
  )
})
