'use client'

import { useQueryClient } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { flushSync } from 'react-dom'
import { commandOf } from '#components/keyboard/commands.ts'
import { holdKeys } from '#components/keyboard/hold.ts'
import { useCommands } from '#components/keyboard/KeyboardProvider.tsx'
import type { Chosen } from '#components/keyboard/keyboard-context.ts'
import type { ActionName } from '#components/reports/report/offered-actions.ts'
import { PutOffDialog } from '#components/reports/report/PutOffDialog.tsx'
import { usePutOff } from '#components/reports/report/use-put-off.ts'
import { useWatch } from '#components/reports/report/use-watch.ts'
import { useTRPC } from '#components/trpc/TrpcProvider.tsx'
import { useRefusalText } from '#components/trpc/use-refusal-text.ts'
import { useToast } from '#components/ui/Toasts.tsx'
import type { ReportView } from '#server/reports/queries/report.ts'
import type { FormValues } from './forms.ts'
import { afterTurns } from './in-turn.ts'
import { MoveDialog } from './MoveDialog.tsx'
import { type DialogName, directValues, isDialog, isDoneAtOnce, type ReportActionName } from './move-names.ts'
import { RowMoves } from './RowMoves.tsx'
import { type RowCommand, rowChoice } from './row-choice.ts'
import { useRefusalReasonText } from './use-refusal-reason-words.ts'
import { type Done, useReportActionOn } from './use-report-action.ts'

type Props = {
  /**
   * The anchor of the menu of all moves, and what happens to an answer chosen there; without it another part of the
   * page has that menu.
   */
  menu?: { anchor: () => HTMLElement | null; onAnswer: (code: string) => void }
  /** The report the keys act on: the active row of a list, or the open report. Null: the keys do nothing. */
  code: string | null
  active?: boolean
  onDone?: Done | undefined
  /** Called before the report leaves the list because the user has put it off. */
  onPutOff?: (() => void) | undefined
}

type Dialog = { code: string; move: DialogName; initial?: FormValues; names?: Record<string, string> }

/** The keys that change a report, wherever it is shown. What cannot be done says why. */
export function RowCommands({ code, menu, active = true, onDone, onPutOff }: Props) {
  const trpc = useTRPC()
  const queries = useQueryClient()
  const toast = useToast()
  const textOf = useRefusalText()
  const t = useTranslations('report.done')
  const refusalReasonText = useRefusalReasonText()
  const run = useReportActionOn(onDone)
  const watch = useWatch()
  const putOff = usePutOff({ onGone: onPutOff })
  const [putting, setPutting] = useState<ReportView | null>(null)
  const [dialog, setDialog] = useState<Dialog | null>(null)

  const [moves, setMoves] = useState<{ report: ReportView; anchor: HTMLElement } | null>(null)

  const perform = async (
    report: ReportView,
    name: ReportActionName,
    values: FormValues,
    names?: Record<string, string>,
  ) => {
    const outcome = await run(report, name, values, names)
    if (!outcome.ok) toast({ text: t('refused', { code: report.code, reason: outcome.reason }), tone: 'failure' })
  }
  const act = async (command: RowCommand | 'row.move', target: string, chosen?: Chosen) => {
    // A press before the report is loaded is kept: what it opens captures the keys from here on.
    let isOff = false
    const letGo = commandOf(command).opens && !chosen?.isWhole ? holdKeys(() => (isOff = true)) : () => {}
    try {
      const [myself, known] = await Promise.all([queries.fetchQuery(me), factsOf(target)])
      let report = known
      if (isOff) return
      if (command === 'row.move') {
        const anchor = menu?.anchor()
        if (anchor) flushSync(() => setMoves({ report, anchor }))
        return
      }
      let choice = rowChoice(command, report, myself)
      // A refusal is checked against fresh data first.
      if ('refuse' in choice) {
        report = await queries.fetchQuery({ ...trpc.reports.byCode.queryOptions(target), staleTime: 0 })
        if (isOff) return
        choice = rowChoice(command, report, myself)
      }
      // Rendered before the keys are released, so that none slips through in between.
      if ('open' in choice && chosen?.isWhole) await perform(report, choice.open, chosen.values, chosen.names)
      else if ('open' in choice) {
        const given = chosen && { initial: chosen.values, names: chosen.names }
        flushSync(() => setDialog({ code: target, move: choice.open, ...given }))
      } else if ('refuse' in choice)
        toast({ text: refusalReasonText(choice.refuse, report.state), key: 'refusal-reason' })
      else await perform(report, choice.run, choice.values, choice.names)
    } catch (error) {
      toast({ text: textOf(error), tone: 'failure' })
    } finally {
      letGo()
    }
  }
  const me = { ...trpc.me.view.queryOptions(), staleTime: 300_000 }
  const factsOf = async (target: string): Promise<ReportView> => {
    const options = trpc.reports.byCode.queryOptions(target)
    // The cached report is good enough: the server detects an outdated version. A query in progress is awaited.
    const isAsked = queries.getQueryState(options.queryKey)?.fetchStatus === 'fetching'
    const report = await queries.fetchQuery({ ...options, staleTime: isAsked ? 0 : 60_000 })
    // While an action of this user is still in progress, only the server knows what is possible next.
    return (await afterTurns(report.id)) ? queries.fetchQuery({ ...options, staleTime: 0 }) : report
  }
  const mark = (target: string, how: (report: ReportView) => void) =>
    factsOf(target)
      .then(how)
      .catch((error: unknown) => void toast({ text: textOf(error), tone: 'failure' }))
  /** What is pressed before the dialog is there belongs to it. */
  const askUntil = (target: string) => {
    let isOff = false
    const letGo = holdKeys(() => (isOff = true))
    void mark(target, (report) => isOff || flushSync(() => setPutting(report))).finally(letGo)
  }
  const on = (command: RowCommand | 'row.move') => (_: unknown, chosen?: Chosen) =>
    code === null ? false : void act(command, code, chosen)
  useCommands(
    'row',
    {
      'row.takeOrRelease': on('row.takeOrRelease'),
      'row.assign': on('row.assign'),
      'row.transfer': on('row.transfer'),
      'row.severity': on('row.severity'),
      'row.category': on('row.category'),
      'row.incident': on('row.incident'),
      'row.tags': on('row.tags'),
      'row.merge': on('row.merge'),
      'row.reject': on('row.reject'),
      'row.approve': on('row.approve'),
      'row.sendBack': on('row.sendBack'),
      'row.move': menu ? on('row.move') : undefined,
      'row.watch': () => (code === null ? false : void mark(code, watch)),
      'row.putOff': () => (code === null ? false : askUntil(code)),
    },
    { active: active && code !== null, subject: code },
  )
  const choose = (report: ReportView) => (name: ActionName) => {
    if (name === 'answer') menu?.onAnswer(report.code)
    else if (isDoneAtOnce(report, name)) void perform(report, name, directValues(name))
    else if (isDialog(name)) setDialog({ code: report.code, move: name })
  }
  return (
    <>
      {moves && <RowMoves {...moves} onAct={choose(moves.report)} onClose={() => setMoves(null)} />}
      {putting && (
        <PutOffDialog
          code={putting.code}
          onChoose={(until) => {
            setPutting(null)
            putOff(putting, until)
          }}
          onClose={() => setPutting(null)}
        />
      )}
      {dialog && (
        <MoveDialog
          key={`${dialog.code} ${dialog.move}`}
          {...dialog}
          onClose={() => setDialog(null)}
          {...(onDone && { onDone })}
        />
      )}
    </>
  )
}
