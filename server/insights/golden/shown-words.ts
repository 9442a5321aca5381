import { NextIntlClientProvider, useTranslations } from 'next-intl'
import { createElement } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { useCountSentence } from '#components/insights/drill/use-count-sentence.ts'
import { useDrillDownWords } from '#components/insights/drill/use-drill-down-words.ts'
import { useFigureWords } from '#components/insights/use-figure-words.ts'
import { messagesOf } from '#messages/catalog.ts'

function useShown(minutesPerDay: number) {
  return {
    words: useFigureWords(minutesPerDay),
    sentenceOf: useCountSentence(),
    conditionsOf: useDrillDownWords(undefined),
    measureOf: useTranslations('insights.measures'),
  }
}
export type Shown = ReturnType<typeof useShown>

function Reader({ minutesPerDay, read }: { minutesPerDay: number; read: (shown: Shown) => void }) {
  read(useShown(minutesPerDay))
  return null
}

/** The functions by which the components of the board and of the queue write numbers. */
export function shownTo(minutesPerDay: number): Shown {
  const got: Shown[] = []
  const reader = createElement(Reader, { minutesPerDay, read: (shown) => void got.push(shown) })
  const provided = { locale: 'vi', messages: messagesOf('vi'), timeZone: 'Asia/Ho_Chi_Minh', children: reader } as const
  renderToStaticMarkup(createElement(NextIntlClientProvider, provided))
  return got[0] as Shown
}
