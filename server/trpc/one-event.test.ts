import { randomUUID } from 'node:crypto'
import { and, asc, eq, gt, isNull, max } from 'drizzle-orm'
import { afterAll, describe, expect } from 'vitest'
import type { Database } from '#db/client.ts'
import { buildAccount, buildActor } from '#db/factories/accounts.ts'
import { buildAgency, buildCity } from '#db/factories/agencies.ts'
import { Authenticator } from '#db/factories/authenticator.ts'
import { buildBulletin, buildNewsroom, contentOf } from '#db/factories/bulletins.ts'
import { buildCalendar } from '#db/factories/calendars.ts'
import { buildTold } from '#db/factories/deliveries.ts'
import { buildPhoto } from '#db/factories/photos.ts'
import { readyReports } from '#db/factories/ready-reports.ts'
import { buildReport } from '#db/factories/reports.ts'
import { buildSession } from '#db/factories/sessions.ts'
import { buildTeam } from '#db/factories/team.ts'
import { accounts, bulletinRevisions, deliveries, events, passkeys, sessions } from '#db/schema/index.ts'
import { test } from '#db/testing.ts'
import { beginPasskey } from '#server/accounts/commands/keep-passkeys.ts'
import { beginTotp } from '#server/accounts/commands/set-up-totp.ts'
import type { Actor } from '#server/accounts/rules/actor.ts'
import { relyingPartyOf } from '#server/accounts/rules/second-factor.ts'
import { totpCodeAt } from '#server/accounts/totp.ts'
import { hanoi } from '#server/calendars/rules/test-calendars.ts'
import { buildGateway } from '#server/deliveries/testing/gateways.ts'
import { detailFields, machineFields } from '#server/events/rules/detail-fields.ts'
import { copyOfReport } from '#server/publication/queries/copies.ts'
import { changeTags } from '#server/reports/commands/change-report.ts'
import { keepDraft } from '#server/reports/commands/drafts.ts'
import { removePhoto } from '#server/reports/commands/remove-photo.ts'
import { createCallerFactory } from '../procedures/init.ts'
import { appRouter } from './root.ts'

const now = hanoi('2026-03-02 14:00')
const home = 'https://desk.test'
const callerOf = createCallerFactory(appRouter)
const mutations = Object.entries(appRouter._def.procedures as unknown as Record<string, { _def: { type: string } }>)
  .filter(([, { _def }]) => _def.type === 'mutation')
  .map(([path]) => path)

/** Mutations that are not logged, and why. */
const silent: Record<string, string> = {
  'bulk.preview': 'only looks; the ids it is asked about may be too long for an address',
  'bulk.templates': 'the same',
  'incidentDesk.preview': 'only looks; what it is asked about may be too long for an address',
  'incidentDesk.previewNotice': 'the same',
  'drafts.keep': 'words that nobody has sent are their writer’s own, and come every few seconds',
  'drafts.drop': 'the same: what was never sent leaves no trace',
  'presence.heartbeat': 'who looks at what is forgotten half a minute later',
  'me.touch': 'changes nothing but when the account was last seen',
  'notifications.read': 'what one has read is nobody’s business',
  'ownMarks.watch': 'what one watches is nobody’s business',
  'ownMarks.putOff': 'the same, of what one puts off: the clocks run on',
  'savedViews.pin': 'what stands at the side of the own screen is nobody’s business',
  'secondFactor.askForPasskey': 'only asks; what is answered is told',
  'secondFactor.beginTotp': 'nothing counts until its first code has come',
  'secondFactor.beginPasskey': 'the same',
  'me.setPreferences': 'how the own screen looks is nobody’s business',
  'me.rememberSearch': 'what one searched for is nobody’s business',
  'me.forgetSearch': 'the same',
}

