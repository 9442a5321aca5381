'use client'

import { useTranslations } from 'next-intl'
import { useEffect, useRef } from 'react'
import { useToast } from '#components/ui/Toasts.tsx'
import type { ReportView } from '#server/reports/queries/report.ts'
import { useEventWords } from './use-event-words.ts'

/** Notifies the user of what a colleague or the citizen has just done to the open report: the page shows it by then. */
export function useReportNews(report: ReportView, myName: string | undefined): void {
  const t = useTranslations('report')
  const toast = useToast()
  const { sentenceOf, whoOf } = useEventWords(report)
  const last = report.timeline.reduce((newest, entry) => (entry.id > newest.id ? entry : newest), { id: 0 })
  const known = useRef(last.id)
  useEffect(() => {
    const news = report.timeline.filter(({ id }) => id > known.current)
    known.current = Math.max(known.current, last.id)
    const told = news.findLast(({ who }) => who.kind !== 'robot' && who.name !== myName)
    if (!told || myName === undefined) return
    toast({ text: t('news', { name: whoOf(told), what: sentenceOf(told) }), key: 'report-news' })
  }, [report.timeline, last.id, myName, sentenceOf, whoOf, t, toast])
}
