'use client'

import { useTranslations } from 'next-intl'
import { useCallback } from 'react'
import type { CommandId } from '#components/keyboard/commands.ts'
import { type ActionName, isMoveName } from './offered-actions.ts'

const actLabels = {
  add_information: 'addInformation',
  change_category: 'changeCategory',
  change_severity: 'changeSeverity',
  change_place: 'changePlace',
  change_tags: 'changeTags',
  link_incident: 'linkIncident',
  split_report: 'splitReport',
} as const

/** The name of an action: a move by its name, an act by its verb. */
export function useActionWords(): (name: ActionName) => string {
  const moves = useTranslations('reports.moves')
  const acts = useTranslations('report.actions')
  return useCallback((name) => (isMoveName(name) ? moves(name) : acts(actLabels[name])), [moves, acts])
}

/** The key of the action, where there is one. */
export const actionCommands: Partial<Record<ActionName, CommandId>> = {
  accept: 'row.takeOrRelease',
  approve: 'row.approve',
  send_back: 'row.sendBack',
  merge: 'row.merge',
  reject: 'row.reject',
  assign: 'row.assign',
  assign_person: 'row.assign',
  transfer: 'row.transfer',
  request_transfer: 'row.transfer',
  change_severity: 'row.severity',
  change_category: 'row.category',
  change_tags: 'row.tags',
  link_incident: 'row.incident',
  answer: 'report.answer',
  reopen: 'report.reopen',
  rate: 'report.close',
}
