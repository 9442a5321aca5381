import { Fragment } from 'react'
import { sharedSpans } from '#server/reports/rules/matter-words.ts'
import styles from './Marked.module.css'

type Props = { text: string; other: { title: string; body: string } | null }

/** A text with the words marked that another report has as well. */
export function Marked({ text, other }: Props) {
  const spans = other ? sharedSpans(text, other) : []
  return (
    <>
      {spans.map(({ from, to }, at) => (
        <Fragment key={from}>
          {text.slice(spans[at - 1]?.to ?? 0, from)}
          <mark className={styles.mark}>{text.slice(from, to)}</mark>
        </Fragment>
      ))}
      {text.slice(spans.at(-1)?.to ?? 0)}
    </>
  )
}
