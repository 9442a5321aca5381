'use client'

import { type Mention, mentionWords, partsByMention } from '#server/reports/rules/mentions.ts'
import { useReportDesk } from './desk.ts'
import { LinkedCodes } from './LinkedCodes.tsx'
import styles from './MentionedWords.module.css'

type Props = { mentions: readonly Mention[]; children: string }

/** A note, with the colleagues that it mentions set off, and the reader most of all. */
export function MentionedWords({ mentions, children }: Props) {
  const { myself } = useReportDesk()
  const isMe = (part: string) =>
    mentions.some(({ id, name }) => id === myself?.id && mentionWords(name) === part) || undefined
  return partsByMention(children, mentions).map((part, at) =>
    at % 2 === 0 ? (
      // biome-ignore lint/suspicious/noArrayIndexKey: the parts of one text, which change together
      <LinkedCodes key={at}>{part}</LinkedCodes>
    ) : (
      // biome-ignore lint/suspicious/noArrayIndexKey: the same
      <b key={at} className={styles.mention} data-me={isMe(part)}>
        {part}
      </b>
    ),
  )
}
