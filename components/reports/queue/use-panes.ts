'use client'

import { useState } from 'react'
import { rememberHere } from '#components/shell/cookies.ts'
import { previewCookie, type QueuePanes, type ViewsPane, viewsCookie } from './layout-cookies.ts'

/** The panes beside the list, remembered on this machine. */
export function usePanes(initial: QueuePanes) {
  const [preview, setPreview] = useState(initial.preview)
  const [views, setViews] = useState<ViewsPane>(initial.views)
  return {
    preview,
    views,
    turnPreview: () => {
      rememberHere(previewCookie, preview ? 'closed' : 'open')
      setPreview(!preview)
    },
    turnViews: () => {
      const next = views === 'open' ? 'closed' : 'open'
      rememberHere(viewsCookie, next)
      setViews(next)
    },
  }
}
