import { canonical } from '#server/events/rules/changes.ts'
import type { Block, BulletinDocument } from './document.ts'
import type { BulletinContent, BulletinText } from './schemas.ts'
import { commonPlaces } from './sequence.ts'

/** A part that both changed, in different ways. */
export type Clash = { path: string; mine: unknown; theirs: unknown }
export type Merged = { content: BulletinContent; clashes: Clash[] }

/**
 * Two edits of one text, begun from the same base: what only one of them changed is taken from that one, block by
 * block. Where both changed the same part, `content` holds theirs and the clash holds both.
 */
export function mergeContent(base: BulletinContent, mine: BulletinContent, theirs: BulletinContent): Merged {
  const clashes: Clash[] = []
  const pick = <T>(path: string, from: T, own: T, other: T): T => {
    if (isSame(own, other) || isSame(from, own)) return other
    if (isSame(from, other)) return own
    clashes.push({ path, mine: own, theirs: other })
    return other
  }
  const texts = (path: string, from: BulletinText, own: BulletinText, other: BulletinText): BulletinText => ({
    title: pick(`${path}.title`, from.title, own.title, other.title),
    summary: pick(`${path}.summary`, from.summary, own.summary, other.summary),
    body: mergeBodies(from.body, own.body, other.body) ?? pick(`${path}.body`, from.body, own.body, other.body),
  })
  // A field that was introduced later is missing in older texts: what either of the two has is not lost.
  const keys = new Set([base, mine, theirs].flatMap((text) => Object.keys(text) as (keyof BulletinContent)[]))
  const plain = [...keys].filter((key) => key !== 'vi' && key !== 'en')
  const fields = Object.fromEntries(
    plain.map((key) => [key, pick<unknown>(key, base[key], mine[key], theirs[key])]),
  ) as Omit<BulletinContent, 'vi' | 'en'>
  const en =
    base.en && mine.en && theirs.en ? texts('en', base.en, mine.en, theirs.en) : pick('en', base.en, mine.en, theirs.en)
  return { content: { ...fields, vi: texts('vi', base.vi, mine.vi, theirs.vi), en }, clashes }
}

const isSame = (a: unknown, b: unknown): boolean => canonical(a) === canonical(b)

/** Null where the same block was changed in two ways. */
function mergeBodies(
  base: BulletinDocument,
  mine: BulletinDocument,
  theirs: BulletinDocument,
): BulletinDocument | null {
  const content = mergeBlocks(base.content, mine.content, theirs.content)
  return content && { type: 'doc', content }
}

function mergeBlocks(base: readonly Block[], mine: readonly Block[], theirs: readonly Block[]): Block[] | null {
  const [keys, mineKeys, theirKeys] = [base, mine, theirs].map((blocks) => blocks.map(canonical)) as [
    string[],
    string[],
    string[],
  ]
  const inMine = new Map(commonPlaces(keys, mineKeys))
  const inTheirs = new Map(commonPlaces(keys, theirKeys))
  const merged: Block[] = []
  let from = { base: 0, mine: 0, theirs: 0 }
  const anchors = keys.flatMap((_, at) => {
    const [own, other] = [inMine.get(at), inTheirs.get(at)]
    return own === undefined || other === undefined ? [] : [{ base: at, mine: own, theirs: other }]
  })
  for (const to of [...anchors, { base: base.length, mine: mine.length, theirs: theirs.length }]) {
    const piece = mergePiece(
      base.slice(from.base, to.base),
      mine.slice(from.mine, to.mine),
      theirs.slice(from.theirs, to.theirs),
    )
    if (!piece) return null
    merged.push(...piece)
    const anchor = base[to.base]
    if (anchor) merged.push(anchor)
    from = { base: to.base + 1, mine: to.mine + 1, theirs: to.theirs + 1 }
  }
  return merged
}

/** The blocks between two unchanged blocks. */
function mergePiece(base: Block[], mine: Block[], theirs: Block[]): Block[] | null {
  if (isSame(base, mine) || isSame(mine, theirs)) return theirs
  if (isSame(base, theirs)) return mine
  // Neighbouring blocks, one changed by each: position by position, as long as none was added or removed.
  if (mine.length !== base.length || theirs.length !== base.length) return null
  const pieces = base.map((block, at) => mergeBlock(block, mine[at] as Block, theirs[at] as Block))
  return pieces.every((block) => block !== null) ? pieces : null
}

function mergeBlock(base: Block, mine: Block, theirs: Block): Block | null {
  if (isSame(base, mine) || isSame(mine, theirs)) return theirs
  return isSame(base, theirs) ? mine : null
}
