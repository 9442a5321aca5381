'use client'

import { useCommands } from '#components/keyboard/KeyboardProvider.tsx'
import { useRefusalReasonText } from '#components/reports/moves/use-refusal-reason-words.ts'
import { useToast } from '#components/ui/Toasts.tsx'
import { mayDo, type ReportDesk } from './desk.ts'

type OwnMove = 'rate' | 'reopen'

/** The keys of a report whose composer is visible. What cannot be done says why instead of doing nothing. */
export function useDeskKeys({ report, open, write }: ReportDesk, { active = true } = {}): void {
  const toast = useToast()
  const refusalReasonText = useRefusalReasonText()
  const refuse = (refusalReason: string) =>
    void toast({ text: refusalReasonText(refusalReason, report.state), key: 'refusal-reason' })
  const openMove = (name: OwnMove) =>
    mayDo(report, name)
      ? open(name)
      : refuse(report.moves.find(({ move }) => move === name)?.refusalReason ?? 'forbidden')
  useCommands(
    'report',
    {
      'report.answer': () => write('answer'),
      'report.note': () => (report.acts.includes('add_note') ? write('note') : refuse('forbidden')),
      'report.close': () => openMove('rate'),
      'report.reopen': () => openMove('reopen'),
    },
    { active, subject: report.code },
  )
}
