import { expect, test } from 'vitest'
import { type CommandId, commands, openTogether } from '#components/keyboard/commands.ts'
import type { Registration } from '#components/keyboard/keyboard-context.ts'
import { offeredBy } from '#components/keyboard/offered.ts'
import { offeredCommands } from './offered-entries.ts'

const registered = (ids: readonly CommandId[], subject: string | null = null): Registration => ({
  scope: 'global',
  handlers: { current: Object.fromEntries(ids.map((id) => [id, () => undefined])) },
  subject: { current: subject },
})

test.each(openTogether.map((together) => [together.join(' + '), together] as const))(
  'every command that can run on a screen with %s is offered, once',
  (_, together) => {
    const ids = commands.filter(({ scope }) => together.includes(scope)).map(({ id }) => id)
    const shown = offeredCommands(offeredBy([registered(ids), registered(ids)])).map(({ command }) => command.id)
    expect(shown.toSorted()).toEqual(ids.filter((id) => id !== 'global.palette').toSorted())
  },
)

test('a command without a handler, or without the right to it, is not offered', () => {
  const held: Registration = { scope: 'global', handlers: { current: { 'global.triage': undefined } } }
  expect(offeredBy([held])).toEqual([])
})

test('the nearest scope says which report a command is about', () => {
  const offered = offeredBy([registered(['row.assign'], 'HN-240907-0113'), registered(['row.assign'])])
  expect(offered).toEqual([{ id: 'row.assign', subject: 'HN-240907-0113', selected: 0 }])
})
