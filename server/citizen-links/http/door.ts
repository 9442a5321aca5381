import type { IncomingMessage, ServerResponse } from 'node:http'
import { pipeline } from 'node:stream/promises'
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible'
import * as z from 'zod/mini'
import { keptFor } from '#db/kept.ts'
import type { Context } from '#server/accounts/context.ts'
import { citizenOf } from '#server/accounts/rules/actor.ts'
import { placeOf } from '#server/accounts/rules/network.ts'
import { isReading } from '#server/endpoints/origin.ts'
import { overrule } from '#server/endpoints/overrule.ts'
import { readPast } from '#server/endpoints/photos.ts'
import { cookieOf, type PageDoor, type ProgramVisit } from '#server/endpoints/request.ts'
import { DomainError } from '#server/platform/errors.ts'
import { type FileStore, fileStore } from '#server/platform/files.ts'
import { logFailure } from '#server/platform/log.ts'
import { refusalFor, refusalHeaders } from '#server/platform/rules/failure.ts'
import { citizenLinkLimits } from '#server/platform/rules/limits.ts'
import { httpStatusOf } from '#server/procedures/refusals.ts'
import { withStoredPhotos } from '#server/reports/commands/with-stored-photos.ts'
import { addAsCitizen, rateAsCitizen, reopenAsCitizen } from '../commands/say.ts'
import { hashOfToken } from '../links.ts'
import { answerPhoto, openedLink } from '../queries/page.ts'
import { type FormState, formHeader, linkCookie, packForm, type Saying, sayings } from '../rules/form-state.ts'
import { isToken, pagePath } from '../rules/link.ts'
import { citizenInformation, citizenRating, citizenReopening } from '../rules/schemas.ts'
import { type SentForm, withForm } from './form.ts'

const uuid = '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}'
const address = new RegExp(`^/phan-anh/(HN-\\d{6}-\\d{4,6})(?:/anh/(${uuid})\\.jpg)?$`)
const day = 86_400

/** The endpoint of the citizen's page of a report. Tests replace `store`. */
export const citizenDoor = (store: () => FileStore = fileStore): PageDoor => ({
  owns: (path) => path === '/phan-anh' || path.startsWith('/phan-anh/'),
  answer: (request, response, visit, render) => new Exchange(request, response, visit, render).answer(store()),
})

const limiterOf = ({ requests, windowSeconds }: { requests: number; windowSeconds: number }) =>
  new RateLimiterMemory({ points: requests, duration: windowSeconds })
const { link, address: place, unknown, said } = citizenLinkLimits
/** Counted in memory by each process, so that refused requests do not load the database. */
const limitersOf = keptFor('citizens’ pages', () => ({
  link: limiterOf(link),
  address: limiterOf(place),
  unknown: limiterOf(unknown),
  said: limiterOf({ requests: said.tries, windowSeconds: said.windowSeconds }),
}))

class Exchange {
  readonly #request: IncomingMessage
  readonly #response: ServerResponse
  readonly #visit: ProgramVisit
  readonly #render: () => Promise<void>
  readonly #url: URL
  readonly #code: string | undefined
  readonly #fileId: string | undefined

