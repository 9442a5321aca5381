'use client'

import { createContext } from 'react'
import type { CommandId, CommandIn, Scope } from './commands.ts'

/** Values chosen for a command before it runs. `isWhole`: no further input is needed. */
export type Chosen = { values: Record<string, unknown>; names: Record<string, string>; isWhole: boolean }

/** Runs a command. Returning `false` means "not handled": the press goes to the next scope, or to the browser. */
export type CommandHandler = (press?: KeyboardEvent, chosen?: Chosen) => unknown

export type CommandHandlers<S extends Scope> = { [Id in CommandIn<S>]?: CommandHandler | undefined }

export type Registration = {
  scope: Scope
  handlers: { current: Partial<Record<CommandId, CommandHandler | undefined>> }
  /** The code of the report that these commands are about. */
  subject?: { current: string | null }
  /** How many chosen rows they apply to. */
  selected?: { current: number }
}

/** A command that something on the screen can run now. */
export type Offered = { id: CommandId; subject: string | null; selected: number }

export type Keyboard = {
  singleKeys: boolean
  register: (registration: Registration) => () => void
  /** Remembers the keys of these scopes until their handler is there, or forgets them if the wait is cancelled. */
  await: (scopes: readonly Scope[]) => (isCalledOff?: boolean) => void
  /** Runs a command as its key would, for menus and the palette. False if nothing on screen handles it now. */
  run: (id: CommandId, chosen?: Chosen) => boolean
  /** Every part of the page that handles keys now, the nearest first. A new array whenever a part comes or goes. */
  registered: () => readonly Registration[]
  /** Called when parts come and go. */
  subscribe: (listener: () => void) => () => void
  showKeys: () => void
}

export const KeyboardContext = createContext<Keyboard | null>(null)
