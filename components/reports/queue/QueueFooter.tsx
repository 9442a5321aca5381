'use client'

import { useTranslations } from 'next-intl'
import { useEffect, useState } from 'react'
import type { CommandId } from '#components/keyboard/commands.ts'
import { useKeyboard } from '#components/keyboard/KeyboardProvider.tsx'
import { KeyHint } from '#components/keyboard/KeyHint.tsx'
import { useIsLive } from '#components/live/live.ts'
import { lazyPanel } from '#components/ui/lazy-panel.ts'
import { useFormat } from '#components/ui/use-format.ts'
import { useOnline } from '#components/ui/use-online.ts'
import { whenIdle } from '#components/ui/when-idle.ts'
import styles from './QueueFooter.module.css'

const { Panel: RunsPlace } = lazyPanel(() => import('./settled.ts').then((parts) => parts.RunsPlace), {
  takesFocus: () => false,
})

const hints = [
  [['list.next', 'list.previous'], 'move'],
  [['list.select'], 'select'],
  [['list.open'], 'open'],
  [['list.peek'], 'peek'],
] as const satisfies readonly (readonly [readonly CommandId[], string])[]

/** The keys that matter here, and whether the data shown is up to date. */
export function QueueFooter({ updatedAt, isFailing }: { updatedAt: number; isFailing: boolean }) {
  const t = useTranslations('reports.queue.hints')
  const format = useFormat()
  const online = useOnline()
  const isLive = useIsLive()
  const { showKeys } = useKeyboard()
  const [isIdle, setIdle] = useState(false)
  useEffect(() => whenIdle(() => setIdle(true)), [])
  const live = () => {
    if (!online || isFailing) return t('offline')
    return isLive || updatedAt === 0 ? t('live') : t('updated', { time: format.time(new Date(updatedAt)) })
  }
  return (
    <footer className={styles.footer}>
      <ul className={styles.hints} aria-label={t('label')}>
        {hints.map(([commands, words]) => (
          <li key={words}>
            {commands.map((command) => (
              <KeyHint key={command} command={command} />
            ))}
            <span>{t(words)}</span>
          </li>
        ))}
        <li>
          <button type="button" className={styles.all} onClick={showKeys}>
            <KeyHint command="global.keys" />
            <span>{t('keys')}</span>
          </button>
        </li>
      </ul>
      {isIdle && <RunsPlace />}
      <span
        className={styles.live}
        data-failing={!online || isFailing || undefined}
        data-live={(online && !isFailing && isLive) || undefined}
        title={updatedAt > 0 ? t('updated', { time: format.time(new Date(updatedAt)) }) : undefined}
      >
        {live()}
      </span>
    </footer>
  )
}
