'use client'

import { useState } from 'react'
import { useCommands } from '#components/keyboard/KeyboardProvider.tsx'
import type { ShellView } from '#components/shell/shell-view.ts'
import { lazyPanel } from '#components/ui/lazy-panel.ts'

const { Panel: Palette } = lazyPanel(() => import('./Palette.tsx').then((palette) => palette.Palette), { plain: true })

type Props = { view: ShellView; onSignOut: () => unknown }

/** Opens the palette by its key, except from within a dialog, which has to be finished first. */
export function PaletteHost({ view, onSignOut }: Props) {
  const [isOpen, setOpen] = useState(false)
  useCommands('global', {
    'global.palette': () => {
      if (!document.querySelector('dialog[open], [role="dialog"]')) setOpen(true)
    },
  })
  return isOpen && <Palette view={view} onSignOut={onSignOut} onClose={() => setOpen(false)} />
}