/** Mutations whose single event is tested in their own domain, listed one by one. */
const told: Record<string, readonly string[]> = {
  'server/bulk/commands/bulk.test.ts': ['bulk.start', 'bulk.cancel', 'bulk.undo'],
  'server/accounts/commands/lock-networks.test.ts': ['accounts.unlockNetwork'],
  'server/insights/remind.test.ts': ['insights.remind'],
  'server/insights/explanations.test.ts': ['ask', 'answer', 'withdraw'].map((act) => `insights.${act}Explanation`),
  'server/insights/mailings.test.ts': ['insights.testMailing'],
  'server/insights/unsure-letters.test.ts': ['insights.sendMailingAgain'],
  'server/jobs/commands/retry-jobs.test.ts': ['jobs.retry'],
  'server/reports/rights.test.ts': ['reports.receive', ...Object.keys(readyReports).map((name) => `reports.${name}`)],
  'server/reports/commands/find-by-phone.test.ts': ['reports.findByPhone'],
  'server/reports/commands/take-back.test.ts': ['reports.takeBack'],
  'server/reports/commands/decide-suggestions.test.ts': ['confirm', 'dismiss', 'revive'].map(desk),
  'server/reports/commands/notice.test.ts': [desk('composeNotice')],
  'server/reports/commands/answer-batch.test.ts': ['compose', 'approve', 'refuse', 'cancel', 'resume'].map(desk),
}

function desk(name: string): string {
  return `incidentDesk.${name}`
}

const seen = new Set<string>()

/** Executes the mutations of a story, one after the other, and checks after each what was added to the log. */
function teller(db: Database) {
  return async <T = { id: string; version: number }>(actor: Actor, path: string, input: unknown): Promise<T> => {
    const before = await lastEventId(db)
    const session = { id: await signedIn(db, actor), accountId: actor.id ?? '', actor, lastSeenAt: now }
    const caller = callerOf({ db, now: () => now, requestId: 'request-1', ip: null, session, home })
    const procedure = path.split('.').reduce((at, name) => (at as Record<string, unknown>)[name], caller as unknown)
    const result = await (procedure as (input: unknown) => Promise<T>)(input)
    const written = await db.select().from(events).where(gt(events.id, before)).orderBy(asc(events.id))
    expect([path, written.length, written.map(({ event }) => event)]).toEqual([path, 1, [expect.any(String)]])
    const fields = written.flatMap(({ details }) => Object.keys(details))
    expect([path, fields.filter((field) => !namedFields.has(field))]).toEqual([path, []])
    seen.add(path)
    return result
  }
}

/**
 * The sign-in of the account for the whole story: some mutations check how recent it is, others belong to it.
 */
async function signedIn(db: Database, { id }: Actor): Promise<string> {
  const accountId = id ?? ''
  const [open] = await db
    .select()
    .from(sessions)
    .where(and(eq(sessions.accountId, accountId), isNull(sessions.revokedAt)))
  if (open) return open.id
  const [account] = await db.select().from(accounts).where(eq(accounts.id, accountId))
  return (await buildSession(db, account?.username ?? '', now)).id
}

/** The fields of details that the log has words for, or leaves out. */
const namedFields: ReadonlySet<string> = new Set([...detailFields, ...machineFields])

async function lastEventId(db: Database): Promise<number> {
  const [last] = await db.select({ id: max(events.id) }).from(events)
  return last?.id ?? 0
}

