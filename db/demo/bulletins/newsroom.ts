import { checkBulletin, findingKey } from '#server/bulletins/rules/checklist.ts'
import type { BulletinContent } from '#server/bulletins/rules/schemas.ts'
import { slugOf } from '#server/bulletins/rules/slug.ts'
import type { Random } from '../random.ts'
import { newsroomUsernames } from '../staff.ts'
import type { World } from '../world.ts'
import { BulletinLife } from './life.ts'
import type { Tale } from './telling.ts'

const minute = 60_000

/** The accounts that write and approve bulletins, with their usual workflow. */
export class Newsroom {
  readonly editors: readonly string[]
  readonly chiefs: readonly string[]
  readonly #areaIds: ReadonlyMap<string, number>

  constructor({ staff, areaIds }: World) {
    const ids = new Map(staff.accounts.map(({ username, id }) => [username, id]))
    const idsOf = (usernames: readonly string[]) => usernames.map((username) => ids.get(username) as string)
    this.editors = idsOf(newsroomUsernames.editors)
    this.chiefs = idsOf(newsroomUsernames.chiefs)
    this.#areaIds = areaIds
  }

  /** The content of a tale, as the form would contain it. */
  contentOf(tale: Tale, at: Date): BulletinContent {
    const until = tale.holds ? new Date(at.getTime() + tale.holds * 60 * minute).toISOString() : null
    const areaIds = [...new Set(tale.communes.map(({ code }) => this.#areaIds.get(code) ?? 0))]
      .filter(Boolean)
      .sort((a, b) => a - b)
    return {
      kind: tale.kind,
      severity: tale.severity,
      audience: tale.audience ?? ['everyone'],
      areaIds,
      ...(areaIds.length === 0 && { wholeCity: true }),
      validFrom: at.toISOString(),
      validTo: until,
      source: tale.source,
      contact: '1022',
      vi: { title: tale.title, summary: tale.summary, body: { type: 'doc', content: tale.blocks } },
      en: tale.en
        ? { title: tale.en.title, summary: tale.en.summary, body: { type: 'doc', content: tale.en.blocks } }
        : null,
      alert: tale.alert ? { ...tale.alert, onset: null, expires: until } : null,
    }
  }

  /** Writes and submits a bulletin so that it can be published at `at`; in `haste` within minutes. */
  write(random: Random, content: BulletinContent, { at, incidentId, haste }: Writing): BulletinLife {
    const editor = random.pick(this.editors)
    const lead = haste ? random.between(7, 24) : random.between(60, 320)
    const before = (share: number) => new Date(Math.round(at.getTime() - lead * share * minute))
    const life = new BulletinLife({ random, at: before(1), by: editor, content: hurried(random, content), incidentId })
    life.save(before(0.62), random.chance(0.85) ? editor : random.pick(this.editors), content)
    return life
  }

  /** Reviewed by a chief editor, sometimes sent back first. */
  review(random: Random, life: BulletinLife, at: Date, haste: boolean): void {
    const chief = random.pick(this.chiefs)
    const editor = life.row.lastEditorId
    const span = at.getTime() - (life.row.updatedAt as Date).getTime()
    const during = (share: number) => new Date(Math.round(at.getTime() - span * (1 - share)))
    life.submit(during(0.2), editor)
    if (random.chance(haste ? 0.08 : 0.22)) {
      life.requestChanges(during(0.42), chief, random.pick(remarks))
      life.save(during(0.6), editor, { ...life.content, contact: '1022' })
      life.submit(during(0.66), editor)
    }
    life.approve(during(0.9), chief, ticked(life.content, at))
  }

  /** Publishes it at `at`: manually, or by the robot at the scheduled minute. */
  letOut(random: Random, life: BulletinLife, { at, number, scheduled }: LettingOut): void {
    const slug = addressOf(life)
    const approvedAt = life.row.approvedAt as Date
    if (!scheduled) {
      life.publish({ at, by: life.row.approvedById ?? null, number, slug })
      return
    }
    life.schedule(new Date(approvedAt.getTime() + 20_000), life.row.approvedById as string, at)
    const out = new Date(at.getTime() + random.int(180, 1400))
    life.publish({ at: out, by: null, number, slug, dueAt: at })
  }

  /** A correction, with the same workflow again. */
  mend(random: Random, life: BulletinLife, at: Date, mending: Mending): void {
    const editor = random.pick(this.editors)
    const back = (minutes: number) => new Date(at.getTime() - minutes * minute)
    life.correct(back(9), editor, mending.kind, mending.note)
    life.save(back(7), editor, mending.content)
    life.submit(back(6), editor)
    const chief = this.chiefs.find((id) => id !== life.row.authorId && id !== editor) as string
    life.approve(back(2), chief, ticked(mending.content, at))
    life.publish({ at, by: chief, number: null, slug: '' })
  }
}

type Writing = { at: Date; incidentId: string | null; haste: boolean }
type LettingOut = { at: Date; number: number | null; scheduled: boolean }
type Mending = { kind: 'minor' | 'substantive'; note: string; content: BulletinContent }

export const addressOf = (life: BulletinLife): string => `${slugOf(life.row.title)}-${life.row.id.slice(-6)}`

/** The accepted warnings: all that the checklist raises. */
export const ticked = (content: BulletinContent, at: Date): string[] =>
  checkBulletin(content, { sendAt: at, alert: null, standing: null })
    .filter(({ level }) => level === 'warning')
    .map(findingKey)
    .sort()

/** The first version of a text, before it was revised. */
function hurried(random: Random, content: BulletinContent): BulletinContent {
  const blocks = content.vi.body.content
  const kept = blocks.length > 1 && random.chance(0.7) ? blocks.slice(0, -1) : blocks
  const summary = random.chance(0.4) ? content.vi.title : content.vi.summary
  return { ...content, vi: { ...content.vi, summary, body: { type: 'doc', content: kept } } }
}

const remarks = [
  'Ghi rõ đoạn đường từ đâu đến đâu, giờ dự kiến thông xe.',
  'Bổ sung số điện thoại và nguồn tin.',
  'Câu đầu dài quá, tách làm hai. Nêu việc người dân cần làm lên trước.',
  'Kiểm tra lại con số với đơn vị rồi trình lại.',
]
