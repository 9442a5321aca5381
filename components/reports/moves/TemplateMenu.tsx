'use client'

import { useQuery } from '@tanstack/react-query'
import { FileText } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { useTRPC } from '#components/trpc/TrpcProvider.tsx'
import { ActionMenu, type MenuEntry } from '#components/ui/ActionMenu.tsx'
import { Button } from '#components/ui/Button.tsx'
import { useFormat } from '#components/ui/use-format.ts'
import type { ReportView } from '#server/reports/queries/report.ts'
import type { TemplateUse } from '#server/reports/rules/parts.ts'
import { renderTemplate } from '#server/reports/rules/templates.ts'

type Props = { report: ReportView; use: TemplateUse; onChoose: (text: string) => void }

/** Ready text with the report's own particulars filled in. */
export function TemplateMenu({ report, use, onChoose }: Props) {
  const t = useTranslations('report.composer')
  const trpc = useTRPC()
  const format = useFormat()
  const [wanted, setWanted] = useState(false)
  const { data } = useQuery({
    ...trpc.answerTemplates.forReport.queryOptions({ use, categoryCode: report.category.code }),
    enabled: wanted,
    staleTime: 300_000,
  })
  const values = {
    code: report.code,
    title: report.title,
    agency: report.agency?.name ?? null,
    address: report.address || (report.area?.name ?? null),
    due: report.deadline.dueAt && format.dateTime(report.deadline.dueAt),
  }
  const entries: MenuEntry[] = (data ?? []).map(({ id, name, body }) => {
    const text = renderTemplate(body, values)
    return {
      id,
      label: name,
      note: text.length > 90 ? `${text.slice(0, 90)}…` : text,
      onSelect: () => onChoose(text),
    }
  })
  if (data?.length === 0) entries.push({ id: 'none', label: t('template'), reason: t('templateNone') })
  return (
    <ActionMenu
      label={t('template')}
      entries={entries}
      trigger={(props) => (
        <Button
          {...props}
          variant="quiet"
          size="small"
          icon={<FileText />}
          onPointerEnter={() => {
            setWanted(true)
            props.onPointerEnter()
          }}
          onFocus={() => setWanted(true)}
          onClick={() => {
            setWanted(true)
            props.onClick()
          }}
        >
          {t('template')}
        </Button>
      )}
    />
  )
}
