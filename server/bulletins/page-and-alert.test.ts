import { eq, inArray } from 'drizzle-orm'
import fc from 'fast-check'
import { expect } from 'vitest'
import type { Database } from '#db/client.ts'
import { buildActor } from '#db/factories/accounts.ts'
import { buildArea } from '#db/factories/areas.ts'
import { alertPanelOf, buildBulletin, buildNewsroom, contentOf, textOf } from '#db/factories/bulletins.ts'
import { buildIncident } from '#db/factories/incidents.ts'
import { bulletinAlerts, bulletinRemovals, bulletinRevisions, bulletins, incidents } from '#db/schema/index.ts'
import { test } from '#db/testing.ts'
import { reopenIncident } from '#server/incidents/commands/close-incident.ts'
import { DomainError } from '#server/platform/errors.ts'
import { closeIncidentInSight } from './commands/close-incident.ts'
import { correctBulletin, discardCorrection, unpublishBulletin, withdrawBulletin } from './commands/correct-bulletin.ts'
import { publishBulletin } from './commands/publish-bulletin.ts'
import { approveBulletin, submitBulletin } from './commands/review-bulletin.ts'
import { saveBulletin } from './commands/save-bulletin.ts'
import { type PublicBulletin, publicBulletins } from './queries/public.ts'
import { alertsInForce, publicAlert } from './queries/public-alerts.ts'
import { endOf, validityAt } from './rules/validity.ts'

const begin = new Date('2026-03-02T01:00:00Z')
const minutes = (count: number) => count * 60_000

/** The accounts that make bulletins, and an incident with those who may close it. */
async function buildCast(db: Database) {
  const dispatcher = await buildActor(db, 'dispatcher')
  return { ...(await buildNewsroom(db)), dispatcher, incidentId: (await buildIncident(db)).id }
}
type Newsroom = Awaited<ReturnType<typeof buildCast>>
/** Hours from its publication; null: no alert, or no begin and end beside it. */
type Text = {
  hours: number | null
  from: number | null
  until: number | null
  ending: 'over' | 'error' | null
  words: number
}
type Step =
  | ({ kind: 'publish'; replaces: number | null; isExercise: boolean } & Text)
  | ({ kind: 'correct'; of: number; how: 'minor' | 'substantive' | 'personal_data' } & Text)
  | { kind: 'withdraw'; of: number; ending: 'over' | 'error' | null }
  | { kind: 'clean'; of: number; words: number }
  | { kind: 'unpublish'; of: number; endsAlert: boolean }
  | { kind: 'close'; sees: boolean }
  | { kind: 'wait'; minutes: number }

class Night {
  readonly #db: Database
  readonly #newsroom: Newsroom
  readonly #areaId: number
  #now = begin
  readonly ids: string[] = []

  constructor(db: Database, newsroom: Newsroom, areaId: number) {
    this.#db = db
    this.#newsroom = newsroom
    this.#areaId = areaId
  }

  get now() {
    return this.#now
  }

  async take(step: Step): Promise<void> {
    this.#now = new Date(this.#now.getTime() + minutes(1))
    try {
      await this.#make(step)
    } catch (error) {
      // A refusal changes nothing; every other error is a defect.
      if (!(error instanceof DomainError)) throw error
    }
  }

