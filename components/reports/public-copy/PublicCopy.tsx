'use client'

import { Eye } from 'lucide-react'
import Link from 'next/link'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { addresses } from '#components/shell/addresses.ts'
import { Button } from '#components/ui/Button.tsx'
import { SectionLabel } from '#components/ui/SectionLabel.tsx'
import { useReportDesk } from '../report/desk.ts'
import side from '../report/Side.module.css'
import { PublicCopySheet } from './PublicCopySheet.tsx'

/** The way to what the public may read of this report, for those who review it. */
export function PublicCopy() {
  const t = useTranslations('report.publicCopy')
  const { report } = useReportDesk()
  const [isOpen, setOpen] = useState(false)
  if (!report.acts.includes('review_copy')) return null
  return (
    <section className={side.section}>
      <SectionLabel as="h2">{t('title')}</SectionLabel>
      <p className={side.note}>{t('hint')}</p>
      <div className={side.buttons}>
        <Button size="small" icon={<Eye />} onClick={() => setOpen(true)}>
          {t('open')}
        </Button>
      </div>
      <Link className={side.all} href={addresses.publicCopies}>
        {t('others')}
      </Link>
      {isOpen && <PublicCopySheet report={report} onClose={() => setOpen(false)} />}
    </section>
  )
}
