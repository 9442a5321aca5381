'use client'

import Divider from '@mui/material/Divider'
import Menu from '@mui/material/Menu'
import MenuItem from '@mui/material/MenuItem'
import { Check } from 'lucide-react'
import { type ReactNode, useId } from 'react'
import { KeyHint } from '#components/keyboard/KeyHint.tsx'
import { ariaKeysOf } from '#components/keyboard/key-names.ts'
import type { MenuEntry } from './ActionMenu.tsx'
import styles from './ActionMenuPanel.module.css'

type Props = {
  label: string
  entries: readonly MenuEntry[]
  header?: ReactNode
  anchor: HTMLElement | null
  onClose: () => void
}

const roles = { action: 'menuitem', radio: 'menuitemradio', checkbox: 'menuitemcheckbox' } as const

export function ActionMenuPanel({ label, entries, header, anchor, onClose }: Props) {
  const id = useId()
  return (
    <Menu
      open
      anchorEl={anchor}
      onClose={onClose}
      anchorOrigin={{ vertical: 'bottom', horizontal: 'right' }}
      transformOrigin={{ vertical: 'top', horizontal: 'right' }}
      slotProps={{ list: { 'aria-label': label, className: styles.list } }}
    >
      {header && <Words className={styles.header}>{header}</Words>}
      {entries.map((entry, at) => {
        if ('divider' in entry) return <Divider key={entry.id} className={styles.divider} />
        if ('heading' in entry) {
          return (
            <Words key={entry.id} id={`${id}-${entry.id}`} className={styles.heading}>
              {entry.heading}
            </Words>
          )
        }
        const heading = entries.slice(0, at).findLast((earlier) => !('label' in earlier))
        const describedBy = heading && 'heading' in heading ? `${id}-${heading.id}` : undefined
        return <Entry key={entry.id} entry={entry} describedBy={describedBy} onClose={onClose} />
      })}
    </Menu>
  )
}

/** Text between the entries. MUI's list would put the focus on any child that does not mark itself as skippable. */
function Words({ id, className, children }: { id?: string; className: string | undefined; children: ReactNode }) {
  return (
    <li role="presentation" id={id} className={className}>
      {children}
    </li>
  )
}
Words.muiSkipListHighlight = true

type EntryProps = {
  entry: Extract<MenuEntry, { label: string }>
  /** Id of the heading above, to which this entry belongs. */
  describedBy: string | undefined
  onClose: () => void
}

/** MUI's list hands focus props to its children, so they are passed through. */
function Entry({ entry, describedBy, onClose, ...given }: EntryProps) {
  const { kind = 'action', label, note, icon, command, on, reason, href, onSelect } = entry
  const choose = () => {
    if (reason !== undefined) return
    // A switch may be tried and reverted without opening the menu again.
    if (kind === 'action') onClose()
    onSelect?.()
  }
  return (
    <MenuItem
      {...given}
      {...(href === undefined ? {} : { component: 'a', href })}
      role={roles[kind]}
      aria-checked={kind === 'action' ? undefined : on === true}
      aria-describedby={describedBy}
      aria-disabled={reason !== undefined || undefined}
      aria-keyshortcuts={command && ariaKeysOf(command)}
      onClick={choose}
    >
      {icon && <span className={styles.icon}>{icon}</span>}
      <span className={reason === undefined ? styles.words : styles.unavailable}>
        <span>{label}</span>
        {(reason ?? note) && <span className={styles.note}>{reason ?? note}</span>}
      </span>
      {on && <Check size={16} className={styles.check} aria-hidden="true" />}
      {command && <KeyHint command={command} />}
    </MenuItem>
  )
}
