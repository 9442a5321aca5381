'use client'

import { useTranslations } from 'next-intl'
import { useCommands } from '#components/keyboard/KeyboardProvider.tsx'
import { RowCommands } from '#components/reports/moves/RowCommands.tsx'
import type { Done } from '#components/reports/moves/use-report-action.ts'
import { useToast } from '#components/ui/Toasts.tsx'
import { useReportDesk } from './desk.ts'
import { useDeskKeys } from './use-desk-keys.ts'

type Props = {
  onDone: Done
}

/** The keys of an open report. What cannot be done says why instead of doing nothing. */
export function ReportKeys({ onDone }: Props) {
  const t = useTranslations('report')
  const desk = useReportDesk()
  const { report } = desk
  const toast = useToast()
  const copy = (text: string, said: 'code' | 'title' | 'link') =>
    void navigator.clipboard
      ?.writeText(text)
      .then(() => toast({ text: t(`copied.${said}`, { code: report.code }), key: 'copied', seconds: 3 }))

  useCommands('row', {
    'row.move': () => [...document.querySelectorAll<HTMLElement>('[data-menu="report"]')].find(isShown)?.click(),
  })
  useDeskKeys(desk)
  const link = () => new URL(`/reports/${report.code}`, window.location.href).href
  useCommands('report', {
    'report.copyCode': () => copy(report.code, 'code'),
    'report.copyTitle': () => copy(`${report.code} ${report.title}`, 'title'),
    'report.copyLink': () => copy(`${report.code} ${report.title}\n${link()}`, 'link'),
  })
  return <RowCommands code={report.code} onDone={onDone} />
}

const isShown = (element: HTMLElement) => element.offsetParent !== null
