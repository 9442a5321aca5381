import { randomUUID } from 'node:crypto'
import { eq } from 'drizzle-orm'
import type { Database } from '#db/client.ts'
import { buildAccount, type StaffActor } from '#db/factories/accounts.ts'
import { type BuiltAgency, buildAgency, buildCity } from '#db/factories/agencies.ts'
import { buildBulletin, contentOf, textOf } from '#db/factories/bulletins.ts'
import { buildIncident } from '#db/factories/incidents.ts'
import { buildPhoto } from '#db/factories/photos.ts'
import { buildReport } from '#db/factories/reports.ts'
import { buildRequest } from '#db/factories/requests.ts'
import { buildSession } from '#db/factories/sessions.ts'
import {
  bulletinRemarks,
  deliveries,
  events,
  incidentNotes,
  reportAnswers,
  reportDrafts,
  reporters,
  reportMessages,
  reportNotes,
} from '#db/schema/index.ts'
import type { Role } from '#server/accounts/rules/actor.ts'
import { hanoi } from '#server/calendars/rules/test-calendars.ts'
import { disclose } from '#server/disclosures/commands/disclose.ts'
import { recordEvent } from '#server/events/commands.ts'
import { updateSearch } from '#server/reports/commands/update-search.ts'
import type { Known } from './inputs.ts'

/**
 * The fourteen kinds of personal data, each generated so that it identifies the field in which it was planted: `at` is
 * a letter, `n` two digits.
 */
const kinds = {
  name: (at) => `Đặng Thị Oanh${at}`,
  mobile: (_, n) => `09172345${n}`,
  landline: (_, n) => `024 3719 44${n}`,
  international: (_, n) => `+84 936 118 2${n}`,
  email: (at) => `oanh.${at.toLowerCase()}@thuhoach.example`,
  homeAddress: (_, n) => `Số ${n} ngách 912 phố Trần Khát Chân`,
  identityNumber: (_, n) => `0011870123${n}`,
  plate: (_, n) => `29H-678.${n}`,
  bankAccount: (_, n) => `190345678120${n}`,
  health: (at) => `viêm gan B mạn tính thể ${at}`,
  place: (_, n) => `20.9987${n}, 105.861245`,
  thirdPerson: (at) => `Phạm Hữu Trọng${at}`,
  networkAddress: (_, n) => `203.0.113.1${n}`,
  birthDate: (_, n) => `17/09/19${n}`,
} as const satisfies Record<string, (at: string, n: string) => string>
export type Kind = keyof typeof kinds
export const kindNames = Object.keys(kinds) as Kind[]

/** Every field that contains text of persons or about persons. */
export const fields = [
  'reporterName',
  'reporterPhone',
  'reporterEmail',
  'reporterAddress',
  'title',
  'body',
  'address',
  'note',
  'message',
  'answer',
  'remarks',
  'request',
  'draft',
  'sharedDraft',
  'photoName',
  'eventDetails',
  'eventIp',
  'disclosureReason',
  'disclosureIp',
  'incidentNote',
  'bulletinDraft',
  'bulletinRemark',
] as const
export type Field = (typeof fields)[number]

export function plant(field: Field, kind: Kind): string {
  const place = fields.indexOf(field)
  return kinds[kind](String.fromCharCode(65 + place), String(30 + place))
}
export const all = (field: Field): string => kindNames.map((kind) => plant(field, kind)).join('; ')

/** The planted data found in answers. */
export function plantsIn(answers: unknown): { field: Field; kind: Kind }[] {
  const text = JSON.stringify(answers, (_, value) => (typeof value === 'bigint' ? String(value) : value)) ?? ''
  return fields.flatMap((field) =>
    kindNames.filter((kind) => text.includes(plant(field, kind))).map((kind) => ({ field, kind })),
  )
}

export type Onlooker = { name: string; actor: StaffActor; sessionId: string }
export type Planted = {
  now: Date
  known: Known
  /** Inputs for the procedures of bulletins. */
  knownOfBulletins: Known
  knownOfDeliveries: Known
  onlookers: Onlooker[]
  reportId: number
  incidentId: string
  bulletinId: string
}

const posts: readonly [where: 'own' | 'former' | 'foreign' | 'city', role: Role][] = [
  ['own', 'officer'],
  ['own', 'approver'],
  ['own', 'manager'],
  ['own', 'auditor'],
  ['former', 'officer'],
  ['former', 'manager'],
  ['foreign', 'officer'],
  ['foreign', 'approver'],
  ['foreign', 'manager'],
  ['foreign', 'auditor'],
  ['city', 'dispatcher'],
  ['city', 'manager'],
  ['city', 'auditor'],
  ['city', 'admin'],
  ['city', 'editor'],
  ['city', 'chief_editor'],
]

