'use client'

import { useQueryClient } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { type ReactNode, useCallback, useState } from 'react'
import { useTRPC, useTRPCClient } from '#components/trpc/TrpcProvider.tsx'
import { useRefusalText } from '#components/trpc/use-refusal-text.ts'
import { lazyPanel } from '#components/ui/lazy-panel.ts'
import { useToast } from '#components/ui/Toasts.tsx'
import type { BulletinBrief } from '#server/bulletins/queries/list.ts'
import type { AlertEnding } from '#server/bulletins/rules/alert.ts'
import type { BulletinMove } from '#server/bulletins/rules/lifecycle.ts'
import { bulletinListKey } from '../desk/use-bulletin-list.ts'
import { type DirectMove, isDirect, type MoveCall, type MoveInput, sendMove } from './calls.ts'
import { useRefusalReasonWords } from './use-refusal-reason-words.ts'

const { Panel: MoveDialog } = lazyPanel(() => import('./MoveDialog.tsx').then((dialog) => dialog.MoveDialog))

export type MovableBulletin = Pick<
  BulletinBrief,
  'id' | 'version' | 'state' | 'title' | 'moves' | 'isExercise' | 'isOutInEnglish' | 'mended'
>

type Options = {
  /** Saves what is being typed first. Returns the resulting version, or null where that failed. */
  before?: () => Promise<number | null>
  onMoved?: (bulletin: MovableBulletin, move: BulletinMove) => void
}

export type BulletinMoves = {
  /**
   * Opens the dialog of the move, or makes the move at once; says why where it cannot be made. `ending`: chosen
   * beforehand, where the move ends an alert.
   */
  offer: (bulletin: MovableBulletin, move: BulletinMove, ending?: AlertEnding) => void
  dialog: ReactNode
}

type Asked = { bulletin: MovableBulletin; move: Exclude<BulletinMove, DirectMove>; ending: AlertEnding | null }

/** The moves of bulletins, for the list and for the bulletin page: the same dialogs, the same texts. */
export function useBulletinMoves({ before, onMoved }: Options = {}): BulletinMoves {
  const t = useTranslations('bulletins')
  const trpc = useTRPC()
  const client = useTRPCClient()
  const queries = useQueryClient()
  const toast = useToast()
  const textOf = useRefusalText()
  const refusalReasonOf = useRefusalReasonWords()
  const [asked, setAsked] = useState<Asked | null>(null)

  const send = useCallback(
    async <M extends BulletinMove>(bulletin: MovableBulletin, move: M, input: MoveInput<M>): Promise<void> => {
      const version = before ? await before() : bulletin.version
      if (version === null) return
      const call = { move, change: { id: bulletin.id, version }, input } as MoveCall
      const moved = await sendMove(client, call)
      const refresh = () =>
        Promise.all([
          queries.invalidateQueries({ queryKey: [bulletinListKey] }),
          queries.invalidateQueries(trpc.bulletins.pathFilter()),
        ])
      const title = bulletin.title || t('untitled')
      const bringBack = (at: number) =>
        sendMove(client, { move: 'bring_back', change: { id: bulletin.id, version: at }, input: {} })
          .then(refresh)
          .then(() => toast({ text: t('done.bring_back', { title }), tone: 'success', key: 'bulletin' }))
          .catch((error: unknown) => toast({ text: textOf(error), tone: 'failure' }))
      toast({
        text: t(`done.${move as BulletinMove}`, { title }),
        tone: 'success',
        key: 'bulletin',
        ...(move === 'discard' && { undo: () => void bringBack(moved.version) }),
      })
      onMoved?.(bulletin, move)
      await refresh()
    },
    [before, client, onMoved, queries, t, textOf, toast, trpc],
  )

  const offer = (bulletin: MovableBulletin, move: BulletinMove, ending: AlertEnding | null = null) => {
    const offered = bulletin.moves.find((each) => each.move === move)
    if (!offered || offered.refusalReason !== null) {
      const text = offered?.refusalReason
        ? refusalReasonOf(offered.refusalReason)
        : t('moves.notNow', { state: t(`states.${bulletin.state}`) })
      toast({ text, key: 'bulletin' })
      return
    }
    if (!isDirect(move)) {
      // The dialog is about the server's version, so what is being typed is saved first.
      void (before ? before() : Promise.resolve(0)).then(
        (saved) => saved !== null && setAsked({ bulletin, move, ending }),
      )
      return
    }
    void send(bulletin, move, {}).catch((error: unknown) => toast({ text: textOf(error), tone: 'failure' }))
  }

  return {
    offer,
    dialog: asked && (
      <MoveDialog
        bulletin={asked.bulletin}
        move={asked.move}
        ending={asked.ending}
        onSend={(move, input) => send(asked.bulletin, move, input)}
        onClose={() => setAsked(null)}
      />
    ),
  }
}
