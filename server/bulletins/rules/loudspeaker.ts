import { loudspeakerLimits } from '#server/platform/rules/limits.ts'
import type { BulletinKind } from './bulletin.ts'
import type { Block } from './document.ts'
import { blockText, countWords, documentText } from './document-text.ts'
import { hasArea } from './named-areas.ts'
import { areasInWords, listedAreas } from './place-words.ts'
import type { BulletinContent } from './schemas.ts'
import { clockInHanoi, phoneInWords, spokenDate, spokenHour } from './spoken-numbers.ts'
import { spoken } from './spoken-text.ts'
import { isMended } from './typo.ts'
import { beginOf, endOf } from './validity.ts'

/** What the text of a bulletin does not say by itself. */
type Announced = { areas: readonly string[]; isExercise: boolean }

export const issuer = 'Ủy ban nhân dân thành phố Hà Nội'

/** The subject of the announcement, with a place for "khẩn cấp". */
const subjects: Readonly<Record<BulletinKind, readonly [string, string]>> = {
  warning: ['cảnh báo', ''],
  road_closed: ['thông báo', ' về giao thông'],
  shelter: ['thông báo', ' về điểm tránh trú'],
  power: ['thông báo', ' về cấp điện'],
  water: ['thông báo', ' về cấp nước sạch'],
  health: ['thông báo', ' về y tế'],
  all_clear: ['thông báo', ' hết cảnh báo'],
  news: ['thông tin', ''],
  policy: ['thông báo', ' về chính sách'],
}

/**
 * What the ward reads out: the text that was written for it, else the one made from the fields. An exercise says so.
 */
export function announcementOf(content: BulletinContent, told: Announced): string {
  const text = content.loudspeaker?.text ?? madeAnnouncement(content, told.areas)
  if (!told.isExercise) return text
  return ['Đây là nội dung diễn tập, không phải tình huống thật.', text, 'Xin nhắc lại: đây là diễn tập.'].join('\n')
}

/** Plain sentences, one a line, made from the fields: always the same for the same bulletin. */
export function madeAnnouncement(content: BulletinContent, areas: readonly string[]): string {
  const { kind, severity, vi, alert, contact, source } = content
  const [what, about] = subjects[kind]
  const urgent = severity === 'emergency' ? ' khẩn cấp' : ''
  const instruction = alert?.instruction ?? ''
  return [
    'Kính thưa toàn thể nhân dân!',
    `Sau đây là ${what}${urgent}${about} của ${issuer}.`,
    vi.title,
    vi.summary,
    ...hazard(content),
    `Thông báo áp dụng trên địa bàn ${placesOf(areas, content)}.`,
    ...validity(content),
    ...(instruction ? [`Đề nghị nhân dân: ${instruction}`] : []),
    ...stepsOf(vi.body.content),
    ...(contact ? [contactLine(contact)] : []),
    ...(source ? [`Nguồn tin: ${source}.`] : []),
    ...(vi.title ? [`Xin nhắc lại: ${vi.title}`] : []),
    ...(instruction ? [instruction] : []),
    'Xin trân trọng cảm ơn!',
  ]
    .map(sentence)
    .filter(Boolean)
    .join('\n')
}

/** How long an announcer takes to read a text. */
export function readingSeconds(text: string): number {
  return Math.ceil((countWords(text) / loudspeakerLimits.syllablesPerMinute) * 60)
}

/** The fields that a text for the loudspeakers must agree with. */
export function basisOf(content: BulletinContent): string[] {
  const { kind, severity, areaIds, contact, source, vi, alert } = content
  const dates = [beginOf(content), endOf(content)].map((at) => at?.toISOString() ?? '')
  const fixed = [kind, severity, areaIds.join(' '), ...dates, contact]
  const words = [source, alert?.event ?? '', alert?.instruction ?? '', vi.title, vi.summary, documentText(vi.body)]
  return [...fixed, ...words]
}

/**
 * Whether the bulletin has changed since its text for the loudspeakers was written: that text might still say what no
 * longer holds. A corrected typo changes nothing that is heard.
 */
export function isOutdated(content: BulletinContent): boolean {
  if (!content.loudspeaker) return false
  const { basis } = content.loudspeaker
  const now = basisOf(content)
  return now.length !== basis.length || now.some((part, at) => !isMended(basis[at] as string, part, 'vi'))
}

