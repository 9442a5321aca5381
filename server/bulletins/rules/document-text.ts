import type { Block, BulletinDocument, Inline, Mark, TextNode } from './document.ts'

/** Every block of a document, those within lists, tables and callouts included, in reading order. */
export function allBlocks(blocks: readonly Block[]): Block[] {
  return blocks.flatMap((block) => [block, ...allBlocks(innerBlocks(block))])
}

function innerBlocks(block: Block): Block[] {
  switch (block.type) {
    case 'bulletList':
    case 'orderedList':
      return block.content.flatMap(({ content }) => content)
    case 'table':
      return block.content.flatMap(({ content }) => content.flatMap((cell) => cell.content))
    case 'callout':
      return block.content
    default:
      return []
  }
}

export function inlinesOf(block: Block): readonly Inline[] {
  return block.type === 'paragraph' || block.type === 'heading' ? (block.content ?? []) : []
}

/** Superscript and subscript digits have their own characters: "10 m²" must not be read as "10 m2" in plain text. */
const raised = { superscript: '⁰¹²³⁴⁵⁶⁷⁸⁹', subscript: '₀₁₂₃₄₅₆₇₈₉' } as const

function raisedText({ text, marks = [] }: TextNode): string {
  const digits = marks.flatMap(({ type }) => (type === 'superscript' || type === 'subscript' ? [raised[type]] : []))[0]
  return digits ? text.replace(/\d/g, (digit) => digits[Number(digit)] ?? digit) : text
}

function inlineText(inline: Inline): string {
  switch (inline.type) {
    case 'text':
      return raisedText(inline)
    case 'phone':
      return inline.attrs.number
    case 'blank':
      return '…'
    case 'hardBreak':
      return '\n'
  }
}

export const hasBlank = (blocks: readonly Block[]): boolean =>
  allBlocks(blocks).some((block) => inlinesOf(block).some(({ type }) => type === 'blank'))

/** The words of one block as plain text: items and cells each on a separate line. */
export function blockText(block: Block): string {
  switch (block.type) {
    case 'paragraph':
    case 'heading':
      return (block.content ?? []).map(inlineText).join('')
    case 'image':
      return [block.attrs.alt, block.attrs.caption].filter(Boolean).join(' – ')
    case 'bulletList':
      return block.content.map(({ content }) => `– ${textOf(content)}`).join('\n')
    case 'orderedList':
      return block.content.map(({ content }, at) => `${block.attrs.start + at}. ${textOf(content)}`).join('\n')
    case 'table':
      return block.content.map(({ content }) => content.map((cell) => textOf(cell.content)).join(' | ')).join('\n')
    case 'callout':
      return textOf(block.content)
  }
}

const textOf = (blocks: readonly Block[]): string => blocks.map(blockText).filter(Boolean).join('\n')

/** The whole document as plain text, an empty line between blocks: for the CAP description, feeds and search. */
export const documentText = (document: BulletinDocument): string =>
  document.content.map(blockText).filter(Boolean).join('\n\n')

export const countWords = (text: string): number => text.match(/\S+/g)?.length ?? 0
export const wordsIn = (document: BulletinDocument): number => countWords(documentText(document))

export type DocumentLink = { href: string; text: string }

/** The links of a document, each with all of its words. */
export function linksOf(document: BulletinDocument): DocumentLink[] {
  const links: DocumentLink[] = []
  for (const block of allBlocks(document.content)) {
    let before: string | null = null
    for (const inline of inlinesOf(block)) {
      const href = inline.type === 'text' ? hrefOf(inline.marks) : null
      const last = links.at(-1)
      if (href !== null && href === before && last) last.text += inlineText(inline)
      else if (href !== null) links.push({ href, text: inlineText(inline) })
      before = href
    }
  }
  return links
}

const hrefOf = (marks: readonly Mark[] = []): string | null => {
  const link = marks.find((mark) => mark.type === 'link')
  return link?.type === 'link' ? link.attrs.href : null
}

/** The files that the images of a document show, each once. */
export function imagesOf(document: BulletinDocument): string[] {
  const ids = allBlocks(document.content).flatMap((block) => (block.type === 'image' ? [block.attrs.fileId] : []))
  return [...new Set(ids)]
}
