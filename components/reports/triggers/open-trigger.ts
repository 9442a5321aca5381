import { type CommandIn, commandOf } from '#components/keyboard/commands.ts'

/** A trigger is typed into a text to get options: a sign, followed by words to search for. */
export type TriggerId = CommandIn<'composer'>

/** The position of a trigger in the text, from its sign to the caret. */
export type OpenTrigger = { id: TriggerId; start: number; end: number; query: string }

/** A longer text is no longer a search. */
const longest = 48
const opensAfter = /^$|[\s\p{Ps}\p{Pi}"']$/u
const begins = /^$|^[\p{L}\p{N}]/u
/** The query ends with a sentence or clause, or with two spaces. */
const endsAt = /\s{2}|[.,;:!?]\s/

/**
 * The trigger before the caret, of those a text has; null if there is none. A sign counts at the beginning of a line,
 * or after a space or a bracket: not in a word, an address or a time. It extends to the end of its line at most.
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
 * Whether Enter takes the current option, even if the user did not move to it by the arrows. A number sign often
 * precedes something that is no report ("căn hộ #12"), so after it only a code does; Tab always takes it.
 */
export const takesByEnter = ({ id, query }: OpenTrigger, isGoneTo: boolean): boolean =>
  isGoneTo || id !== 'composer.report' || codeBegun.test(query.trim())

/** The text with the trigger replaced, and the position of the caret after the replacement. */
export function putInPlace(text: string, { start, end }: OpenTrigger, words: string): { text: string; caret: number } {
  return { text: text.slice(0, start) + words + text.slice(end), caret: start + words.length }
}
