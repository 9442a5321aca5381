import { type Command, type CommandId, commandOf, commands, type Scope } from '#components/keyboard/commands.ts'
import type { Offered } from '#components/keyboard/keyboard-context.ts'
import type { Section } from './entries.ts'

/** Commands for what is being worked on come before those of the list, and those before navigation. */
const order: readonly Scope[] = [
  'triage',
  'row',
  'report',
  'composer',
  'review',
  'editor',
  'incident',
  'list',
  'board',
  'anywhere',
  'global',
]

/** Not offered: the palette itself is open. */
const left: readonly CommandId[] = ['global.palette']

export type OfferedCommand = { command: Command; section: Section; subject: string | null; selected: number }

/**
 * Every command that can run now, with its place in the palette. A new command of the registry appears automatically.
 */
export function offeredCommands(offered: readonly Offered[]): OfferedCommand[] {
  return offered
    .filter(({ id }) => !left.includes(id))
    .map(({ id, subject, selected }) => ({ command: commandOf(id), section: sectionOf(id), subject, selected }))
    .sort((a, b) => place(a.command) - place(b.command))
}

/** Within a scope in the order of the registry. */
const place = (command: Command) => order.indexOf(command.scope) * commands.length + commands.indexOf(command)

function sectionOf(id: CommandId): Section {
  if (id === 'global.newReport') return 'actions'
  if (id === 'global.keys') return 'settings'
  return id.startsWith('global.') ? 'places' : 'actions'
}