  async #make(step: Step): Promise<void> {
    const { editor, chief } = this.#newsroom
    const as = (actor: typeof chief) => ({ db: this.#db, actor, now: () => this.#now })
    if (step.kind === 'wait') {
      this.#now = new Date(this.#now.getTime() + minutes(step.minutes))
      return
    }
    if (step.kind === 'close') return this.#close(step.sees)
    if (step.kind === 'publish') {
      const built = await buildBulletin(this.#db, {
        state: 'approved',
        content: this.#content(step),
        authorId: editor.id,
        approvedById: chief.id,
        isExercise: step.isExercise,
        incidentId: this.#newsroom.incidentId,
        at: this.#now,
      })
      const older = step.replaces === null ? undefined : this.ids[step.replaces % Math.max(1, this.ids.length)]
      if (older) await this.#db.update(bulletins).set({ supersedesId: older }).where(eq(bulletins.id, built.id))
      this.ids.push(built.id)
      await publishBulletin(as(chief), { id: built.id, version: 1, acknowledged: ['alert_long::'] })
      return
    }
    const id = this.ids[step.of % Math.max(1, this.ids.length)]
    if (!id) return
    const [row] = await this.#db.select().from(bulletins).where(eq(bulletins.id, id))
    const change = { id, version: row?.version ?? 0 }
    if (step.kind === 'withdraw') {
      await withdrawBulletin(as(chief), {
        ...change,
        notice: 'Không còn đúng.',
        noticeEn: 'No longer true.',
        alertEnding: step.ending,
      })
    } else if (step.kind === 'unpublish') {
      const { endsAlert } = step
      await unpublishBulletin(as(chief), { ...change, reason: 'Lộ thông tin', redirectToId: null, endsAlert })
    } else {
      const how = step.kind === 'clean' ? 'personal_data' : step.how
      const told = how === 'personal_data' ? { note: '', noteEn: '' } : { note: 'Đã đổi.', noteEn: 'Changed.' }
      let moved = await correctBulletin(as(editor), { ...change, kind: how, ...told, reason: 'Lộ thông tin' })
      const content = step.kind === 'clean' ? await this.#cleaned(id, step.words) : this.#content(step)
      moved = await saveBulletin(as(editor), { ...moved, content, auto: false, typo: false })
      moved = await submitBulletin(as(editor), { ...moved, note: '' })
      const acknowledged = ['alert_long::']
      moved = await approveBulletin(as(chief), { ...moved, acknowledged })
      await publishBulletin(as(chief), { ...moved, acknowledged })
    }
  }

  /** Closes the incident, having seen its alerts or not, or reopens it. */
  async #close(sees: boolean): Promise<void> {
    const { dispatcher, incidentId: id } = this.#newsroom
    const ctx = { db: this.#db, actor: dispatcher, now: () => this.#now }
    const [incident] = await this.#db.select().from(incidents).where(eq(incidents.id, id))
    const change = { id, version: incident?.version ?? 0 }
    if (incident?.closedAt) await reopenIncident(ctx, { ...change, reason: 'Mưa tiếp' })
    else await closeIncidentInSight(ctx, { ...change, remarks: '', alertsLeft: sees ? this.ids : [] })
  }

  #content({ hours, from, until, ending, words }: Text) {
    // Forms write milliseconds, which CAP does not have.
    const hence = (count: number | null) =>
      count === null ? null : new Date(this.#now.getTime() + minutes(count * 60) + 532).toISOString()
    const expires = hence(hours)
    return contentOf('Gió giật trên cầu', {
      vi: textOf(
        'Gió giật trên cầu',
        `Người dân chú ý theo dõi và không đi qua cầu cho đến khi có tin mới, lần ${words}.`,
      ),
      en: textOf('Strong wind on bridges', `Stay off the bridge until there is further news, time ${words}.`),
      areaIds: [this.#areaId],
      validFrom: hence(from),
      validTo: hence(until),
      alert: expires === null ? null : alertPanelOf({ expires }),
      alertEnding: ending,
    })
  }

  /** The public text, in other words. */
  async #cleaned(id: string, words: number) {
    const [out] = await this.#db
      .select({ content: bulletinRevisions.content })
      .from(bulletins)
      .innerJoin(bulletinRevisions, eq(bulletinRevisions.id, bulletins.publishedRevisionId))
      .where(eq(bulletins.id, id))
    const { vi, en } = this.#content({ ...noDates, ending: null, words: words + 10 })
    return { ...(out?.content ?? contentOf()), vi, en }
  }

  /** The messages of the bulletins that were cleaned, from before the last cleaning and since. */
  async cleaned() {
    const messages = await this.#db.select().from(bulletinAlerts)
    const removals = await this.#db.select().from(bulletinRemovals)
    const revisions = await this.#db.select().from(bulletinRevisions)
    return messages.flatMap(({ id, bulletinId, revisionId, messageType, status }) => {
      const last = Math.max(
        0,
        ...removals.filter((each) => each.bulletinId === bulletinId).map(({ revisionNumber }) => revisionNumber),
      )
      const number = revisions.find((each) => each.id === revisionId)?.number ?? 0
      if (!this.ids.includes(bulletinId) || last === 0 || status !== 'Actual') return []
      return [{ id, messageType, isOfThen: number === last, isEarlier: number < last }]
    })
  }

