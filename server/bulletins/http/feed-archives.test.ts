import { eq } from 'drizzle-orm'
import fc from 'fast-check'
import { XMLParser } from 'fast-xml-parser'
import { expect } from 'vitest'
import type { Database } from '#db/client.ts'
import { buildArea } from '#db/factories/areas.ts'
import { buildBulletin, buildNewsroom, contentOf } from '#db/factories/bulletins.ts'
import { buildIncident } from '#db/factories/incidents.ts'
import { bulletins } from '#db/schema/index.ts'
import { DomainError } from '#server/platform/errors.ts'
import { feedLimits } from '#server/platform/rules/limits.ts'
import { correctBulletin, unpublishBulletin, withdrawBulletin } from '../commands/correct-bulletin.ts'
import { publishBulletin } from '../commands/publish-bulletin.ts'
import { approveBulletin, submitBulletin } from '../commands/review-bulletin.ts'
import { saveBulletin } from '../commands/save-bulletin.ts'
import type { CorrectionKind } from '../rules/lifecycle.ts'
import { onDay, test } from './testing/open-doors.ts'

const parser = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: '@',
  isArray: (name) => ['entry', 'at:deleted-entry', 'link'].includes(name),
})

type Entry = { id: string; title: string; updated: string; published: string }
type Link = { '@rel': string; '@href': string }
type Parsed = {
  feed: {
    id: string
    link: Link[]
    entry?: Entry[]
    'at:deleted-entry'?: { '@ref': string; '@when': string }[]
    'fh:archive'?: string
  }
}
type Page = {
  url: string
  text: string
  isArchive: boolean
  id: string
  entries: Entry[]
  gone: { id: string; at: string }[]
}

type Desk = { textOf(path: string): Promise<string>; ask(path: string, init?: RequestInit): Promise<Response> }

function read(url: string, text: string): Page & { linkTo(rel: string): string | null } {
  const { feed } = parser.parse(text) as Parsed
  return {
    url,
    text,
    id: feed.id,
    isArchive: feed['fh:archive'] !== undefined,
    entries: feed.entry ?? [],
    gone: (feed['at:deleted-entry'] ?? []).map((one) => ({ id: one['@ref'], at: one['@when'] })),
    linkTo: (rel) => feed.link.find((link) => link['@rel'] === rel)?.['@href'] ?? null,
  }
}

/** From the subscription document back to the oldest archive, as in RFC 5005; then forward again. */
async function walk(desk: Desk, path: string) {
  const fetched = async (url: string) => {
    const answer = await desk.ask(url, { redirect: 'follow' })
    expect([url, answer.status]).toEqual([url, 200])
    return read(answer.url, await answer.text())
  }
  const subscription = await fetched(path)
  const self = subscription.linkTo('self') as string
  expect(subscription).toMatchObject({ isArchive: false, url: self })
  const archives: ReturnType<typeof read>[] = []
  for (let before = subscription.linkTo('prev-archive'); before; before = archives[0]?.linkTo('prev-archive') ?? null) {
    const archive = await fetched(before)
    expect(archive).toMatchObject({ isArchive: true, url: before, id: subscription.id })
    expect([archive.linkTo('self'), archive.linkTo('current')]).toEqual([before, self])
    expect(archive.entries.length + archive.gone.length).toBe(feedLimits.archive)
    archives.unshift(archive)
  }
  for (const [at, { linkTo }] of archives.entries()) {
    const next = await fetched(linkTo('next-archive') as string)
    expect(next.url).toBe(archives[at + 1]?.url ?? self)
  }
  const published = archives.flatMap(({ entries }) => entries.map((entry) => entry.published))
  expect(published).toEqual([...published].sort())
  for (const times of [subscription.entries.map((entry) => entry.updated), subscription.gone.map(({ at }) => at)])
    expect(times).toEqual([...times].sort().reverse())
  expect(idsOf(subscription).length).toBeLessThanOrEqual(feedLimits.most)
  return { subscription, archives }
}

const idsOf = ({ entries, gone }: Page) => [...entries, ...gone].map(({ id }) => id)

/** What a reader who has fetched all of it takes as current: of each id the newest entry. */
function logicalFeed(pages: readonly Page[]): Map<string, Entry | 'gone'> {
  const known = new Map<string, { at: string; what: Entry | 'gone' }>()
  const hear = (id: string, at: string, what: Entry | 'gone') => {
    const before = known.get(id)
    if (!before || at >= before.at) known.set(id, { at, what })
  }
  for (const { entries, gone } of pages) {
    for (const entry of entries) hear(entry.id, entry.updated, entry)
    for (const { id, at } of gone) hear(id, at, 'gone')
  }
  return new Map([...known].map(([id, { what }]) => [id, what]))
}

type Newsroom = Awaited<ReturnType<typeof buildNewsroom>>
type Step = { is: 'publish'; count: number } | { is: CorrectionKind | 'withdraw' | 'unpublish'; of: number }

class Storm {
  #now = onDay('08:00')
  readonly ids: string[] = []
  readonly gone = new Set<string>()
  readonly done = new Set<Step['is']>()
  /** Words that no one may read any more. */
  readonly secrets = new Set<string>()
  readonly titles = new Map<string, string>()

