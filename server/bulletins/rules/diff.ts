import { type Changes, canonical, differencesBetween } from '#server/events/rules/changes.ts'
import type { Block } from './document.ts'
import { blockText, countWords } from './document-text.ts'
import type { BulletinContent, BulletinText } from './schemas.ts'
import { commonPlaces } from './sequence.ts'

export type WordRun = { kind: 'same' | 'inserted' | 'deleted'; text: string }
export type BlockChange =
  | { kind: 'same'; block: Block }
  | { kind: 'inserted' | 'deleted'; block: Block }
  | { kind: 'changed'; before: Block; after: Block; words: WordRun[] }
export type TextDiff = { title: WordRun[]; summary: WordRun[]; blocks: BlockChange[] }
export type ContentDiff = {
  /** Everything that is not text, field by field. */
  fields: Changes
  vi: TextDiff
  /** Null where neither has an English version. */
  en: TextDiff | null
  changedWords: number
}

const noText: BulletinText = { title: '', summary: '', body: { type: 'doc', content: [] } }

/** What one revision changed against another; the first revision is all new. */
export function diffContent(from: BulletinContent | null, to: BulletinContent): ContentDiff {
  const vi = diffText(from?.vi ?? noText, to.vi)
  const en = from?.en || to.en ? diffText(from?.en ?? noText, to.en ?? noText) : null
  const fields: Record<string, unknown> = fieldsOf(to)
  const before: Record<string, unknown> = from ? fieldsOf(from) : {}
  return {
    fields: differencesBetween(before, fields),
    vi,
    en,
    changedWords: changedIn(vi) + (en ? changedIn(en) : 0),
  }
}

const fieldsOf = ({ vi: _, en: __, ...fields }: BulletinContent) => fields

function diffText(from: BulletinText, to: BulletinText): TextDiff {
  return {
    title: diffWords(from.title, to.title),
    summary: diffWords(from.summary, to.summary),
    blocks: diffBlocks(from.body.content, to.body.content),
  }
}

/** Words with the space after them, so that the joined runs give the texts again. */
const tokens = (text: string): string[] => text.match(/\S+\s*|^\s+/g) ?? []

export function diffWords(from: string, to: string): WordRun[] {
  const [a, b] = [tokens(from), tokens(to)]
  const bare = (words: string[]) => words.map((word) => word.trimEnd())
  const runs: WordRun[] = []
  const add = (kind: WordRun['kind'], words: readonly string[]) => {
    const last = runs.at(-1)
    const text = words.join('')
    if (text === '') return
    if (last?.kind === kind) last.text += text
    else runs.push({ kind, text })
  }
  let [i, j] = [0, 0]
  for (const [atA, atB] of [...commonPlaces(bare(a), bare(b)), [a.length, b.length] as [number, number]]) {
    add('deleted', a.slice(i, atA))
    add('inserted', b.slice(j, atB))
    add('same', b.slice(atB, atB + 1))
    i = atA + 1
    j = atB + 1
  }
  return runs
}

function diffBlocks(from: readonly Block[], to: readonly Block[]): BlockChange[] {
  const changes: BlockChange[] = []
  let [i, j] = [0, 0]
  const places = commonPlaces(from.map(canonical), to.map(canonical))
  for (const [a, b] of [...places, [from.length, to.length] as [number, number]]) {
    changes.push(...pairUp(from.slice(i, a), to.slice(j, b)))
    const block = to[b]
    if (block) changes.push({ kind: 'same', block })
    i = a + 1
    j = b + 1
  }
  return changes
}

/**
 * Among the blocks removed and added in one place, blocks of one kind that share words are shown as one changed block.
 */
function pairUp(gone: readonly Block[], come: readonly Block[]): BlockChange[] {
  const changes: BlockChange[] = []
  const left = [...come]
  for (const before of gone) {
    const at = left.findIndex((after) => isKin(before, after))
    const after = left[at]
    if (!after) {
      changes.push({ kind: 'deleted', block: before })
      continue
    }
    for (const block of left.splice(0, at)) changes.push({ kind: 'inserted', block })
    left.shift()
    changes.push({ kind: 'changed', before, after, words: diffWords(blockText(before), blockText(after)) })
  }
  return [...changes, ...left.map((block): BlockChange => ({ kind: 'inserted', block }))]
}

function isKin(a: Block, b: Block): boolean {
  if (a.type !== b.type) return false
  if (a.type === 'image' && b.type === 'image') return a.attrs.fileId === b.attrs.fileId
  const [mine, theirs] = [tokens(blockText(a)), tokens(blockText(b))].map((words) => words.map((word) => word.trim()))
  const shared = commonPlaces(mine ?? [], theirs ?? []).length
  return shared * 3 >= Math.min(mine?.length ?? 0, theirs?.length ?? 0)
}

function changedIn({ title, summary, blocks }: TextDiff): number {
  const runs = [title, summary, ...blocks.map(runsOf)].flat()
  return runs.reduce((sum, { kind, text }) => sum + (kind === 'same' ? 0 : countWords(text)), 0)
}

function runsOf(change: BlockChange): WordRun[] {
  if (change.kind === 'same') return []
  return change.kind === 'changed' ? change.words : [{ kind: change.kind, text: blockText(change.block) }]
}
