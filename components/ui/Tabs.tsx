'use client'

import MuiTab from '@mui/material/Tab'
import MuiTabs from '@mui/material/Tabs'
import type { ReactNode } from 'react'

type Props<Id extends string> = {
  /** What is shown in turn: its name for screen readers. */
  label: string
  /** Each tab's own id is this and its name: the panel is labelled by it. */
  id: string
  /** The id of the panel. */
  panel: string
  tabs: readonly { id: Id; words: ReactNode }[]
  shown: Id
  onShow: (tab: Id) => void
}

/** Parts of a page that are shown in turn; the arrows go from one to the next. */
export function Tabs<Id extends string>({ label, id, panel, tabs, shown, onShow }: Props<Id>) {
  return (
    <MuiTabs value={shown} onChange={(_, tab: Id) => onShow(tab)} selectionFollowsFocus aria-label={label}>
      {tabs.map((tab) => (
        <MuiTab key={tab.id} value={tab.id} id={`${id}-${tab.id}`} aria-controls={panel} label={tab.words} />
      ))}
    </MuiTabs>
  )
}
