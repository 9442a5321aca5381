'use client'

import { MoreHorizontal } from 'lucide-react'
import { useTranslations } from 'next-intl'
import type { CommandId } from '#components/keyboard/commands.ts'
import { ActionMenu } from '#components/ui/ActionMenu.tsx'
import { Button } from '#components/ui/Button.tsx'
import { IconButton } from '#components/ui/IconButton.tsx'
import type { BulletinMove } from '#server/bulletins/rules/lifecycle.ts'
import styles from './MoveButtons.module.css'
import type { BulletinMoves, MovableBulletin } from './use-bulletin-moves.tsx'
import { useRefusalReasonWords } from './use-refusal-reason-words.ts'

/** The moves shown as buttons, in order of preference; the others are in the menu. */
const inFront: readonly BulletinMove[] = [
  'approve',
  'publish',
  'submit',
  'request_changes',
  'look_back',
  'claim_review',
  'correct',
  'unschedule',
  'take_back',
  'bring_back',
]
/** Moves without a button: each is a choice inside the dialog of another move. */
const within: Partial<Record<BulletinMove, BulletinMove>> = { schedule: 'publish', unpublish: 'withdraw' }
const commands: Partial<Record<BulletinMove, CommandId>> = {
  approve: 'review.approve',
  request_changes: 'review.requestChanges',
  publish: 'review.publish',
}

type Props = { bulletin: MovableBulletin; moves: BulletinMoves; short?: boolean }

/** The moves available now; the refusal reason is shown on the button itself. */
export function MoveButtons({ bulletin, moves, short = false }: Props) {
  const t = useTranslations('bulletins.moves')
  const wordsOf = useRefusalReasonWords()
  const offered = bulletin.moves.filter(
    ({ move }) => !within[move] || !bulletin.moves.some((other) => other.move === within[move]),
  )
  const front = inFront.flatMap((move) => offered.filter((each) => each.move === move)).slice(0, short ? 2 : 4)
  const behind = offered.filter((each) => !front.includes(each))
  if (offered.length === 0) return null
  return (
    <div className={styles.buttons}>
      {front.map(({ move, refusalReason }, at) => (
        <Button
          key={move}
          variant={at === 0 && refusalReason === null && move !== 'take_back' ? 'primary' : 'plain'}
          reason={refusalReason === null ? undefined : wordsOf(refusalReason)}
          command={commands[move]}
          onClick={() => moves.offer(bulletin, move)}
        >
          {t(`${move}.button`)}
        </Button>
      ))}
      {behind.length > 0 && (
        <ActionMenu
          label={t('more')}
          entries={behind.map(({ move, refusalReason }) => ({
            id: move,
            label: t(`${move}.button`),
            reason: refusalReason === null ? undefined : wordsOf(refusalReason),
            onSelect: () => moves.offer(bulletin, move),
          }))}
          trigger={(props) => (
            <IconButton {...props} label={t('more')}>
              <MoreHorizontal />
            </IconButton>
          )}
        />
      )}
    </div>
  )
}
