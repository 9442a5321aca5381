'use client'

import { X } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { Dialog, DialogContent, DialogTitle } from '#components/ui/Dialog.tsx'
import { IconButton } from '#components/ui/IconButton.tsx'
import { Kbd } from '#components/ui/Kbd.tsx'
import { type Command, commands, type Scope } from './commands.ts'
import { useIsMac } from './KeyHint.tsx'
import styles from './KeySheet.module.css'
import { capsOf } from './key-names.ts'
import { isCharacterStroke, strokesOf } from './strokes.ts'

/** Three columns of about the same height. */
const columns: readonly (readonly Scope[])[] = [
  ['global', 'anywhere', 'row'],
  ['list', 'triage', 'incident', 'board'],
  ['report', 'composer', 'review', 'editor'],
]

type Props = { singleKeys: boolean; onClose: () => void }

/** Every key of the registry, by scope. It is generated from the registry, so it is always complete and correct. */
export function KeySheet({ singleKeys, onClose }: Props) {
  const t = useTranslations('keyboard')
  return (
    <Dialog open onClose={onClose} maxWidth="lg" fullWidth aria-labelledby="key-sheet-title">
      <DialogTitle id="key-sheet-title" className={styles.title}>
        {t('sheet.title')}
        <IconButton label={t('sheet.close')} onClick={onClose} autoFocus>
          <X />
        </IconButton>
      </DialogTitle>
      {/* Keyboard users must be able to scroll it. */}
      <DialogContent tabIndex={0}>
        <p className={styles.hint}>{t(singleKeys ? 'sheet.hint' : 'sheet.singleKeysOff')}</p>
        <div className={styles.columns}>
          {columns.map((column) => (
            <div key={column.join()}>
              {column.map((scope) => (
                <section key={scope} className={styles.scope}>
                  <h3 className={styles.heading}>{t(`scopes.${scope}`)}</h3>
                  <dl className={styles.list}>
                    {commands
                      .filter((command) => command.scope === scope)
                      .map((command) => (
                        <Row key={command.id} command={command} singleKeys={singleKeys} />
                      ))}
                  </dl>
                </section>
              ))}
            </div>
          ))}
        </div>
      </DialogContent>
    </Dialog>
  )
}

function Row({ command, singleKeys }: { command: Command; singleKeys: boolean }) {
  const t = useTranslations('keyboard')
  const mac = useIsMac()
  const ways = command.keys.map(strokesOf)
  const silent = !singleKeys && !command.typed && ways.every((strokes) => strokes.some(isCharacterStroke))
  return (
    <div className={silent ? styles.silent : styles.row}>
      <dt>{t(`commands.${command.label}`)}</dt>
      <dd className={styles.keys}>
        {ways.map((strokes, i) => (
          <span key={strokes.join(' ')} className={styles.way}>
            {i > 0 && <span className={styles.or}>{t('sheet.or')}</span>}
            {strokes.map((stroke, at) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a key may repeat in a sequence; the order is fixed
              <span key={at} className={styles.stroke}>
                <Kbd>{capsOf(stroke, mac)}</Kbd>
                <span className={styles.spoken}>{capsOf(stroke, mac).join(' + ')}</span>
              </span>
            ))}
          </span>
        ))}
      </dd>
    </div>
  )
}