  constructor(request: IncomingMessage, response: ServerResponse, visit: ProgramVisit, render: () => Promise<void>) {
    this.#request = request
    this.#response = response
    this.#visit = visit
    this.#render = render
    this.#url = new URL(request.url ?? '/', 'http://desk')
    ;[, this.#code, this.#fileId] = address.exec(this.#url.pathname) ?? []
  }

  async answer(store: FileStore): Promise<void> {
    const request = this.#request
    // Only this endpoint may pass the state of a form to the page.
    delete request.headers[formHeader]
    const from = placeOf(this.#visit.ip).address
    const limiters = limitersOf(this.#visit.db)
    await consume(limiters.address, from)
    const failed = await limiters.unknown.get(from)
    // Many phones share one address: a valid link still works when others have used up the limit for invalid links.
    if (failed && failed.consumedPoints >= unknown.requests && !(await this.#hasLink())) refuse(failed)
    this.#response.once('finish', () => {
      if (this.#response.statusCode === 404) limiters.unknown.consume(from).catch(() => undefined)
    })
    const code = this.#code
    const token = this.#url.searchParams.get('t')
    if (!isReading(request)) return code && !this.#fileId ? this.#take(code, store) : this.#showRefused()
    if (code && !this.#fileId && token !== null) return this.#swap(code, token)
    const hash = this.#hash()
    if (hash) await consume(limiters.link, hash)
    if (code && this.#fileId) return this.#sendPhoto({ hash, code, fileId: this.#fileId }, store)
    return this.#render()
  }

  async #hasLink(): Promise<boolean> {
    const token = this.#url.searchParams.get('t') ?? cookieOf(this.#request, linkCookie)
    if (!this.#code || !token || !isToken(token)) return false
    return (await this.#lookUp(hashOfToken(token), this.#code)) !== null
  }

  /** The hash of the token in the cookie for this report; null without one. */
  #hash(): string | null {
    const token = cookieOf(this.#request, linkCookie)
    return token && isToken(token) ? hashOfToken(token) : null
  }

  #lookUp(hash: string, code: string) {
    return openedLink(this.#visit.db, { hash, code, now: this.#visit.now() })
  }

  /** Moves the token from the address into a cookie that is sent to this page only. */
  async #swap(code: string, token: string): Promise<void> {
    const found = isToken(token) ? await this.#lookUp(hashOfToken(token), code) : null
    // After an invalid link the page must not open by the cookie of an earlier link.
    if (found === null) return this.#showRefused()
    const cookie = [
      `${linkCookie}=${token}`,
      `Path=${pagePath(code)}`,
      `Max-Age=${citizenLinkLimits.cookieDays * day}`,
      'HttpOnly',
      // Not Strict: a message leads here from another site, and the redirect belongs to that visit.
      'SameSite=Lax',
      ...(this.#visit.home.startsWith('https:') ? ['Secure'] : []),
    ]
    this.#redirect(code, cookie.join('; '))
  }

  #showRefused(): Promise<void> {
    delete this.#request.headers.cookie
    return this.#showPage()
  }

  /** Renders the page as for a GET, whatever the method, because the body has been read. */
  async #showPage(): Promise<void> {
    if (!isReading(this.#request)) {
      await readPast(this.#request).catch(() => undefined)
      this.#request.method = 'GET'
    }
    return this.#render()
  }

  #redirect(code: string, cookie: string | null, done?: Saying): void {
    const query = new URLSearchParams({
      ...(this.#url.searchParams.get('lang') === 'en' && { lang: 'en' }),
      ...(done && { done }),
    })
    const asked = query.size > 0 ? `?${query}` : ''
    this.#response
      .writeHead(303, {
        location: `${pagePath(code)}${asked}`,
        'cache-control': 'no-store',
        'referrer-policy': 'same-origin',
        ...(cookie && { 'set-cookie': cookie }),
      })
      .end()
  }

  /** Handles a form. A refused form is shown again with the values that were typed. */
  async #take(code: string, store: FileStore): Promise<void> {
    const hash = this.#hash()
    const link = hash && this.#request.method === 'POST' ? await this.#lookUp(hash, code) : null
    if (!hash || !link) return this.#showRefused()
    const state: FormState = { saying: null, code: '', status: 200, typed: { rating: '', words: '' } }
    try {
      await consume(limitersOf(this.#visit.db).said, hash)
      const { requestId, ip, db, now } = this.#visit
      const ctx: Context = { db, now, requestId, ip, actor: citizenOf(link.reportId) }
      await withForm(this.#request, hash, async (form) => {
        const name = form.fields.get('say')
        state.saying = sayings.find((saying) => saying === name) ?? null
        state.typed = { rating: form.fields.get('rating') ?? '', words: form.fields.get('words') ?? '' }
        await say(ctx, state, form, { store, linkHandedOut: link.isHandedOut })
      })
      this.#redirect(code, null, state.saying ?? undefined)
    } catch (error) {
      const refusal = error instanceof DomainError ? error : this.#log(error)
      const status = httpStatusOf(refusal.code)
      overrule(this.#response, { status, headers: refusalHeaders(refusal), instead: 200 })
      this.#request.headers[formHeader] = packForm({ ...state, code: refusal.code, status })
      await this.#showPage()
    }
  }

  #log(error: unknown): DomainError {
    const found = refusalFor(error)
    return logFailure(found, { err: error, requestId: this.#visit.requestId }, 'what a citizen sent failed')
  }

  async #sendPhoto(asked: { hash: string | null; code: string; fileId: string }, store: FileStore): Promise<void> {
    const { hash, ...photo } = asked
    const key = hash && (await answerPhoto(this.#visit.db, { ...photo, hash, now: this.#visit.now() }))
    const file = key && (await store.read(key))
    if (!file) throw new DomainError('not_found')
    const response = this.#response
    response.writeHead(200, {
      'content-type': 'image/jpeg',
      'content-length': file.bytes,
      'cache-control': 'private, no-store',
      'content-security-policy': "default-src 'none'",
      'referrer-policy': 'same-origin',
      'x-robots-tag': 'noindex',
    })
    if (this.#request.method === 'HEAD') {
      file.stream.destroy()
      response.end()
      return
    }
    await pipeline(file.stream, response)
  }
}

/** Runs the command of a form. */
async function say(
  ctx: Context,
  { saying, typed }: FormState,
  { photos }: SentForm,
  { store, linkHandedOut }: { store: FileStore; linkHandedOut: boolean },
): Promise<void> {
  const { words } = typed
  if (saying === null) throw new DomainError('bad_input')
  if (saying === 'rate') {
    await rateAsCitizen(ctx, checked(citizenRating, { rating: typed.rating, words }), { linkHandedOut })
    return
  }
  const input =
    saying === 'add' ? checked(citizenInformation, { body: words }) : checked(citizenReopening, { reason: words })
  const { perForm } = citizenLinkLimits.photos
  if (photos.length > perForm) throw new DomainError('too_many_photos', { most: perForm })
  await withStoredPhotos(
    ctx,
    photos,
    (photoIds) => {
      const more = { photoIds, linkHandedOut }
      return 'body' in input ? addAsCitizen(ctx, input, more) : reopenAsCitizen(ctx, input, more)
    },
    store,
  )
}

/** Parses the input; throws the code of the first problem, `required` or `too_long`, for which the page has a text. */
function checked<Schema extends z.core.$ZodType>(schema: Schema, input: unknown): z.output<Schema> {
  const read = z.safeParse(schema, input)
  if (read.success) return read.data
  const [issue] = read.error.issues
  throw new DomainError(issue?.path[0] === 'rating' ? 'rating_missing' : (issue?.message ?? 'bad_input'))
}

async function consume(limiter: RateLimiterMemory, key: string): Promise<void> {
  await limiter.consume(key).catch(refuse)
}

function refuse(refused: unknown): never {
  if (!(refused instanceof RateLimiterRes)) throw refused
  throw new DomainError('too_many_requests', { seconds: Math.max(1, Math.ceil(refused.msBeforeNext / 1000)) })
}
