'use client'

import { useQuery } from '@tanstack/react-query'
import { X } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useTRPC } from '#components/trpc/TrpcProvider.tsx'
import { ErrorState } from '#components/ui/ErrorState.tsx'
import { IconButton } from '#components/ui/IconButton.tsx'
import { Skeleton } from '#components/ui/Skeleton.tsx'
import { useFieldWords } from '../use-field-words.ts'
import styles from './Diff.module.css'
import { TextDiffView } from './TextDiffView.tsx'

type Props = { bulletinId: string; fromId: string | null; toId: string; onClose?: () => void }

/** Compares two revisions of one bulletin, field by field and block by block. */
export function RevisionDiff({ bulletinId, fromId, toId, onClose }: Props) {
  const t = useTranslations('bulletins')
  const trpc = useTRPC()
  const words = useFieldWords()
  const { data, error, refetch } = useQuery(trpc.bulletins.diff.queryOptions({ bulletinId, fromId, toId }))
  const fields = Object.entries(data?.diff.fields ?? {})
  return (
    <section className={styles.diff} aria-label={t('diff.label')}>
      <header className={styles.head}>
        <h2 className={styles.name}>
          {data?.from
            ? t('diff.between', { from: data.from.number, to: data.to.number })
            : t('diff.first', { number: data?.to.number ?? 1 })}
        </h2>
        {data && <span className={styles.count}>{t('diff.changedWords', { count: data.diff.changedWords })}</span>}
        {onClose && (
          <IconButton label={t('diff.close')} onClick={onClose}>
            <X />
          </IconButton>
        )}
      </header>
      {error && <ErrorState error={error} onRetry={() => void refetch()} />}
      {!data && !error && <Skeleton height={240} />}
      {data && fields.length > 0 && (
        <table className={styles.fields}>
          <thead>
            <tr>
              <th scope="col">{t('diff.field')}</th>
              <th scope="col">{t('diff.before')}</th>
              <th scope="col">{t('diff.after')}</th>
            </tr>
          </thead>
          <tbody>
            {fields.map(([field, [before, after]]) => (
              <tr key={field}>
                <th scope="row">{words.labelOf(field)}</th>
                <td>
                  <del className={styles.deleted}>{words.sayValue(field, before)}</del>
                </td>
                <td>
                  <ins className={styles.inserted}>{words.sayValue(field, after)}</ins>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {data && <TextDiffView diff={data.diff.vi} lang="vi" />}
      {data?.diff.en && (
        <>
          <h3 className={styles.language}>{t('languages.en')}</h3>
          <TextDiffView diff={data.diff.en} lang="en" />
        </>
      )}
    </section>
  )
}
