'use client'

import type { Scope } from './commands.ts'
import { useAwaitedCommands } from './KeyboardProvider.tsx'

/** Rendered while a page loads: keys pressed meanwhile are meant for that page. */
export function AwaitedKeys({ scopes }: { scopes: readonly Scope[] }) {
  useAwaitedCommands(scopes.join(' '))
  return null
}
