import { Fragment, type ReactNode } from 'react'
import type { Block, BulletinDocument, Inline, Mark, TableCell } from '#server/bulletins/rules/document.ts'
import styles from './Document.module.css'
import { imageAddress } from './image-address.ts'

type Props = { document: BulletinDocument; lang: 'vi' | 'en' }

/** The text as readers see it, drawn piece by piece from what the allow-list knows: nothing in it is ever read as HTML. */
export function DocumentView({ document, lang }: Props) {
  return (
    <div className={styles.document} lang={lang}>
      <Blocks blocks={document.content} />
    </div>
  )
}

export function Blocks({ blocks }: { blocks: readonly Block[] }) {
  // biome-ignore lint/suspicious/noArrayIndexKey: blocks are nothing but their place
  return blocks.map((block, at) => <BlockView key={at} block={block} />)
}

export function BlockView({ block }: { block: Block }): ReactNode {
  switch (block.type) {
    case 'paragraph':
      return (
        <p>
          <Inlines inlines={block.content} />
        </p>
      )
    case 'heading': {
      const Heading = `h${block.attrs.level}` as 'h2' | 'h3' | 'h4'
      return (
        <Heading>
          <Inlines inlines={block.content} />
        </Heading>
      )
    }
    case 'bulletList':
      return (
        <ul>
          {block.content.map((item, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: items are nothing but their place
            <li key={at}>
              <Blocks blocks={item.content} />
            </li>
          ))}
        </ul>
      )
    case 'orderedList':
      return (
        <ol start={block.attrs.start}>
          {block.content.map((item, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: items are nothing but their place
            <li key={at}>
              <Blocks blocks={item.content} />
            </li>
          ))}
        </ol>
      )
    case 'table':
      return (
        <div className={styles.wide}>
          <table>
            <tbody>
              {block.content.map((row, at) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: rows are nothing but their place
                <tr key={at}>
                  {row.content.map((cell, place) => (
                    // biome-ignore lint/suspicious/noArrayIndexKey: cells are nothing but their place
                    <CellView key={place} cell={cell} />
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )
    case 'callout':
      return (
        <div data-callout={block.attrs.tone}>
          <Blocks blocks={block.content} />
        </div>
      )
    case 'image':
      return (
        <figure>
          {/* biome-ignore lint/performance/noImgElement: the server has its sizes ready */}
          <img src={imageAddress(block.attrs.fileId)} alt={block.attrs.alt} loading="lazy" />
          {block.attrs.caption && <figcaption>{block.attrs.caption}</figcaption>}
        </figure>
      )
  }
}

function CellView({ cell }: { cell: TableCell }) {
  const Cell = cell.type === 'tableHeader' ? 'th' : 'td'
  return (
    <Cell colSpan={cell.attrs.colspan} rowSpan={cell.attrs.rowspan}>
      <Blocks blocks={cell.content} />
    </Cell>
  )
}

function Inlines({ inlines = [] }: { inlines?: readonly Inline[] | undefined }) {
  // biome-ignore lint/suspicious/noArrayIndexKey: pieces are nothing but their place
  return inlines.map((inline, at) => <Fragment key={at}>{inlineView(inline)}</Fragment>)
}

function inlineView(inline: Inline): ReactNode {
  if (inline.type === 'hardBreak') return <br />
  if (inline.type === 'phone') return <span data-phone={inline.attrs.number}>{inline.attrs.number}</span>
  return (inline.marks ?? []).reduce<ReactNode>(marked, inline.text)
}

function marked(text: ReactNode, mark: Mark): ReactNode {
  if (mark.type === 'bold') return <strong>{text}</strong>
  if (mark.type === 'italic') return <em>{text}</em>
  return (
    <a href={mark.attrs.href} target="_blank" rel="noopener noreferrer nofollow">
      {text}
    </a>
  )
}
