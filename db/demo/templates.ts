import type { Random } from './random.ts'

/**
 * A phrase with choices: `[one|other]`, `{name}` for a word the caller supplies, `{3-9}` for a whole number in a range.
 * Choices do not nest; a choice may hold names and ranges.
 */
export type Template = readonly Part[]
type Part =
  | { kind: 'text'; text: string }
  | { kind: 'name'; name: string }
  | { kind: 'range'; least: number; most: number }
  | { kind: 'choice'; options: readonly Template[] }

export type Words = (name: string) => string

export function compileTemplate(source: string): Template {
  const parts: Part[] = []
  for (const piece of source.match(/\[[^\]]*\]|\{[^}]*\}|[^[{]+/g) ?? []) {
    if (piece.startsWith('[')) {
      parts.push({ kind: 'choice', options: piece.slice(1, -1).split('|').map(compileTemplate) })
    } else if (piece.startsWith('{')) {
      const range = /^\{(\d+)-(\d+)\}$/.exec(piece)
      parts.push(
        range
          ? { kind: 'range', least: Number(range[1]), most: Number(range[2]) }
          : { kind: 'name', name: piece.slice(1, -1) },
      )
    } else parts.push({ kind: 'text', text: piece })
  }
  return parts
}

export function render(template: Template, random: Random, words: Words): string {
  let text = ''
  for (const part of template) {
    if (part.kind === 'text') text += part.text
    else if (part.kind === 'name') text += words(part.name)
    else if (part.kind === 'range') text += random.int(part.least, part.most)
    else text += render(random.pick(part.options), random, words)
  }
  return text
}

/** The names that a template uses, to check a catalogue against the available words. */
export function namesIn(template: Template): string[] {
  return template.flatMap((part) => {
    if (part.kind === 'name') return [part.name]
    return part.kind === 'choice' ? part.options.flatMap(namesIn) : []
  })
}
