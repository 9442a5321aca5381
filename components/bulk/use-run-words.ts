'use client'

import { useLocale, useTranslations } from 'next-intl'
import type { RunView } from '#server/bulk/queries/runs.ts'

/** "Đổi mức độ: Khẩn". */
export function useRunWords(): (run: RunView) => string {
  const t = useTranslations('bulk.actions')
  const words = useTranslations('reports')
  const english = useLocale() === 'en'
  return ({ action, target }) => {
    const name = t(action.name)
    if (target) return `${name}: ${english ? target.nameEn : target.name}`
    if (action.name === 'change_severity') return `${name}: ${words(`severities.${action.severity}`)}`
    if (action.name === 'reject') return `${name}: ${words(`rejectReasons.${action.reason}`)}`
    if (action.name !== 'change_tags') return name
    return `${name}: ${[...action.add, ...action.remove.map((tag) => `−${tag}`)].join(', ')}`
  }
}
