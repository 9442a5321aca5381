import { createContext, useContext } from 'react'
import type { MoveDialogProps } from './MoveDialog.tsx'

export type Refused = Omit<MoveDialogProps, 'onClose'> &
  Required<Pick<MoveDialogProps, 'refused'>> & {
    /** When it was sent, on the clock of the page's events. */
    sentAt: number
  }

type Later = {
  bringBack: (refused: Refused) => void
  open: (dialog: Pick<MoveDialogProps, 'code' | 'move' | 'initial'>) => void
}

export const LaterDialogsContext = createContext<Later | null>(null)

/** Reopens a dialog whose move was refused after it had closed. */
export function useRefusedMoves(): (refused: Refused) => void {
  const later = useContext(LaterDialogsContext)
  if (!later) throw new Error('useRefusedMoves needs RefusedMoves above it')
  return later.bringBack
}

/** Opens a dialog over whatever page is shown by then: from a toast, say. */
export function useLaterDialog(): Later['open'] | undefined {
  return useContext(LaterDialogsContext)?.open
}
