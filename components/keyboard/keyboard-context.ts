'use client'

import { createContext } from 'react'
import type { CommandId, CommandIn, Scope } from './commands.ts'

/** Runs a command. Returning `false` says "not mine after all": the press goes to the next scope, or to the browser. */
export type CommandHandler = (press?: KeyboardEvent) => unknown

export type CommandHandlers<S extends Scope> = { [Id in CommandIn<S>]?: CommandHandler | undefined }

export type Registration = {
  scope: Scope
  handlers: { current: Partial<Record<CommandId, CommandHandler | undefined>> }
}

export type Keyboard = {
  singleKeys: boolean
  register: (registration: Registration) => () => void
  /** Remembers the keys of these scopes until what takes them is there. */
  await: (scopes: readonly Scope[]) => () => void
  /** Runs a command as its key would, for menus and the palette. False if nothing on screen handles it now. */
  run: (id: CommandId) => boolean
  showKeys: () => void
}

export const KeyboardContext = createContext<Keyboard | null>(null)
