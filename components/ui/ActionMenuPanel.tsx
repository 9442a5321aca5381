'use client'

import Divider from '@mui/material/Divider'
import Menu from '@mui/material/Menu'
import MenuItem from '@mui/material/MenuItem'
import { Check } from 'lucide-react'
import type { ReactNode } from 'react'
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
  return (
    <Menu
      open
      anchorEl={anchor}
      onClose={onClose}
      anchorOrigin={{ vertical: 'bottom', horizontal: 'right' }}
      transformOrigin={{ vertical: 'top', horizontal: 'right' }}
      slotProps={{ list: { 'aria-label': label, className: styles.list } }}
    >
      {header && (
        <li role="presentation" className={styles.header}>
          {header}
        </li>
      )}
      {entries.map((entry) => {
        if ('divider' in entry) return <Divider key={entry.id} className={styles.divider} />
        if ('heading' in entry) {
          return (
            <li key={entry.id} role="presentation" className={styles.heading}>
              {entry.heading}
            </li>
          )
        }
        return <Entry key={entry.id} entry={entry} onClose={onClose} />
      })}
    </Menu>
  )
}

type EntryProps = { entry: Extract<MenuEntry, { label: string }>; onClose: () => void }

/** MUI's list hands focus props to its children, so they are passed through. */
function Entry({ entry, onClose, ...given }: EntryProps) {
  const { kind = 'action', label, note, icon, command, on, reason, href, onSelect } = entry
  const choose = () => {
    if (reason !== undefined) return
    // A switch may be tried and turned back without opening the menu again.
    if (kind === 'action') onClose()
    onSelect?.()
  }
  return (
    <MenuItem
      {...given}
      {...(href === undefined ? {} : { component: 'a', href })}
      role={roles[kind]}
      aria-checked={kind === 'action' ? undefined : on === true}
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
