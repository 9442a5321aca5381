'use client'

import { useTranslations } from 'next-intl'
import { type TemplateValues, templateVariables } from '#server/reports/rules/templates.ts'

/** A made-up report, to preview a template. */
export function useSample(): TemplateValues {
  const t = useTranslations('admin.templates.sample')
  return Object.fromEntries(templateVariables.map((name) => [name, t(name)])) as Record<
    (typeof templateVariables)[number],
    string
  >
}
