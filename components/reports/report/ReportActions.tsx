'use client'

import { Ellipsis, NotebookPen, Printer } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { useUnderWay } from '#components/reports/moves/in-turn.ts'
import { isDialog, isDirect, isDoneAtOnce } from '#components/reports/moves/move-names.ts'
import { isNote, isPhoto, useOutbox } from '#components/reports/outbox/outbox.ts'
import { ActionMenu } from '#components/ui/ActionMenu.tsx'
import { Button } from '#components/ui/Button.tsx'
import { IconButton } from '#components/ui/IconButton.tsx'
import type { ReportView } from '#server/reports/queries/report.ts'
import { useReportDesk } from './desk.ts'
import { type ActionName, planActions } from './offered-actions.ts'
import { useAnswerable } from './once-accepted.ts'
import { printReport } from './print-report.ts'
import styles from './ReportActions.module.css'
import { useActionEntries } from './use-action-entries.ts'
import { actionCommands, useActionWords } from './use-action-words.ts'

/**
 * How many actions have their own button. In a pane there is space for two lines of them, on a phone for one button.
 */
const buttons = { page: 3, pane: 2, phone: 1 }

type Props = {
  room?: keyof typeof buttons
  menuId?: string
}

/**
 * The possible actions belong to the state that the server last sent: until it has sent those of the next state, the
 * buttons stay as they were.
 */
function usePlan({ moves, acts, state }: ReportView) {
  const [known, setKnown] = useState({ moves, state })
  const current = known.moves === moves ? known : { moves, state }
  if (current !== known) setKnown(current)
  return planActions({ ...current, acts })
}

/**
 * The actions possible now, the most expected first; everything else is in a menu, and what cannot be done has its
 * reason.
 */
export function ReportActions({ room = 'page', menuId }: Props) {
  const t = useTranslations('report.actions')
  const unsent = useTranslations('outbox')
  const { report: seen, myself, open, doNow, write } = useReportDesk()
  const report = useAnswerable(seen, myself?.id)
  const words = useActionWords()
  const underWay: readonly string[] = useUnderWay(report.id)
  const plan = usePlan(report)
  const waiting = useOutbox(myself?.id).filter(({ reportId, refusal }) => reportId === report.id && !refusal)
  const waitingWith = (name: string) => {
    const action = waiting.find(({ kind }) => kind === name)
    return action && !isNote(action) && !isPhoto(action) ? unsent(`actions.${action.kind}.waits`) : undefined
  }
  const mayNote = report.acts.includes('add_note')
  const front = plan.front.slice(0, buttons[room])

  const act = (name: ActionName) => {
    if (name === 'answer' || name === 'follow_up') write('answer')
    else if (isDoneAtOnce(report, name)) doNow(name)
    else if (isDialog(name)) open(name)
  }
  const entries = useActionEntries(report, act).map((entry) => {
    const reason = waitingWith(entry.id)
    return reason && 'label' in entry ? { ...entry, reason } : entry
  })
  entries.push({ id: 'print-line', divider: true })
  entries.push({
    id: 'print',
    label: t('print'),
    icon: <Printer size={16} />,
    onSelect: () => void printReport(report),
  })

  return (
    <div className={styles.actions}>
      <span className={styles.buttons}>
        {front.map(({ name }) => (
          <Button
            key={name}
            variant={name === plan.main ? 'primary' : 'plain'}
            command={actionCommands[name]}
            busy={isDirect(name) && underWay.includes(name)}
            reason={waitingWith(name)}
            onClick={() => act(name)}
          >
            {words(name)}
          </Button>
        ))}
        {mayNote && room !== 'pane' && (
          <Button icon={<NotebookPen />} command="report.note" onClick={() => write('note')}>
            {t('writeNote')}
          </Button>
        )}
      </span>
      {mayNote && room === 'pane' && (
        <IconButton label={t('writeNote')} command="report.note" onClick={() => write('note')}>
          <NotebookPen />
        </IconButton>
      )}
      <ActionMenu
        label={t('label')}
        entries={entries}
        trigger={(props) => (
          <IconButton {...props} {...(menuId && { 'data-menu': menuId })} label={t('more')} command="row.move">
            <Ellipsis />
          </IconButton>
        )}
      />
    </div>
  )
}
