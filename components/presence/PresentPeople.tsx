'use client'

import { Pencil } from 'lucide-react'
import { PersonAvatar } from '#components/ui/PersonAvatar.tsx'
import styles from './Presence.module.css'
import { usePresenceAt } from './presence-store.ts'
import { usePresenceWords } from './use-presence-words.ts'

const most = 4

/** Who else has this report open: a ring for viewing, a pencil for writing an answer, a dot for an unsent draft. */
export function PresentPeople({ reportId }: { reportId: number }) {
  const people = usePresenceAt(reportId)?.people ?? []
  const { wordsOf, label } = usePresenceWords()
  const writer = people.find(({ doing, isIdle }) => doing === 'writing' && !isIdle)
  return (
    <span className={styles.people} role="status" aria-label={label}>
      {people.slice(0, most).map((person) => (
        <span
          key={person.accountId}
          className={styles.person}
          data-idle={person.isIdle || undefined}
          title={`${person.name}: ${wordsOf(person)}`}
        >
          <span className={styles.ring} data-doing={person.doing} role="img" aria-label={wordsOf(person)}>
            <PersonAvatar name={person.name} size={24} />
            {person.doing === 'writing' && <Pencil className={styles.pencil} aria-hidden="true" />}
            {person.isUnsaved && <span className={styles.unsaved} aria-hidden="true" />}
          </span>
        </span>
      ))}
      {people.length > most && <span className={styles.more}>+{people.length - most}</span>}
      {writer && (
        <span className={styles.words} aria-hidden="true">
          {wordsOf({ ...writer, isUnsaved: false })}
        </span>
      )}
    </span>
  )
}
