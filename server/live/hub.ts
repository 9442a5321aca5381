import { sql as text } from 'drizzle-orm'
import { type DatabaseClient, db, sql } from '#db/client.ts'
import { keptFor } from '#db/kept.ts'
import { type LiveSession, readSession, revokedChannel } from '#server/accounts/queries/sessions.ts'
import { mayUse } from '#server/accounts/rules/permissions.ts'
import { now } from '#server/platform/clock.ts'
import { DomainError } from '#server/platform/errors.ts'
import { log } from '#server/platform/log.ts'
import { type Announcement, type LiveKind, liveChannel } from '#server/platform/rules/announcement.ts'
import { type Scope, scopeOf, sees } from '#server/reports/rules/scope.ts'
import { Mailbox } from './mailbox.ts'
import { liveLimits } from './rules/message.ts'

/** One open stream. `checks`: how often its session has been checked. */
type Guest = { session: LiveSession; scope: Scope; mailbox: Mailbox; checks: number }
type Held = { agencyId: string | null; heldBy: readonly string[]; knownTo: readonly string[] | null }

/**
 * Listens to every announcement once for all streams of this process, and passes each on to those who may know of its
 * subject. After a lost connection to the database, what may have been missed is caught up: every stream is sent
 * `catch_up`.
 */
export class LiveHub {
  readonly #database: Pick<DatabaseClient, 'db' | 'sql'>
  readonly #guests = new Set<Guest>()
  readonly #gathered = new Map<LiveKind, Set<number | string> | 'many'>()
  #gathering: NodeJS.Timeout | undefined
  #heartbeats: NodeJS.Timeout[] = []
  #heardAt = 0
  #isChecking = false
  #isClosed = false

  constructor(database: Pick<DatabaseClient, 'db' | 'sql'>) {
    this.#database = database
  }

  get size(): number {
    return this.#guests.size
  }

