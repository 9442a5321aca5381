'use client'

import { Ellipsis, NotebookPen, Printer } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useUnderWay } from '#components/reports/moves/in-turn.ts'
import { isDialog, isDirect } from '#components/reports/moves/move-names.ts'
import { useObstacleWords } from '#components/reports/moves/use-obstacle-words.ts'
import { ActionMenu, type MenuEntry } from '#components/ui/ActionMenu.tsx'
import { Button } from '#components/ui/Button.tsx'
import { IconButton } from '#components/ui/IconButton.tsx'
import { useReportDesk } from './desk.ts'
import { type ActionName, type OfferedAction, planActions } from './offered-actions.ts'
import styles from './ReportActions.module.css'
import { actionCommands, useActionWords } from './use-action-words.ts'

type Props = {
  /** Where there is little room only the main action has a button. */
  compact?: boolean
  menuId?: string
}

/** What may be done now, the most awaited first; everything else in a menu, and what cannot be done with its reason. */
export function ReportActions({ compact = false, menuId }: Props) {
  const t = useTranslations('report.actions')
  const { report, open, doNow, write } = useReportDesk()
  const words = useActionWords()
  const obstacleWords = useObstacleWords(report)
  const underWay: readonly string[] = useUnderWay(report.id)
  const plan = planActions(report)
  const shown = compact ? 1 : 3
  const front = plan.front.slice(0, shown)

  const act = (name: ActionName) => {
    if (name === 'answer') write('answer')
    else if (isDialog(name)) open(name)
    else if (isDirect(name)) doNow(name)
  }
  const entryOf = ({ name, obstacle }: OfferedAction): MenuEntry => ({
    id: name,
    label: words(name),
    ...(actionCommands[name] && { command: actionCommands[name] }),
    reason: obstacle === null ? undefined : obstacleWords(obstacle),
    onSelect: () => act(name),
  })
  const groups: [string, OfferedAction[]][] = [
    [t('now'), [...plan.front.slice(shown), ...plan.now]],
    [t('record'), plan.record],
    [t('notNow'), plan.notNow],
  ]
  const entries: MenuEntry[] = groups.flatMap(([heading, actions]) =>
    actions.length > 0 ? [{ id: heading, heading }, ...actions.map(entryOf)] : [],
  )
  entries.push({ id: 'print-line', divider: true })
  entries.push({ id: 'print', label: t('print'), icon: <Printer size={16} />, onSelect: () => window.print() })

  return (
    <div className={styles.actions}>
      {front.map(({ name }) => (
        <Button
          key={name}
          variant={name === plan.main ? 'primary' : 'plain'}
          command={actionCommands[name]}
          busy={isDirect(name) && underWay.includes(name)}
          onClick={() => act(name)}
        >
          {words(name)}
        </Button>
      ))}
      {report.acts.includes('add_note') && (
        <Button icon={<NotebookPen />} command="report.note" onClick={() => write('note')}>
          {t('writeNote')}
        </Button>
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