  /**
   * The bulletins in force as an alert, each with its end: by the rule of pages and feeds, by the list, and by the
   * alerts.
   */
  async compare(at: Date) {
    const ofNight = { incidentId: this.#newsroom.incidentId, limit: 100 }
    const [all, listed, alerts] = [
      await publicBulletins(this.#db, ofNight),
      await publicBulletins(this.#db, { ...ofNight, force: { at, is: true } }),
      await alertsInForce(this.#db, at),
    ]
    const pagesOf = (pages: PublicBulletin[]) =>
      this.#mine(pages.filter(({ content }) => content.alert).map(({ id, content }) => [id, endOf(content)]))
    return {
      pages: pagesOf(all.filter((page) => validityAt(page, at) === 'inForce')),
      listed: pagesOf(listed),
      alerts: this.#mine(alerts.map(({ bulletinId, expiresAt }) => [bulletinId, expiresAt])),
    }
  }

  /** The bulletins that are in force as an alert now. */
  async standing(): Promise<string[]> {
    const { pages, listed, alerts } = await this.compare(this.#now)
    expect([pages, listed]).toEqual([alerts, alerts])
    return alerts.map((one) => one.split(' ')[0] as string)
  }

  /** When the alerts of this night lapse. */
  async ends(): Promise<Date[]> {
    const sent = await this.#db.select().from(bulletinAlerts).where(inArray(bulletinAlerts.bulletinId, this.ids))
    return sent.map(({ expiresAt }) => expiresAt)
  }

  #mine(found: [string, Date | null][]): string[] {
    return found
      .filter(([id]) => this.ids.includes(id))
      .map(([id, end]) => `${id} ${end?.toISOString()}`)
      .sort()
  }
}

const noDates = { hours: null, from: null, until: null }

const text = {
  hours: fc.constantFrom(null, 1, 3, 8),
  from: fc.constantFrom(null, -1, 0.5, 4),
  until: fc.constantFrom(null, 1, 6),
  ending: fc.constantFrom(null, 'over' as const, 'error' as const),
  words: fc.integer({ min: 1, max: 2 }),
}
const of = fc.nat(5)
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('publish' as const),
      replaces: fc.option(of),
      isExercise: fc.nat(5).map((n) => n === 0),
      ...text,
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('correct' as const),
      of,
      how: fc.constantFrom('minor' as const, 'substantive' as const, 'personal_data' as const),
      ...text,
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('withdraw' as const), of, ending: text.ending }) },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant('clean' as const), of, words: fc.integer({ min: 1, max: 2 }) }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('unpublish' as const), of, endsAlert: fc.boolean() }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('close' as const), sees: fc.boolean() }) },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('wait' as const), minutes: fc.integer({ min: 10, max: 200 }) }),
  },
)

test('alerts in force are the live pages with an alert, whatever happened and at whatever moment', async ({ db }) => {
  const newsroom = await buildCast(db)
  const { id: areaId } = await buildArea(db, { lon: 105.88, lat: 21.04 })
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 2, maxLength: 8 }), async (steps) => {
      // A separate incident: what earlier nights left in force would keep it open.
      const { id: incidentId } = await buildIncident(db)
      const night = new Night(db, { ...newsroom, incidentId }, areaId)
      for (const [index, each] of steps.entries()) {
        await night.take(each)
        const later = [0, 90, 400].map((count) => new Date(night.now.getTime() + minutes(count)))
        for (const at of [...later, ...(await night.ends()).filter((end) => end > night.now)]) {
          const { pages, listed, alerts } = await night.compare(at)
          expect([index, at, pages, listed]).toEqual([index, at, alerts, alerts])
        }
        for (const { id, messageType, isEarlier, isOfThen } of await night.cleaned()) {
          // A cleaned text goes on as an update; a later end of it may repeat the cleaned text's words, and only those.
          if (isOfThen) expect([id, messageType]).not.toEqual([id, 'Alert'])
          if (isEarlier && messageType !== 'Cancel') expect([id, await publicAlert(db, id)]).toEqual([id, 'gone'])
        }
      }
    }),
    { numRuns: 60 },
  )
}, 300_000)

