import { and, desc, eq, inArray, sql } from 'drizzle-orm'
import type { Connection, Transaction } from '#db/client.ts'
import { accountRoles, accounts, agencies, incidents, mailingRuns, mailings } from '#db/schema/index.ts'
import type { Context } from '#server/accounts/context.ts'
import { permissions } from '#server/accounts/rules/permissions.ts'
import { DomainError } from '#server/platform/errors.ts'
import { isAllowedAddress } from '#server/platform/rules/mail-domain.ts'
import {
  type LeftOut,
  type LeftOutReason,
  type MailingEdition,
  mayEditMailing,
  type RunError,
  type RunState,
  type SaveMailing,
  scopeOfMailings,
  unsentSince,
} from '../rules/mailing.ts'

export type MailingRun = {
  id: string
  dueAt: Date
  /** The name of the incident, where the mailing waits for incidents. */
  incident: { name: string; nameEn: string } | null
  isTest: boolean
  state: RunState
  attempts: number
  notBefore: Date
  startedAt: Date | null
  finishedAt: Date | null
  /** By name. */
  sentTo: string[]
  /** Those of whom it is unknown whether they got it. */
  unsure: string[]
  leftOut: { name: string; why: LeftOutReason }[]
  error: RunError | null
}

/** An account that may be sent a report, and the reason why it is left out now, if any. */
export type Recipient = { id: string; name: string; note: string; problem: LeftOutReason | null }

export type Mailing = Omit<SaveMailing, 'id' | 'recipientIds'> & {
  id: string
  edition: MailingEdition
  nextAt: Date
  owner: { id: string; name: string }
  recipients: Recipient[]
  lastRun: MailingRun | null
  /** It is due since then, and there is no mail server. */
  unsentSince: Date | null
  mayEdit: boolean
}

/** The domains that mail may be sent to; null: there is no mail server that defines them. */
type Domains = readonly string[] | null

/** The mailings that an account set up, or, for managers of the city, all of them. */
export async function listMailings(ctx: Context, domains: Domains): Promise<Mailing[]> {
  const { db, actor } = ctx
  const rows = await db
    .select({ mailing: mailings, ownerName: accounts.name })
    .from(mailings)
    .innerJoin(accounts, eq(accounts.id, mailings.ownerId))
    .where(scopeOfMailings(actor).all ? undefined : eq(mailings.ownerId, actor.id ?? ''))
    .orderBy(sql`${mailings.name} collate "vi-x-icu"`, mailings.id)
  const people = await peopleBy(
    db,
    rows.flatMap(({ mailing }) => mailing.recipientIds),
    domains,
  )
  const runs = await runsOf(
    db,
    rows.map(({ mailing }) => mailing.id),
    1,
  )
  return rows.map(({ mailing: { recipientIds, ownerId, ...mailing }, ownerName }) => ({
    ...mailing,
    owner: { id: ownerId, name: ownerName },
    recipients: recipientIds.flatMap((id) => people.get(id) ?? []),
    lastRun: runs.get(mailing.id)?.[0] ?? null,
    unsentSince: unsentSince(mailing, domains !== null, ctx.now()),
    mayEdit: mayEditMailing(actor, ownerId),
  }))
}

const mostRuns = 30

/** The last runs and their outcome, the newest first. */
export async function listRuns(ctx: Context, mailingId: string): Promise<MailingRun[]> {
  await mailingInReach(ctx.db, ctx.actor, mailingId)
  return (await runsOf(ctx.db, [mailingId], mostRuns)).get(mailingId) ?? []
}

/** The mailing, locked until the transaction ends; for other accounts it does not exist. */
export async function lockMailing(tx: Transaction, actor: Context['actor'], id: string) {
  await mailingInReach(tx, actor, id)
  const [mailing] = await tx.select().from(mailings).where(eq(mailings.id, id)).for('update')
  if (!mailing) throw new DomainError('not_found', { subject: 'mailing', id })
  return mailing
}

async function mailingInReach(db: Connection, actor: Context['actor'], id: string): Promise<void> {
  const [mailing] = await db.select({ ownerId: mailings.ownerId }).from(mailings).where(eq(mailings.id, id))
  if (!mailing || !mayEditMailing(actor, mailing.ownerId))
    throw new DomainError('not_found', { subject: 'mailing', id })
}

