'use client'

import { Copy, Download, Ellipsis } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useEffect, useRef, useState } from 'react'
import type { CommandIn } from '#components/keyboard/commands.ts'
import { useCommands } from '#components/keyboard/KeyboardProvider.tsx'
import { useMyself } from '#components/reports/report/use-report.ts'
import { ActionMenu } from '#components/ui/ActionMenu.tsx'
import { Button } from '#components/ui/Button.tsx'
import { useFormat } from '#components/ui/use-format.ts'
import { usePhone } from '#components/ui/use-phone.ts'
import { type BulkActionName, bulkActionsFor } from '#server/bulk/rules/actions.ts'
import { BulkActionsSheet } from './BulkActionsSheet.tsx'
import styles from './BulkBar.module.css'
import { BulkSheet } from './BulkSheet.tsx'

type Frozen = { hasMore: boolean; asOf: Date }

type Props = {
  ids: readonly number[]
  /** Set when the whole list was chosen: the list as it was then, and whether it is longer than what can be chosen. */
  frozen: Frozen | null
  active: boolean
  /** Null where not every chosen row is loaded. */
  onCopy: (() => void) | null
  onExport: () => void
  onClear: () => void
  /** What was opened from here has closed, perhaps with the focus in it. */
  onLeave: () => void
}

const commands: Partial<Record<BulkActionName, CommandIn<'row'>>> = {
  transfer: 'row.transfer',
  change_category: 'row.category',
  change_severity: 'row.severity',
  change_tags: 'row.tags',
  link_incident: 'row.incident',
  reject: 'row.reject',
}

/** The number of actions shown as buttons in the bar itself. */
const inSight = 3

/** The actions for the chosen rows. The keys of a row act on all of them. */
export function BulkBar({ ids, frozen, active, onCopy, onExport, onClear, onLeave }: Props) {
  const t = useTranslations('bulk')
  const format = useFormat()
  const phone = usePhone()
  const myself = useMyself()
  const [action, setAction] = useState<BulkActionName | null>(null)
  const [isActing, setActing] = useState(false)
  const roles = [...(myself?.roles ?? []), ...(myself?.standsInFor ?? [])].map(({ role }) => role)
  const offered = bulkActionsFor(roles)
  const assigning = offered.find((name) => name === 'assign' || name === 'assign_person')
  const commandOf = (name: BulkActionName) => (name === assigning ? 'row.assign' : commands[name])
  const start = (name: BulkActionName | undefined) =>
    name !== undefined && offered.includes(name) ? () => setAction(name) : undefined
  useCommands(
    'row',
    {
      'row.assign': start(assigning),
      'row.transfer': start('transfer'),
      'row.category': start('change_category'),
      'row.severity': start('change_severity'),
      'row.tags': start('change_tags'),
      'row.incident': start('link_incident'),
      'row.reject': start('reject'),
    },
    { active: active && action === null, selected: ids.length },
  )
  const entriesOf = (names: readonly BulkActionName[]) =>
    names.map((name) => ({
      id: name,
      label: t(`actions.${name}`),
      ...(commandOf(name) && { command: commandOf(name) as CommandIn<'row'> }),
      onSelect: () => setAction(name),
    }))
  const taking = [
    ...(onCopy ? [{ id: 'copy', label: t('bar.copy'), icon: <Copy />, onSelect: onCopy }] : []),
    { id: 'export', label: t('bar.export'), icon: <Download />, onSelect: onExport },
  ]
  const rest = offered.slice(inSight)
  const count = ids.length
  const actions = useRef<HTMLButtonElement>(null)
  const giveBack = useRef(onLeave)
  useEffect(() => {
    giveBack.current = () => {
      if (!actions.current) onLeave()
      else if (document.activeElement === document.body) actions.current.focus({ preventScroll: true })
    }
  })
  // By then the sheet of actions, from which it was opened on a phone, is gone.
  useEffect(() => (action === null ? undefined : () => void setTimeout(() => giveBack.current())), [action])
  return (
    <section className={styles.bar} aria-label={t('bar.label')}>
      <strong
        className={styles.count}
        role="status"
        title={frozen ? t('bar.asOf', { time: format.time(frozen.asOf) }) : undefined}
      >
        {t(frozen?.hasMore ? 'bar.first' : 'bar.count', { count })}
      </strong>
      {phone ? (
        <Button ref={actions} variant="primary" className={styles.actions} onClick={() => setActing(true)}>
          {t('bar.actions')}
        </Button>
      ) : (
        <>
          {offered.slice(0, inSight).map((name) => (
            <Button key={name} size="small" command={commandOf(name)} onClick={start(name)}>
              {t(`actions.${name}`)}
            </Button>
          ))}
          <ActionMenu
            label={t('bar.more')}
            entries={[
              ...entriesOf(rest),
              ...(rest.length > 0 ? [{ id: 'line', divider: true as const }] : []),
              ...taking,
            ]}
            trigger={(props) => (
              <Button {...props} size="small" icon={<Ellipsis />}>
                {t('bar.more')}
              </Button>
            )}
          />
          <Button size="small" variant="quiet" command="list.clear" onClick={onClear}>
            {t('bar.clear')}
          </Button>
        </>
      )}
      {frozen && <span className={styles.asOf}>{t('bar.asOf', { time: format.time(frozen.asOf) })}</span>}
      {isActing && (
        <BulkActionsSheet
          title={t('bar.count', { count })}
          entries={[...entriesOf(offered), ...taking]}
          onClose={() => setActing(false)}
        />
      )}
      {action && <BulkSheet name={action} ids={ids} onClose={() => setAction(null)} onDone={onClear} />}
    </section>
  )
}
