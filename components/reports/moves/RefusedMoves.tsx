'use client'

import { useTranslations } from 'next-intl'
import { type ReactNode, useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { isTextField } from '#components/keyboard/places.ts'
import { useToast } from '#components/ui/Toasts.tsx'
import { useAskBeforeLeaving } from './in-turn.ts'
import { MoveDialog, type MoveDialogProps } from './MoveDialog.tsx'
import { LaterDialogsContext, type Refused } from './refused-moves.ts'

/**
 * Dialogs close before the server has answered. A refused one reopens with what was typed, if that interrupts nothing;
 * if the user is already busy elsewhere, a notice links back to it: keys that were meant for the next report must not
 * decide on this one.
 */
export function RefusedMoves({ children }: { children: ReactNode }) {
  const t = useTranslations('report.done')
  const toast = useToast()
  const [shown, setShown] = useState<Omit<MoveDialogProps, 'onClose'> | null>(null)
  const lastPress = useLastPress()
  useAskBeforeLeaving()
  const bringBack = useCallback(
    ({ sentAt, ...refused }: Refused) => {
      if (lastPress.current <= sentAt && mayInterrupt()) return setShown(refused)
      toast({
        text: t('refused', { code: refused.code, reason: refused.refused.reason }),
        tone: 'failure',
        action: { label: t('lookAgain'), run: () => setShown(refused) },
      })
    },
    [t, toast, lastPress],
  )
  const later = useMemo(() => ({ bringBack, open: setShown }), [bringBack])
  return (
    <LaterDialogsContext value={later}>
      {children}
      {shown && <MoveDialog key={`${shown.code} ${shown.move}`} {...shown} onClose={() => setShown(null)} />}
    </LaterDialogsContext>
  )
}

const modifiers = ['Control', 'Shift', 'Alt', 'Meta']

/** When the user last pressed something new on the page. */
function useLastPress() {
  const last = useRef(0)
  useEffect(() => {
    const note = (event: Event) => {
      if (event instanceof KeyboardEvent && (event.repeat || modifiers.includes(event.key))) return
      last.current = event.timeStamp
    }
    const options = { capture: true, passive: true }
    window.addEventListener('keydown', note, options)
    window.addEventListener('pointerdown', note, options)
    return () => {
      window.removeEventListener('keydown', note, options)
      window.removeEventListener('pointerdown', note, options)
    }
  }, [])
  return last
}

function mayInterrupt(): boolean {
  const place = document.activeElement
  return document.querySelector('[role="dialog"], dialog[open]') === null && !(place && isTextField(place))
}
