'use client'

import { useQuery } from '@tanstack/react-query'
import { FileText } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useRef, useState } from 'react'
import { useCommands } from '#components/keyboard/KeyboardProvider.tsx'
import { isReachable } from '#components/reports/report/reachable.ts'
import { useTRPC } from '#components/trpc/TrpcProvider.tsx'
import { Button } from '#components/ui/Button.tsx'
import { lazyPanel } from '#components/ui/lazy-panel.ts'
import { useFormat } from '#components/ui/use-format.ts'
import type { ReportView } from '#server/reports/queries/report.ts'
import type { TemplateUse } from '#server/reports/rules/parts.ts'
import { renderTemplate } from '#server/reports/rules/templates.ts'

type Props = { report: ReportView; use: TemplateUse; onChoose: (text: string) => void }

const { Panel: TemplatePicker, preload } = lazyPanel(() =>
  import('./TemplatePicker.tsx').then((picker) => picker.TemplatePicker),
)

/** Ready text with the report's own particulars filled in, by pointer or by key. */
export function TemplateMenu({ report, use, onChoose }: Props) {
  const t = useTranslations('report.composer')
  const trpc = useTRPC()
  const format = useFormat()
  const place = useRef<HTMLSpanElement>(null)
  const [wanted, setWanted] = useState(false)
  const [open, setOpen] = useState(false)
  const { data } = useQuery({
    ...trpc.answerTemplates.forReport.queryOptions({ use, categoryCode: report.category.code }),
    enabled: wanted || open,
    staleTime: 300_000,
  })
  const values = {
    code: report.code,
    title: report.title,
    agency: report.agency?.name ?? null,
    address: report.address || (report.area?.name ?? null),
    due: report.deadline.dueAt && format.dateTime(report.deadline.dueAt),
  }
  const texts = data?.map(({ id, name, body, categoryCode }) => {
    const text = renderTemplate(body, values)
    return { id, label: name, also: text, text, isOfCategory: categoryCode !== null }
  })
  const want = () => {
    setWanted(true)
    preload()
  }
  useCommands('report', { 'report.template': () => (isReachable(place.current) ? setOpen(true) : false) })
  return (
    <span ref={place}>
      <Button
        variant="quiet"
        size="small"
        icon={<FileText />}
        command="report.template"
        aria-haspopup="dialog"
        aria-expanded={open}
        onPointerEnter={want}
        onFocus={want}
        onClick={() => setOpen(true)}
      >
        {t('template')}
      </Button>
      {open && (
        <TemplatePicker anchor={place.current} texts={texts} onChoose={onChoose} onClose={() => setOpen(false)} />
      )}
    </span>
  )
}
