'use client'

import { useQuery } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { useMemo, useSyncExternalStore } from 'react'
import { useKeyboard } from '#components/keyboard/KeyboardProvider.tsx'
import type { Chosen } from '#components/keyboard/keyboard-context.ts'
import { offeredBy } from '#components/keyboard/offered.ts'
import { useTRPC } from '#components/trpc/TrpcProvider.tsx'
import type { Entry } from './entries.ts'
import { offeredCommands } from './offered-entries.ts'
import { type Choice, choiceFor, mayRun } from './report-rights.ts'

export type ActionEntry = Entry & {
  runWith?: (chosen: Chosen) => unknown
  choice?: Choice | undefined
  reportId?: number
}

/** Every command that can run on the screen below, as far as the account may run it on the current report. */
export function useActionEntries(): ActionEntry[] {
  const t = useTranslations('palette')
  const words = useTranslations('keyboard.commands')
  const trpc = useTRPC()
  const keyboard = useKeyboard()
  // Parts of the page that mount while the palette is open add their commands.
  const registered = useSyncExternalStore(keyboard.subscribe, keyboard.registered, keyboard.registered)
  const offered = useMemo(() => offeredCommands(offeredBy(registered)), [registered])
  const code = offered.find(({ subject }) => subject !== null)?.subject ?? null
  const { data: report } = useQuery({
    ...trpc.reports.byCode.queryOptions(code ?? ''),
    enabled: code !== null,
    staleTime: 60_000,
  })
  const { data: myself } = useQuery({ ...trpc.me.view.queryOptions(), staleTime: 300_000 })
  return useMemo(() => {
    const isAbout = (scope: string) => ['row', 'report', 'triage'].includes(scope)
    return offered.flatMap(({ command, section, selected }): ActionEntry[] => {
      const { id, scope, label, confirm } = command
      const about = isAbout(scope) && code !== null && selected === 0
      // A command whose facts are not loaded yet is not offered.
      if (about && (!report || !myself || !mayRun(id, report, myself))) return []
      const choice = about && report && myself ? choiceFor(id, report, myself) : null
      return [
        {
          id,
          section,
          label: words(label),
          ...(about && { note: t('about', { code }) }),
          ...(selected > 0 && { note: t('aboutSelected', { count: selected }) }),
          command: id,
          confirm,
          run: () => keyboard.run(id),
          ...(choice && {
            more: choice.kind,
            choice,
            runWith: (chosen: Chosen) => keyboard.run(id, chosen),
            ...(report && { reportId: report.id }),
          }),
        },
      ]
    })
  }, [offered, code, report, myself, keyboard, t, words])
}