async function runsOf(db: Connection, ids: readonly string[], most: number): Promise<Map<string, MailingRun[]>> {
  if (ids.length === 0) return new Map()
  const ranked = db
    .select({
      id: mailingRuns.id,
      place: sql<number>`row_number() over (partition by ${mailingRuns.mailingId} order by ${mailingRuns.id} desc)`.as(
        'place',
      ),
    })
    .from(mailingRuns)
    .where(inArray(mailingRuns.mailingId, [...ids]))
    .as('ranked')
  const rows = await db
    .select({ run: mailingRuns, incident: { name: incidents.name, nameEn: incidents.nameEn } })
    .from(mailingRuns)
    .leftJoin(incidents, eq(incidents.id, mailingRuns.incidentId))
    .innerJoin(ranked, and(eq(ranked.id, mailingRuns.id), sql`${ranked.place} <= ${most}`))
    .orderBy(desc(mailingRuns.id))
  const names = await namesBy(
    db,
    rows.flatMap(({ run }) => [...run.sentTo, ...run.unsure, ...run.leftOut.map(({ accountId }) => accountId)]),
  )
  const nameOf = (id: string) => names.get(id) ?? id
  const told = rows.map(({ run, incident }) => {
    const { mailingId, recipientIds: _, claimedAt: __, incidentId: ___, handingTo: ____, ...kept } = run
    const { sentTo, unsure, leftOut, ...rest } = kept
    const run_: MailingRun = {
      ...rest,
      incident,
      sentTo: sentTo.map(nameOf),
      unsure: unsure.map(nameOf),
      leftOut: leftOut.map(({ accountId, why }: LeftOut) => ({ name: nameOf(accountId), why })),
    }
    return { mailingId, run: run_ }
  })
  return new Map(
    [...Map.groupBy(told, ({ mailingId }) => mailingId)].map(([id, runs]) => [id, runs.map(({ run }) => run)]),
  )
}

async function namesBy(db: Connection, ids: readonly string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map()
  const rows = await db
    .select({ id: accounts.id, name: accounts.name })
    .from(accounts)
    .where(inArray(accounts.id, [...new Set(ids)]))
  return new Map(rows.map(({ id, name }) => [id, name]))
}

const person = {
  id: accounts.id,
  name: accounts.name,
  agency: agencies.shortName,
  agencyId: accounts.agencyId,
  email: accounts.email,
  isActive: accounts.isActive,
  readsFigures: sql<boolean>`exists (select from ${accountRoles} held where held.account_id = ${accounts.id}
    and held.role = any(${sql.param([...permissions['insights.read']])}::text[]))`,
}
type Person = {
  id: string
  name: string
  agency: string
  agencyId: string
  email: string | null
  isActive: boolean
  readsFigures: boolean
}

const selectPeople = (db: Connection) =>
  db.select(person).from(accounts).innerJoin(agencies, eq(agencies.id, accounts.agencyId))

/** Why an account is left out; null where nothing prevents it. */
export function problemOf(
  { isActive, email, readsFigures }: Pick<Person, 'isActive' | 'email' | 'readsFigures'>,
  domains: Domains,
): LeftOutReason | null {
  if (!isActive) return 'inactive'
  if (!readsFigures) return 'no_figures'
  if (!email) return 'no_email'
  return domains === null || isAllowedAddress(email, domains) ? null : 'domain'
}

const recipientOf = (someone: Person, domains: Domains): Recipient => ({
  id: someone.id,
  name: someone.name,
  note: someone.agency,
  problem: problemOf(someone, domains),
})

async function peopleBy(db: Connection, ids: readonly string[], domains: Domains) {
  const rows = ids.length === 0 ? [] : await selectPeople(db).where(inArray(accounts.id, [...new Set(ids)]))
  return new Map(rows.map((row) => [row.id, recipientOf(row, domains)]))
}

/** The accounts that a manager may send a report to: those who read figures in the agencies managed. */
export async function recipientChoices(ctx: Context, domains: Domains): Promise<Recipient[]> {
  const rows = await selectPeople(ctx.db)
    .where(and(eq(accounts.isActive, true), person.readsFigures, withinReach(ctx)))
    .orderBy(sql`${accounts.name} collate "vi-x-icu"`, accounts.id)
  return rows.map((row) => recipientOf(row, domains))
}

/** Refuses accounts outside the agencies the actor manages, unless they are recipients of the mailing already. */
export async function assertRecipients(ctx: Context, tx: Connection, ids: readonly string[]): Promise<void> {
  const rows =
    ids.length === 0 ? [] : await selectPeople(tx).where(and(inArray(accounts.id, [...ids]), withinReach(ctx)))
  if (rows.length < ids.length) throw new DomainError('mailing_recipient')
}

function withinReach({ actor }: Context) {
  const scope = scopeOfMailings(actor)
  return scope.all ? undefined : inArray(accounts.agencyId, [...scope.agencyIds])
}
