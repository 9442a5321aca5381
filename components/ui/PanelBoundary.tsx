'use client'

import { Component, type ReactNode } from 'react'

/** The code of a part of the page did not come: the line is gone, or the server. */
export class CodeMissing extends Error {
  override name = 'CodeMissing'
}

type Props = { onMissing: () => void; children?: ReactNode }

/**
 * Keeps the page where the code of one part of it cannot be fetched; whatever else goes wrong in there is passed on.
 */
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
