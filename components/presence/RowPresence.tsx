'use client'

import { FileText, Pencil } from 'lucide-react'
import { PersonAvatar } from '#components/ui/PersonAvatar.tsx'
import { VisuallyHidden } from '#components/ui/VisuallyHidden.tsx'
import type { Presence } from '#server/presence/rules/presence.ts'
import styles from './Presence.module.css'
import { usePresenceWords } from './use-presence-words.ts'

/** Who has the report of a row open, in the width of one avatar; the tooltip says the rest. */
export function RowPresence({ presence: { people, hasSharedDraft } }: { presence: Presence }) {
  const { wordsOf, sharedDraft } = usePresenceWords()
  const [first] = people
  const words = [...people.map(wordsOf), ...(hasSharedDraft ? [sharedDraft] : [])].join(' · ')
  return (
    <span className={styles.row} title={words}>
      {first ? (
        <span className={styles.ring} data-doing={first.doing} data-idle={first.isIdle || undefined}>
          <PersonAvatar name={first.name} size={20} />
          {first.doing === 'writing' && <Pencil className={styles.pencil} aria-hidden="true" />}
          {people.some(({ isUnsaved }) => isUnsaved) && <span className={styles.unsaved} aria-hidden="true" />}
        </span>
      ) : (
        <FileText size={15} className={styles.page} aria-hidden="true" />
      )}
      <VisuallyHidden>{words}</VisuallyHidden>
    </span>
  )
}
