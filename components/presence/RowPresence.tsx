'use client'

import { Eye, FileText, Pencil } from 'lucide-react'
import { VisuallyHidden } from '#components/ui/VisuallyHidden.tsx'
import type { Presence } from '#server/presence/rules/presence.ts'
import styles from './Presence.module.css'
import { usePresenceWords } from './use-presence-words.ts'

/** Whether someone has the report of a row open, and what for, as one sign; the tooltip says who. */
export function RowPresence({ presence: { people, hasSharedDraft } }: { presence: Presence }) {
  const { wordsOf, sharedDraft } = usePresenceWords()
  const words = [...people.map(wordsOf), ...(hasSharedDraft ? [sharedDraft] : [])].join(' · ')
  const isWriting = people.some(({ doing }) => doing === 'writing')
  const Icon = people.length === 0 ? FileText : isWriting ? Pencil : Eye
  return (
    <span
      className={styles.row}
      data-doing={isWriting ? 'writing' : undefined}
      data-idle={(people.length > 0 && people.every(({ isIdle }) => isIdle)) || undefined}
      title={words}
    >
      <Icon size={13} strokeWidth={1.75} aria-hidden="true" />
      {people.some(({ isUnsaved }) => isUnsaved) && <span className={styles.unsaved} aria-hidden="true" />}
      <VisuallyHidden>{words}</VisuallyHidden>
    </span>
  )
}
