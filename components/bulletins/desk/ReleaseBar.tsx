'use client'

import { X } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { Button } from '#components/ui/Button.tsx'
import { lazyPanel } from '#components/ui/lazy-panel.ts'
import type { BulletinBrief } from '#server/bulletins/queries/list.ts'
import styles from './ReleaseBar.module.css'

const { Panel: ReleaseDialog } = lazyPanel(() => import('./ReleaseDialog.tsx').then((dialog) => dialog.ReleaseDialog))

export type SetMove = 'approve' | 'schedule' | 'publish'

type Props = {
  bulletins: readonly BulletinBrief[]
  mayRelease: boolean
  onDone: () => void
  onClear: () => void
}

const isReady = ({ moves }: BulletinBrief, move: SetMove): boolean =>
  moves.some((offered) => offered.move === move && offered.refusalReason === null)

/** The moves for the selected bulletins, with how many of them each applies to. */
export function ReleaseBar({ bulletins, mayRelease, onDone, onClear }: Props) {
  const t = useTranslations('bulletins.release')
  const [asked, setAsked] = useState<SetMove | null>(null)
  return (
    <section className={styles.bar} aria-label={t('chosen', { count: bulletins.length })}>
      <strong className={styles.count} role="status">
        {t('chosen', { count: bulletins.length })}
      </strong>
      {mayRelease &&
        (['approve', 'schedule', 'publish'] as const).map((move) => {
          const count = bulletins.filter((bulletin) => isReady(bulletin, move)).length
          return (
            <Button
              key={move}
              size="small"
              reason={count === 0 ? t(`none.${move}`) : undefined}
              onClick={() => setAsked(move)}
            >
              {t(`moves.${move}`, { count })}
            </Button>
          )
        })}
      <Button size="small" variant="quiet" icon={<X />} command="list.clear" onClick={onClear}>
        {t('clear')}
      </Button>
      {asked && (
        <ReleaseDialog
          move={asked}
          bulletins={bulletins}
          ready={bulletins.filter((bulletin) => isReady(bulletin, asked))}
          onDone={onDone}
          onClose={() => setAsked(null)}
        />
      )}
    </section>
  )
}
