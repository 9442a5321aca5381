'use client'

import { useQuery } from '@tanstack/react-query'
import { PenLine } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useTRPC } from '#components/trpc/TrpcProvider.tsx'
import { PersonAvatar } from '#components/ui/PersonAvatar.tsx'
import styles from './Readers.module.css'

type Props = { id: string; isWriting: boolean }

const every = 10_000

/** Who else has this bulletin open, and who is editing it. */
export function Readers({ id, isWriting }: Props) {
  const t = useTranslations('bulletins.readers')
  const trpc = useTRPC()
  const { data: readers } = useQuery({
    ...trpc.bulletins.readers.queryOptions({ id, isWriting }),
    refetchInterval: every,
    placeholderData: (before) => before,
    staleTime: 0,
  })
  if (!readers || readers.length === 0) return null
  const writers = readers.filter((reader) => reader.isWriting)
  return (
    <span className={styles.readers} role="status">
      {readers.map(({ id: readerId, name, isWriting: writes }) => (
        <span key={readerId} className={styles.reader} data-writing={writes || undefined}>
          <PersonAvatar name={name} size={24} alone />
          {writes && <PenLine size={12} aria-hidden="true" className={styles.pen} />}
        </span>
      ))}
      <span className={styles.words}>
        {writers.length > 0
          ? t('writing', { names: writers.map(({ name }) => name).join(', ') })
          : t('reading', { names: readers.map(({ name }) => name).join(', ') })}
      </span>
    </span>
  )
}
