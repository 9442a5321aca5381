import { Fragment } from 'react'
import styles from './TemplateText.module.css'

const mark = /(\{\{\s*[\p{L}\d_]*\s*\}\})/u

/** A template as it is written, with its variables highlighted. */
export function TemplateText({ body }: { body: string }) {
  return body.split(mark).map((part, i) =>
    i % 2 === 1 ? (
      // biome-ignore lint/suspicious/noArrayIndexKey: the parts of one text are nothing but their order
      <code key={i} className={styles.variable}>
        {part}
      </code>
    ) : (
      // biome-ignore lint/suspicious/noArrayIndexKey: the parts of one text are nothing but their order
      <Fragment key={i}>{part}</Fragment>
    ),
  )
}
