import { and, eq } from 'drizzle-orm'
import type { Connection } from '#db/client.ts'
import { accounts, incidents, mailingRuns, mailings } from '#db/schema/index.ts'
import type { Context } from '#server/accounts/context.ts'
import { actorOf } from '#server/accounts/queries/actors.ts'
import { mayUse } from '#server/accounts/rules/permissions.ts'
import { recordEvent } from '#server/events/commands.ts'
import { environment } from '#server/platform/environment.ts'
import { log } from '#server/platform/log.ts'
import { type MailSettings, mailFailureOf, openPost } from '#server/platform/mail.ts'
import { letterFor } from '../mail/letter-for.ts'
import { problemOf } from '../queries/mailings.ts'
import { type LeftOut, nextAttemptAt, type RunError } from '../rules/mailing.ts'
import { keepIssue } from './issue-report.ts'
import { beginDue, claimRun, giveUpAbandoned, type Run } from './mailing-runs.ts'
import { notifyOwner, type Tools } from './notify-owner.ts'

type Mail = { mail: MailSettings | undefined; appUrl?: URL | undefined }
type Mailing = typeof mailings.$inferSelect

/**
 * Sends what is due. Any number of processes may do so at once and be killed at any moment: of each time there is one
 * run, a run is claimed by one of them, and no one is sent a letter twice, not even one of which it is unknown whether
 * it arrived. Without a mail server nothing is begun: what fell due meanwhile is sent, once, when there is one.
 */
export async function sendMailings(
  ctx: Context,
  { mail, appUrl }: Mail = { mail: environment().mail, appUrl: environment().appUrl },
): Promise<number> {
  if (!mail) return 0
  await beginDue(ctx)
  const post = openPost(mail)
  const tools = { post, mail, appUrl }
  let done = 0
  try {
    for (const run of await giveUpAbandoned(ctx)) await notifyOwner(ctx, run, 'stopped', tools)
    for (;;) {
      const run = await claimRun(ctx)
      if (!run) return done
      const met = await new Sending(ctx, run, tools).go()
      done += 1
      // The other runs would wait for the same time-out; they are still due a minute later.
      if (met === 'unreachable') return done
    }
  } finally {
    post.close()
  }
}

/** Another process has claimed the run, because it stalled for too long here. */
class LostRun extends Error {}

class Sending {
  readonly #ctx: Context
  readonly #run: Run
  readonly #tools: Tools
  readonly #sentTo: string[]
  #leftOut: LeftOut[] = []

  constructor(ctx: Context, run: Run, tools: Tools) {
    this.#ctx = ctx
    this.#run = run
    this.#tools = tools
    this.#sentTo = [...run.sentTo]
  }

