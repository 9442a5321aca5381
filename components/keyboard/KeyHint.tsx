'use client'

import { useContext, useSyncExternalStore } from 'react'
import { Kbd } from '#components/ui/Kbd.tsx'
import type { CommandId } from './commands.ts'
import { capsOf, firstKeysOf } from './key-names.ts'
import { KeyboardContext } from './keyboard-context.ts'

type Props = { command: CommandId; tone?: 'plain' | 'inherit' }

/**
 * The key of a command. Nothing if the account's setting leaves it without one, or if no keyboard provider is there
 * (sign-in).
 */
export function KeyHint({ command, tone = 'plain' }: Props) {
  const keyboard = useContext(KeyboardContext)
  const mac = useIsMac()
  const strokes = keyboard && firstKeysOf(command, keyboard.singleKeys)
  if (!strokes) return null
  return <Kbd tone={tone}>{strokes.flatMap((stroke) => capsOf(stroke, mac))}</Kbd>
}

const never = () => () => {}

export function useIsMac(): boolean {
  return useSyncExternalStore(
    never,
    () => /Mac|iPhone|iPad/.test(navigator.platform),
    () => false,
  )
}