function hazard({ kind, vi, alert }: BulletinContent): string[] {
  const event = alert?.event ?? ''
  if (event === '' || kind === 'all_clear' || alert?.response === 'AllClear') return []
  return vi.title.toLowerCase().includes(event.toLowerCase()) ? [] : [`Nguy cơ cần đề phòng: ${event}.`]
}

function placesOf(areas: readonly string[], content: BulletinContent): string {
  if (areas.length === 0) return hasArea(content) ? 'toàn thành phố Hà Nội' : '…'
  if (areas.length <= loudspeakerLimits.namedPlaces) return listedAreas(areas, 'vi')
  return `${areasInWords(areas, 'vi')} của thành phố Hà Nội`
}

function validity(content: BulletinContent): string[] {
  const [from, to] = [beginOf(content), endOf(content)]
  const says = (at: Date, { withYear = false, withDay = true } = {}) => {
    const { day, month, year, hour, minute } = clockInHanoi(at)
    const date = spokenDate(day, month, withYear ? year : undefined)
    return withDay ? `${spokenHour(hour, minute)} ngày ${date}` : spokenHour(hour, minute)
  }
  if (!from && !to) return []
  if (!to) return [`Thông báo có hiệu lực từ ${says(from as Date, { withYear: true })}.`]
  const until = says(to, { withYear: true })
  if (!from || from >= to) return [`Thông báo có hiệu lực đến ${until}.`]
  const [first, last] = [clockInHanoi(from), clockInHanoi(to)]
  const isOneDay = first.day === last.day && first.month === last.month && first.year === last.year
  return [
    `Thông báo có hiệu lực từ ${says(from, { withYear: first.year !== last.year, withDay: !isOneDay })} đến ${until}.`,
  ]
}

function contactLine(contact: string): string {
  const isPhone = /^[+\d][\d\s.-]{2,}$/.test(contact)
  return isPhone ? `Cần liên hệ, xin gọi số ${phoneInWords(contact)}.` : `Liên hệ: ${contact}.`
}

type Step = { line: string; weight: 0 | 1; heading: number | null }

/**
 * What the body tells people to do: its callouts and lists, under their headings, as far as there is time; callouts
 * come first when time is short. A body of paragraphs alone is read from its beginning.
 */
function stepsOf(blocks: readonly Block[]): string[] {
  const headings: string[] = []
  const steps: Step[] = []
  const add = (line: string, weight: Step['weight']) => {
    if (line.trim() !== '') steps.push({ line, weight, heading: headings.length > 0 ? headings.length - 1 : null })
  }
  for (const [at, block] of blocks.entries()) {
    if (block.type === 'heading') headings.push(blockText(block))
    if (block.type === 'callout') for (const inner of block.content) add(blockText(inner).replace(/^– /gm, ''), 0)
    if (block.type === 'bulletList' || block.type === 'orderedList') {
      const lead = blocks[at - 1]
      if (lead?.type === 'paragraph' && blockText(lead).trim().endsWith(':')) add(blockText(lead), 1)
      for (const { content } of block.content) add(content.map(blockText).join(', '), 1)
    }
  }
  if (steps.length === 0) for (const block of blocks) if (block.type === 'paragraph') add(blockText(block), 1)
  const kept = withinTime(steps)
  const said = new Set<number>()
  return kept.flatMap(({ line, heading }) => {
    if (heading === null || said.has(heading)) return [line]
    said.add(heading)
    return [headings[heading] as string, line]
  })
}

/** In letters: a syllable of Vietnamese has seven at most. */
const longestStep = 8 * loudspeakerLimits.syllablesOfBody

function withinTime(steps: readonly Step[]): Step[] {
  let left: number = loudspeakerLimits.syllablesOfBody
  const kept = new Set<Step>()
  for (const weight of [0, 1] as const) {
    for (const step of steps.filter((each) => each.weight === weight)) {
      // Spoken it is longer: one that is too long as written is not worth converting.
      const isShort = step.line.length <= longestStep && countWords(step.line) <= left
      const syllables = isShort ? countWords(spoken(step.line)) : Number.POSITIVE_INFINITY
      if (syllables > left) break
      left -= syllables
      kept.add(step)
    }
  }
  return steps.filter((step) => kept.has(step))
}

/** With a capital letter and a full stop. */
function sentence(line: string): string {
  const words = spoken(line.replace(/\s*\n\s*/g, ', '))
  if (words === '') return ''
  const begun = words.charAt(0).toUpperCase() + words.slice(1)
  return /[.!?:]$/.test(begun) ? begun : `${begun.replace(/[,;]$/, '')}.`
}
