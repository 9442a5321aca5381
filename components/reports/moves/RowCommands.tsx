'use client'

import { useQueryClient } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { flushSync } from 'react-dom'
import { commandOf } from '#components/keyboard/commands.ts'
import { holdKeys } from '#components/keyboard/hold.ts'
import { useCommands } from '#components/keyboard/KeyboardProvider.tsx'
import { useTRPC } from '#components/trpc/TrpcProvider.tsx'
import { useRefusalText } from '#components/trpc/use-refusal-text.ts'
import { useToast } from '#components/ui/Toasts.tsx'
import type { ReportView } from '#server/reports/queries/report.ts'
import { afterTurns } from './in-turn.ts'
import { MoveDialog } from './MoveDialog.tsx'
import type { DialogName } from './move-names.ts'
import { type RowCommand, rowChoice } from './row-choice.ts'
import { type Done, useDeedOn } from './use-deed.ts'
import { useObstacleText } from './use-obstacle-words.ts'

type Props = {
  /** The report under the keys: the active row of a list, or the open report. Null: the keys do nothing. */
  code: string | null
  active?: boolean
  onDone?: Done | undefined
}

/** The keys that change a report, wherever it is looked at: i a t p c y. What cannot be done says why. */
export function RowCommands({ code, active = true, onDone }: Props) {
  const trpc = useTRPC()
  const queries = useQueryClient()
  const toast = useToast()
  const textOf = useRefusalText()
  const t = useTranslations('report.done')
  const obstacleText = useObstacleText()
  const run = useDeedOn(onDone)
  const [dialog, setDialog] = useState<{ code: string; move: DialogName } | null>(null)

  const act = async (command: RowCommand, target: string) => {
    // A press before the facts are there is kept: what it opens takes the keys from here on.
    let isOff = false
    const letGo = commandOf(command).opens ? holdKeys(() => (isOff = true)) : () => {}
    try {
      const [myself, report] = await Promise.all([queries.fetchQuery(me), factsOf(target)])
      if (isOff) return
      const choice = rowChoice(command, report, myself)
      // Drawn before the keys are let go, so that none slips through in between.
      if ('open' in choice) flushSync(() => setDialog({ code: target, move: choice.open }))
      else if ('refuse' in choice) toast({ text: obstacleText(choice.refuse, report.state), key: 'obstacle' })
      else {
        const outcome = await run(report, choice.run, choice.values, choice.names)
        if (!outcome.ok) toast({ text: t('refused', { code: target, reason: outcome.reason }), tone: 'failure' })
      }
    } catch (error) {
      toast({ text: textOf(error), tone: 'failure' })
    } finally {
      letGo()
    }
  }
  const me = { ...trpc.me.view.queryOptions(), staleTime: 300_000 }
  const factsOf = async (target: string): Promise<ReportView> => {
    const options = trpc.reports.byCode.queryOptions(target)
    // What is on screen will do: a version that has grown old is told apart by the server.
    const report = await queries.fetchQuery({ ...options, staleTime: 60_000 })
    // After something of one's own that is still under way, only the server knows what may be done next.
    return (await afterTurns(report.id)) ? queries.fetchQuery({ ...options, staleTime: 0 }) : report
  }
  const on = (command: RowCommand) => () => (code === null ? false : void act(command, code))
  useCommands(
    'row',
    {
      'row.takeOrRelease': on('row.takeOrRelease'),
      'row.assign': on('row.assign'),
      'row.transfer': on('row.transfer'),
      'row.severity': on('row.severity'),
      'row.category': on('row.category'),
      'row.incident': on('row.incident'),
    },
    { active: active && code !== null },
  )
  if (!dialog) return null
  return (
    <MoveDialog
      key={`${dialog.code} ${dialog.move}`}
      {...dialog}
      onClose={() => setDialog(null)}
      {...(onDone && { onDone })}
    />
  )
}
