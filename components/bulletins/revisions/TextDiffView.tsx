'use client'

import { useTranslations } from 'next-intl'
import { Fragment, type ReactNode, useState } from 'react'
import { Button } from '#components/ui/Button.tsx'
import type { BlockChange, TextDiff } from '#server/bulletins/rules/diff.ts'
import type { Block } from '#server/bulletins/rules/document.ts'
import documentStyles from '../document/Document.module.css'
import { BlockView } from '../document/DocumentBlocks.tsx'
import styles from './Diff.module.css'
import { WordRuns } from './WordRuns.tsx'

/** The number of unchanged blocks shown beside a change; the others are folded. */
const around = 1
const worthFolding = 3

type Props = { diff: TextDiff; lang: 'vi' | 'en' }

/** The difference between two texts, block by block, in the style of the text itself. */
export function TextDiffView({ diff, lang }: Props) {
  const t = useTranslations('bulletins.diff')
  const [open, setOpen] = useState<ReadonlySet<number>>(new Set())
  return (
    <div className={[documentStyles.document, styles.text].join(' ')} lang={lang}>
      {diff.title.length > 0 && (
        <p className={styles.title}>
          <WordRuns runs={diff.title} />
        </p>
      )}
      {diff.summary.length > 0 && (
        <p className={styles.summary}>
          <WordRuns runs={diff.summary} />
        </p>
      )}
      {foldsOf(diff.blocks).map(({ start, changes, isFolded }) =>
        isFolded && !open.has(start) ? (
          <p key={start} className={styles.fold} lang={undefined}>
            <Button size="small" variant="quiet" onClick={() => setOpen(new Set([...open, start]))}>
              {t('unchanged', { count: changes.length })}
            </Button>
          </p>
        ) : (
          <Fragment key={start}>
            {changes.map((change, at) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: changes are nothing but their place
              <Change key={at} change={change} />
            ))}
          </Fragment>
        ),
      )}
    </div>
  )
}

function Change({ change }: { change: BlockChange }) {
  const t = useTranslations('bulletins.diff')
  if (change.kind === 'same') return <BlockView block={change.block} />
  if (change.kind === 'changed') {
    if (change.after.type === 'image') return <Images before={change.before} after={change.after} />
    return (
      <Marked kind="changed" label={t('block.changed')}>
        <p className={styles[change.after.type === 'heading' ? 'heading' : 'plain']}>
          <WordRuns runs={change.words} />
        </p>
      </Marked>
    )
  }
  return (
    <Marked kind={change.kind} label={t(`block.${change.kind}`)}>
      <BlockView block={change.block} />
    </Marked>
  )
}

function Images({ before, after }: { before: Block; after: Block }) {
  const t = useTranslations('bulletins.diff')
  return (
    <Marked kind="changed" label={t('block.image')}>
      <div className={styles.pair}>
        <div>
          <span className={styles.side}>{t('before')}</span>
          <BlockView block={before} />
        </div>
        <div>
          <span className={styles.side}>{t('after')}</span>
          <BlockView block={after} />
        </div>
      </div>
    </Marked>
  )
}

type MarkedProps = { kind: 'inserted' | 'deleted' | 'changed'; label: string; children: ReactNode }

function Marked({ kind, label, children }: MarkedProps) {
  return (
    <div className={styles.block} data-kind={kind}>
      <span className={styles.label}>{label}</span>
      {children}
    </div>
  )
}

type Fold = { start: number; changes: BlockChange[]; isFolded: boolean }

/** Folds long runs of unchanged blocks, except those next to a change. */
function foldsOf(changes: readonly BlockChange[]): Fold[] {
  const isNear = changes.map((_, at) =>
    changes.slice(Math.max(0, at - around), at + around + 1).some(({ kind }) => kind !== 'same'),
  )
  const folds: Fold[] = []
  changes.forEach((change, at) => {
    const isFar = !isNear[at]
    const last = folds.at(-1)
    if (last && last.isFolded === isFar) last.changes.push(change)
    else folds.push({ start: at, changes: [change], isFolded: isFar })
  })
  return folds.map((fold) => ({ ...fold, isFolded: fold.isFolded && fold.changes.length >= worthFolding }))
}
