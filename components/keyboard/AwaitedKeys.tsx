'use client'

import type { Scope } from './commands.ts'
import { useAwaitedCommands } from './KeyboardProvider.tsx'

/** Stands where a page is on its way from the server: what is pressed meanwhile is meant for that page. */
export function AwaitedKeys({ scopes }: { scopes: readonly Scope[] }) {
  useAwaitedCommands(scopes.join(' '))
  return null
}
