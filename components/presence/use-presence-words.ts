'use client'

import { useTranslations } from 'next-intl'
import type { Person } from '#server/presence/rules/presence.ts'

/** "Lan đang viết trả lời", "Lan đang xem, có nội dung chưa gửi". */
export function usePresenceWords() {
  const t = useTranslations('report.presence')
  const wordsOf = ({ name, doing, isIdle, isUnsaved }: Person): string => {
    const what = t(isIdle ? 'idle' : doing, { name: calledOf(name) })
    return isUnsaved ? t('withUnsaved', { what }) : what
  }
  return { wordsOf, sharedDraft: t('sharedDraft'), label: t('label') }
}

/** How colleagues address each other: the last word of the name. */
const calledOf = (name: string): string => name.trim().split(/\s+/).at(-1) ?? name
