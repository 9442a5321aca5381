import { accountHeader } from '#server/accounts/rules/session.ts'

/** The line between the page under test and the server: held up, cut, losing answers. */
type Rule = {
  matching: RegExp
  meets: (send: () => Promise<Response>, request: Request) => Promise<Response>
}

const rules = new Set<Rule>()
let isCut = false
const send = window.fetch.bind(window)

const broken = () => new TypeError('Failed to fetch')

let leaving = new AbortController()
let speaker: string | undefined

/** From now on requests come from this account: what a desk that was left still sends for another gets nowhere. */
export function speakFor(accountId: string | undefined): void {
  speaker = accountId
}

window.fetch = async (input, init) => {
  const asked = new Request(input, init)
  const request = new Request(asked, { signal: AbortSignal.any([asked.signal, leaving.signal]) })
  const isBridge = new URL(request.url).pathname === '/bridge'
  if (isBridge) return send(request)
  const drawnFor = request.headers.get(accountHeader)
  if (drawnFor !== null && drawnFor !== speaker) throw broken()
  const pass = () => (isCut ? Promise.reject(broken()) : send(request))
  const met = [...rules].filter(({ matching }) => matching.test(request.url))
  return met.reduce(
    (beyond, { meets }) =>
      () =>
        meets(beyond, request),
    pass,
  )()
}

/** What a page asks while it is drawn, on the server as it were: a held or broken call of the browser is none of it. */
export const fetchForPage: typeof fetch = (input, init) => (isCut ? Promise.reject(broken()) : send(input, init))

function gate() {
  let open = () => {}
  const opened = new Promise<void>((settle) => {
    open = settle
  })
  return { open, opened }
}

function follow(rule: Rule): () => void {
  rules.add(rule)
  return () => rules.delete(rule)
}

/** Holds matching requests before the server has them, until the returned function is called; or then lets them fail. */
export function holdUp(matching: RegExp, end: 'continue' | 'abort' = 'continue'): () => void {
  const { open, opened } = gate()
  follow({
    matching,
    async meets(pass) {
      await opened
      if (end === 'abort') throw broken()
      return pass()
    },
  })
  return open
}

/** The same for answers: the server has acted, and the page does not know yet. */
export function holdUpAnswers(matching: RegExp): () => void {
  const { open, opened } = gate()
  follow({
    matching,
    async meets(pass) {
      const answer = await pass()
      await opened
      return answer
    },
  })
  return open
}

/** Matching requests fail, until the returned function is called. */
export const refuseLine = (matching: RegExp): (() => void) =>
  follow({ matching, meets: () => Promise.reject(broken()) })

/** Somebody on the way answers matching requests in place of the server, until the returned function is called. */
export const answerInstead = (matching: RegExp, answer: () => Response): (() => void) =>
  follow({ matching, meets: async () => answer() })

/** Something before the server answers matching requests with this status, until it is mended; counts them. */
export function failLine(matching: RegExp, status: number): { heard: () => number; mend: () => void } {
  let heard = 0
  const mend = follow({
    matching,
    async meets() {
      heard += 1
      return new Response('Bad gateway', { status })
    },
  })
  return { heard: () => heard, mend }
}

/** The server gets every call; its first answer is lost. Returns a function that counts the calls. */
export function loseFirstAnswer(matching: RegExp): () => number {
  let heard = 0
  follow({
    matching,
    async meets(pass) {
      const isFirst = ++heard === 1
      const answer = await pass()
      if (isFirst) throw broken()
      return answer
    },
  })
  return () => heard
}

type Heard = { url: string; body: string; status: number | undefined }

/** Keeps what matching requests send, and the status of their answers as they come. */
export function listen(matching: RegExp): Heard[] {
  const heard: Heard[] = []
  follow({
    matching,
    async meets(pass, request) {
      const one: Heard = { url: request.url, body: await request.clone().text(), status: undefined }
      heard.push(one)
      const answer = await pass()
      one.status = answer.status
      return answer
    },
  })
  return heard
}

/** The next answer to a matching request, which is then on its way to the page. */
export function awaitAnswer(matching: RegExp): Promise<Response> {
  return new Promise((settle) => {
    const stop = follow({
      matching,
      async meets(pass) {
        const answer = await pass()
        stop()
        settle(answer.clone())
        return answer
      },
    })
  })
}

/** The page without live updates: it learns of a colleague's change with its own next request. */
export const keepDeaf = (): (() => void) => refuseLine(/\/api\/trpc\/live\.stream/)

/** No request passes, and the browser says so. The real offline mode, with its service worker, is a journey's. */
export function loseLine(): void {
  isCut = true
  tellOnline(false)
}

export function findLine(): void {
  isCut = false
  tellOnline(true)
}

function tellOnline(isOnline: boolean): void {
  Object.defineProperty(navigator, 'onLine', { configurable: true, get: () => isOnline })
  window.dispatchEvent(new Event(isOnline ? 'online' : 'offline'))
}

/** Nothing that is on its way arrives any more; then everything passes as at the start. */
export function hangUp(): void {
  leaving.abort()
  leaving = new AbortController()
  rules.clear()
  if (isCut) findLine()
}
