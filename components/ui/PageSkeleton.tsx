import type { ReactNode } from 'react'
import { Page } from './Page.tsx'
import styles from './PageSkeleton.module.css'
import { Skeleton } from './Skeleton.tsx'

type Props = {
  /** How long the title will be, in pixels. */
  title: number
  /** The page belongs to another: a way back stands above its title. */
  back?: boolean
  children: ReactNode
}

/** A page before its content is loaded: its head, and below it what the page will show. */
export function PageSkeleton({ title, back = false, children }: Props) {
  return (
    <Page>
      <div className={styles.page} aria-busy="true">
        <div className={styles.head}>
          {back && <Skeleton width={110} height={16} />}
          <Skeleton width={title} height={32} />
        </div>
        {children}
      </div>
    </Page>
  )
}
