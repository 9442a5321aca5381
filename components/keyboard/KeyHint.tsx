'use client'

import { useSyncExternalStore } from 'react'
import { Kbd } from '#components/ui/Kbd.tsx'
import type { CommandId } from './commands.ts'
import { useKeyboard } from './KeyboardProvider.tsx'
import { capsOf, firstKeysOf } from './key-names.ts'

type Props = { command: CommandId; tone?: 'plain' | 'inherit' }

/** The key of a command, where it acts. Nothing if the account's setting leaves the command without one. */
export function KeyHint({ command, tone = 'plain' }: Props) {
  const { singleKeys } = useKeyboard()
  const mac = useIsMac()
  const strokes = firstKeysOf(command, singleKeys)
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
