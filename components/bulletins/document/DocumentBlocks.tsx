import { Fragment, type ReactNode } from 'react'
import type { PublicImage } from '#server/bulletins/queries/public.ts'
import type { Block, Inline, Mark, TableCell } from '#server/bulletins/rules/document.ts'
import { markTags, phoneAddress } from '#server/bulletins/rules/document-html.ts'
import { publicImage } from '#server/bulletins/rules/images.ts'
import { imageWidths } from '#server/platform/rules/photo.ts'
import { imageAddress } from './image-address.ts'

/** The images that readers may see. With them the text is rendered as the public reads it. */
export type PublicImages = ReadonlyMap<string, PublicImage>
type Outside = { images?: PublicImages | undefined }

/** The text as readers see it, rendered block by block from the allow-list: nothing in it is ever parsed as HTML. */
export function DocumentBlocks({ blocks, images }: Outside & { blocks: readonly Block[] }) {
  // biome-ignore lint/suspicious/noArrayIndexKey: blocks are nothing but their place
  return blocks.map((block, at) => <BlockView key={at} block={block} images={images} />)
}

export function BlockView({ block, images }: Outside & { block: Block }): ReactNode {
  switch (block.type) {
    case 'paragraph':
      return (
        <p>
          <Inlines inlines={block.content} images={images} />
        </p>
      )
    case 'heading': {
      const Heading = `h${block.attrs.level}` as 'h2' | 'h3' | 'h4'
      return (
        <Heading>
          <Inlines inlines={block.content} images={images} />
        </Heading>
      )
    }
    case 'bulletList':
      return (
        <ul>
          {block.content.map((item, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: items are nothing but their place
            <li key={at}>
              <DocumentBlocks blocks={item.content} images={images} />
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
              <DocumentBlocks blocks={item.content} images={images} />
            </li>
          ))}
        </ol>
      )
    case 'table':
      return (
        <div data-wide>
          <table>
            <tbody>
              {block.content.map((row, at) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: rows are nothing but their place
                <tr key={at}>
                  {row.content.map((cell, place) => (
                    // biome-ignore lint/suspicious/noArrayIndexKey: cells are nothing but their place
                    <CellView key={place} cell={cell} images={images} />
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
          <DocumentBlocks blocks={block.content} images={images} />
        </div>
      )
    case 'image':
      return (
        <figure>
          <Picture fileId={block.attrs.fileId} alt={block.attrs.alt} images={images} />
          {block.attrs.caption && <figcaption>{block.attrs.caption}</figcaption>}
        </figure>
      )
  }
}

function Picture({ fileId, alt, images }: Outside & { fileId: string; alt: string }) {
  const { home, ...size } = images?.get(fileId) ?? {}
  const outside = images && {
    src: publicImage(fileId, 960, home),
    srcSet: imageWidths.map((width) => `${publicImage(fileId, width, home)} ${width}w`).join(', '),
    sizes: '(min-width: 760px) 720px, 100vw',
  }
  return (
    // biome-ignore lint/performance/noImgElement: the server has its sizes ready
    <img src={imageAddress(fileId)} {...outside} {...size} alt={alt} loading="lazy" />
  )
}

function CellView({ cell, images }: Outside & { cell: TableCell }) {
  const Cell = cell.type === 'tableHeader' ? 'th' : 'td'
  return (
    <Cell colSpan={cell.attrs.colspan} rowSpan={cell.attrs.rowspan}>
      <DocumentBlocks blocks={cell.content} images={images} />
    </Cell>
  )
}

function Inlines({ inlines = [], images }: Outside & { inlines?: readonly Inline[] | undefined }) {
  // biome-ignore lint/suspicious/noArrayIndexKey: pieces are nothing but their place
  return inlines.map((inline, at) => <Fragment key={at}>{inlineView(inline, images)}</Fragment>)
}

function inlineView(inline: Inline, images: PublicImages | undefined): ReactNode {
  if (inline.type === 'hardBreak') return <br />
  if (inline.type === 'blank') return <span data-blank="">…</span>
  if (inline.type === 'phone' && images) return <a href={phoneAddress(inline.attrs.number)}>{inline.attrs.number}</a>
  if (inline.type === 'phone') return <span data-phone={inline.attrs.number}>{inline.attrs.number}</span>
  return (inline.marks ?? []).reduce<ReactNode>(marked, inline.text)
}

function marked(text: ReactNode, mark: Mark): ReactNode {
  if (mark.type !== 'link') {
    const Plain = markTags[mark.type]
    return <Plain>{text}</Plain>
  }
  return (
    <a href={mark.attrs.href} target="_blank" rel="noopener noreferrer nofollow">
      {text}
    </a>
  )
}
