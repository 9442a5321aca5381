/**
 * The text of a bulletin: the JSON of Tiptap, narrowed to an allow-list. Everything that comes in, whether typed,
 * pasted or sent to the procedure, is passed through `cleanDocument`; unknown parts are dropped, and so the renderers
 * never meet them.
 */
/** In the order in which a text carries them. A link comes last: it is drawn around the others. */
const plainMarks = ['bold', 'italic', 'superscript', 'subscript'] as const
export type PlainMark = (typeof plainMarks)[number]
export type Mark = { type: PlainMark } | { type: 'link'; attrs: { href: string } }
export type TextNode = { type: 'text'; text: string; marks?: Mark[] }
export type PhoneNode = { type: 'phone'; attrs: { number: string } }
/** A blank of a template that only its writer can fill. With one left the text is not published. */
export type BlankNode = { type: 'blank' }
export type Inline = TextNode | PhoneNode | BlankNode | { type: 'hardBreak' }
export type Paragraph = { type: 'paragraph'; content?: Inline[] }
export type Heading = { type: 'heading'; attrs: { level: 2 | 3 | 4 }; content?: Inline[] }
export type ListItem = { type: 'listItem'; content: Block[] }
export type BulletList = { type: 'bulletList'; content: ListItem[] }
export type OrderedList = { type: 'orderedList'; attrs: { start: number }; content: ListItem[] }
export type TableCell = {
  type: 'tableCell' | 'tableHeader'
  attrs: { colspan: number; rowspan: number }
  content: Block[]
}
export type TableRow = { type: 'tableRow'; content: TableCell[] }
export type Table = { type: 'table'; content: TableRow[] }
export type Image = {
  type: 'image'
  /** A decorative image has no alternative text; any other needs one before publication. */
  attrs: { fileId: string; alt: string; decorative: boolean; caption: string }
}
export const calloutTones = ['info', 'warning', 'danger'] as const
export type CalloutTone = (typeof calloutTones)[number]
export type Callout = { type: 'callout'; attrs: { tone: CalloutTone }; content: Block[] }
export type Block = Paragraph | Heading | BulletList | OrderedList | Table | Image | Callout
export type BulletinDocument = { type: 'doc'; content: Block[] }

export const emptyDocument: BulletinDocument = { type: 'doc', content: [] }

/** No text that a person writes comes near these limits; what exceeds them is cut. */
export const documentLimits = { depth: 8, nodes: 5_000, characters: 200_000, cells: 1_000 } as const

type Raw = { type?: unknown; text?: unknown; attrs?: unknown; content?: unknown; marks?: unknown }
type Budget = { nodes: number; characters: number }

/**
 * Only what is allowed, in the one shape that the renderers know. Never throws: invalid input becomes an empty
 * document.
 */
export function cleanDocument(value: unknown): BulletinDocument {
  const budget = { nodes: documentLimits.nodes, characters: documentLimits.characters }
  return { type: 'doc', content: blocksOf(value, budget, 0) }
}

const rawOf = (value: unknown): Raw => (typeof value === 'object' && value !== null ? (value as Raw) : {})
const childrenOf = (value: unknown): unknown[] => {
  const { content } = rawOf(value)
  return Array.isArray(content) ? content : []
}
const attrsOf = (value: unknown): Record<string, unknown> => rawOf(rawOf(value).attrs) as Record<string, unknown>

function blocksOf(parent: unknown, budget: Budget, depth: number): Block[] {
  if (depth > documentLimits.depth) return []
  const blocks: Block[] = []
  for (const child of childrenOf(parent)) {
    if (budget.nodes-- <= 0) break
    const block = blockOf(child, budget, depth)
    if (block) blocks.push(block)
  }
  return blocks
}

function blockOf(node: unknown, budget: Budget, depth: number): Block | null {
  const attrs = attrsOf(node)
  switch (rawOf(node).type) {
    case 'paragraph':
      return { type: 'paragraph', ...inlineContent(node, budget) }
    case 'heading':
      return { type: 'heading', attrs: { level: levelOf(attrs.level) }, ...inlineContent(node, budget) }
    case 'bulletList':
      return filled({ type: 'bulletList', content: itemsOf(node, budget, depth) })
    case 'orderedList':
      return filled({
        type: 'orderedList',
        attrs: { start: within(attrs.start, 1, 9_999) },
        content: itemsOf(node, budget, depth),
      })
    case 'table':
      return filled({ type: 'table', content: rowsOf(node, budget, depth) })
    case 'image':
      return imageOf(attrs)
    case 'callout':
      return filled({
        type: 'callout',
        attrs: { tone: toneOf(attrs.tone) },
        content: blocksOf(node, budget, depth + 1),
      })
    default:
      return null
  }
}

/** A container without content is no block. */
const filled = <T extends Block & { content: unknown[] }>(node: T): T | null => (node.content.length > 0 ? node : null)

