'use client'

import { useQuery } from '@tanstack/react-query'
import { Maximize2, Pin } from 'lucide-react'
import Link from 'next/link'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { useTRPC } from '#components/trpc/TrpcProvider.tsx'
import { Button } from '#components/ui/Button.tsx'
import { ErrorState } from '#components/ui/ErrorState.tsx'
import { Skeleton } from '#components/ui/Skeleton.tsx'
import { useFormat } from '#components/ui/use-format.ts'
import type { BulletinBrief } from '#server/bulletins/queries/list.ts'
import { DocumentView } from '../document/DocumentView.tsx'
import { MoveButtons } from '../moves/MoveButtons.tsx'
import type { BulletinMoves } from '../moves/use-bulletin-moves.tsx'
import { StateChip } from '../StateChip.tsx'
import { useNumberWords } from '../use-number-words.ts'
import { BesidePrevious } from './BesidePrevious.tsx'
import styles from './BulletinPreview.module.css'

type Props = { brief: BulletinBrief; moves: BulletinMoves }

/** The text of a bulletin, previewed in its list, with its moves. */
export function BulletinPreview({ brief, moves }: Props) {
  const t = useTranslations('bulletins')
  const trpc = useTRPC()
  const format = useFormat()
  const numberOf = useNumberWords()
  const [isBeside, setBeside] = useState(false)
  const { data: view, error, refetch } = useQuery(trpc.bulletins.byId.queryOptions(brief.id))
  const pinned = view?.remarks.find(({ important, resolvedAt }) => important && !resolvedAt)
  const { vi } = view?.content ?? {}
  return (
    <article className={styles.preview} aria-label={brief.title || t('untitled')}>
      <header className={styles.header}>
        <div className={styles.way}>
          <StateChip state={brief.state} isCorrection={brief.isCorrection} />
          <span className={styles.number}>{numberOf(brief)}</span>
          <Link href={`/bulletins/${brief.id}`} className={styles.open} aria-label={t('preview.open')}>
            <Maximize2 size={16} aria-hidden="true" />
          </Link>
        </div>
        <h2 className={styles.title} lang="vi">
          {brief.title || t('untitled')}
        </h2>
        <p className={styles.facts}>
          {t(`kinds.${brief.kind}`)} · {t(`severities.${brief.severity}`)} ·{' '}
          {t('preview.by', { name: brief.lastEditor.name, at: format.dateTime(brief.updatedAt) })}
        </p>
      </header>
      <div className={styles.content}>
        {error && <ErrorState error={error} onRetry={() => void refetch()} />}
        {!view && !error && (
          <div className={styles.waiting} aria-busy="true">
            <Skeleton width="90%" />
            <Skeleton width="96%" />
            <Skeleton width="72%" />
          </div>
        )}
        {pinned && (
          <p className={styles.pinned}>
            <Pin size={14} aria-hidden="true" />
            <span>
              <b>{pinned.author.name}</b>: {pinned.body}
            </span>
          </p>
        )}
        {vi && view && (
          <>
            {isBeside && brief.incident ? (
              <BesidePrevious view={view} incidentId={brief.incident.id} />
            ) : (
              <>
                {vi.summary && (
                  <p className={styles.summary} lang="vi">
                    {vi.summary}
                  </p>
                )}
                <DocumentView document={vi.body} lang="vi" />
              </>
            )}
            {brief.incident && (
              <Button size="small" aria-pressed={isBeside} onClick={() => setBeside(!isBeside)}>
                {t(isBeside ? 'preview.alone' : 'preview.beside')}
              </Button>
            )}
          </>
        )}
      </div>
      <footer className={styles.footer}>
        <MoveButtons bulletin={brief} moves={moves} short />
      </footer>
    </article>
  )
}
