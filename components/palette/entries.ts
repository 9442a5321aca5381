import type { CommandId } from '#components/keyboard/commands.ts'

export const sections = ['actions', 'places', 'reports', 'settings'] as const
export type Section = (typeof sections)[number]

/** A line of the palette. */
export type Entry = {
  id: string
  section: Section
  label: string
  /** A quieter second text, also searched. */
  note?: string | undefined
  /** Found by these words too. */
  also?: string | undefined
  /** Its key is printed beside it. */
  command?: CommandId | undefined
  /** Asked for twice. */
  confirm?: boolean | undefined
  /** Chosen already: the setting that holds now. */
  isOn?: boolean | undefined
  /** Leads to a list to choose from first. */
  more?: ChoiceKind | undefined
  /** False: it cannot be done now. */
  run: () => unknown
}

/** What may be chosen before a command runs. */
export type ChoiceKind = 'agency' | 'person' | 'category' | 'incident'
