'use client'

import { type ReactNode, useId, useRef, useState } from 'react'
import type { CommandId } from '#components/keyboard/commands.ts'
import { lazyPanel } from './lazy-panel.ts'

export type MenuEntry =
  | {
      id: string
      label: string
      /** A second, quieter line. */
      note?: string
      icon?: ReactNode
      command?: CommandId
      /** `radio` marks one of several choices, `checkbox` a switch; both say whether they are on. */
      kind?: 'action' | 'radio' | 'checkbox'
      on?: boolean
      /** Why it cannot be chosen now. */
      reason?: string | undefined
      href?: string
      onSelect?: () => void
    }
  | { id: string; heading: string }
  | { id: string; divider: true }

type TriggerProps = {
  id: string
  onClick: () => void
  onPointerEnter: () => void
  'aria-haspopup': 'menu'
  'aria-expanded': boolean
}

type Props = {
  /** The menu's name. */
  label: string
  entries: readonly MenuEntry[]
  /** Shown above the entries: whose menu it is. */
  header?: ReactNode
  trigger: (props: TriggerProps) => ReactNode
}

const { Panel, preload } = lazyPanel(() => import('./panels.ts').then((panels) => panels.ActionMenuPanel))

type PlacedProps = Pick<Props, 'label' | 'entries' | 'header'> & { anchor: HTMLElement | null; onClose: () => void }

/** A menu opened by a key, below the element it belongs to. */
export function ActionMenuAt({ header, ...menu }: PlacedProps) {
  return <Panel {...menu} header={header} />
}

/** A button that opens a menu. The menu's code loads when the pointer comes near, so the page itself stays light. */
export function ActionMenu({ label, entries, header, trigger }: Props) {
  const id = useId()
  const place = useRef<HTMLSpanElement>(null)
  const [open, setOpen] = useState(false)
  return (
    <span ref={place} style={{ display: 'inline-flex' }}>
      {trigger({
        id,
        onClick: () => setOpen(true),
        onPointerEnter: preload,
        'aria-haspopup': 'menu',
        'aria-expanded': open,
      })}
      {open && (
        <Panel label={label} entries={entries} header={header} anchor={place.current} onClose={() => setOpen(false)} />
      )}
    </span>
  )
}
