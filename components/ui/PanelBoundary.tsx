'use client'

import { Component, type ReactNode } from 'react'

/** The code of a part of the page did not load: the connection or the server is down. */
export class CodeMissing extends Error {
  override name = 'CodeMissing'
}

type Props = { onMissing: () => void; children?: ReactNode }

/** Keeps the page usable where the code of one part of it cannot be loaded; every other error is passed on. */
export class PanelBoundary extends Component<Props, { error: unknown }> {
  override state = { error: null }

  static getDerivedStateFromError(error: unknown) {
    return { error }
  }

  override componentDidCatch(error: unknown) {
    if (error instanceof CodeMissing) this.props.onMissing()
  }

  override render() {
    const { error } = this.state
    if (error && !((error as unknown) instanceof CodeMissing)) throw error
    return error ? null : this.props.children
  }
}