/** One report with all its related data, and all accounts that might see some of it. */
export async function buildPlanted(db: Database): Promise<Planted> {
  const now = hanoi('2026-03-02 14:00')
  const at = hanoi('2026-03-02 11:00')
  const agencies: Record<string, BuiltAgency> = {
    own: await buildAgency(db),
    former: await buildAgency(db),
    foreign: await buildAgency(db),
    city: await buildCity(db),
  }
  const own = agencies.own as BuiltAgency
  const writer = await buildAccount(db, { agency: own })
  const incident = await buildIncident(db)
  const report = await buildReport(db, {
    state: 'awaiting_approval',
    agencyId: own.id,
    heldBy: [own.id, (agencies.former as BuiltAgency).id],
    incidentId: incident.id,
    assigneeId: writer.id,
    title: all('title'),
    body: all('body'),
    address: all('address'),
  })
  const other = await buildReport(db, { state: 'in_progress', agencyId: own.id })
  await db.insert(reporters).values({
    reportId: report.id,
    name: plant('reporterName', 'name'),
    phone: plant('reporterPhone', 'mobile'),
    email: plant('reporterEmail', 'email'),
    address: plant('reporterAddress', 'homeAddress'),
  })
  const said = { reportId: report.id, authorId: writer.id, createdAt: at }
  const [note] = await db
    .insert(reportNotes)
    .values({ ...said, agencyId: own.id, body: all('note') })
    .returning()
  const [message] = await db
    .insert(reportMessages)
    .values({ ...said, kind: 'added', body: all('message') })
    .returning()
  await db.update(reportAnswers).set({ what: all('answer'), next: all('answer'), remarks: all('remarks') })
  const request = await buildRequest(db, report, 'extension', { reason: all('request'), askedById: writer.id })
  const draft = { accountId: writer.id, reportId: report.id, savedAt: at }
  await db.insert(reportDrafts).values([
    { ...draft, kind: 'note', value: { body: all('draft') } },
    { ...draft, kind: 'answer', value: { what: all('sharedDraft') }, sharedAt: at, agencyId: own.id },
  ])
  const fileId = await buildPhoto(db, report.id, { kind: 'citizen', name: all('photoName') })
  await db.insert(incidentNotes).values({
    id: randomUUID(),
    incidentId: incident.id,
    authorId: writer.id,
    body: all('incidentNote'),
    createdAt: at,
  })
  const bulletin = await buildBulletin(db, {
    content: contentOf('Cấm cầu vì gió mạnh', { vi: textOf('Cấm cầu vì gió mạnh', all('bulletinDraft')) }),
    incidentId: incident.id,
    at,
  })
  const remarkId = randomUUID()
  await db.insert(bulletinRemarks).values({
    id: remarkId,
    bulletinId: bulletin.id,
    authorId: bulletin.authorId,
    body: all('bulletinRemark'),
    createdAt: at,
  })
  const [received] = await db.select({ id: events.id }).from(events).where(eq(events.reportId, report.id)).limit(1)
  const delivery = {
    eventId: received?.id ?? 0,
    kind: 'answer' as const,
    state: 'letter' as const,
    reportId: report.id,
    version: report.version,
  }
  const [undelivered] = await db
    .insert(deliveries)
    .values({ ...delivery, dueAt: at, createdAt: at, since: at })
    .returning()
  await db.transaction((tx) => updateSearch(tx, [report.id]))
  const acting = { db, actor: writer.actor, now: () => at }
  await recordEvent(
    db,
    { ...acting, ip: plant('eventIp', 'networkAddress') },
    {
      event: 'report.transferred',
      subject: { kind: 'report', id: report.id },
      agencyId: own.id,
      details: { reason: all('eventDetails') },
    },
  )
  await recordEvent(db, acting, {
    event: 'report.note_added',
    subject: { kind: 'report', id: report.id },
    agencyId: own.id,
    details: { noteId: note?.id },
  })
  const lookReason = kindNames
    .map((kind) => plant('disclosureReason', kind))
    .join(';')
    .slice(0, 300)
  const ip = plant('disclosureIp', 'networkAddress')
  const lookId = await db.transaction((tx) =>
    disclose(tx, { ...acting, ip }, null, { purpose: 'reveal', reason: lookReason, reportIds: [report.id] }),
  )
  const onlookers: Onlooker[] = []
  const { id: sessionId } = await buildSession(db, writer.username, now)
  onlookers.push({ name: 'writer', actor: writer.actor, sessionId })
  for (const [where, role] of posts) {
    const account = await buildAccount(db, { agency: agencies[where] as BuiltAgency, roles: [role] })
    const session = await buildSession(db, account.username, now)
    onlookers.push({ name: `${where} ${role}`, actor: account.actor, sessionId: session.id })
  }
  const known: Known = {
    '': [report.code, report.id, incident.id],
    id: [report.id, incident.id],
    reportId: [report.id],
    reportIds: [[report.id]],
    ids: [[report.id]],
    intoReportId: [other.id],
    toReportId: [other.id],
    version: [report.version],
    code: [report.code],
    agencyId: [own.id],
    agency: [own.id],
    accountId: [writer.id],
    incidentId: [incident.id],
    incident: [incident.id],
    requestId: [request.id],
    fileId: [fileId],
    lookId: [lookId],
    noteIds: [[note?.id]],
    messageIds: [[message?.id]],
    phone: [plant('reporterPhone', 'mobile')],
    reason: ['Gọi xác minh hiện trường'],
    since: [hanoi('2026-03-01 00:00')],
    words: [''],
    view: ['all'],
  }
  const knownOfBulletins = {
    ...known,
    '': [bulletin.id],
    id: [bulletin.id],
    bulletinId: [bulletin.id],
    remarkId: [remarkId],
  }
  const knownOfDeliveries = { ...known, id: [undelivered?.id] }
  return {
    now,
    known,
    knownOfBulletins,
    knownOfDeliveries,
    onlookers,
    reportId: report.id,
    incidentId: incident.id,
    bulletinId: bulletin.id,
  }
}
