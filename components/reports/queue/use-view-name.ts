'use client'

import { useTranslations } from 'next-intl'
import { useCallback } from 'react'
import { type QueueView, viewNameOf } from '#server/reports/rules/queue.ts'

/** The names of views for an account; `views` are those it is offered. */
export function useViewName(views: readonly QueueView[]): (view: QueueView) => string {
  const t = useTranslations('reports.queue.views.names')
  return useCallback((view) => t(viewNameOf(view, views)), [t, views])
}
