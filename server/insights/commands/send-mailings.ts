import { and, eq, sql } from 'drizzle-orm'
import type { Connection } from '#db/client.ts'
import { accounts, mailingRuns, mailings } from '#db/schema/index.ts'
import type { Context } from '#server/accounts/context.ts'
import { actorOf } from '#server/accounts/queries/actors.ts'
import { mayUse } from '#server/accounts/rules/permissions.ts'
import { recordEvent } from '#server/events/commands.ts'
import { environment } from '#server/platform/environment.ts'
import { log } from '#server/platform/log.ts'
import { type MailSettings, mailFailureOf, openPost, type Post } from '#server/platform/mail.ts'
import { localDayOf } from '#server/platform/rules/local-day.ts'
import { isAllowedAddress } from '#server/platform/rules/mail-domain.ts'
import { sayIn, weeklyLetter } from '../mail/weekly-letter.ts'
import { problemOf } from '../queries/mailings.ts'
import { readWeekly } from '../queries/weekly.ts'
import {
  type LeftOut,
  latestRunAt,
  mostAttempts,
  nextAttemptAt,
  type RunError,
  stuckAfterMinutes,
} from '../rules/mailing.ts'
import { lastEnded } from '../rules/weekly-period.ts'
import { momentOf } from '../rules/weekly-words.ts'
import { workingDays } from './save-mailing.ts'

type Mail = { mail: MailSettings | undefined; appUrl?: URL | undefined }
type Mailing = typeof mailings.$inferSelect
type Run = typeof mailingRuns.$inferSelect

/**
 * Sends what is due. Any number of processes may do so at once and be killed at any moment: of each time there is one run, a run is
 * taken by one of them, and whoever has been told of a recipient that got it tells nobody of it twice. Without a mail server
 * nothing is begun: what fell due meanwhile goes out, once, when there is one.
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
    await giveUpAbandoned(ctx, tools)
    for (;;) {
      const run = await claimRun(ctx)
      if (!run) return done
      await new Sending(ctx, run, tools).go()
      done += 1
    }
  } finally {
    post.close()
  }
}

/** A run for each mailing whose time has come; after a standstill one for the latest time, not one for each that was missed. */
async function beginDue(ctx: Context): Promise<void> {
  const now = ctx.now()
  const isWorkingDay = await workingDays(ctx)
  await ctx.db.transaction(async (tx) => {
    const due = await tx
      .select()
      .from(mailings)
      .where(and(eq(mailings.isActive, true), sql`${mailings.nextAt} <= ${now.toISOString()}::timestamptz`))
      .for('update', { skipLocked: true })
    for (const mailing of due) {
      const { dueAt, nextAt } = latestRunAt(mailing, now, isWorkingDay)
      const { id: mailingId, recipientIds } = mailing
      if (dueAt) {
        await tx.insert(mailingRuns).values({ mailingId, dueAt, notBefore: now, recipientIds }).onConflictDoNothing()
      }
      await tx.update(mailings).set({ nextAt }).where(eq(mailings.id, mailingId))
    }
  })
}

const stuckSince = (now: Date) => new Date(now.getTime() - stuckAfterMinutes * 60_000).toISOString()

/** A run that stood still as often as it may be tried was begun by processes that did not live to end it. */
async function giveUpAbandoned(ctx: Context, tools: Tools): Promise<void> {
  const now = ctx.now()
  const given = await ctx.db.transaction(async (tx) => {
    const runs = await tx
      .update(mailingRuns)
      .set({ state: 'failed', error: 'stopped', finishedAt: now })
      .where(
        sql`${mailingRuns.state} = 'running' and ${mailingRuns.claimedAt} <= ${stuckSince(now)}::timestamptz
          and ${mailingRuns.attempts} >= ${mostAttempts}`,
      )
      .returning()
    for (const { mailingId, dueAt } of runs) {
      const details = { dueAt: dueAt.toISOString(), reason: 'stopped' }
      await recordEvent(tx, ctx, { event: 'mailing.failed', subject: { kind: 'mailing', id: mailingId }, details })
    }
    return runs
  })
  for (const run of given) await tellOwner(ctx, run, 'stopped', tools)
}

/** The next run that waits, or that stands still with whoever had it. Its number of attempts tells this taking from others. */
async function claimRun(ctx: Context): Promise<Run | undefined> {
  const now = ctx.now()
  const at = now.toISOString()
  const [run] = await ctx.db
    .update(mailingRuns)
    .set({
      state: 'running',
      attempts: sql`${mailingRuns.attempts} + 1`,
      claimedAt: now,
      startedAt: sql`coalesce(${mailingRuns.startedAt}, ${at}::timestamptz)`,
      error: null,
    })
    .where(
      eq(
        mailingRuns.id,
        sql`(select id from mailing_runs next
          where (next.state = 'waiting' and next.not_before <= ${at}::timestamptz)
            or (next.state = 'running' and next.claimed_at <= ${stuckSince(now)}::timestamptz)
          order by next.not_before, next.id limit 1 for update skip locked)`,
      ),
    )
    .returning()
  return run
}

/** Somebody else has taken the run: it stood still for too long here. */
class LostRun extends Error {}

