import { fold } from '#server/platform/rules/text.ts'

export type PickerOption = {
  id: string
  label: string
  /** A second, quieter text: a short name, a code. */
  note?: string | undefined
  group?: string | undefined
  /** Found by these words too. */
  also?: string | undefined
}

const most = 60

/** Every typed word must begin a word of the option, accents or none; what begins with the first typed word comes first. */
export function matchOptions<Option extends PickerOption>(options: readonly Option[], typed: string): Option[] {
  const words = fold(typed).split(/\s+/).filter(Boolean)
  if (words.length === 0) return options.slice(0, 400)
  const found = options.filter((option) => {
    const said = [option.label, option.note, option.also, option.group].filter(Boolean).join(' ')
    const text = ` ${fold(said).replace(/[^\p{L}\p{N}-]+/gu, ' ')}`
    return words.every((word) => text.includes(` ${word}`))
  })
  const begins = ({ label }: Option) => (fold(label).startsWith(words[0] ?? '') ? 0 : 1)
  return found.sort((a, b) => begins(a) - begins(b)).slice(0, most)
}
