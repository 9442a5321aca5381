'use client'

import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Check, X } from 'lucide-react'
import Link from 'next/link'
import { useLocale, useTranslations } from 'next-intl'
import { useWhyWords } from '#components/incidents/use-why-words.ts'
import { useTRPC } from '#components/trpc/TrpcProvider.tsx'
import { useRefusalText } from '#components/trpc/use-refusal-text.ts'
import { Asleep } from '#components/ui/Asleep.tsx'
import { Button } from '#components/ui/Button.tsx'
import { SectionLabel } from '#components/ui/SectionLabel.tsx'
import { useToast } from '#components/ui/Toasts.tsx'
import { useNameIn } from '#components/ui/use-name-in.ts'
import { languageOfName } from '#server/platform/rules/filters/things.ts'
import { useReportDesk } from './desk.ts'
import styles from './Side.module.css'

/** The incident the report may belong to, with match reasons. The key that links an incident offers it first. */
export function SuggestedIncident() {
  const nameIn = useNameIn()
  const isEnglish = useLocale() === 'en'
  const t = useTranslations('report.suggested')
  const trpc = useTRPC()
  const queries = useQueryClient()
  const textOf = useRefusalText()
  const toast = useToast()
  const why = useWhyWords()
  const { report } = useReportDesk()
  const decided = {
    onSuccess: ([first]: { refusal: string | null }[] = []) => {
      if (first?.refusal) toast({ text: textOf({ code: first.refusal, details: {} }), tone: 'failure' })
    },
    onSettled: () => {
      for (const filter of [trpc.reports.pathFilter(), trpc.incidentDesk.pathFilter(), trpc.figures.pathFilter()]) {
        void queries.invalidateQueries(filter)
      }
    },
  }
  const confirm = useMutation(trpc.incidentDesk.confirm.mutationOptions(decided))
  const dismiss = useMutation(trpc.incidentDesk.dismiss.mutationOptions(decided))
  const mayDecide = report.acts.includes('link_incident')
  const seen = [{ reportId: report.id, version: report.version }]
  return (
    <section className={styles.section}>
      <SectionLabel as="h2">{t('title')}</SectionLabel>
      {report.suggested.map((incident, i) => (
        <div key={incident.id}>
          <Link href={`/incidents/${incident.id}`} className={styles.strong} lang={languageOfName(incident, isEnglish)}>
            {nameIn(incident)}
          </Link>
          <p className={styles.note}>{why(incident)}</p>
          {mayDecide && (
            <p className={styles.reasons}>
              <Button
                size="small"
                icon={<Check />}
                command={i === 0 ? 'row.incident' : undefined}
                busy={confirm.isPending}
                onClick={() => confirm.mutate({ incidentId: incident.id, reports: seen })}
              >
                {t('confirm')}
              </Button>
              <Button
                size="small"
                variant="quiet"
                icon={<X />}
                busy={dismiss.isPending}
                aria-label={`${t('dismiss')}: ${nameIn(incident)}`}
                onClick={() => dismiss.mutate({ incidentId: incident.id, reports: seen })}
              >
                {t('dismiss')}
              </Button>
            </p>
          )}
        </div>
      ))}
      <Asleep />
    </section>
  )
}
