import { createContext } from 'react'
import type { CommandId } from '#components/keyboard/commands.ts'

export type Toast = {
  /** What happened, in words: "Đã phân công HN-240907-0113 cho UBND phường Hoàn Kiếm". */
  text: string
  tone?: 'plain' | 'success' | 'failure'
  /** The way back, counted down on its button. `z` presses it as well. */
  undo?: () => void
  /** It was done and there is no way back: what was done before it is not what `z` means then. */
  isFinal?: boolean
  /** Another way on: open, look at the change of a colleague. */
  action?: { label: string; run: () => void; command?: CommandId }
  /** How long it stays; with `undo`, how long that is possible. A failure stays until it is closed. */
  seconds?: number
  /** A toast with the same key takes the place of the earlier one. */
  key?: string
}

export type ShowToast = (toast: Toast) => { close: () => void }

export const ToastContext = createContext<ShowToast | null>(null)