  readonly db: Database
  readonly incidentId: string
  readonly newsroom: Newsroom

  private constructor(db: Database, incidentId: string, newsroom: Newsroom) {
    this.db = db
    this.incidentId = incidentId
    this.newsroom = newsroom
  }

  static async begin(db: Database): Promise<Storm> {
    return new Storm(db, (await buildIncident(db)).id, await buildNewsroom(db))
  }

  /** Whether something was taken down. */
  async take(step: Step): Promise<boolean> {
    this.#now = new Date(this.#now.getTime() + 60_000)
    if (step.is === 'publish') {
      for (let at = 0; at < step.count; at++) await this.#publish()
      return false
    }
    const id = this.ids[step.of % Math.max(1, this.ids.length)]
    if (!id) return false
    try {
      await this.#change(id, step.is)
    } catch (error) {
      // A refusal changes nothing; every other error is a defect.
      if (error instanceof DomainError) return false
      throw error
    }
    this.done.add(step.is)
    return step.is === 'unpublish' || step.is === 'personal_data'
  }

  async #publish(): Promise<void> {
    this.#now = new Date(this.#now.getTime() + 1000)
    const title = `Ngập đường số ${this.ids.length}`
    const { editor, chief } = this.newsroom
    const { id } = await buildBulletin(this.db, {
      state: 'published',
      content: contentOf(title),
      incidentId: this.incidentId,
      authorId: editor.id,
      approvedById: chief.id,
      at: this.#now,
    })
    this.ids.push(id)
    this.titles.set(id, title)
  }

  async #change(id: string, is: CorrectionKind | 'withdraw' | 'unpublish'): Promise<void> {
    const { editor, chief } = this.newsroom
    const as = (actor: typeof chief) => ({ db: this.db, actor, now: () => this.#now })
    const [row] = await this.db.select().from(bulletins).where(eq(bulletins.id, id))
    const change = { id, version: row?.version ?? 0 }
    const title = this.titles.get(id) as string
    if (is === 'withdraw') {
      const notice = { notice: 'Không còn đúng.', noticeEn: 'No longer true.', alertEnding: null }
      await withdrawBulletin(as(chief), { ...change, ...notice })
    } else if (is === 'unpublish') {
      await unpublishBulletin(as(chief), { ...change, reason: 'Lộ tên', redirectToId: null })
      this.gone.add(id)
      this.secrets.add(title)
    } else {
      const note = is === 'substantive' ? { note: 'Đã đổi.', noteEn: 'Changed.' } : { note: '', noteEn: '' }
      const reason = is === 'personal_data' ? { reason: 'Lộ tên' } : {}
      // A minor correction changes no figure.
      const isMinor = is === 'minor'
      const corrected = isMinor
        ? `${title} xin theo dõi`
        : `Ngập đường số ${this.ids.indexOf(id)}, tin lúc ${this.#now.getTime()}`
      const content = contentOf(corrected)
      const { en: before } = content
      const told = isMinor ? { title: `${before?.title}s` } : { summary: `Told again at ${this.#now.getTime()}.` }
      const en = before && { ...before, ...told }
      let moved = await correctBulletin(as(editor), { ...change, kind: is, ...note, ...reason })
      moved = await saveBulletin(as(editor), { ...moved, content: { ...content, en }, auto: false, typo: false })
      moved = await submitBulletin(as(editor), { ...moved, note: '' })
      moved = await approveBulletin(as(chief), { ...moved, acknowledged: [] })
      await publishBulletin(as(chief), { ...moved, acknowledged: [] })
      this.titles.set(id, corrected)
      if (is === 'personal_data') this.secrets.add(title)
    }
  }
}

const changes = ['minor', 'substantive', 'personal_data', 'withdraw', 'unpublish'] as const
/** Each of them once, so that none is missing. */
const known: Step[] = [
  ...changes.map((is, at) => ({ is, of: at + 3 })),
  { is: 'publish', count: 30 },
  { is: 'unpublish', of: 4 },
]

const of = fc.nat(200)
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ is: fc.constant('publish' as const), count: fc.integer({ min: 20, max: 60 }) }) },
  {
    weight: 5,
    arbitrary: fc.record({
      is: fc.constantFrom(...changes),
      of,
    }),
  },
)

