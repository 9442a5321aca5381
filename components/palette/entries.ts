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
  /** Additional search words. */
  also?: string | undefined
  /** Its key is shown beside it. */
  command?: CommandId | undefined
  /** Needs a second Enter. */
  confirm?: boolean | undefined
  /** The setting in force now. */
  isOn?: boolean | undefined
  /** Opens a list to choose from first. */
  more?: ChoiceKind | undefined
  /** Returns false if it cannot be done now. */
  run: () => unknown
}

/** What may be chosen before a command runs. */
export type ChoiceKind = 'agency' | 'person' | 'category' | 'incident'