test.for([
  ['over', 'AllClear', 'Hết cảnh báo: Gió mạnh trên cầu', 'All clear: Strong wind on bridges'],
  ['error', 'None', 'Hủy cảnh báo: Gió mạnh trên cầu', 'Alert cancelled: Strong wind on bridges'],
] as const)('a correction without the alert ends it with a separate text: %s', async ([ending, ...words], { db }) => {
  const newsroom = await buildCast(db)
  const { id: areaId } = await buildArea(db, { lon: 105.88, lat: 21.04 })
  const night = new Night(db, newsroom, areaId)
  await night.take({ kind: 'publish', replaces: null, isExercise: false, ...noDates, hours: 8, ending: null, words: 1 })
  const without = { ...noDates, words: 2 }
  await night.take({ kind: 'correct', of: 0, how: 'substantive', ...without, ending: null })
  // Without a stated reason why it ends, it is not published.
  expect(await night.standing()).toEqual(night.ids)
  const [row] = await db
    .select()
    .from(bulletins)
    .where(eq(bulletins.id, night.ids[0] ?? ''))
  expect(row?.state).toBe('in_review')
  await discardCorrection(
    { db, actor: newsroom.editor, now: () => night.now },
    { id: row?.id ?? '', version: row?.version ?? 0 },
  )
  await night.take({ kind: 'correct', of: 0, how: 'substantive', ...without, ending })
  expect(await night.standing()).toEqual([])
  const sent = await db
    .select()
    .from(bulletinAlerts)
    .where(eq(bulletinAlerts.bulletinId, night.ids[0] ?? ''))
    .orderBy(bulletinAlerts.sentAt)
  expect(sent.map(({ messageType }) => messageType)).toEqual(['Alert', 'Cancel'])
  const [vi, en] = sent[1]?.message.info ?? []
  expect([vi?.responseType, vi?.headline, en?.headline, sent[1]?.headline]).toEqual([
    words[0],
    words[1],
    words[2],
    words[1],
  ])
  expect([vi?.instruction, en?.instruction]).toEqual([undefined, undefined])
  expect([vi?.description, en?.description]).toEqual([
    expect.stringMatching(/ Đã đổi\.$/),
    expect.stringMatching(/ Changed\.$/),
  ])
})

test('a text that is cleaned while its alert is in force keeps it as it is, in an update', async ({ db }) => {
  const newsroom = await buildCast(db)
  const { id: areaId } = await buildArea(db, { lon: 105.88, lat: 21.04 })
  const night = new Night(db, newsroom, areaId)
  const sent = () =>
    db
      .select()
      .from(bulletinAlerts)
      .where(eq(bulletinAlerts.bulletinId, night.ids[0] ?? ''))
      .orderBy(bulletinAlerts.sentAt)
  await night.take({ kind: 'publish', replaces: null, isExercise: false, ...noDates, hours: 8, ending: null, words: 1 })
  // Without the alert, or with another end, it is no cleaning.
  for (const hours of [null, 3]) {
    await night.take({ kind: 'correct', of: 0, how: 'personal_data', ...noDates, hours, ending: 'over', words: 2 })
    expect((await sent()).map(({ messageType }) => messageType)).toEqual(['Alert'])
    const [row] = await db
      .select()
      .from(bulletins)
      .where(eq(bulletins.id, night.ids[0] ?? ''))
    expect(row?.state).toBe('in_review')
    await discardCorrection(
      { db, actor: newsroom.editor, now: () => night.now },
      { id: row?.id ?? '', version: row?.version ?? 0 },
    )
  }
  await night.take({ kind: 'unpublish', of: 0, endsAlert: false })
  expect(await night.standing()).toEqual(night.ids)
  await night.take({ kind: 'clean', of: 0, words: 1 })
  const [alert, update] = await sent()
  expect([alert?.messageType, update?.messageType, update?.follows]).toEqual(['Alert', 'Update', [alert?.id]])
  expect(update?.expiresAt).toEqual(alert?.expiresAt)
  expect(update?.message.note).toBeUndefined()
  expect(await night.standing()).toEqual(night.ids)
  await night.take({ kind: 'unpublish', of: 0, endsAlert: true })
  expect((await sent()).map(({ messageType }) => messageType)).toEqual(['Alert', 'Update', 'Cancel'])
})
