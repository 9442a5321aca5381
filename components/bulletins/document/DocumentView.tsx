import type { BulletinDocument } from '#server/bulletins/rules/document.ts'
import styles from './Document.module.css'
import { DocumentBlocks } from './DocumentBlocks.tsx'

/** The text of a bulletin on the pages of staff. */
export function DocumentView({ document, lang }: { document: BulletinDocument; lang: 'vi' | 'en' }) {
  return (
    <div className={styles.document} lang={lang}>
      <DocumentBlocks blocks={document.content} />
    </div>
  )
}
