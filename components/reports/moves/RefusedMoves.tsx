'use client'

import { useTranslations } from 'next-intl'
import { type ReactNode, useCallback, useState } from 'react'
import { isTextField } from '#components/keyboard/places.ts'
import { useToast } from '#components/ui/Toasts.tsx'
import { useAskBeforeLeaving } from './in-turn.ts'
import { MoveDialog } from './MoveDialog.tsx'
import { type Refused, RefusedMovesContext } from './refused-moves.ts'

/**
 * Dialogs close before the server has answered. One that was refused comes back with what was typed, where that interrupts nothing;
 * where the person is already at something else, a notice leads back to it.
 */
export function RefusedMoves({ children }: { children: ReactNode }) {
  const t = useTranslations('report.done')
  const toast = useToast()
  const [shown, setShown] = useState<Refused | null>(null)
  useAskBeforeLeaving()
  const show = useCallback(
    (refused: Refused) => {
      if (mayInterrupt()) return setShown(refused)
      toast({
        text: t('refused', { code: refused.code, reason: refused.refused.reason }),
        tone: 'failure',
        action: { label: t('lookAgain'), run: () => setShown(refused) },
      })
    },
    [t, toast],
  )
  return (
    <RefusedMovesContext value={show}>
      {children}
      {shown && <MoveDialog key={`${shown.code} ${shown.move}`} {...shown} onClose={() => setShown(null)} />}
    </RefusedMovesContext>
  )
}

function mayInterrupt(): boolean {
  const place = document.activeElement
  return document.querySelector('[role="dialog"], dialog[open]') === null && !(place && isTextField(place))
}
