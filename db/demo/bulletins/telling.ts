import type { AlertPanel } from '#server/bulletins/rules/alert.ts'
import type { Audience, BulletinKind, BulletinSeverity } from '#server/bulletins/rules/bulletin.ts'
import type { Block, Inline } from '#server/bulletins/rules/document.ts'
import { dayInWords, hourInWords, momentInWords } from '#server/bulletins/rules/place-words.ts'
import { fold } from '#server/platform/rules/text.ts'
import type { Commune, Place } from '../places.ts'
import { placeIn } from '../places.ts'
import type { Random } from '../random.ts'

/** The raw content of a bulletin. */
export type Tale = {
  kind: BulletinKind
  severity: BulletinSeverity
  title: string
  summary: string
  blocks: Block[]
  audience?: Audience[]
  source: string
  /** Empty: the whole city. */
  communes: Commune[]
  en?: { title: string; summary: string; blocks: Block[] }
  /** Validity in hours. */
  holds?: number
  /** The alert it is issued as, for its validity. */
  alert?: Omit<AlertPanel, 'onset' | 'expires'>
}

/** Where and when a bulletin is written. */
export class Scene {
  readonly random: Random
  readonly at: Date
  readonly #communes: readonly Commune[]
  readonly #hasDistricts: boolean

  constructor(random: Random, at: Date, communes: readonly Commune[]) {
    this.random = random
    this.at = at
    this.#communes = communes
    this.#hasDistricts = at < new Date('2025-07-01T00:00:00+07:00')
  }

  place(isRural?: boolean): Place {
    const of = isRural === undefined ? this.#communes : this.#communes.filter((commune) => commune.isRural === isRural)
    return placeIn(this.random, this.random.pick(of))
  }

  /** Another place of the same commune. */
  beside({ commune }: Place): Place {
    return placeIn(this.random, commune)
  }

  /** The name used on that day: the district until June 2025, the commune since. */
  ward({ commune }: Place): string {
    return this.#hasDistricts ? lowered(commune.oldDistrictName) : lowered(commune.name)
  }

  pick<T>(...choices: T[]): T {
    return this.random.pick(choices)
  }

  /** The office that closes roads: the department of transport until it was merged. */
  roadsOffice(): string {
    return this.at < new Date('2025-03-01T00:00:00+07:00') ? 'Sở Giao thông vận tải' : 'Sở Xây dựng'
  }

  /** "14 giờ 30 ngày 07/9/2024", `hours` from now, rounded to the quarter. */
  when(hours = 0): string {
    return momentInWords(this.#quarter(hours), 'vi')
  }

  whenEn(hours = 0): string {
    return momentInWords(this.#quarter(hours), 'en')
  }

  day(days = 0): string {
    return `ngày ${dayInWords(new Date(this.at.getTime() + days * 86_400_000))}`
  }

  hour(hours = 0): string {
    return hourInWords(this.#quarter(hours))
  }

  #quarter(hours: number): Date {
    return new Date(Math.floor((this.at.getTime() + hours * 3_600_000) / 900_000) * 900_000)
  }
}

const lowered = (name: string): string => name.charAt(0).toLowerCase() + name.slice(1)

export const capitalised = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)

/** A name in English texts: without diacritics, followed by the kind of place. */
export function inEnglish(name: string): string {
  const [, kind, rest] = /^(phố|đường|cầu|quận|huyện|phường|xã|thị xã) (.+)$/i.exec(name) ?? []
  const plain = (rest ?? name)
    .split(' ')
    .map((word) => capitalised(fold(word)))
    .join(' ')
  const kinds: Record<string, string> = {
    phố: 'Street',
    đường: 'Road',
    cầu: 'Bridge',
    quận: 'District',
    huyện: 'District',
    phường: 'Ward',
    xã: 'Commune',
    'thị xã': 'Town',
  }
  return kind ? `${plain} ${kinds[kind.toLowerCase()] ?? ''}`.trim() : plain
}

const inlines = (text: string): Inline[] => {
  // A number between bars is a phone link.
  return text.split('|').flatMap((part, at): Inline[] => {
    if (part === '') return []
    return at % 2 === 1 ? [{ type: 'phone', attrs: { number: part } }] : [{ type: 'text', text: part }]
  })
}

export const p = (text: string): Block => ({ type: 'paragraph', content: inlines(text) })
export const h = (text: string): Block => ({ type: 'heading', attrs: { level: 2 }, content: [{ type: 'text', text }] })
export const list = (...items: string[]): Block => ({
  type: 'bulletList',
  content: items.map((item) => ({ type: 'listItem', content: [p(item)] })),
})
export const callout = (tone: 'info' | 'warning' | 'danger', text: string): Block => ({
  type: 'callout',
  attrs: { tone },
  content: [p(text)],
})
export const table = (head: string[], ...rows: string[][]): Block => ({
  type: 'table',
  content: [head, ...rows].map((cells, row) => ({
    type: 'tableRow',
    content: cells.map((cell) => ({
      type: row === 0 ? 'tableHeader' : 'tableCell',
      attrs: { colspan: 1, rowspan: 1 },
      content: [p(cell)],
    })),
  })),
})

export const callCentre = 'Nguy hiểm đến tính mạng: gọi |112| hoặc |114|. Cần hỗ trợ khác: gọi |1022|.'
export const callCentreEn = 'In danger to life: call |112| or |114|. For other help: call |1022|.'
