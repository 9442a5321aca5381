'use client'

import { useTranslations } from 'next-intl'
import { useCommands } from '#components/keyboard/KeyboardProvider.tsx'
import { useDeed } from '#components/reports/moves/use-deed.ts'
import { useObstacleWords } from '#components/reports/moves/use-obstacle-words.ts'
import { useToast } from '#components/ui/Toasts.tsx'
import type { ReportAct } from '#server/reports/rules/policy.ts'
import { mayDo, useReportDesk } from './desk.ts'
import type { ListPosition } from './ReportView.tsx'

type Props = { position: ListPosition | undefined; onBack: (() => void) | undefined }

/** The keys of an open report. What cannot be done says why instead of doing nothing. */
export function ReportKeys({ position, onBack }: Props) {
  const t = useTranslations('report')
  const { report, myself, open, write, goTo } = useReportDesk()
  const toast = useToast()
  const obstacleWords = useObstacleWords(report)
  const run = useDeed(report)
  const refuse = (obstacle: string) => toast({ text: obstacleWords(obstacle), key: 'obstacle' })

  const openMove = (...names: Parameters<typeof open>[0][]) => {
    const possible = names.find((name) => mayDo(report, name))
    if (possible) return open(possible)
    refuse(report.moves.find(({ move }) => (names as string[]).includes(move))?.obstacle ?? 'forbidden')
  }
  const openAct = (act: Parameters<typeof open>[0] & ReportAct) => {
    if (report.acts.includes(act)) open(act)
    else refuse('forbidden')
  }
  const copy = (text: string, said: 'code' | 'title' | 'link') =>
    void navigator.clipboard
      ?.writeText(text)
      .then(() => toast({ text: t(`copied.${said}`, { code: report.code }), key: 'copied', seconds: 3 }))

  const takeOrRelease = () => {
    if (!myself) return
    if (mayDo(report, 'accept')) return void run('accept', { assignToMe: true })
    if (!mayDo(report, 'assign_person')) return openMove('assign_person')
    const mine = report.assignee?.id === myself.id
    void run('assign_person', { accountId: mine ? null : myself.id }, { accountId: myself.name })
  }

  useCommands('row', {
    'row.takeOrRelease': takeOrRelease,
    'row.assign': () => openMove('assign', 'assign_person'),
    'row.transfer': () => openMove('transfer', 'request_transfer'),
    'row.move': () => document.querySelector<HTMLElement>('[data-menu="report"]')?.click(),
    'row.severity': () => openAct('change_severity'),
    'row.category': () => openAct('change_category'),
    'row.incident': () => openAct('link_incident'),
  })
  const link = () => new URL(`/reports/${report.code}`, window.location.href).href
  useCommands('report', {
    'report.answer': () => write('answer'),
    'report.note': () => (report.acts.includes('add_note') ? write('note') : refuse('forbidden')),
    'report.previous': () => (position?.previous ? goTo(position.previous) : false),
    'report.next': () => (position?.next ? goTo(position.next) : false),
    'report.close': () => openMove('rate'),
    'report.reopen': () => openMove('reopen'),
    'report.back': onBack,
    'report.copyCode': () => copy(report.code, 'code'),
    'report.copyTitle': () => copy(`${report.code} ${report.title}`, 'title'),
    'report.copyLink': () => copy(`${report.code} ${report.title}\n${link()}`, 'link'),
  })
  return null
}