function itemsOf(node: unknown, budget: Budget, depth: number): ListItem[] {
  return childrenOf(node).flatMap((item): ListItem[] => {
    if (rawOf(item).type !== 'listItem') return []
    const content = blocksOf(item, budget, depth + 1)
    return content.length > 0 ? [{ type: 'listItem', content }] : []
  })
}

function rowsOf(node: unknown, budget: Budget, depth: number): TableRow[] {
  let left: number = documentLimits.cells
  return childrenOf(node).flatMap((row): TableRow[] => {
    if (rawOf(row).type !== 'tableRow') return []
    const cells = childrenOf(row)
      .slice(0, left)
      .flatMap((cell) => cellOf(cell, budget, depth))
    left -= cells.length
    return cells.length > 0 ? [{ type: 'tableRow', content: cells }] : []
  })
}

function cellOf(cell: unknown, budget: Budget, depth: number): TableCell[] {
  const { type } = rawOf(cell)
  if (type !== 'tableCell' && type !== 'tableHeader') return []
  const { colspan, rowspan } = attrsOf(cell)
  return [
    {
      type,
      attrs: { colspan: within(colspan, 1, 50), rowspan: within(rowspan, 1, 200) },
      content: blocksOf(cell, budget, depth + 1),
    },
  ]
}

function imageOf(attrs: Record<string, unknown>): Image | null {
  const { fileId, alt, decorative, caption } = attrs
  if (typeof fileId !== 'string' || !uuid.test(fileId)) return null
  const isDecorative = decorative === true
  return {
    type: 'image',
    attrs: { fileId, alt: isDecorative ? '' : plain(alt, 500), decorative: isDecorative, caption: plain(caption, 500) },
  }
}

function inlineContent(node: unknown, budget: Budget): { content?: Inline[] } {
  const content: Inline[] = []
  for (const child of childrenOf(node)) {
    if (budget.nodes-- <= 0) break
    const inline = inlineOf(child, budget)
    if (inline) content.push(inline)
  }
  return content.length > 0 ? { content } : {}
}

function inlineOf(node: unknown, budget: Budget): Inline | null {
  const raw = rawOf(node)
  if (raw.type === 'hardBreak' || raw.type === 'blank') return { type: raw.type }
  if (raw.type === 'phone') {
    const number = plain(attrsOf(node).number, 20)
    return /^\+?[\d\s.()-]{3,20}$/.test(number) ? { type: 'phone', attrs: { number } } : null
  }
  if (raw.type !== 'text' || typeof raw.text !== 'string') return null
  const text = composed(raw.text).slice(0, Math.max(0, budget.characters))
  budget.characters -= text.length
  if (text === '') return null
  const marks = marksOf(raw.marks)
  return marks.length > 0 ? { type: 'text', text, marks } : { type: 'text', text }
}

/** Each mark once and in one order, so that equal texts are equal JSON. */
function marksOf(value: unknown): Mark[] {
  if (!Array.isArray(value)) return []
  const found = new Map<string, Mark>()
  for (const mark of value) {
    const { type } = rawOf(mark)
    const plainMark = plainMarks.find((known) => known === type)
    if (plainMark) found.set(plainMark, { type: plainMark })
    if (type === 'link') {
      const href = safeAddress(attrsOf(mark).href)
      if (href) found.set(type, { type, attrs: { href } })
    }
  }
  // No text is both superscript and subscript.
  if (found.has('superscript')) found.delete('subscript')
  return [...plainMarks, 'link' as const].flatMap((type) => found.get(type) ?? [])
}

const schemes = /^(https?:\/\/[^\s/?#]|tel:\+?[\d.()-]+$|mailto:[^\s@]+@[^\s@]+$)/i

/**
 * An address that is allowed behind a link: http, https, tel and mailto, complete and without tricks; null for all
 * others.
 */
export function safeAddress(value: unknown): string | null {
  if (typeof value !== 'string' || value.length > 2_000) return null
  const address = value.trim()
  // Browsers drop control characters before they read the scheme: there is no good reason to write any.
  if (hasControls(address) || !schemes.test(address)) return null
  return /^https?:/i.test(address) && !URL.canParse(address) ? null : address
}

const hasControls = (text: string): boolean => [...text].some((character) => character <= ' ' || character === '\u007f')

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

/** NFC, without the characters that no text and no XML can hold. */
const composed = (text: string): string =>
  [...text.toWellFormed().normalize('NFC')]
    .filter((character) => character === '\t' || !/\p{Cc}/u.test(character))
    .join('')
    .replace(/[\uFFFE\uFFFF]/g, '')

const plain = (value: unknown, most: number): string =>
  typeof value === 'string' ? composed(value).trim().slice(0, most) : ''

const levelOf = (value: unknown): 2 | 3 | 4 => (value === 3 || value === 4 ? value : 2)
const toneOf = (value: unknown): CalloutTone => calloutTones.find((tone) => tone === value) ?? 'info'
const within = (value: unknown, least: number, most: number): number =>
  typeof value === 'number' && Number.isInteger(value) && value >= least && value <= most ? value : least