describe('each change leaves exactly one event', () => {
  test('of an account', async ({ db }) => {
    const [tell, admin] = [teller(db), await buildActor(db, 'admin')]
    const ward = await buildAgency(db)
    const person = { name: 'Đỗ Thị Ơn', position: 'Công chức', email: null, agencyId: ward.id }
    const roles = [{ role: 'officer', agencyId: ward.id }]
    const { id } = await tell(admin, 'accounts.create', { ...person, username: 'do.thi.on', roles })
    const account = { accountId: id }
    await tell(admin, 'accounts.change', { ...person, ...account, version: 1, position: 'Phó Chủ tịch' })
    await tell(admin, 'accounts.setRoles', { ...account, version: 2, roles: [{ role: 'approver', agencyId: ward.id }] })
    const link = await tell<{ path: string }>(admin, 'accounts.makePasswordLink', account)
    const token = link.path.replace('/set-password/', '')
    await tell(admin, 'accounts.setPassword', { token, password: 'mưa rào tháng bảy' })
    await tell(admin, 'accounts.revokeSessions', account)
    const { id: standInId } = await buildAccount(db, { agency: ward })
    const span = { startsAt: now, endsAt: hanoi('2026-03-09 00:00') }
    const substitution = { holderId: id, standInId, role: 'approver', agencyId: ward.id, ...span }
    await tell(admin, 'me.endSubstitution', { id: (await tell(admin, 'me.appointSubstitute', substitution)).id })
    await tell(admin, 'accounts.setActive', { ...account, version: 3, isActive: false })
  })

  test('of one’s own account', async ({ db }) => {
    const account = await buildAccount(db, { password: 'cầu Long Biên 1902' })
    const { id: sessionId } = await buildSession(db, account.username, now)
    await teller(db)(account.actor, 'me.revokeDevice', { sessionId })
    const change = { current: 'cầu Long Biên 1902', next: 'nắng hanh tháng mười' }
    await teller(db)(account.actor, 'me.changePassword', change)
    await teller(db)(account.actor, 'me.confirmIdentity', { password: change.next })
  })

  test('of a second factor', async ({ db }) => {
    const [tell, account, admin] = [teller(db), await buildAccount(db), await buildActor(db, 'admin')]
    const key = new Authenticator(home)
    const session = { id: await signedIn(db, account.actor), accountId: account.id }
    const ctx = { db, actor: account.actor, now: () => now }
    const question = (await beginPasskey(ctx, session, relyingPartyOf({ home }))) as never
    await tell(account.actor, 'secondFactor.addPasskey', { name: 'Máy cơ quan', response: key.register(question) })
    const { secret } = await beginTotp(ctx, session)
    await tell(account.actor, 'secondFactor.finishTotp', { code: totpCodeAt(secret, now) })
    const [passkey] = await db.select().from(passkeys).where(eq(passkeys.accountId, account.id))
    const id = passkey?.id
    await tell(account.actor, 'secondFactor.renamePasskey', { id, name: 'Máy ở nhà' })
    const codes = await tell<string[]>(account.actor, 'secondFactor.renewRecoveryCodes', undefined)
    await tell(account.actor, 'secondFactor.show', { recoveryCode: codes[0] })
    await tell(account.actor, 'secondFactor.removeTotp', undefined)
    await tell(admin, 'accounts.resetSecondFactor', { accountId: account.id, reason: 'Mất điện thoại' })
    const other = await buildAccount(db)
    const its = { id: await signedIn(db, other.actor), accountId: other.id }
    const asked = (await beginPasskey({ ...ctx, actor: other.actor }, its, relyingPartyOf({ home }))) as never
    const spare = new Authenticator(home)
    await tell(other.actor, 'secondFactor.addPasskey', { name: 'Khóa USB', response: spare.register(asked) })
    const [last] = await db.select().from(passkeys).where(eq(passkeys.accountId, other.id))
    await tell(other.actor, 'secondFactor.removePasskey', { id: last?.id })
  })

  test('of an agency', async ({ db }) => {
    const [tell, admin, city] = [teller(db), await buildActor(db, 'admin'), await buildCity(db)]
    const fields = {
      name: 'Trung tâm Chiếu sáng',
      shortName: 'TTCS',
      kind: 'don_vi_dich_vu',
      parentId: city.id,
      calendarId: city.calendarId,
      areaCode: null,
      validFrom: null,
      onlyAssigneeAnswers: false,
    }
    const made = await tell(admin, 'organisation.create', { id: 'ttcs', fields })
    const changed = await tell(admin, 'organisation.change', { ...made, fields: { ...fields, shortName: 'CS' } })
    await tell(admin, 'organisation.end', { ...changed, validTo: '2026-03-31', successorId: null })
  })

  test('of a calendar', async ({ db }) => {
    const [tell, admin, likeId] = [teller(db), await buildActor(db, 'admin'), await buildCalendar(db)]
    const { id: calendarId } = await tell(admin, 'calendars.create', { name: 'Trực ca đêm', likeId })
    await tell(admin, 'calendars.give', { calendarId, agencyIds: [(await buildAgency(db)).id] })
    const day = {
      id: null,
      version: 0,
      calendarId,
      date: '2026-09-02',
      kind: 'closed',
      intervals: null,
      name: 'Quốc khánh',
      nameEn: 'National Day',
      status: 'proposed',
      swappedWith: null,
      source: '',
    }
    const proposed = await tell(admin, 'calendars.saveDay', day)
    await tell(admin, 'calendars.removeDay', await tell(admin, 'calendars.confirmDay', proposed))
    const listed = await callerOf({
      db,
      now: () => now,
      requestId: 'request-1',
      ip: null,
      session: { id: randomUUID(), accountId: admin.id, actor: admin, lastSeenAt: now },
    }).calendars.list()
    const version = listed.find(({ id }) => id === calendarId)?.version ?? 0
    const hours = { calendarId, version, id: null, validFrom: '2026-04-01', validTo: null, weekly: { 1: [[480, 720]] } }
    const { id } = await tell(admin, 'calendars.saveHours', hours)
    await tell(admin, 'calendars.removeHours', { calendarId, version: version + 1, id })
  })

  test('of a category, an answer template, the settings', async ({ db }) => {
    const [tell, admin] = [teller(db), await buildActor(db, 'admin')]
    const names = { name: 'Thử', nameEn: 'Trial', isActive: true }
    const limits = { intakeMinutes: 480, normalMinutes: 2400, urgentMinutes: 240, complexMinutes: null }
    const needs = { leadAgencyId: null, needsApproval: true, needsPhoto: false, defaultSeverity: 'normal' }
    const reminders = { headAfterDays: 1, cityAfterDays: 3, forgottenAfterDays: 2 }
    await tell(admin, 'categories.addGroup', { code: 'ZZ', fields: names })
    await tell(admin, 'categories.changeGroup', { code: 'ZZ', version: 1, fields: { ...names, name: 'Thử nữa' } })
    const fields = { ...names, ...limits, ...needs, ...reminders }
    await tell(admin, 'categories.add', { code: 'ZZ-01', parentCode: 'ZZ', fields })
    await tell(admin, 'categories.change', { code: 'ZZ-01', version: 1, fields: { ...fields, needsPhoto: true } })
    const template = {
      id: null,
      version: 0,
      name: 'Đã xong',
      use: 'answer',
      categoryCode: null,
      body: 'Đã xong {{code}}.',
    }
    const saved = await tell(admin, 'answerTemplates.save', { ...template, isActive: true, position: 1 })
    await tell(admin, 'answerTemplates.remove', saved)
    const session = { id: randomUUID(), accountId: admin.id, actor: admin, lastSeenAt: now }
    const caller = callerOf({ db, now: () => now, requestId: 'request-1', ip: null, session })
    const before = await caller.settings.read()
    await tell(admin, 'settings.change', { before, settings: { ...before, undoSeconds: 20 } })
    await tell(admin, 'events.checkSeals', { from: null })
  })

  test('of the links of a citizen', async ({ db }) => {
    const [tell, dispatcher] = [teller(db), await buildActor(db, 'dispatcher')]
    const { id: reportId } = await buildReport(db)
    await tell(dispatcher, 'citizenLinks.give', { reportId })
    await tell(dispatcher, 'citizenLinks.revoke', { reportId })
  })

  test('of an API client', async ({ db }) => {
    const [tell, admin] = [teller(db), await buildActor(db, 'admin')]
    const client = {
      name: 'Ứng dụng iHanoi',
      agencyId: (await buildCity(db)).id,
      channel: 'app',
      permissions: ['submit_reports'],
      requestsPerMinute: 60,
      reportsPerDay: 500,
      keyDays: 365,
    }
    const { id, version } = await tell(admin, 'apiClients.create', client)
    const { agencyId: _, channel: __, keyDays: ___, ...terms } = client
    const [reportsPerDay, extendedStatuses] = [600, true]
    const changed = await tell(admin, 'apiClients.change', { ...terms, id, version, reportsPerDay, extendedStatuses })
    const rotated = await tell(admin, 'apiClients.rotate', {
      id,
      version: changed.version,
      overlapHours: 24,
      keyDays: 365,
    })
    const lasting = { overlapHours: 0, keyDays: 365 }
    const reading = await tell(admin, 'apiClients.makeReadingKey', { id, version: rotated.version, ...lasting })
    const ended = await tell(admin, 'apiClients.endReadingKeys', { id, version: reading.version })
    await tell(admin, 'clientRevocation.revoke', { id, version: ended.version })
  })

  test('of a gateway', async ({ db }) => {
    const [tell, admin] = [teller(db), await buildActor(db, 'admin')]
    const template = { headers: '', body: '{"to":"{{phone}}","text":"{{text}}"}', method: 'POST', format: 'json' }
    const read = { acceptedField: '', acceptedValue: '', refusedValues: '', receiptField: '' }
    const receipts = { receiptNumberField: '', receiptStateField: '', deliveredValues: '', undeliveredValues: '' }
    const answer = { ...read, ...receipts, withoutAccents: true, perMinute: 60 }
    const fields = {
      kind: 'sms',
      name: 'SMS',
      clientId: null,
      address: 'https://127.0.0.1/send',
      ...template,
      ...answer,
    }
    let at = await tell(admin, 'gateways.create', { ...fields, secret: 'bí mật' })
    at = await tell(admin, 'gateways.change', { ...fields, ...at, name: 'SMS Brandname' })
    at = await tell(admin, 'gateways.replaceSecret', { ...at, secret: 'khác' })
    at = await tell(admin, 'gateways.readdressReceipts', at)
    // This address may not be called, so nothing is sent.
    await tell(admin, 'gateways.test', { ...at, to: '0912 345 678' })
    at = await tell(admin, 'gateways.pause', at)
    at = await tell(admin, 'gateways.resume', at)
    await tell(admin, 'gateways.remove', at)
  })

  test('of a delivery', async ({ db }) => {
    const [tell, dispatcher] = [teller(db), await buildActor(db, 'dispatcher')]
    await buildGateway(db)
    const failed = async (contact: { phone?: string; name?: string; address?: string }) => {
      const { delivery } = await buildTold(db, { at: now, contact })
      await db.update(deliveries).set({ state: 'failed' }).where(eq(deliveries.id, delivery.id))
      return { id: delivery.id, version: delivery.version }
    }
    await tell(dispatcher, 'deliveries.sendAgain', await failed({ phone: '0912345678' }))
    await tell(dispatcher, 'deliveries.sendBy', { ...(await failed({ phone: '0912345678' })), channel: 'sms' })
    const contact = { phone: '0912 345 679', email: '', address: '' }
    await tell(dispatcher, 'deliveries.correctContact', { ...(await failed({ phone: '1022' })), ...contact })
    await tell(dispatcher, 'deliveries.markTold', { ...(await failed({ phone: '1022' })), note: 'Đã gọi' })
    const letter = await failed({ name: 'Mận', address: '5 Hàng Bài' })
    await tell(dispatcher, 'deliveries.addressLetter', { id: letter.id, reason: 'In thư trả lời gửi công dân' })
    await tell(dispatcher, 'deliveries.markPosted', letter)
  })

  test('of a webhook', async ({ db, sql }) => {
    const [tell, admin] = [teller(db), await buildActor(db, 'admin')]
    const settings = {
      name: 'Ứng dụng iHanoi',
      // The address does not exist, so the test fails and is logged.
      address: 'https://hook.invalid/',
      kinds: ['report.answered'],
      agencyId: null,
      clientId: null,
    }
    const { id } = await tell(admin, 'webhooks.create', settings)
    await tell(admin, 'webhooks.change', { ...settings, id, version: 1, kinds: ['report.rated'] })
    await tell(admin, 'webhooks.test', { id, version: 2 })
    await tell(admin, 'webhooks.pause', { id, version: 2 })
    await tell(admin, 'webhooks.resume', { id, version: 3 })
    await tell(admin, 'webhooks.rotate', { id, version: 4, overlapHours: 1 })
    await sql`insert into webhook_deliveries (webhook_id, event_id, kind, body, state, created_at)
      select ${id}, max(id), 'report.rated', '{}', 'dead', now() from events`
    await tell(admin, 'webhooks.replay', { webhookId: id, deliveryId: null })
    await tell(admin, 'webhooks.end', { id, version: 5 })
  })

  test('of an incident', async ({ db }) => {
    const [tell, dispatcher] = [teller(db), await buildActor(db, 'dispatcher')]
    const fields = {
      name: 'Bão số 5',
      kind: 'storm',
      startsAt: now,
      endsAt: null,
      areaIds: [],
      leadAgencyId: null,
      subTypes: [],
      keywords: [],
      note: '',
    }
    const { id } = await tell(dispatcher, 'incidents.create', { ...fields, stormMode: false })
    await tell(dispatcher, 'incidents.change', { ...fields, id, version: 1, name: 'Bão số 6' })
    await tell(dispatcher, 'incidents.switchStormMode', { id, version: 2, stormMode: true })
    await tell(dispatcher, 'incidents.addNote', { incidentId: id, id: randomUUID(), body: 'Đã trực' })
    await tell(dispatcher, 'incidentClosing.close', { id, version: 3, remarks: '' })
    await tell(dispatcher, 'incidents.reopen', { id, version: 4, reason: 'Mưa tiếp' })
  })

  test('of a bulletin', async ({ db }) => {
    const [tell, { editor, chief, urgent }] = [teller(db), await buildNewsroom(db)]
    const made = await tell(editor, 'bulletins.create', { content: contentOf(), incidentId: null })
    const content = contentOf('Cấm cầu Chương Dương vì gió mạnh')
    let at = await tell(editor, 'bulletins.save', { ...made, content })
    const { id } = at
    const go = async (actor: Actor, move: string, more: object = {}) => {
      const { version } = await tell(actor, `bulletins.${move}`, { id, version: at.version, ...more })
      at = { id, version }
    }
    const [first] = await db.select().from(bulletinRevisions).where(eq(bulletinRevisions.bulletinId, id))
    await go(editor, 'restore', { revisionId: first?.id })
    await tell(editor, 'bulletins.makePreview', { id })
    await tell(editor, 'bulletins.revokePreviews', { id })
    for (const move of ['discard', 'bringBack', 'submit', 'takeBack', 'submit']) await go(editor, move)
    for (const move of ['claimReview', 'releaseReview']) await go(chief, move)
    const remark = await tell(chief, 'bulletins.addRemark', {
      bulletinId: id,
      id: randomUUID(),
      body: 'Thêm giờ mở lại',
    })
    await tell(editor, 'bulletins.resolveRemark', { bulletinId: id, remarkId: remark.id })
    await go(chief, 'requestChanges', { remarks: 'Thêm giờ mở lại' })
    await go(editor, 'submit')
    await go(chief, 'approve')
    await go(chief, 'schedule', { at: hanoi('2026-03-02 16:00') })
    for (const move of ['unschedule', 'publish']) await go(chief, move)
    await go(editor, 'correct', { kind: 'minor' })
    await go(editor, 'discardCorrection')
    await go(chief, 'withdraw', { notice: 'Cầu đã thông', noticeEn: 'The bridge is open', alertEnding: 'over' })
    await go(chief, 'unpublish', { reason: 'Đăng nhầm' })

    const draft = await buildBulletin(db, { authorId: editor.id })
    const unreviewed = { id: draft.id, version: draft.version, reason: 'Gió giật mạnh' }
    const out = await tell(urgent, 'bulletins.publishUnreviewed', unreviewed)
    await tell(chief, 'bulletins.lookBack', { id: draft.id, version: out.version })
    const waiting = await buildBulletin(db, { state: 'in_review', authorId: editor.id })
    const one = [{ id: waiting.id, version: waiting.version }]
    await tell(chief, 'bulletins.releaseSet', { move: 'approve', bulletins: one })
  })

  test('of a report among several that are merged', async ({ db }) => {
    const [one, other] = [await buildReport(db, {}), await buildReport(db, {})]
    const reports = [{ reportId: one.id, version: one.version }]
    const dispatcher = await buildActor(db, 'dispatcher')
    await teller(db)(dispatcher, 'incidentDesk.merge', { intoReportId: other.id, reports })
  })

  test('of a draft that is shared', async ({ db }) => {
    const { agency, officer } = await buildTeam(db)
    const { id: reportId } = await buildReport(db, { state: 'in_progress', agencyId: agency.id, heldBy: [agency.id] })
    const draft = { reportId, kind: 'note' as const }
    await keepDraft({ db, actor: officer, now: () => now }, { ...draft, value: { body: 'Đã gọi' }, base: null })
    for (const isShared of [true, false]) await teller(db)(officer, 'drafts.share', { ...draft, isShared })
  })

  test('of a field that is restored', async ({ db }) => {
    const { agency, officer } = await buildTeam(db)
    const { id: reportId, version } = await buildReport(db, { state: 'in_progress', agencyId: agency.id })
    await changeTags({ db, actor: officer, now: () => now }, { reportId, version, tags: ['bão số 3'] })
    await teller(db)(officer, 'undo.field', { reportId, version: version + 1 })
  })

  test('of a photo that is restored', async ({ db }) => {
    const { agency, officer } = await buildTeam(db)
    const { id: reportId } = await buildReport(db, { state: 'in_progress', agencyId: agency.id, heldBy: [agency.id] })
    const fileId = await buildPhoto(db, reportId, { kind: 'staff', addedById: officer.id })
    await removePhoto({ db, actor: officer, now: () => now }, { reportId, fileId })
    await teller(db)(officer, 'undo.photo', { reportId, fileId })
  })

  test('of a publication copy', async ({ db }) => {
    const [tell, dispatcher] = [teller(db), await buildActor(db, 'dispatcher')]
    const { id: reportId } = await buildReport(db, { state: 'in_progress' })
    const { basis } = await copyOfReport({ db, now: () => new Date(), actor: dispatcher }, reportId)
    const copy = { basis, title: 'Cây đổ', body: 'Cây đổ chắn đường', address: '', showsPoint: false }
    const saved = await tell(dispatcher, 'publication.save', { reportId, version: 0, ...copy })
    const published = await tell(dispatcher, 'publication.publish', { ...saved, ...copy })
    await tell(dispatcher, 'publication.withdraw', { ...published, reason: 'Còn tên người' })
  })

  test('of a saved view', async ({ db }) => {
    const [tell, officer] = [teller(db), await buildActor(db, 'officer')]
    const view = { name: 'Cây đổ', audience: 'mine', agencyId: null, role: null, address: 'view=mine', layout: null }
    const made = await tell(officer, 'savedViews.save', { id: randomUUID(), version: 0, ...view })
    const changed = await tell(officer, 'savedViews.save', { ...view, ...made, name: 'Cây nghiêng' })
    await tell(officer, 'savedViews.remove', changed)
  })

  test('of an annotation and a target', async ({ db }) => {
    const [tell, manager] = [teller(db), await buildActor(db, 'manager')]
    const words = { startsAt: now, endsAt: null, tag: 'weather', words: 'Bão đổ bộ', agencyId: null }
    const note = await tell(manager, 'insights.saveAnnotation', { id: null, version: 0, ...words })
    await tell(manager, 'insights.removeAnnotation', note)
    const aim = { id: null, version: 0, kpi: 'handled', agencyId: null, validFrom: '2026-01-01', validTo: null }
    const target = await tell(manager, 'insights.saveTarget', { ...aim, value: 0.8, band: 0.02 })
    await tell(manager, 'insights.removeTarget', target)
  })

  test('of a mailing', async ({ db }) => {
    const [tell, manager] = [teller(db), await buildActor(db, 'manager')]
    const rhythm = { edition: 'weekly', day: 1, minute: 450, onWorkingDays: true, skipsEmpty: true, isActive: true }
    const fields = { name: 'Báo cáo tuần', ...rhythm, locale: 'vi', attachments: ['xlsx'], recipientIds: [manager.id] }
    const made = await tell(manager, 'insights.saveMailing', { id: null, version: 0, ...fields })
    const changed = await tell(manager, 'insights.saveMailing', { ...fields, ...made, day: 2 })
    const off = await tell(manager, 'insights.switchMailing', { ...changed, isActive: false })
    await tell(manager, 'insights.removeMailing', off)
  })
})

describe('of all mutations of the desk', () => {
  afterAll(() => seen.clear())
  const advice =
    'add a step for it to a story in this file, or name it in `told` beside the test of its domain that counts its events, or in `silent` with the reason'

  test('none is missing here', () => {
    const known = new Set([...seen, ...Object.keys(silent), ...Object.values(told).flat()])
    const forgotten = mutations.filter((path) => !known.has(path))
    expect(forgotten, `${forgotten.join(', ')}: ${advice}`).toEqual([])
  })

  test('the lists name none that does not exist', () => {
    const named = [...Object.keys(silent), ...Object.values(told).flat()]
    expect(named.filter((path) => !mutations.includes(path))).toEqual([])
  })
})