test('the subscription leads to every bulletin ever published, once, and no archive ever changes', async ({
  db,
  desk,
}) => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 9 }), async (steps) => {
      const storm = await Storm.begin(db)
      const path = `/feeds/bulletins.atom?incident=${storm.incidentId}`
      const kept = new Map<string, string>()
      for (const each of [{ is: 'publish', count: 120 } as const, ...steps]) {
        const isTakenDown = await storm.take(each)
        for (const [url, text] of kept) {
          const { origin, askAnew } = desk
          const answer = await askAnew(url.slice(origin.length))
          if (answer.status === 410 && isTakenDown) kept.delete(url)
          else expect([url, answer.status, answer.text]).toEqual([url, 200, text])
        }
        const { subscription, archives } = await walk(desk, path)
        for (const { url, text } of archives) kept.set(url, text)
        const archived = archives.flatMap(idsOf)
        expect(new Set(archived).size).toBe(archived.length)
        const feed = logicalFeed([...archives, subscription])
        expect([...feed.keys()].sort()).toEqual(storm.ids.map((id) => `urn:uuid:${id}`).sort())
        for (const [id, what] of feed) expect([id, what === 'gone']).toEqual([id, storm.gone.has(id.slice(9))])
        for (const { id, title } of subscription.entries) expect(title).toContain(storm.titles.get(id.slice(9)))
        for (const { text } of [...archives, subscription]) {
          for (const secret of storm.secrets) expect(text).not.toContain(`>${secret}<`)
        }
      }
      if (steps === known) expect([...storm.done].sort()).toEqual([...changes].sort())
    }),
    { numRuns: 3, examples: [[known]] },
  )
}, 300_000)

test('what names no end and was corrected or withdrawn stays in the subscription document, however much follows', async ({
  db,
  desk,
}) => {
  const storm = await Storm.begin(db)
  await storm.take({ is: 'publish', count: feedLimits.archive })
  await storm.take({ is: 'substantive', of: 3 })
  await storm.take({ is: 'withdraw', of: 4 })
  await storm.take({ is: 'publish', count: feedLimits.latest + feedLimits.archive })
  expect([...storm.done].sort()).toEqual(['substantive', 'withdraw'])
  const { subscription } = await walk(desk, `/feeds/bulletins.atom?incident=${storm.incidentId}`)
  const titleOf = (of: number) => subscription.entries.find(({ id }) => id === `urn:uuid:${storm.ids[of]}`)?.title
  expect([titleOf(3), titleOf(4)]).toEqual([
    storm.titles.get(storm.ids[3] as string),
    expect.stringContaining('[Đã rút]'),
  ])
  // What did not change is left to the archives.
  expect(titleOf(5)).toBeUndefined()
})

test('a bulletin joins the archives of a commune, and of the English, when it first concerns them', async ({
  db,
  desk,
}) => {
  const { editor, chief } = await buildNewsroom(db)
  const [here, there] = [await buildArea(db, { code: '00811' }), await buildArea(db, { code: '00812' })]
  const incidentId = (await buildIncident(db)).id
  const by = { state: 'published', authorId: editor.id, approvedById: chief.id, incidentId } as const
  const only = { en: null, areaIds: [here.id] }
  const { id } = await buildBulletin(db, { ...by, content: contentOf('Cấm đường ở đây', only), at: onDay('08:00') })
  const as = (actor: typeof chief, time: string) => ({ db, actor, now: () => onDay(time) })
  const content = contentOf('Cấm đường ở bên kia', { areaIds: [there.id] })
  const note = { kind: 'substantive', note: 'Nhầm phường.', noteEn: 'The wrong ward.' } as const
  let moved = await correctBulletin(as(editor, '09:00'), { id, version: 1, ...note })
  moved = await saveBulletin(as(editor, '09:01'), { ...moved, content, auto: false, typo: false })
  moved = await submitBulletin(as(editor, '09:02'), { ...moved, note: '' })
  moved = await approveBulletin(as(chief, '09:03'), { ...moved, acknowledged: [] })
  await publishBulletin(as(chief, '09:04'), { ...moved, acknowledged: [] })
  const entryIn = async (area: string, language = '') =>
    (await walk(desk, `/feeds/bulletins.atom?area=${area}&incident=${incidentId}${language}`)).subscription.entries[0]
  // A reader who was notified of it before is notified that it no longer concerns their commune.
  for (const { code } of [here, there])
    expect([code, await entryIn(code)]).toEqual([code, expect.objectContaining({ title: 'Cấm đường ở bên kia' })])
  expect(await entryIn(there.code, '&lang=en')).toMatchObject({ title: content.en?.title })
  expect(await entryIn(here.code, '&lang=en')).toBeUndefined()
})

test('an archive that never existed is not found, and one of which something was taken down is gone', async ({
  db,
  desk,
}) => {
  const storm = await Storm.begin(db)
  await storm.take({ is: 'publish', count: feedLimits.archive + 1 })
  const own = `incident=${storm.incidentId}`
  const status = async (name: string) => (await desk.ask(`/feeds/bulletins/${name}.atom?${own}`)).status
  expect(await Promise.all(['1-0', '1-1', '2-0', 'after-1', 'after-2'].map(status))).toEqual([200, 404, 404, 307, 404])
  await storm.take({ is: 'unpublish', of: 3 })
  expect(await Promise.all(['1-0', '1-1', '1-2'].map(status))).toEqual([410, 200, 404])
  // What is in no archive yet changes none of them.
  await storm.take({ is: 'unpublish', of: feedLimits.archive })
  expect(await Promise.all(['1-1', '1-2'].map(status))).toEqual([200, 404])
  const gone = await desk.ask(`/feeds/bulletins/1-0.atom?${own}`)
  expect(await gone.text()).not.toContain('Ngập')
})
