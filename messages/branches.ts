import type { CompiledMessage } from 'icu-minify/format'

type Node = Exclude<CompiledMessage, string>[number]
type Options = { [option: string]: CompiledMessage | Node }

/** The codes of `icu-minify` for what an argument is; one without a code is text, or a tag around its content. */
const kinds = { select: 1, plural: 2, ordinal: 3, number: 4, date: 5, time: 6 } as const

/** What plurals and numbers are tried with. */
export const counts: readonly number[] = [0, 1, 2, 5, 1234]
const someText = 'Hoàn Kiếm'
const someDate = new Date('2026-12-02T00:15:00Z')

export type Values = { [name: string]: string | number | Date | ((chunks: unknown) => string) }

/**
 * Values that take a message through each of its branches, in every combination: each option of a selection, and for
 * each plural none, one, some and many.
 */
export function everyBranch(message: CompiledMessage): Values[] {
  const samples = new Map<string, Set<Values[string]>>()
  if (typeof message !== 'string') collect(message, samples)
  let combined: Values[] = [{}]
  for (const [name, values] of samples)
    combined = combined.flatMap((before) => [...values].map((value) => ({ ...before, [name]: value })))
  return combined
}

function collect(nodes: readonly unknown[], samples: Map<string, Set<Values[string]>>): void {
  const add = (name: string, values: readonly Values[string][]) =>
    samples.set(name, new Set([...(samples.get(name) ?? []), ...values]))
  for (const node of nodes) {
    if (!Array.isArray(node)) continue
    const [name, kind, options] = node as [string, unknown, Options]
    const isBranched = kind === kinds.select || kind === kinds.plural || kind === kinds.ordinal
    if (kind === kinds.select) add(name, [...Object.keys(options), 'none of them'])
    else if (kind === kinds.plural || kind === kinds.ordinal) add(name, [...counts, ...exactly(options)])
    else if (kind === kinds.number) add(name, counts)
    else if (kind === kinds.date || kind === kinds.time) add(name, [someDate])
    else if (node.length > 1) {
      add(name, [surrounded])
      collect(node.slice(1), samples)
    } else if (!samples.has(name)) add(name, [someText])
    if (isBranched) for (const branch of Object.values(options)) if (Array.isArray(branch)) collect(branch, samples)
  }
}

const exactly = (options: Options) =>
  Object.keys(options).flatMap((option) => (option.startsWith('=') ? [Number(option.slice(1))] : []))

const surrounded = (chunks: unknown) => [chunks].flat().join('') || someText
