import { createContext, useContext } from 'react'
import type { MoveDialogProps } from './MoveDialog.tsx'

export type Refused = Omit<MoveDialogProps, 'onClose'> &
  Required<Pick<MoveDialogProps, 'refused'>> & {
    /** When it was sent, on the clock of the page's events. */
    sentAt: number
  }

export const RefusedMovesContext = createContext<((refused: Refused) => void) | null>(null)

/** Reopens a dialog whose move was refused after it had closed. */
export function useRefusedMoves(): (refused: Refused) => void {
  const show = useContext(RefusedMovesContext)
  if (!show) throw new Error('useRefusedMoves needs RefusedMoves above it')
  return show
}
