'use client'

import { UserRound } from 'lucide-react'
import { useTranslations } from 'next-intl'
import styles from './StoryTabs.module.css'

export const stories = ['all', 'words', 'citizen'] as const
export type Story = (typeof stories)[number]

type Props = { shown: Story; onShow: (story: Story) => void }

/** The timeline of the report in full, only its texts, or as the citizen sees it. */
export function StoryTabs({ shown, onShow }: Props) {
  const t = useTranslations('report.story')
  return (
    <div className={styles.tabs}>
      {stories.map((story) => (
        <button
          key={story}
          type="button"
          className={styles.tab}
          aria-pressed={shown === story}
          onClick={() => onShow(story)}
        >
          {story === 'citizen' && <UserRound size={14} aria-hidden="true" />}
          {t(story)}
        </button>
      ))}
    </div>
  )
}
