'use client'

import Link from 'next/link'
import { useTranslations } from 'next-intl'
import type { LookPerson } from '#server/disclosures/queries/looks.ts'
import styles from './Disclosures.module.css'

/** A reporter, named by report and masked. */
export function PersonLine({ person: { code, reporter } }: { person: LookPerson }) {
  const t = useTranslations('disclosures')
  const masked = [reporter?.initials, reporter?.phone].filter(Boolean).join(' · ')
  return (
    <>
      {code && (
        <Link href={`/reports/${encodeURIComponent(code)}`} className={styles.code}>
          {code}
        </Link>
      )}
      <span>{masked || t('unnamed')}</span>
    </>
  )
}
