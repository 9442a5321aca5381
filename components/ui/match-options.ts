import { fold } from '#server/platform/rules/text.ts'

export type PickerOption = {
  id: string
  label: string
  /** A second, quieter text: a short name, a code. */
  note?: string | undefined
  group?: string | undefined
  /** Additional search words. */
  also?: string | undefined
  /** How often it was chosen recently: among the matches, the most usual comes first. */
  uses?: number | undefined
  /** Likelier here than most: among the matches, it comes after the usual ones and before the rest. */
  isLikely?: boolean | undefined
}

const most = 60

/**
 * Every typed word must begin a word of the option, with or without accents; or one word is the initials of consecutive
 * words in its name ("cx": Công ty cây xanh). Order: usual choices, then what is likely here, then the rest; within
 * each, first what begins with the first typed word, initials last. What belongs to one group stays together, at the
 * place of its first match.
 */
export function matchOptions<Option extends PickerOption>(options: readonly Option[], typed: string): Option[] {
  const words = fold(typed).split(/\s+/).filter(Boolean)
  if (words.length === 0) return options.slice(0, 400)
  const found = options
    .flatMap((option) => {
      const place = placeOf(option, words)
      return place === null ? [] : { option, place }
    })
    .sort(
      (a, b) =>
        (b.option.uses ?? 0) - (a.option.uses ?? 0) ||
        Number(b.option.isLikely ?? false) - Number(a.option.isLikely ?? false) ||
        a.place - b.place,
    )
    .slice(0, most)
    .map(({ option }) => option)
  return [...Map.groupBy(found, ({ group }) => group).values()].flat()
}

/** The match that is unambiguous: the only one, the usual one, or the only one that is likely here. */
export function beyondDoubt<Option extends PickerOption>([first, second]: readonly Option[]): Option | undefined {
  return first && (!second || first.uses || (first.isLikely && !second.isLikely)) ? first : undefined
}

/**
 * The matches by digit: the first under 1. After anything but a letter a digit is text ("phường 3", "đội 12"), and so
 * is one that continues a name.
 */
export function numberedOptions<Option extends PickerOption>(
  found: readonly Option[],
  typed: string,
): Map<number, Option> {
  if (!/\p{L}$/u.test(typed.normalize('NFC'))) return new Map()
  const numbered = found.slice(0, 9).map((option, i) => [i + 1, option] as const)
  return new Map(numbered.filter(([digit]) => matchOptions(found, `${typed}${digit}`).length === 0))
}

function placeOf(option: PickerOption, words: readonly string[]): number | null {
  const { label, note, also, group } = option
  const text = ` ${spaced([label, note, also, group].filter(Boolean).join(' '))}`
  if (words.every((word) => text.includes(` ${word}`))) return fold(label).startsWith(words[0] ?? '') ? 0 : 1
  const [word = ''] = words
  return words.length === 1 && word.length > 1 && initialsOf(label).includes(word) ? 2 : null
}

const spaced = (text: string) => fold(text).replace(/[^\p{L}\p{N}-]+/gu, ' ')
const initialsOf = (name: string) =>
  spaced(name)
    .split(' ')
    .map((word) => word[0] ?? '')
    .join('')
