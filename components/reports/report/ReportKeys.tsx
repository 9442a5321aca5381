'use client'

import { useTranslations } from 'next-intl'
import { useCommands } from '#components/keyboard/KeyboardProvider.tsx'
import { RowCommands } from '#components/reports/moves/RowCommands.tsx'
import type { Done } from '#components/reports/moves/use-deed.ts'
import { useObstacleWords } from '#components/reports/moves/use-obstacle-words.ts'
import { useToast } from '#components/ui/Toasts.tsx'
import { mayDo, useReportDesk } from './desk.ts'

type Props = {
  onDone: Done
}

/** The keys of an open report. What cannot be done says why instead of doing nothing. */
export function ReportKeys({ onDone }: Props) {
  const t = useTranslations('report')
  const { report, open, write } = useReportDesk()
  const toast = useToast()
  const obstacleWords = useObstacleWords(report)
  const refuse = (obstacle: string) => toast({ text: obstacleWords(obstacle), key: 'obstacle' })

  const openMove = (...names: Parameters<typeof open>[0][]) => {
    const possible = names.find((name) => mayDo(report, name))
    if (possible) return open(possible)
    refuse(report.moves.find(({ move }) => (names as string[]).includes(move))?.obstacle ?? 'forbidden')
  }
  const copy = (text: string, said: 'code' | 'title' | 'link') =>
    void navigator.clipboard
      ?.writeText(text)
      .then(() => toast({ text: t(`copied.${said}`, { code: report.code }), key: 'copied', seconds: 3 }))

  useCommands('row', {
    'row.move': () => [...document.querySelectorAll<HTMLElement>('[data-menu="report"]')].find(isShown)?.click(),
  })
  const link = () => new URL(`/reports/${report.code}`, window.location.href).href
  useCommands('report', {
    'report.answer': () => write('answer'),
    'report.note': () => (report.acts.includes('add_note') ? write('note') : refuse('forbidden')),
    'report.close': () => openMove('rate'),
    'report.reopen': () => openMove('reopen'),
    'report.copyCode': () => copy(report.code, 'code'),
    'report.copyTitle': () => copy(`${report.code} ${report.title}`, 'title'),
    'report.copyLink': () => copy(`${report.code} ${report.title}\n${link()}`, 'link'),
  })
  return <RowCommands code={report.code} onDone={onDone} />
}

const isShown = (element: HTMLElement) => element.offsetParent !== null
