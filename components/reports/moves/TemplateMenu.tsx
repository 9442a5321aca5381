'use client'

import { FileText } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useEffect, useRef, useState } from 'react'
import { useCommands } from '#components/keyboard/KeyboardProvider.tsx'
import { isReachable } from '#components/reports/report/reachable.ts'
import { Button } from '#components/ui/Button.tsx'
import { lazyPanel } from '#components/ui/lazy-panel.ts'
import { whenIdle } from '#components/ui/when-idle.ts'
import type { ReportView } from '#server/reports/queries/report.ts'
import type { TemplateUse } from '#server/reports/rules/parts.ts'
import type { ReadyText } from './TemplatePicker.tsx'
import { useReadyTexts } from './use-ready-texts.ts'

type Props = { report: ReportView; use: TemplateUse; onChoose: (chosen: ReadyText) => void }

const { Panel: TemplatePicker, preload } = lazyPanel(
  () => import('./TemplatePicker.tsx').then((picker) => picker.TemplatePicker),
  { onDemand: true },
)

/** Templates with the report's own values filled in, by pointer or by key. */
export function TemplateMenu({ report, use, onChoose }: Props) {
  const t = useTranslations('report.composer')
  const place = useRef<HTMLSpanElement>(null)
  const [wanted, setWanted] = useState(false)
  const [open, setOpen] = useState(false)
  const texts = useReadyTexts(report, use, wanted || open)
  const want = () => {
    setWanted(true)
    preload()
  }
  // Not with every page: only what is written with templates fetches them.
  useEffect(() => whenIdle(preload), [])
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
