'use client'

import dynamic from 'next/dynamic'
import { type ComponentType, createElement, type ReactNode } from 'react'

const loadTheme = () => import('./MuiTheme.tsx').then((theme) => theme.MuiTheme)

/**
 * A part that stands on MUI, fetched together with MUI's theme when it is first shown. What every page shows is plain HTML and
 * CSS: so nobody pays for MUI before opening a dialog, a menu or a calendar. This is the one way to put MUI on a page.
 */
export function lazyPanel<Props extends object>(
  load: () => Promise<ComponentType<Props>>,
  loading?: () => ReactNode,
): { Panel: ComponentType<Props>; preload: () => void } {
  const loadThemed = async () => {
    const [Bare, MuiTheme] = await Promise.all([load(), loadTheme()])
    return (props: Props) => createElement(MuiTheme, null, createElement(Bare, props))
  }
  return {
    Panel: dynamic<Props>(loadThemed, { ssr: false, ...(loading && { loading }) }),
    preload: () => {
      void load()
      void loadTheme()
    },
  }
}
