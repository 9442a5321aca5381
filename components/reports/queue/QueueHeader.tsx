'use client'

import { ChevronDown, Columns3, Download, PanelLeft, PanelRight } from 'lucide-react'
import Link from 'next/link'
import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { KeyHint } from '#components/keyboard/KeyHint.tsx'
import { triageAddress } from '#components/reports/triage/triage-address.ts'
import { IconButton } from '#components/ui/IconButton.tsx'
import { NewsPill } from '#components/ui/NewsPill.tsx'
import { useFormat } from '#components/ui/use-format.ts'
import { VisuallyHidden } from '#components/ui/VisuallyHidden.tsx'
import type { QueuePage } from '#server/reports/queries/queue.ts'
import type { Queue } from '#server/reports/rules/queue.ts'
import styles from './QueueHeader.module.css'
import { type SwitchEntry, ViewSwitcher } from './ViewSwitcher.tsx'

type Props = {
  queue: Queue
  name: string
  entries: readonly SwitchEntry[]
  total: QueuePage['total']
  viewsId: string
  isSwitching: boolean
  hasPreview: boolean
  /** Whether the account may triage the reports that await intake. */
  mayTriage: boolean
  /** What has come since, beside the length of the list. */
  news: ReactNode
  onSwitch: (open: boolean) => void
  /** The number of saved views; the views at the side link to them too, which a phone does not have. */
  savedViews: number
  onSavedViews: () => void
  onTurnViews: () => void
  onTurnPreview: () => void
  onColumns: () => void
  onExport: () => void
}

/** The name and length of the list, and the actions on the list itself. */
export function QueueHeader(props: Props) {
  const { queue, name, entries, total, isSwitching, hasPreview, onSwitch } = props
  const t = useTranslations('reports.queue')
  const format = useFormat()
  return (
    <div className={styles.header}>
      <span className={styles.turn}>
        <IconButton label={t('views.label')} aria-controls={props.viewsId} onClick={props.onTurnViews}>
          <PanelLeft strokeWidth={1.75} />
        </IconButton>
      </span>
      <div className={styles.title}>
        <h1 className={styles.name}>
          <button
            type="button"
            className={styles.switch}
            aria-haspopup="menu"
            aria-expanded={isSwitching}
            onClick={() => onSwitch(!isSwitching)}
          >
            {name}
            <ChevronDown size={16} aria-hidden="true" />
          </button>
        </h1>
        {isSwitching && (
          <ViewSwitcher
            entries={entries}
            savedViews={props.savedViews}
            onSavedViews={props.onSavedViews}
            onClose={() => onSwitch(false)}
          />
        )}
      </div>
      <span className={styles.total} role="status">
        {total &&
          t('total', { count: total.capped ? format.cappedCount(total.count, 1000) : format.number(total.count) })}
      </span>
      {props.news}
      {props.mayTriage && queue.view === 'awaiting_intake' && (
        <Link className={styles.triage} href={triageAddress(queue)}>
          {t('triage')} <KeyHint command="global.triage" />
        </Link>
      )}
      <span className={styles.tools}>
        <span className={styles.columns}>
          <IconButton label={t('columns.button')} onClick={props.onColumns}>
            <Columns3 strokeWidth={1.75} />
          </IconButton>
        </span>
        <IconButton label={t('export')} command="list.export" onClick={props.onExport}>
          <Download strokeWidth={1.75} />
        </IconButton>
        <span className={styles.pane}>
          <IconButton
            label={t(hasPreview ? 'preview.hide' : 'preview.show')}
            command="list.peek"
            aria-pressed={hasPreview}
            onClick={props.onTurnPreview}
          >
            <PanelRight strokeWidth={1.75} />
          </IconButton>
        </span>
      </span>
    </div>
  )
}

type NewsProps = { fresh: number; changed: number; tooMany: boolean; onLoad: () => void; busy: boolean }

/** What changed since the list was loaded. */
export function QueueNews({ fresh, changed, tooMany, busy, onLoad }: NewsProps) {
  const t = useTranslations('reports.queue.news')
  const what = tooMany
    ? t('many')
    : [fresh > 0 && t('fresh', { count: fresh }), changed > 0 && t('changed', { count: changed })]
        .filter(Boolean)
        .join(' · ')
  return (
    <NewsPill inline busy={busy} onLoad={onLoad}>
      {what && (
        <span>
          <VisuallyHidden>{t('reload')} </VisuallyHidden>
          {what}
        </span>
      )}
    </NewsPill>
  )
}