type Tools = { post: Post; mail: MailSettings; appUrl: URL | undefined }

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

  async go(): Promise<void> {
    const [mailing] = await this.#ctx.db.select().from(mailings).where(eq(mailings.id, this.#run.mailingId))
    // Removed meanwhile, and its runs with it.
    if (!mailing) return
    try {
      await this.#end(mailing, await this.#sendAll(mailing))
    } catch (error) {
      if (!(error instanceof LostRun)) throw error
      log.warn({ runId: this.#run.id }, 'a run of a mailing was taken over')
    }
  }

  /** What kept it from some of them; null: everybody has it or is left out for good. */
  async #sendAll(mailing: Mailing): Promise<RunError | null> {
    let failed: RunError | null = null
    for (const accountId of this.#run.recipientIds.filter((id) => !this.#sentTo.includes(id))) {
      try {
        const why = await this.#sendTo(mailing, accountId)
        if (why) this.#leftOut.push({ accountId, why })
        else this.#sentTo.push(accountId)
        await this.#keep(this.#ctx.db, {})
      } catch (error) {
        if (error instanceof LostRun) throw error
        log.error({ err: error, mailingId: mailing.id, accountId }, 'a mailed report did not go')
        failed = mailFailureOf(error) ?? 'defect'
        // What the server says of one letter need not hold for the next; that it is away does.
        if (failed === 'unreachable' || failed === 'login') break
      }
    }
    return failed
  }

  async #sendTo(mailing: Mailing, accountId: string): Promise<LeftOut['why'] | null> {
    const { post, mail, appUrl } = this.#tools
    const { dueAt, isTest, id } = this.#run
    const [account] = await this.#ctx.db.select().from(accounts).where(eq(accounts.id, accountId))
    const actor = await actorOf(this.#ctx.db, accountId, this.#ctx.now())
    if (!account || !actor) return 'inactive'
    const problem = problemOf({ ...account, readsFigures: mayUse(actor, 'insights.read') }, mail.domains)
    if (problem || !account.email) return problem ?? 'no_email'
    // As of the time it stands for, with what this account may see: whoever the mailing belongs to.
    const from = lastEnded(mailing.edition, localDayOf(dueAt))
    const reader: Context = { ...this.#ctx, actor, now: () => dueAt }
    const weekly = await readWeekly(reader, { edition: mailing.edition, from, agency: null })
    if (weekly.isEmpty && mailing.skipsEmpty && !isTest) return 'empty'
    const { locale, name, attachments } = mailing
    await post.send({
      ...(await weeklyLetter({ weekly, locale, name, isTest, attachments, appUrl })),
      to: { name: account.name, address: account.email },
      key: `mailing-${id}-${accountId}`,
    })
    return null
  }

  /** Writes how far it has come, if it still is this process that has the run. */
  async #keep(db: Connection, change: Partial<Run>): Promise<void> {
    const { id, attempts } = this.#run
    const kept = await db
      .update(mailingRuns)
      .set({ claimedAt: this.#ctx.now(), sentTo: this.#sentTo, leftOut: this.#leftOut, ...change })
      .where(and(eq(mailingRuns.id, id), eq(mailingRuns.state, 'running'), eq(mailingRuns.attempts, attempts)))
      .returning({ id: mailingRuns.id })
    if (kept.length === 0) throw new LostRun()
  }

  async #end(mailing: Mailing, error: RunError | null): Promise<void> {
    const now = this.#ctx.now()
    const again = error ? nextAttemptAt(this.#run.attempts, now) : null
    if (again) return this.#keep(this.#ctx.db, { state: 'waiting', notBefore: again, error })
    const state = error ? 'failed' : this.#sentTo.length > 0 ? 'sent' : 'skipped'
    await this.#ctx.db.transaction(async (tx) => {
      await this.#keep(tx, { state, finishedAt: now, error })
      const details = {
        name: mailing.name,
        dueAt: this.#run.dueAt.toISOString(),
        recipients: this.#sentTo.length,
        skipped: this.#leftOut.length,
        ...(error && { reason: error }),
      }
      const subject = { kind: 'mailing', id: mailing.id } as const
      await recordEvent(tx, this.#ctx, { event: `mailing.${state}`, subject, details })
    })
    if (error) await tellOwner(this.#ctx, this.#run, error, this.#tools)
  }
}

/** Whoever set it up is told that it did not go; if that does not go either, it stands in the list of runs. */
async function tellOwner({ db }: Context, run: Run, error: RunError, { post, mail }: Tools): Promise<void> {
  const [row] = await db
    .select({ mailing: mailings, owner: accounts })
    .from(mailings)
    .innerJoin(accounts, eq(accounts.id, mailings.ownerId))
    .where(eq(mailings.id, run.mailingId))
  if (!row?.owner.isActive || !row.owner.email || !isAllowedAddress(row.owner.email, mail.domains)) return
  const { name, locale } = row.mailing
  const say = sayIn(locale)
  const [at, attempts, reason] = [momentOf(run.dueAt), run.attempts, say(`mailings.errors.${error}`)]
  const letter = {
    senderName: say('weekly.letter.sender'),
    subject: say('weekly.letter.failedSubject', { name }),
    text: say('weekly.letter.failedText', { name, at, attempts, reason }),
    to: { name: row.owner.name, address: row.owner.email },
    key: `mailing-${run.id}-failed`,
    attachments: [],
  }
  try {
    await post.send(letter)
  } catch (cause) {
    log.error({ err: cause, mailingId: run.mailingId }, 'nobody could be told that a mailed report failed')
  }
}
