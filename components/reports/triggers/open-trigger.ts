import { type CommandIn, commandOf } from '#components/keyboard/commands.ts'

/** What is typed into a text to be offered something: a sign, and behind it words of what is looked for. */
export type TriggerId = CommandIn<'composer'>

/** Where a trigger stands in the text, from its sign to the caret. */
export type OpenTrigger = { id: TriggerId; start: number; end: number; query: string }

/** More than that is no longer looking for something. */
const longest = 48
const opensAfter = /^$|[\s\p{Ps}\p{Pi}"']$/u
const begins = /^$|^[\p{L}\p{N}]/u
/** Where a thought ends or the words stop for longer, so does what is looked for. */
const endsAt = /\s{2}|[.,;:!?]\s/

/**
 * The trigger that the caret stands behind, of those a text has; null where there is none. A sign counts at the
 * beginning of a line or after a blank or a bracket: not in a word, an address or a time. It reaches to the end of its
 * line at most.
 */
export function openTrigger(text: string, caret: number, ids: readonly TriggerId[]): OpenTrigger | null {
  const line = text.slice(text.slice(0, caret).lastIndexOf('\n') + 1, caret)
  const [nearest] = ids
    .flatMap((id) => commandOf(id).keys.map((sign) => ({ id, sign, at: line.lastIndexOf(sign) })))
    .filter(({ at }) => at >= 0)
    .sort((a, b) => b.at - a.at)
  if (!nearest) return null
  const query = line.slice(nearest.at + nearest.sign.length)
  const isOpen =
    opensAfter.test(line.slice(0, nearest.at)) && begins.test(query) && query.length <= longest && !endsAt.test(query)
  return isOpen ? { id: nearest.id, start: caret - query.length - nearest.sign.length, end: caret, query } : null
}

const codeBegun = /^(?:hn-?)?\d{6}-?\d{0,6}$/i

/**
 * Whether Enter takes what is offered: also where nobody went to it by the arrows. A number sign stands before much
 * that is no report ("căn hộ #12"), so behind it only a code does; Tab takes in any case.
 */
export const takesByEnter = ({ id, query }: OpenTrigger, isGoneTo: boolean): boolean =>
  isGoneTo || id !== 'composer.report' || codeBegun.test(query.trim())

/** The text with something in place of the trigger, and where the caret stands behind it. */
export function putInPlace(text: string, { start, end }: OpenTrigger, words: string): { text: string; caret: number } {
  return { text: text.slice(0, start) + words + text.slice(end), caret: start + words.length }
}