  /** Opens a stream for a session. Its first message is `catch_up`: earlier changes were not received. */
  join(session: LiveSession): { mailbox: Mailbox; leave(): void } {
    const guest: Guest = { session, scope: scopeOf(session.actor), mailbox: new Mailbox(), checks: 0 }
    if (this.#isClosed) guest.mailbox.end()
    else this.#listen()
    guest.mailbox.putCatchUp()
    this.#guests.add(guest)
    const ofSession = [...this.#guests].filter((other) => other.session.id === session.id)
    for (const { mailbox } of ofSession.slice(0, -liveLimits.streamsPerSession)) mailbox.end()
    return { mailbox: guest.mailbox, leave: () => this.#guests.delete(guest) }
  }

  /** Ends every stream: browsers reconnect by themselves, to this process or another. */
  close(): void {
    this.#isClosed = true
    for (const heartbeat of this.#heartbeats) clearInterval(heartbeat)
    clearTimeout(this.#gathering)
    for (const { mailbox } of this.#guests) mailbox.end()
  }

  #listen(): void {
    if (this.#heartbeats.length > 0) return
    this.#heardAt = performance.now()
    this.#heartbeats = [
      setInterval(() => this.#pulse(), liveLimits.pulseSeconds * 1000),
      setInterval(() => void this.#checkAll(), liveLimits.checkSeconds * 1000),
    ]
    // The library keeps reconnecting, and calls back each time it listens again.
    const { sql } = this.#database
    const failed = (error: unknown) => log.warn({ err: error }, 'cannot hear announcements for now')
    sql
      .listen(
        liveChannel,
        (payload) => this.#hear(payload),
        () => this.#catchUp(),
      )
      .catch(failed)
    sql
      .listen(
        revokedChannel,
        (accountId) => this.#checkAccount(accountId),
        () => this.#check(this.#guests),
      )
      .catch(failed)
  }

  #hear(payload: string): void {
    this.#heardAt = performance.now()
    if (payload === '') return
    const { kind, ids, accountId } = JSON.parse(payload) as Announcement
    if (accountId !== undefined) {
      for (const { session, mailbox } of this.#guests) if (session.accountId === accountId) mailbox.put(kind, ids)
      return
    }
    const gathered = this.#gathered.get(kind) ?? new Set()
    if (gathered === 'many') return
    for (const id of ids ?? []) gathered.add(id)
    this.#gathered.set(kind, ids && gathered.size <= liveLimits.mostNamed ? gathered : 'many')
    this.#gathering ??= setTimeout(() => void this.#passOn(), liveLimits.gatherMilliseconds)
  }

  async #passOn(): Promise<void> {
    this.#gathering = undefined
    const gathered = [...this.#gathered]
    this.#gathered.clear()
    for (const [kind, ids] of gathered) {
      if (kind === 'incident' || kind === 'bulletin') this.#tellReaders(kind, ids)
      else if (kind === 'report' || kind === 'presence') await this.#tellOfReports(kind, ids)
    }
  }

  #tellReaders(kind: 'incident' | 'bulletin', ids: Set<number | string> | 'many'): void {
    for (const { session, mailbox } of this.#guests) {
      if (mayUse(session.actor, `${kind}s.read`)) mailbox.put(kind, ids === 'many' ? null : [...ids])
    }
  }

  /**
   * An account never learns of a report it may not see, not even that it exists. Where there are many, it only learns
   * that something changed.
   */
  async #tellOfReports(kind: 'report' | 'presence', ids: Set<number | string> | 'many'): Promise<void> {
    const held = ids === 'many' ? null : await this.#holdersOf([...ids] as number[])
    for (const { scope, mailbox } of this.#guests) {
      if (!scope.all && scope.agencyIds.length === 0) continue
      const seen = held && [...held].filter(([, report]) => sees(scope, report)).map(([id]) => id)
      if (seen?.length !== 0) mailbox.put(kind, seen)
    }
  }

  /**
   * As of now: a report may have come to an agency since it was announced, and an agency keeps access to a report it
   * held.
   */
  async #holdersOf(ids: number[]): Promise<Map<number, Held> | null> {
    try {
      const rows = await this.#database.db.execute<Held & { id: number }>(text`
        select id, agency_id as "agencyId", held_by as "heldBy",
          case when released_at > now() then known_to end as "knownTo"
        from reports
        where id = any(${text.param(`{${ids.join()}}`)}::bigint[])`)
      return new Map(rows.map(({ id, ...held }) => [id, held]))
    } catch (error) {
      log.warn({ err: error }, 'cannot tell who may see what changed')
      return null
    }
  }

  #catchUp(): void {
    this.#heardAt = performance.now()
    for (const { mailbox } of this.#guests) mailbox.putCatchUp()
  }

  /** A connection may be lost without an error. */
  #pulse(): void {
    if (performance.now() - this.#heardAt > liveLimits.deafSeconds * 1000) {
      for (const { mailbox } of this.#guests) mailbox.putCatchUp()
    }
    this.#database.sql.notify(liveChannel, '').catch(() => undefined)
  }

  /** Skips a check while the previous one is still running, so that a slow database is not queried even more. */
  async #checkAll(): Promise<void> {
    if (this.#isChecking) return
    this.#isChecking = true
    await this.#check(this.#guests)
    this.#isChecking = false
  }

  #checkAccount(accountId: string): void {
    const guests = [...this.#guests].filter(({ session }) => accountId === '' || session.accountId === accountId)
    void this.#check(guests)
  }

  /** Ends the streams of sessions that are no longer valid, and updates what the others may see. */
  async #check(guests: Iterable<Guest>): Promise<void> {
    for (const guest of [...guests]) {
      const check = ++guest.checks
      const state = await readSession(this.#database.db, guest.session.id, now()).catch(() => undefined)
      if (!state) return
      // A later check has more recent data than this answer.
      if (check !== guest.checks) continue
      if (!state.session) guest.mailbox.end(new DomainError(state.refusal))
      else Object.assign(guest, { session: state.session, scope: scopeOf(state.session.actor) })
    }
  }
}

const hubOf = keptFor('live', () => new LiveHub({ db, sql }))

/** The hub of this process, opened at its first use. */
export const liveHub = (): LiveHub => hubOf(db)

/** Ends the open streams of this process, and each that is opened later. */
export const closeLive = (): void => liveHub().close()
