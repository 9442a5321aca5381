'use client'

import { useQuery } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { useMemo } from 'react'
import { useTRPC } from '#components/trpc/TrpcProvider.tsx'
import { Skeleton } from '#components/ui/Skeleton.tsx'
import { useFormat } from '#components/ui/use-format.ts'
import type { BulletinView } from '#server/bulletins/queries/bulletin.ts'
import { diffContent } from '#server/bulletins/rules/diff.ts'
import { TextDiffView } from '../revisions/TextDiffView.tsx'
import styles from './BulletinPreview.module.css'

type Props = { view: BulletinView; incidentId: string }

/** What is new compared with the last bulletin published about the same subject in the same incident. */
export function BesidePrevious({ view, incidentId }: Props) {
  const t = useTranslations('bulletins.preview')
  const trpc = useTRPC()
  const format = useFormat()
  const { data: sameKind } = useQuery(
    trpc.bulletins.list.queryOptions({ incidentId, kind: view.kind, states: ['published', 'superseded'], limit: 20 }),
  )
  const before = sameKind?.bulletins
    .filter(({ id, firstPublishedAt }) => id !== view.id && firstPublishedAt !== null)
    .sort((a, b) => (b.firstPublishedAt?.getTime() ?? 0) - (a.firstPublishedAt?.getTime() ?? 0))[0]
  const { data: previous } = useQuery({
    ...trpc.bulletins.byId.queryOptions(before?.id ?? view.id),
    enabled: before !== undefined,
  })
  const diff = useMemo(
    () => (previous && before ? diffContent(previous.content, view.content) : null),
    [previous, before, view.content],
  )
  if (sameKind && !before) return <p className={styles.note}>{t('noPrevious')}</p>
  if (!diff || !before?.firstPublishedAt) return <Skeleton height={120} />
  return (
    <>
      <p className={styles.note}>
        {t('against', { title: before.title, at: format.dateTime(before.firstPublishedAt), count: diff.changedWords })}
      </p>
      <TextDiffView diff={diff.vi} lang="vi" />
    </>
  )
}
