'use client'

import { Navigation } from 'lucide-react'
import type { ReactNode } from 'react'
import type { Point } from '#server/reports/rules/neighbourhood.ts'
import styles from './RouteLink.module.css'

type Props = { point: Point; className?: string | undefined; children: ReactNode }

/** Opens the phone's map application with the route to the place; a browser without one shows the same route. */
export function RouteLink({ point, className, children }: Props) {
  const to = `${point.lat.toFixed(6)},${point.lon.toFixed(6)}`
  return (
    <a
      className={className ?? styles.route}
      href={`https://www.google.com/maps/dir/?api=1&destination=${to}`}
      target="_blank"
      rel="noopener noreferrer"
    >
      <Navigation size={16} aria-hidden="true" />
      {children}
    </a>
  )
}
