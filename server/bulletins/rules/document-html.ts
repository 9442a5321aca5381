import { escapeHtml } from '#server/platform/rules/text.ts'
import type { Block, BulletinDocument, Inline, Mark, PlainMark, TableCell } from './document.ts'

/** An element of a page or of a feed: what the allow-list lets a document become, and nothing else. */
export type Markup = string | { tag: string; attributes: Record<string, string | number>; children: Markup[] }

type Rendering = {
  /** The address of an image, absolute where the text is read outside the desk. */
  image: (fileId: string) => string
}

const element = (tag: string, children: Markup[], attributes: Record<string, string | number> = {}): Markup => ({
  tag,
  attributes,
  children,
})

/**
 * The document as HTML text, for feeds. All text in it is escaped here, and its addresses were checked when it was
 * saved.
 */
export function documentHtml(document: BulletinDocument, rendering: Rendering): string {
  return document.content.map((block) => written(blockMarkup(block, rendering))).join('\n')
}

function blockMarkup(block: Block, rendering: Rendering): Markup {
  const inner = (blocks: readonly Block[]) => blocks.map((child) => blockMarkup(child, rendering))
  switch (block.type) {
    case 'paragraph':
      return element('p', (block.content ?? []).map(inlineMarkup))
    case 'heading':
      return element(`h${block.attrs.level}`, (block.content ?? []).map(inlineMarkup))
    case 'bulletList':
      return element(
        'ul',
        block.content.map(({ content }) => element('li', inner(content))),
      )
    case 'orderedList':
      return element(
        'ol',
        block.content.map(({ content }) => element('li', inner(content))),
        { start: block.attrs.start },
      )
    case 'table':
      return element('table', [
        element(
          'tbody',
          block.content.map(({ content }) =>
            element(
              'tr',
              content.map((cell) => cellMarkup(cell, rendering)),
            ),
          ),
        ),
      ])
    case 'callout':
      return element('blockquote', inner(block.content))
    case 'image': {
      const { fileId, alt, caption } = block.attrs
      const image = element('img', [], { src: rendering.image(fileId), alt })
      return element('figure', caption ? [image, element('figcaption', [caption])] : [image])
    }
  }
}

function cellMarkup({ type, attrs, content }: TableCell, rendering: Rendering): Markup {
  const { colspan, rowspan } = attrs
  const spans = { ...(colspan > 1 && { colspan }), ...(rowspan > 1 && { rowspan }) }
  return element(
    type === 'tableHeader' ? 'th' : 'td',
    content.map((block) => blockMarkup(block, rendering)),
    spans,
  )
}

function inlineMarkup(inline: Inline): Markup {
  if (inline.type === 'hardBreak') return element('br', [])
  if (inline.type === 'blank') return '…'
  if (inline.type === 'phone') return element('a', [inline.attrs.number], { href: phoneAddress(inline.attrs.number) })
  return (inline.marks ?? []).reduce<Markup>(marked, inline.text)
}

function marked(text: Markup, mark: Mark): Markup {
  if (mark.type === 'link') return element('a', [text], { href: mark.attrs.href, rel: 'nofollow' })
  return element(markTags[mark.type], [text])
}

export const markTags = {
  bold: 'strong',
  italic: 'em',
  superscript: 'sup',
  subscript: 'sub',
} as const satisfies Record<PlainMark, string>

export const phoneAddress = (number: string): string => `tel:${number.replace(/[^\d+]/g, '')}`

const empty = new Set(['br', 'img'])

function written(markup: Markup): string {
  if (typeof markup === 'string') return escapeHtml(markup)
  const { tag, attributes, children } = markup
  const given = Object.entries(attributes).map(([name, value]) => ` ${name}="${escapeHtml(String(value))}"`)
  const opening = `<${tag}${given.join('')}>`
  return empty.has(tag) ? opening : `${opening}${children.map(written).join('')}</${tag}>`
}
