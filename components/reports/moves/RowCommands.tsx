'use client'

import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useCommands } from '#components/keyboard/KeyboardProvider.tsx'
import { useMyself } from '#components/reports/report/use-report.ts'
import { useTRPC } from '#components/trpc/TrpcProvider.tsx'
import { useRefusalText } from '#components/trpc/use-refusal-text.ts'
import { useToast } from '#components/ui/Toasts.tsx'
import type { ReportView } from '#server/reports/queries/report.ts'
import type { Moved } from './calls.ts'
import { MoveDialog } from './MoveDialog.tsx'
import type { DeedName, DialogName } from './move-names.ts'
import { type RowCommand, rowChoice } from './row-choice.ts'
import { useDeedOn } from './use-deed.ts'
import { useObstacleText } from './use-obstacle-words.ts'

type Props = {
  /** The report under the keys: the active row of a list, or the open report. Null: the keys do nothing. */
  code: string | null
  active?: boolean
  onDone?: ((name: DeedName, moved: Moved) => void) | undefined
}

/** The keys that change a report, wherever it is looked at: i a t p c y. What cannot be done says why. */
export function RowCommands({ code, active = true, onDone }: Props) {
  const trpc = useTRPC()
  const queries = useQueryClient()
  const toast = useToast()
  const textOf = useRefusalText()
  const obstacleText = useObstacleText()
  const myself = useMyself()
  const run = useDeedOn(onDone)
  const [dialog, setDialog] = useState<{ code: string; move: DialogName } | null>(null)

  const act = async (command: RowCommand, target: string) => {
    if (!myself) return
    let report: ReportView
    try {
      // What is on screen will do: a version that has grown old is told apart by the server.
      report = await queries.fetchQuery({ ...trpc.reports.byCode.queryOptions(target), staleTime: 60_000 })
    } catch (error) {
      toast({ text: textOf(error), tone: 'failure' })
      return
    }
    const choice = rowChoice(command, report, myself)
    if ('open' in choice) setDialog({ code: target, move: choice.open })
    else if ('refuse' in choice) toast({ text: obstacleText(choice.refuse, report.state), key: 'obstacle' })
    else {
      const outcome = await run(report, choice.run, choice.values, choice.names)
      if (!outcome.ok) toast({ text: outcome.reason, tone: 'failure' })
    }
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
  return <MoveDialog {...dialog} onClose={() => setDialog(null)} {...(onDone && { onDone })} />
}
