'use client'

import { UsersRound } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import conflict from '#components/reports/moves/ConflictNotice.module.css'
import { Button } from '#components/ui/Button.tsx'
import { useFormat } from '#components/ui/use-format.ts'
import { useNow } from '#components/ui/use-now.ts'
import type { AnswerView, PhotoView } from '#server/reports/queries/report.ts'
import { AnswerWords } from './AnswerWords.tsx'

type Props = { answer: AnswerView; photos: readonly PhotoView[]; reason: string | undefined }

/** "Minh đã trả lời 2 phút trước": to be read before another answer is sent; what was typed stays. */
export function AnsweredMeanwhile({ answer, photos, reason }: Props) {
  const t = useTranslations('report.composer.answered')
  const format = useFormat()
  const now = useNow()
  const [isRead, setRead] = useState(false)
  const values = { name: answer.author.name, when: format.relative(answer.createdAt, now) }
  return (
    <section className={conflict.notice} role="alert">
      <h3 className={conflict.title}>
        <UsersRound size={16} aria-hidden="true" />
        {t(answer.status === 'submitted' || answer.status === 'sent_back' ? 'submitted' : 'sent', values)}
      </h3>
      <p>{reason ? t('impossible') : t('sentence')}</p>
      {isRead ? (
        <AnswerWords answer={answer} photos={photos} />
      ) : (
        <Button size="small" onClick={() => setRead(true)}>
          {t('read')}
        </Button>
      )}
    </section>
  )
}