  /** Returns the error that kept letters from being sent; null where there was none. */
  async go(): Promise<RunError | null> {
    const [mailing] = await this.#ctx.db.select().from(mailings).where(eq(mailings.id, this.#run.mailingId))
    // Removed meanwhile, and its runs with it.
    if (!mailing || (await this.#isTakenBack())) return null
    try {
      const error = await this.#sendAll(mailing)
      await this.#end(mailing, error)
      return error
    } catch (error) {
      if (!(error instanceof LostRun)) throw error
      log.warn({ runId: this.#run.id }, 'a run of a mailing was taken over')
      return null
    }
  }

  /** The incident was reopened before any letter reported its end: its next closing begins a separate run. */
  async #isTakenBack(): Promise<boolean> {
    const { id, incidentId, isTest } = this.#run
    if (!incidentId || isTest || this.#sentTo.length + this.#run.unsure.length > 0) return false
    const { db } = this.#ctx
    const [incident] = await db
      .select({ closedAt: incidents.closedAt })
      .from(incidents)
      .where(eq(incidents.id, incidentId))
    if (incident?.closedAt) return false
    await db.delete(mailingRuns).where(and(eq(mailingRuns.id, id), eq(mailingRuns.attempts, this.#run.attempts)))
    return true
  }

  /** The error that kept it from some recipients; null: every recipient has it or is permanently left out. */
  async #sendAll(mailing: Mailing): Promise<RunError | null> {
    let failed: RunError | null = null
    const { recipientIds, unsure } = this.#run
    for (const accountId of recipientIds.filter((id) => !this.#sentTo.includes(id) && !unsure.includes(id))) {
      try {
        const why = await this.#sendTo(mailing, accountId)
        if (why) this.#leftOut.push({ accountId, why })
        else this.#sentTo.push(accountId)
        await this.#keep(this.#ctx.db, {})
      } catch (error) {
        if (error instanceof LostRun) throw error
        log.error({ err: error, mailingId: mailing.id, accountId }, 'a mailed report did not go')
        await this.#keep(this.#ctx.db, {})
        failed = mailFailureOf(error) ?? 'defect'
        // A refusal of one letter need not apply to the next; an unreachable server does.
        if (failed === 'unreachable' || failed === 'login') break
      }
    }
    return failed
  }

  async #sendTo(mailing: Mailing, accountId: string): Promise<LeftOut['why'] | null> {
    const { post, mail, appUrl } = this.#tools
    const { isTest, id } = this.#run
    const [account] = await this.#ctx.db.select().from(accounts).where(eq(accounts.id, accountId))
    const actor = await actorOf(this.#ctx.db, accountId, this.#ctx.now())
    if (!account || !actor) return 'inactive'
    const problem = problemOf({ ...account, readsFigures: mayUse(actor, 'insights.read') }, mail.domains)
    if (problem || !account.email) return problem ?? 'no_email'
    const { letter, isEmpty, issue } = await letterFor({ ...this.#ctx, actor }, mailing, this.#run, appUrl)
    if (isEmpty && mailing.skipsEmpty && !isTest) return 'empty'
    // From here until the answer is recorded no other process can know whether it arrived.
    await this.#ctx.db.transaction(async (tx) => {
      await this.#keep(tx, { handingTo: accountId })
      if (issue) await keepIssue(tx, issue)
    })
    await post.send({
      ...letter,
      to: { name: account.name, address: account.email },
      key: `mailing-${id}-${accountId}`,
    })
    return null
  }

  /** Writes how far it has come, if this process still holds the run. */
  async #keep(db: Connection, change: Partial<Run>): Promise<void> {
    const { id, attempts } = this.#run
    const kept = await db
      .update(mailingRuns)
      .set({ claimedAt: this.#ctx.now(), handingTo: null, sentTo: this.#sentTo, leftOut: this.#leftOut, ...change })
      .where(and(eq(mailingRuns.id, id), eq(mailingRuns.state, 'running'), eq(mailingRuns.attempts, attempts)))
      .returning({ id: mailingRuns.id })
    if (kept.length === 0) throw new LostRun()
  }

  async #end(mailing: Mailing, error: RunError | null): Promise<void> {
    const now = this.#ctx.now()
    const again = error ? nextAttemptAt(this.#run.attempts, now) : null
    if (again) return this.#keep(this.#ctx.db, { state: 'waiting', notBefore: again, error })
    const state = this.#stateAfter(error)
    await this.#ctx.db.transaction(async (tx) => {
      await this.#keep(tx, { state, finishedAt: now, error })
      const details = {
        name: mailing.name,
        dueAt: this.#run.dueAt.toISOString(),
        recipients: this.#sentTo.length,
        skipped: this.#leftOut.length,
        ...(this.#run.unsure.length > 0 && { unsure: this.#run.unsure.length }),
        ...(error && { reason: error }),
      }
      const subject = { kind: 'mailing', id: mailing.id } as const
      await recordEvent(tx, this.#ctx, { event: `mailing.${state}`, subject, details })
    })
    if (error) await notifyOwner(this.#ctx, this.#run, error, this.#tools)
    if (this.#run.unsure.length > 0) await notifyOwner(this.#ctx, this.#run, 'unsure', this.#tools)
  }

  #stateAfter(error: RunError | null): 'failed' | 'unsure' | 'sent' | 'skipped' {
    if (error) return 'failed'
    if (this.#run.unsure.length > 0) return 'unsure'
    return this.#sentTo.length > 0 ? 'sent' : 'skipped'
  }
}
