import { createContext } from 'react'
import type { CommandId } from '#components/keyboard/commands.ts'

export type Toast = {
  /** What happened, as text: "Đã phân công HN-240907-0113 cho UBND phường Hoàn Kiếm". */
  text: string
  tone?: 'plain' | 'success' | 'failure'
  /** Undo, counted down on its button. `z` presses it as well. */
  undo?: () => void
  /** It cannot be undone: then `z` does not undo what was done before it. */
  isFinal?: boolean
  /** What holds while it can be undone: "giữ 15 giây rồi mới chuyển đi". Shown where there is room. */
  note?: string
  /** Another action: open, view a colleague's change. */
  action?: { label: string; run: () => void; command?: CommandId }
  /** Seconds for which it stays. A failure stays until it is closed. */
  seconds?: number
  /** Seconds for which `undo` is possible, where it stays longer than that. */
  undoSeconds?: number
  /** A toast with the same key replaces the earlier one. */
  key?: string
}

export type ShowToast = (toast: Toast) => { close: () => void }

export const ToastContext = createContext<ShowToast | null>(null)

/** A page may give toasts a place of their own; they are shown over the page otherwise. */
export const ToastLaneContext = createContext<(lane: HTMLElement | null) => void>(() => undefined)
